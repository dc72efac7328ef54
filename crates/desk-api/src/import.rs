//! The import of a list, before and after.

use perron_domain::date::PartialDate;
use perron_domain::name::FactName;
use serde::{Deserialize, Serialize};

/// What a coordinator compares people by.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonBrief {
    /// Birth name.
    pub birth_name: String,
    /// Name used every day, when another.
    pub used_name: Option<String>,
    /// Given names.
    pub given_names: String,
    /// Birth date.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub birth: Option<PartialDate>,
    /// Telephone.
    pub phone: Option<String>,
    /// Address on one line.
    pub address: String,
    /// Products wished, by name.
    pub wishes: Vec<String>,
}

/// One thing that is wrong with one row, in words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowProblem {
    /// The line of the file, from 1.
    pub line: u64,
    /// Why, as a code that never changes.
    pub code: String,
    /// Why, in French.
    pub fr: String,
    /// Why, in English.
    pub en: String,
}

/// A row that cannot go in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadLine {
    /// The line of the file, from 1.
    pub line: u64,
    /// Everything that is wrong with it.
    pub problems: Vec<RowProblem>,
    /// The row's first cells.
    pub excerpt: String,
}

/// What two people have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same names, perhaps in another order.
    SameName,
    /// Names that differ by a slip of the fingers.
    CloseName,
    /// The same birth date.
    SameBirth,
    /// Birth dates that may be the same, one of them partial, or that differ by a slip.
    CloseBirth,
    /// The same telephone.
    SamePhone,
    /// The same address.
    SameAddress,
}

/// A row and whom it may be, side by side.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicatePair {
    /// The line of the row.
    pub line: u64,
    /// The line of the other, when it stands in the same file.
    pub other_line: Option<u64>,
    /// The other, when the relay knows her.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub other_person: Option<FactName>,
    /// What the row says.
    pub row: PersonBrief,
    /// What is said of the other.
    pub other: PersonBrief,
    /// What they have in common.
    pub likenesses: Vec<Likeness>,
}

/// A column that was recognised.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnFound {
    /// The heading of the file.
    pub heading: String,
    /// What it was taken for, in French.
    pub title: String,
}

/// A row that can go in, as it would.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleRow {
    /// The line of the row.
    pub line: u64,
    /// Who.
    pub person: PersonBrief,
}

/// Everything that a file says, before anything goes in. Long lists are cut; the totals are not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPreview {
    /// People who would go in, likely duplicates included.
    pub rows: u32,
    /// Rows that cannot go in.
    pub bad_total: u32,
    /// The first of them.
    pub bad: Vec<BadLine>,
    /// Rows that may be somebody else.
    pub duplicate_rows: u32,
    /// The first of them; a row may be like several people.
    pub duplicates: Vec<DuplicatePair>,
    /// Rows whose person came in with an earlier file.
    pub already_known: u32,
    /// Rows that go in although something of them was not understood.
    pub remarks_total: u32,
    /// The first of these remarks.
    pub remarks: Vec<RowProblem>,
    /// The first rows.
    pub sample: Vec<SampleRow>,
    /// Columns that were recognised.
    pub columns: Vec<ColumnFound>,
    /// Headings that were not.
    pub unknown_columns: Vec<String>,
    /// Columns without which nothing can go in.
    pub missing_columns: Vec<String>,
    /// `utf8`, `windows1252`, `utf16` or `mixed`.
    pub encoding: String,
    /// `;`, `,` or `tab`.
    pub separator: String,
    /// Cells whose accents were encoded twice, now repaired.
    pub repaired: u64,
}

/// What an import did.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportDone {
    /// People added.
    pub added: u32,
    /// Likely duplicates left out, as the coordinator chose.
    pub left_out: u32,
    /// Rows whose person was there already.
    pub already_known: u32,
    /// Rows that could not go in.
    pub bad: u32,
}

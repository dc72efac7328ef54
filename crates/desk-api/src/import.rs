//! The import of a list, before and after.

use perron_domain::date::PartialDate;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;
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
    /// Longitude in degrees, when it is known.
    pub lon: Option<f64>,
    /// Latitude in degrees, when it is known.
    pub lat: Option<f64>,
    /// Products wished, by name.
    pub wishes: Vec<String>,
    /// Free notes.
    pub notes: Option<String>,
}

/// One thing that is wrong with one row, in words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowProblem {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column, when it is one cell.
    pub column: Option<String>,
    /// What stood there, shortened.
    pub value: String,
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
    /// Its cells, to be mended.
    pub cells: Vec<BadCell>,
}

/// A cell of a row that cannot go in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadCell {
    /// Its place among the row's cells, from 0.
    pub at: u32,
    /// The heading above; empty when there is none.
    pub heading: String,
    /// What stands there.
    pub value: String,
    /// Something is wrong with it.
    pub wrong: bool,
}

/// Cells of a refused row as somebody mended them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MendedRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// The place of each mended cell, and what it says now.
    pub cells: Vec<(u32, String)>,
}

/// What a row says otherwise of somebody whom the relay knows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedRow {
    /// The line of the row.
    pub line: u64,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub person: FactName,
    /// The fields of her record that would be others.
    pub differs: Vec<String>,
    /// What the relay knows of her.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub there: PersonRecord,
    /// What it would know once the row is taken.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub taken: PersonRecord,
}

/// A row whose person the relay knows, and who stays as she is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownRow {
    /// The line of the row.
    pub line: u64,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub person: FactName,
    /// What the relay knows of her.
    pub known: PersonBrief,
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
    /// What the row says otherwise, when the relay knows the other.
    pub change: Option<ChangedRow>,
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
    /// The whole record, as it would go in.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: PersonRecord,
}

/// Everything that a file says, before anything goes in. Long lists are cut; the totals are not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPreview {
    /// Rows under the headings, blank ones apart: those that go in, cannot, are known, or are known and different.
    pub read: u32,
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
    /// Rows whose person is there already, and that say nothing new of her.
    pub already_known: u32,
    /// The first of them.
    pub known: Vec<KnownRow>,
    /// Rows whose person is there already, and that say something else of her.
    pub changed_rows: u32,
    /// The first of them.
    pub changed: Vec<ChangedRow>,
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
    /// What is to be told of the file as a whole: titles above the headings, how it writes dates.
    pub told: Vec<RowProblem>,
    /// `utf8`, `windows1252`, `latin9`, `macroman`, `cp850`, `utf16` or `mixed`.
    pub encoding: String,
    /// `;`, `,`, `|` or `tab`.
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
    /// Rows whose person was there already, and stayed as she was.
    pub already_known: u32,
    /// The first of them.
    pub known: Vec<KnownRow>,
    /// People of whom the relay knows now what the list says.
    pub changed: u32,
    /// Rows that could not go in.
    pub bad: u32,
}

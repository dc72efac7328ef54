//! What becomes of the rows of a list: who goes in, who cannot, who is known, different, or perhaps somebody else.

use super::columns::Column;
use super::encoding::Encoding;
use super::problem::Problem;
use super::row::Row;
use perron_desk_api::Likeness;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// A row that somebody came from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its key.
    pub key: String,
    /// What it said of her, where something else is known since.
    pub said: Option<PersonRecord>,
}

/// Somebody whom the relay knows already.
#[derive(Clone, Debug)]
pub struct Known {
    /// The fact that added the person.
    pub name: FactName,
    /// The rows that she came from; none when typed by hand, several once two records were joined.
    pub sources: Vec<Source>,
    /// What is known of her.
    pub record: PersonRecord,
}

/// A row that cannot go in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// The line of the file where the row starts, from 1.
    pub line: u64,
    /// Everything that is wrong with it.
    pub problems: Vec<Problem>,
    /// Its cells, for the one who mends it.
    pub cells: Vec<String>,
}

impl BadRow {
    /// Returns the row's first cells, shortened.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let filled: Vec<&str> =
            self.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).take(20).collect();
        filled.join(" · ").chars().take(120).collect()
    }
}

/// Whom a row may be.
#[derive(Clone, PartialEq, Debug)]
pub enum Other {
    /// Another row of this file, by its line.
    Line(u64),
    /// Somebody whom the relay knows.
    Person(FactName),
}

/// A row that may be somebody else of this file or of the relay.
#[derive(Clone, PartialEq, Debug)]
pub struct Duplicate {
    /// The line of the row.
    pub line: u64,
    /// Who it may be.
    pub other: Other,
    /// What the row says.
    pub record: PersonRecord,
    /// What is said of the other.
    pub other_record: PersonRecord,
    /// What they have in common.
    pub likenesses: Vec<Likeness>,
    /// What the relay would know of the other, if it is she and the row is taken; none when that changes nothing.
    pub taken: Option<PersonRecord>,
}

/// A row whose person the relay knows, and that says something else of her.
#[derive(Clone, PartialEq, Debug)]
pub struct Changed {
    /// The row.
    pub row: Row,
    /// The key under which it goes in, if it is another person after all.
    pub key: String,
    /// Who it is.
    pub person: FactName,
    /// What is known of her.
    pub there: PersonRecord,
    /// What would be known of her once the row is taken.
    pub taken: PersonRecord,
}

/// A row whose person the relay knows, and that says nothing new of her.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlreadyKnown {
    /// The line of the row.
    pub line: u64,
    /// Who it is.
    pub person: FactName,
}

/// A recognised column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundColumn {
    /// What it is.
    pub column: Column,
    /// The heading of the file.
    pub heading: String,
}

/// Everything that a file says, before anything goes in.
#[derive(Clone, PartialEq, Debug)]
pub struct Import {
    /// Rows that can go in, likely duplicates included, in the order of the file.
    pub rows: Vec<Row>,
    /// Their keys, in the same order.
    pub keys: Vec<String>,
    /// Rows that cannot.
    pub bad: Vec<BadRow>,
    /// Rows that may be somebody else: a person decides.
    pub duplicates: Vec<Duplicate>,
    /// Rows whose person the relay knows, and who is there already.
    pub already_known: Vec<AlreadyKnown>,
    /// Rows whose person the relay knows, and that say something else of her.
    pub changed: Vec<Changed>,
    /// The headings, as they stand in the file.
    pub headings: Vec<String>,
    /// What is to be told of the file as a whole, with the line where it shows.
    pub told: Vec<(u64, Problem)>,
    /// Columns that were recognised.
    pub columns: Vec<FoundColumn>,
    /// Headings that were not.
    pub unknown_columns: Vec<String>,
    /// Columns without which no row can be read; when one is missing, no row is.
    pub missing_columns: Vec<Column>,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// What separates the cells.
    pub separator: char,
    /// How many cells had accents encoded twice, now repaired.
    pub repaired: u64,
}

impl Import {
    /// Returns how many rows the file has under its headings, blank ones apart.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.rows.len() + self.bad.len() + self.already_known.len() + self.changed.len()
    }
}

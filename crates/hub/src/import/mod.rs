//! The list of people to visit, as offices send it: CSV in, people and sentences out.
//!
//! Everything here is a function of the bytes, the day and what the relay already knows; nothing is stored. The desk
//! shows the [`Import`] as a preview, and commits the same bytes read again: [`read`] gives the same answer.
//! The way of a file: [`text`] decodes cells, [`reader`] finds records, [`columns`] names them, [`row`] reads one,
//! [`likeness`] says who may be whom.

pub mod columns;
pub mod dates;
pub mod fold;
pub mod likeness;
pub mod place;
pub mod problem;
pub mod products;
pub mod reader;
pub mod row;
pub mod text;
pub mod values;
pub mod words;

use columns::{Column, Columns};
use likeness::Crowd;
use perron_desk_api::Likeness;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;
use problem::{Code, Problem};
use reader::{Record, Records};
use row::{Reading, Row};
use serde::Serialize;
use std::collections::HashMap;
use text::{Decoder, Encoding};
use utoipa::ToSchema;

/// The longest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The most rows that are read.
pub const MOST_ROWS: usize = 200_000;

/// Somebody whom the relay knows already.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The fact that added the person.
    pub name: FactName,
    /// The key of the row that she came from; empty when typed by hand.
    pub source_key: &'a str,
    /// What is known of her.
    pub record: &'a PersonRecord,
}

/// A row that cannot go in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct BadRow {
    /// The line of the file where the row starts, from 1.
    pub line: u64,
    /// Everything that is wrong with it.
    pub problems: Vec<Problem>,
    /// The row as it was read, for the one who corrects it: first cells, shortened.
    pub excerpt: String,
}

/// Whom a row may be.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Other {
    /// Another row of this file, by its line.
    Line(u64),
    /// Somebody whom the relay knows.
    #[schema(value_type = String)]
    Person(FactName),
}

/// A row that may be somebody else of this file or of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Duplicate {
    /// The line of the row.
    pub line: u64,
    /// Who it may be.
    pub other: Other,
    /// What the row says.
    #[schema(value_type = Object)]
    pub record: PersonRecord,
    /// What is said of the other.
    #[schema(value_type = Object)]
    pub other_record: PersonRecord,
    /// What they have in common.
    pub likenesses: Vec<Likeness>,
}

/// A row whose person the relay got from an earlier import.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct AlreadyKnown {
    /// The line of the row.
    pub line: u64,
    /// Who it is.
    #[schema(value_type = String)]
    pub person: FactName,
}

/// A recognised column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FoundColumn {
    /// What it is.
    pub column: Column,
    /// The heading of the file.
    pub heading: String,
}

/// Why nothing of a file can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More bytes than [`LARGEST_FILE`].
    #[error("the file is larger than {LARGEST_FILE} bytes")]
    TooLarge,
    /// More rows than [`MOST_ROWS`].
    #[error("the file has more than {MOST_ROWS} rows")]
    TooManyRows,
    /// No heading.
    #[error("the file is empty")]
    Empty,
    /// A spreadsheet or another binary file under the name of a CSV.
    #[error("the file is not a text")]
    NotText,
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
    /// Rows that came in with an earlier file.
    pub already_known: Vec<AlreadyKnown>,
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

/// Reads a list of people to visit.
///
/// # Errors
/// Only when nothing of the file can be read; what is wrong with one row is said of that row.
pub fn read(bytes: &[u8], reading: &Reading<'_>, known: &[Known<'_>]) -> Result<Import, Unreadable> {
    if bytes.len() > LARGEST_FILE {
        return Err(Unreadable::TooLarge);
    }
    let (bytes, utf16) = text::without_mark(bytes);
    // A ZIP (xlsx, ods), an old spreadsheet and a PDF all have zero bytes near their start.
    if bytes.iter().take(4_096).any(|byte| *byte == 0) || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF")
    {
        return Err(Unreadable::NotText);
    }
    let separator = reader::sniff_separator(&bytes);
    let mut decoder = Decoder::new(utf16);
    let mut records = Records::new(&bytes, separator);
    let headings = loop {
        match records.next() {
            Some(Record::Cells(_, cells)) => {
                let headings: Vec<String> = cells.iter().map(|cell| decoder.cell(cell)).collect();
                if headings.iter().any(|heading| !heading.is_empty()) {
                    break headings;
                }
            }
            Some(Record::OpenQuote(_)) => {}
            None => return Err(Unreadable::Empty),
        }
    };
    let columns = Columns::read(&headings);
    let mut import = Import {
        rows: Vec::new(),
        keys: Vec::new(),
        bad: Vec::new(),
        duplicates: Vec::new(),
        already_known: Vec::new(),
        columns: columns
            .found()
            .map(|(column, at)| FoundColumn { column, heading: headings.get(at).cloned().unwrap_or_default() })
            .collect(),
        unknown_columns: columns.unknown.clone(),
        missing_columns: columns.missing(),
        encoding: Encoding::Utf8,
        separator: char::from(separator),
        repaired: 0,
    };
    if import.missing_columns.is_empty() {
        let mut sorter = Sorter::new(known);
        for record in records {
            match record {
                Record::OpenQuote(line) => import.bad.push(BadRow {
                    line,
                    problems: vec![Problem::new(None, Code::QuoteOpen, "")],
                    excerpt: String::new(),
                }),
                Record::Cells(line, cells) => {
                    let cells: Vec<String> = cells.iter().map(|cell| decoder.cell(cell)).collect();
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        sorter.sort(line, &cells, headings.len(), &columns, reading, &mut import);
                    }
                }
            }
            if import.rows.len() + import.bad.len() + import.already_known.len() > MOST_ROWS {
                return Err(Unreadable::TooManyRows);
            }
        }
    }
    import.encoding = decoder.encoding();
    import.repaired = decoder.repaired;
    Ok(import)
}

/// Puts each row where it belongs: new, known, repeated, doubtful, bad.
struct Sorter<'a> {
    known: &'a [Known<'a>],
    known_keys: HashMap<String, FactName>,
    file_keys: HashMap<String, u64>,
    crowd: Crowd,
}

impl<'a> Sorter<'a> {
    fn new(known: &'a [Known<'a>]) -> Self {
        let mut crowd = Crowd::default();
        let mut known_keys = HashMap::new();
        for person in known {
            crowd.add(person.record);
            // By hand or corrected since: whoever reads the same row again still finds her.
            known_keys.insert(likeness::key(person.record), person.name);
            if !person.source_key.is_empty() {
                known_keys.insert(person.source_key.to_owned(), person.name);
            }
        }
        Self { known, known_keys, file_keys: HashMap::new(), crowd }
    }

    fn sort(
        &mut self,
        line: u64,
        cells: &[String],
        width: usize,
        columns: &Columns,
        reading: &Reading<'_>,
        import: &mut Import,
    ) {
        let mut bad = |problems| {
            let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            let excerpt: String = filled.join(" · ").chars().take(120).collect();
            import.bad.push(BadRow { line, problems, excerpt });
        };
        if cells.iter().skip(width).any(|cell| !cell.is_empty()) {
            return bad(vec![Problem::new(None, Code::TooManyCells, "")]);
        }
        let row = match row::read_row(line, columns, cells, reading) {
            Ok(row) => row,
            Err(problems) => return bad(problems),
        };
        let key = likeness::key(&row.record);
        if let Some(first) = self.file_keys.get(&key) {
            return bad(vec![Problem::new(None, Code::Repeated, &first.to_string())]);
        }
        self.file_keys.insert(key.clone(), line);
        if let Some(person) = self.known_keys.get(&key) {
            import.already_known.push(AlreadyKnown { line, person: *person });
            return;
        }
        for (place, likenesses) in self.crowd.add(&row.record) {
            let (other, other_record) = match (self.known.get(place), place.checked_sub(self.known.len())) {
                (Some(known), _) => (Other::Person(known.name), known.record.clone()),
                (None, Some(earlier)) => match import.rows.get(earlier) {
                    Some(earlier) => (Other::Line(earlier.line), earlier.record.clone()),
                    None => continue,
                },
                (None, None) => continue,
            };
            import.duplicates.push(Duplicate { line, other, record: row.record.clone(), other_record, likenesses });
        }
        import.rows.push(row);
        import.keys.push(key);
    }
}

#[cfg(test)]
mod tests;

//! The list of people to visit, as offices send it: CSV in, people and sentences out.
//!
//! Everything here is a function of the bytes, the day and what the relay already knows; nothing is stored. The desk
//! shows the [`Import`] as a preview, and commits the same bytes read again: [`read`] gives the same answer.
//! The way of a file: [`encoding`] and [`text`] decode cells, [`reader`] finds records and [`headings`] the headings,
//! [`columns`] names them, [`cells`] cleans what a spreadsheet did, [`row`] reads one, [`sorting`] says who may be whom.

pub mod addresses;
pub mod cells;
pub mod columns;
pub mod dates;
pub mod difference;
pub mod encoding;
pub mod fold;
pub mod headings;
pub mod lambert;
pub mod likeness;
pub mod past;
pub mod place;
pub mod problem;
pub mod products;
pub mod reader;
pub mod refused;
pub mod repair;
pub mod row;
pub mod sorting;
pub mod spreadsheet;
pub mod text;
pub mod values;
pub mod words;

use columns::{Column, Columns};
use dates::Evidence;
use encoding::{Encoding, Legacy};
use perron_desk_api::Likeness;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;
use problem::{Code, Problem};
use reader::{Record, Records};
use row::{Reading, Row};
use std::borrow::Cow;
use std::collections::BTreeMap;
use text::Decoder;

/// The longest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The most rows that are read.
pub const MOST_ROWS: usize = 200_000;

/// The most columns that are read.
pub const MOST_COLUMNS: usize = 300;
/// The longest cell that is decoded, in bytes: more than [`cells::LONGEST_CELL`] characters of any writing.
const LONGEST_BYTES: usize = 4 * cells::LONGEST_CELL + 4;

/// Cells that somebody mended on the screen: by line, the place of each among the row's cells and what it says now.
pub type Mended = BTreeMap<u64, Vec<(usize, String)>>;

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

/// Why nothing of a file can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More bytes than [`LARGEST_FILE`].
    #[error("the file is larger than {LARGEST_FILE} bytes")]
    TooLarge,
    /// More rows than [`MOST_ROWS`].
    #[error("the file has more than {MOST_ROWS} rows")]
    TooManyRows,
    /// More columns than [`MOST_COLUMNS`].
    #[error("the file has more than {MOST_COLUMNS} columns")]
    TooManyColumns,
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

/// Reads a list of people to visit.
///
/// # Errors
/// Only when nothing of the file can be read; what is wrong with one row is said of that row.
pub fn read(bytes: &[u8], reading: &Reading<'_>, known: &[Known]) -> Result<Import, Unreadable> {
    if bytes.len() > LARGEST_FILE {
        return Err(Unreadable::TooLarge);
    }
    let (bytes, utf16) = encoding::without_mark(bytes);
    // A ZIP (xlsx, ods), an old spreadsheet and a PDF all have zero bytes near their start.
    if bytes.iter().take(4_096).any(|byte| *byte == 0) || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF")
    {
        return Err(Unreadable::NotText);
    }
    File::open(&bytes_with_lines(&bytes), utf16)?.read(reading, known)
}

/// An old Macintosh ends its lines by a carriage return alone.
fn bytes_with_lines(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.contains(&b'\n') || !bytes.contains(&b'\r') {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// A file whose headings are found.
struct File<'a> {
    bytes: &'a [u8],
    utf16: bool,
    legacy: Legacy,
    separator: u8,
    /// Bytes and lines before the first record.
    start: (usize, u64),
    headings: headings::Headings,
    columns: Columns,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8], utf16: bool) -> Result<Self, Unreadable> {
        let named = reader::named_separator(bytes);
        let (separator, start) = match named {
            Some((separator, length)) => (separator, (length, 1)),
            None => (reader::sniff_separator(bytes), (0, 0)),
        };
        let legacy = encoding::detect(bytes);
        let mut decoder = Decoder::new(utf16, legacy);
        let found = headings::find(Records::after(bytes, separator, start), &mut decoder).ok_or(Unreadable::Empty)?;
        if found.cells.len() > MOST_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        let columns = Columns::read(&found.cells);
        Ok(Self { bytes, utf16, legacy, separator, start, headings: found, columns })
    }

    fn rows(&self) -> impl Iterator<Item = Record> + '_ {
        Records::after(self.bytes, self.separator, self.start).skip(self.headings.records)
    }

    /// Looks through the dates of the whole file, to learn how it writes them.
    fn dates(&self, reading: &Reading<'_>) -> Evidence {
        let mut evidence = Evidence::default();
        let mut decoder = Decoder::new(self.utf16, self.legacy);
        let dated = |column: &Column| matches!(column, Column::BirthDate | Column::Doses | Column::Infections);
        let at: Vec<usize> = self.columns.found().filter(|(column, _)| dated(column)).map(|(_, at)| at).collect();
        for record in self.rows() {
            let Record::Cells(line, cells) = record else { continue };
            for cell in at.iter().filter_map(|at| cells.get(*at)).filter(|cell| cell.len() <= LONGEST_BYTES) {
                let text = decoder.cell(cell);
                let dates = text.split(['|', '@', '#', ',', '+']);
                dates.for_each(|date| evidence.see(line, spreadsheet::unquoted(date.trim()), reading.today));
            }
        }
        evidence
    }

    fn read(self, reading: &Reading<'_>, known: &[Known]) -> Result<Import, Unreadable> {
        let mut decoder = Decoder::new(self.utf16, self.legacy);
        let columns = &self.columns;
        let headings = &self.headings.cells;
        // Decoded once more, so that what was met in them counts once.
        let first = Records::after(self.bytes, self.separator, self.start).nth(self.headings.records - 1);
        if let Some(Record::Cells(_, cells)) = first {
            cells.iter().for_each(|cell| drop(decoder.cell(cell)));
        }
        let found = |(column, at): (Column, usize)| FoundColumn {
            column,
            heading: headings.get(at).cloned().unwrap_or_default(),
        };
        let above = self.headings.above.iter();
        let mut import = Import {
            rows: Vec::new(),
            keys: Vec::new(),
            bad: Vec::new(),
            duplicates: Vec::new(),
            already_known: Vec::new(),
            changed: Vec::new(),
            columns: columns.found().map(found).collect(),
            unknown_columns: columns.unknown.clone(),
            missing_columns: columns.missing(),
            headings: headings.clone(),
            told: above.map(|(line, text)| (*line, Problem::new(None, Code::AboveHeadings, text))).collect(),
            encoding: Encoding::Utf8,
            separator: char::from(self.separator),
            repaired: 0,
        };
        if import.missing_columns.is_empty() {
            let evidence = self.dates(reading);
            let told = evidence.told().into_iter();
            import.told.extend(told.map(|(code, line, text)| (line, Problem::new(Column::BirthDate, code, &text))));
            let reading = Reading { dates: evidence.habit(), ..reading.clone() };
            let mut rows = Vec::new();
            for record in self.rows() {
                self.row(record, &reading, &mut decoder, &mut rows, &mut import.bad);
                if rows.len() + import.bad.len() > MOST_ROWS {
                    return Err(Unreadable::TooManyRows);
                }
            }
            sorting::sort(rows, known, &mut import);
        }
        import.encoding = decoder.encoding();
        import.repaired = decoder.repaired;
        Ok(import)
    }

    /// Reads one record: a row, a bad one, or a blank one.
    fn row(
        &self,
        record: Record,
        reading: &Reading<'_>,
        decoder: &mut Decoder,
        rows: &mut Vec<Row>,
        bad: &mut Vec<BadRow>,
    ) {
        let mut problem = None;
        let (line, mut cells) = match record {
            Record::OpenQuote(line, bytes) => {
                problem = Some(Code::QuoteOpen);
                let cells = bytes.split(|byte| *byte == self.separator);
                (line, cells.map(|cell| decoder.cell(cell.get(..LONGEST_BYTES).unwrap_or(cell))).collect::<Vec<_>>())
            }
            Record::Cells(line, cells) => {
                let mut read = |cell: &[u8]| {
                    let cut = cell.get(..LONGEST_BYTES);
                    if cut.is_some() && cell.len() > LONGEST_BYTES {
                        problem = Some(Code::TooLong);
                    }
                    decoder.cell(cut.unwrap_or(cell))
                };
                (line, cells.iter().take(2 * MOST_COLUMNS).map(&mut read).collect())
            }
        };
        if let Some(mended) = reading.mended.get(&line) {
            problem = None;
            for (at, text) in mended.iter().filter(|(at, _)| *at < 2 * MOST_COLUMNS) {
                if cells.len() <= *at {
                    cells.resize(at + 1, String::new());
                }
                cells[*at] = decoder.cell(text.as_bytes());
            }
        }
        if cells.iter().all(String::is_empty) {
            return;
        }
        if problem.is_none() && cells.iter().skip(self.headings.cells.len()).any(|cell| !cell.is_empty()) {
            problem = Some(Code::TooManyCells);
        }
        let read = match problem {
            Some(code) => Err(vec![Problem::new(None, code, "")]),
            None => row::read_row(line, &self.columns, &cells, reading),
        };
        match read {
            Ok(mut row) => {
                let untitled =
                    self.headings.cells.iter().zip(&cells).filter(|(title, cell)| title.is_empty() && !cell.is_empty());
                row.remarks.extend(untitled.map(|(_, cell)| Problem::new(None, Code::NoHeading, cell)));
                rows.push(row);
            }
            Err(problems) => bad.push(BadRow { line, problems, cells }),
        }
    }
}

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;

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
pub mod epoch;
pub mod evidence;
pub mod fold;
pub mod headings;
pub mod lambert;
pub mod likeness;
pub mod outcome;
pub mod past;
pub mod place;
pub mod problem;
pub mod products;
pub mod reader;
pub mod reading;
pub mod refused;
pub mod repair;
pub mod row;
pub mod sorting;
pub mod spreadsheet;
pub mod text;
pub mod values;
pub mod words;

use columns::{Column, Columns, MOST_COLUMNS};
use encoding::{Encoding, Legacy};
use evidence::Evidence;
use outcome::{BadRow, FoundColumn, Import, Known};
use problem::{Code, Problem};
use reader::{Record, Records};
use reading::Reading;
use row::Row;
use std::borrow::Cow;
use text::Decoder;

/// The longest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The most rows that are read.
pub const MOST_ROWS: usize = 200_000;

/// The longest cell that is decoded, in bytes: more than [`cells::LONGEST_CELL`] characters of any writing.
const LONGEST_BYTES: usize = 4 * cells::LONGEST_CELL + 4;

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
        let at: Vec<(Column, usize)> = self.columns.found().filter(|(column, _)| dated(column)).collect();
        for record in self.rows() {
            let Record::Cells(line, cells) = record else { continue };
            for (column, at) in &at {
                let Some(cell) = cells.get(*at).filter(|cell| cell.len() <= LONGEST_BYTES) else { continue };
                let text = decoder.cell(cell);
                for entry in text.split(['|', '+']) {
                    let product = entry.split('@').next().unwrap_or_default().trim();
                    let not_before = epoch::not_before(*column, product, reading.products);
                    let dates = entry.split(['@', '#', ',']).map(|date| spreadsheet::unquoted(date.trim()));
                    dates.for_each(|date| evidence.see(line, date, not_before, reading.today));
                }
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

//! Records of a CSV file, whatever stands in it.
//!
//! One stray quotation mark must not swallow the rest of a file: a cell that runs over many lines is reported as a
//! bad row, and reading starts again on the line after the one where it began.

use csv::{ByteRecord, ReaderBuilder};

/// A cell may hold a few line breaks (an address on three lines), not a page.
const LINES_IN_A_RECORD: u64 = 12;
/// After so many open quotation marks the file does not quote: marks are then ordinary characters.
const OPEN_QUOTES: u32 = 20;

/// One record of a file.
pub enum Record {
    /// Its cells, and the line where it starts, from 1.
    Cells(u64, ByteRecord),
    /// A quotation mark opened on that line is never closed; the bytes of the line.
    OpenQuote(u64, Vec<u8>),
}

/// Reads the records of `bytes` one after another.
pub struct Records<'a> {
    bytes: &'a [u8],
    separator: u8,
    /// Where the current reader started: bytes and lines before it.
    base: (usize, u64),
    open_quotes: u32,
    reader: csv::Reader<&'a [u8]>,
}

fn reader(bytes: &[u8], separator: u8, quoting: bool) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).quoting(quoting).from_reader(bytes)
}

impl<'a> Records<'a> {
    /// Starts reading at the first line.
    #[must_use]
    pub fn new(bytes: &'a [u8], separator: u8) -> Self {
        Self::after(bytes, separator, (0, 0))
    }

    /// Starts reading after so many bytes and lines.
    #[must_use]
    pub fn after(bytes: &'a [u8], separator: u8, base: (usize, u64)) -> Self {
        let rest = bytes.get(base.0..).unwrap_or_default();
        Self { bytes, separator, base, open_quotes: 0, reader: reader(rest, separator, true) }
    }

    /// Returns whether a cell of a record holds what looks like rows of their own: two stray marks some rows apart make
    /// one cell of what stands between.
    fn swallows_rows(&self, record: &ByteRecord) -> bool {
        let separators = |line: &[u8]| line.iter().filter(|b| **b == self.separator).count();
        let rows = |cell: &[u8]| cell.split(|b| *b == b'\n').skip(1).any(|line| separators(line) >= 2);
        record.iter().any(|cell| cell.contains(&b'\n') && rows(cell))
    }

    /// Starts again on the line after the one where a record began, and returns that one.
    fn restart_after(&mut self, record_start: usize, line: u64) -> Vec<u8> {
        let rest = self.bytes.get(record_start..).unwrap_or_default();
        let length = rest.iter().position(|b| *b == b'\n');
        let next = length.map_or(self.bytes.len(), |at| record_start + at + 1);
        let first = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default().to_vec();
        self.open_quotes += 1;
        self.base = (next, line);
        let rest = self.bytes.get(next..).unwrap_or_default();
        self.reader = reader(rest, self.separator, self.open_quotes < OPEN_QUOTES);
        first
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let mut record = ByteRecord::new();
        // Reading from memory with flexible lengths has no error left; if it had one, the file would end here.
        if !self.reader.read_byte_record(&mut record).unwrap_or(false) {
            return None;
        }
        let (offset, line) = record.position().map_or((0, 1), |position| (position.byte(), position.line()));
        let line = self.base.1 + line;
        // Blank lines before a record count as part of its position.
        let start = self.base.0 + usize::try_from(offset).unwrap_or(0);
        let breaks = |cell: &[u8]| cell.iter().filter(|b| **b == b'\n').count() as u64;
        let lines: u64 = record.iter().map(breaks).sum();
        let skipped = self.bytes.get(start..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        let (skipped, blank) = skipped.fold((0, 0), |(bytes, lines), b| (bytes + 1, lines + u64::from(*b == b'\n')));
        if lines > LINES_IN_A_RECORD || (lines > 0 && self.swallows_rows(&record)) {
            let first = self.restart_after(start + skipped, line + blank);
            return Some(Record::OpenQuote(line + blank, first));
        }
        Some(Record::Cells(line + blank, record))
    }
}

/// Returns the separator that a file names on its first line, `sep=;`, as spreadsheets read it, and the bytes of that line.
#[must_use]
pub fn named_separator(bytes: &[u8]) -> Option<(u8, usize)> {
    let end = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1);
    let line = bytes.get(..end)?.trim_ascii_end();
    let quoted = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\""));
    match quoted.unwrap_or(line) {
        [s, e, p, b'=', separator] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => Some((*separator, end)),
        // A tab is white space, which the end of a line may lose.
        [s, e, p, b'='] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => Some((b'\t', end)),
        _ => None,
    }
}

/// Returns the separator of a file: of `;`, tab, `,` and `|` the one that cuts its first lines most evenly.
#[must_use]
pub fn sniff_separator(bytes: &[u8]) -> u8 {
    let head: Vec<&[u8]> = bytes.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(40).collect();
    // How many lines are cut into the same number of cells, and into how many: titles above the headings are not cut.
    let score = |separator: u8| {
        let outside_quotes = |line: &[u8]| {
            let mut quoted = false;
            line.iter()
                .filter(|b| {
                    quoted ^= **b == b'"';
                    !quoted && **b == separator
                })
                .count()
        };
        let counts: Vec<usize> = head.iter().map(|line| outside_quotes(line)).collect();
        let alike = |wanted: usize| counts.iter().filter(|count| **count == wanted).count();
        counts.iter().filter(|count| **count > 0).map(|count| (alike(*count), *count)).max().unwrap_or((0, 0))
    };
    // On equal terms the earlier one wins: `;` is what French spreadsheets write.
    let mut best = (b';', score(b';'));
    for separator in [b'\t', b',', b'|'] {
        let this = score(separator);
        if this > best.1 {
            best = (separator, this);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        Records::new(text.as_bytes(), b';')
            .map(|record| match record {
                Record::Cells(line, cells) => {
                    (line, cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect())
                }
                Record::OpenQuote(line, _) => (line, vec!["OPEN".to_owned()]),
            })
            .collect()
    }

    #[test]
    fn lines_are_numbered_as_an_editor_numbers_them() {
        let read = lines("a;b\r\n\r\n\r\nc;\"d\ne\"\r\nf;g\r\n");
        let numbers: Vec<u64> = read.iter().map(|(line, _)| *line).collect();
        assert_eq!(numbers, [1, 4, 6]);
        assert_eq!(read[1].1, ["c", "d\ne"]);
    }

    #[test]
    fn an_open_quotation_mark_costs_one_row_and_no_more() {
        let mut text = "a;b\n1;\"open\n".to_owned();
        for n in 0..40 {
            text.push_str(&format!("{n};x\n"));
        }
        let read = lines(&text);
        assert_eq!(read.len(), 42);
        assert_eq!(read[1], (2, vec!["OPEN".to_owned()]));
        assert_eq!(read[2], (3, vec!["0".to_owned(), "x".to_owned()]));
        assert_eq!(read[41].0, 42);
    }

    #[test]
    fn two_stray_marks_some_rows_apart_swallow_no_row() {
        let read = lines("a;b;c\n1;\"x;y\n2;x;y\n3;x\";y\n4;x;y\n");
        assert_eq!(read.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(read[1].1, ["OPEN"]);
        assert_eq!(read[4].1, ["4", "x", "y"]);
    }

    #[test]
    fn a_file_may_name_its_separator() {
        for (line, separator) in [("sep=;\r\n", b';'), ("\"sep=,\"\n", b','), ("SEP=\t\n", b'\t'), ("sep=|", b'|')] {
            assert_eq!(named_separator(line.as_bytes()), Some((separator, line.len())), "{line:?}");
        }
        assert_eq!(named_separator(b"separe;nom\n"), None);
    }

    #[test]
    fn the_separator_is_found() {
        assert_eq!(sniff_separator(b"Liste du CCAS\n\nnom,prenom,rue\nA,b,c\nA,b,c\n"), b',');
        assert_eq!(sniff_separator(b"nom;prenom\nA, b;c"), b';');
        assert_eq!(sniff_separator(b"nom,prenom,adresse\nA,b,\"1; rue\"\n"), b',');
        assert_eq!(sniff_separator(b"nom\tprenom\nA\tb, c; d\n"), b'\t');
        assert_eq!(sniff_separator(b"nom"), b';');
    }
}

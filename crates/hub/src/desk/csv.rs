//! CSV for spreadsheets: `;`, UTF-8 with its mark, and no cell that a spreadsheet would run as a formula.

/// A table to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in the file's name.
    pub name: &'static str,
    /// Headings.
    pub headings: Vec<&'static str>,
    /// Rows, as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Starts an empty table.
    #[must_use]
    pub fn new(name: &'static str, headings: &[&'static str]) -> Self {
        Self { name, headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Returns the bytes of the file.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        // Writing to memory does not fail; a row of another length would, and is then left out rather than shifted.
        let _ = writer.write_record(self.headings.iter().map(|heading| harmless(heading)));
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// Returns a cell that no spreadsheet takes for a formula: what starts like one gets an apostrophe.
///
/// A number below zero stays a number: it cannot call anything.
#[must_use]
pub fn harmless(cell: &str) -> String {
    let number = !cell.is_empty() && cell.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite);
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula && !(number && cell.starts_with('-')) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_stay_numbers() {
        for cell in ["=1+1", "+33612345678", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "-1-1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "Théière", "12", "-2", "-0,5", "a=b"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn the_file_opens_in_a_french_spreadsheet() {
        let mut table = Table::new("essai", &["Nom", "Motif"]);
        table.rows.push(vec!["Théière".into(), "dit « non ; merci »\net =1".into()]);
        table.rows.push(vec!["=HYPERLINK(\"x\")".into(), "d\"e".into()]);
        let text = String::from_utf8(table.to_csv()).unwrap();
        assert_eq!(
            text,
            "\u{feff}Nom;Motif\r\nThéière;\"dit « non ; merci »\net =1\"\r\n\"'=HYPERLINK(\"\"x\"\")\";\"d\"\"e\"\r\n"
        );
    }
}

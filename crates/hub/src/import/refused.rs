//! The refused rows of a list as a file of their own: the same headings, the same cells, and beside each row why.
//!
//! Whoever mends them in a spreadsheet imports that file; its last column is known and read by nobody.

use super::columns::Column;
use super::outcome::Import;
use crate::desk::csv::harmless;

/// Returns the file.
#[must_use]
pub fn file(import: &Import) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let width = import.bad.iter().map(|bad| bad.cells.len()).max().unwrap_or(0).max(import.headings.len());
    let refused: Vec<usize> = import
        .headings
        .iter()
        .enumerate()
        .filter(|(_, title)| *title == Column::Refused.title())
        .map(|(at, _)| at)
        .collect();
    let mut write = |cells: &[String], reason: &str| {
        let cell = |at: usize| harmless(cells.get(at).map_or("", String::as_str));
        let kept = (0..width).filter(|at| !refused.contains(at)).map(cell);
        // Writing to memory does not fail.
        let _ = writer.write_record(kept.chain([reason.to_owned()]));
    };
    write(&import.headings, Column::Refused.title());
    for bad in &import.bad {
        let reasons: Vec<&str> = bad.problems.iter().map(|problem| problem.fr.as_str()).collect();
        write(&bad.cells, &format!("{} (ligne {})", reasons.join(" · "), bad.line));
    }
    writer.into_inner().unwrap_or_default()
}

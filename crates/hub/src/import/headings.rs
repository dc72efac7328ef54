//! Where the headings of a file stand: under a title or two, often.

use super::columns::{Columns, MOST_COLUMNS, recognise};
use super::reader::{Record, Records};
use super::text::Decoder;
use std::collections::BTreeSet;

/// How many records are looked through for the headings.
const LOOK: usize = 40;

/// The headings of a file.
#[derive(Debug)]
pub struct Headings {
    /// The cells of the line that holds them.
    pub cells: Vec<String>,
    /// How many records stand before the first row.
    pub records: usize,
    /// The lines above, each with what stands there.
    pub above: Vec<(u64, String)>,
}

/// Returns the headings among the first records: the first line that names all that a list needs, or the one that names the
/// most columns, or the first with anything in it. None when there is nothing at all.
pub fn find(records: Records<'_>, decoder: &mut Decoder) -> Option<Headings> {
    let mut seen: Vec<(usize, u64, Vec<String>)> = Vec::new();
    for (at, record) in records.take(LOOK).enumerate() {
        let Record::Cells(line, cells) = record else { continue };
        // One more than may be there is enough to say that there are too many.
        let cells: Vec<String> = cells.iter().take(MOST_COLUMNS + 1).map(|cell| decoder.cell(cell)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let whole = Columns::read(&cells).missing().is_empty();
            seen.push((at, line, cells));
            if whole {
                break;
            }
        }
    }
    let named = |cells: &[String]| cells.iter().filter_map(|cell| recognise(cell)).collect::<BTreeSet<_>>().len();
    let last = seen.len().checked_sub(1)?;
    let complete = seen.get(last).is_some_and(|(_, _, cells)| Columns::read(cells).missing().is_empty());
    let best = if complete {
        last
    } else {
        // The first of equals: `max_by_key` keeps the last.
        (0..seen.len()).rev().max_by_key(|at| seen.get(*at).map_or(0, |(_, _, cells)| named(cells)))?
    };
    let text = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    let above = seen.iter().take(best).map(|(_, line, cells)| (*line, text(cells))).collect();
    let (at, _, cells) = seen.swap_remove(best);
    Some(Headings { cells, records: at + 1, above })
}

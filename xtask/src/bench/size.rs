//! How much a tablet downloads before it may leave: every file of the shell, compressed as it is sent.

use super::Figure;
use crate::build;
use crate::setup;
use anyhow::Result;

/// In kB of 1,000 bytes; a change that brings more is refused (`docs/decisions/0003-a-small-app.md`).
pub const LIMIT_KB: f64 = 1_000.0;

pub fn measure() -> Result<Vec<Figure>> {
    let setup = setup::app()?;
    let dist = build::build_in(&setup, false)?;
    let files = build::read(&dist)?;
    let tablet = build::of_the_tablet(&files)?;
    let mut sizes = build::size_as_sent(&files);
    let kb = |size: usize| size as f64 / 1000.0;
    let whole = kb(sizes.iter().map(|(_, size)| size).sum());
    sizes.retain(|(name, _)| tablet.contains(name));
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let sum = sizes.iter().map(|(_, size)| size).sum();
    let total = Figure::of(format!("the {} files of the tablet", sizes.len()), kb(sum), "kB", Some(LIMIT_KB));
    let desk = Figure::of("with the desk's own files".to_owned(), whole, "kB", None);
    let largest =
        sizes.into_iter().take(8).map(|(name, size)| Figure::of(format!("of which {name}"), kb(size), "kB", None));
    Ok([total, desk].into_iter().chain(largest).collect())
}

//! How much a tablet downloads before it may leave: every file of the shell, compressed as it is sent.

use super::Figure;
use crate::build;
use crate::setup;
use anyhow::Result;

/// 450 kB of 1,000 bytes.
const LIMIT_KB: f64 = 450.0;

pub fn measure() -> Result<Vec<Figure>> {
    let setup = setup::app()?;
    let dist = build::build_in(&setup, false)?;
    let mut sizes = build::size_as_sent(&build::read(&dist)?);
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let kb = |size: usize| size as f64 / 1000.0;
    let sum = sizes.iter().map(|(_, size)| size).sum();
    let total = Figure::of(format!("all {} files", sizes.len()), kb(sum), "kB", Some(LIMIT_KB));
    let largest =
        sizes.into_iter().take(8).map(|(name, size)| Figure::of(format!("of which {name}"), kb(size), "kB", None));
    Ok(std::iter::once(total).chain(largest).collect())
}

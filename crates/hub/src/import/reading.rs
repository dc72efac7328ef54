//! What the rows of a list are read against.

use super::addresses::Addresses;
use super::dates::Habit;
use super::products::ProductNames;
use perron_domain::date::Day;
use std::collections::BTreeMap;

/// Cells that somebody mended on the screen: by line, the place of each among the row's cells and what it says now.
pub type Mended = BTreeMap<u64, Vec<(usize, String)>>;

/// What rows are read against.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// Today, where the relay is.
    pub today: Day,
    /// The products that a row may name.
    pub products: &'a ProductNames,
    /// How the file writes dates; [`super::read`] finds it out.
    pub dates: Habit,
    /// What somebody mended on the screen.
    pub mended: &'a Mended,
    /// The addresses of the relay's file, where it has one.
    pub addresses: Option<&'a Addresses>,
}

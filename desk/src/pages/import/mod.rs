//! Importing a list of people.

pub mod page;
pub mod preview;

pub use page::ImportPage;

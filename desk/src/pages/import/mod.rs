//! Importing a list of people.

pub mod decisions;
pub mod known;
pub mod mend;
pub mod page;
pub mod preview;
pub mod said;
pub mod twins;

pub use page::ImportPage;

//! Who the relay is and who works for it.

pub mod account;
pub mod page;
pub mod sign;

pub use page::Team;

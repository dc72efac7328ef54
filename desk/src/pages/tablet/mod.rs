//! The tablets, and what they sent that was set aside.

pub mod list;
pub mod quarantine;

pub use list::Tablets;

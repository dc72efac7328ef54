//! Directives: what is in force, written by the relay, confirmed, and seasons.

pub mod confirm;
pub mod editor;
pub mod lines;
pub mod list;
pub mod season;

pub use editor::DirectiveEditor;
pub use list::Directives;
pub use season::{DirectiveFilePage, HeldPage, SeasonPage};

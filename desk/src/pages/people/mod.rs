//! The people whom the relay was asked to see: the list, one of them, and what is known of her.

pub mod add;
pub mod file;
pub mod form;
pub mod history;
pub mod known;
pub mod list;
pub mod lists;
pub mod person;
pub mod picker;
pub mod twins;

pub use list::PeoplePage;
pub use person::PersonPage;

//! A season without a new Perron: opened from last year's campaign in a form, or loaded as a file from elsewhere; and a
//! version that ships, accepted in the place of one that the relay had adopted.

mod adopt;
mod fields;
mod file;
mod form;
mod held;
mod left_out;
mod open;
mod over;

pub use file::DirectiveFilePage;
pub use held::HeldPage;
pub use open::SeasonPage;
pub use over::SeasonsOver;

//! Changing the relay's own directives: the text that the head of the relay edits, the same as a form, and everything that
//! is looked at before it is published. Pure functions; the addresses stand in `desk/directive/mod.rs`.
//!
//! The text is the truth: the form is read from it and written into it, comments of what did not change stay. A text
//! holds one version; what was in force before goes on until its first day (`perron_domain::rules`).

mod affected;
mod check;
mod differences;
mod form;
mod held;
mod left_out;
mod season;
mod text;
mod vaccine_names;

pub use check::{Checked, Ground, OF_THE_RELAY, Whose, check};
pub use differences::differences;
pub use form::{NotWritten, form_of, with_form};
pub use held::held;
pub use left_out::left_out;
pub use season::{Last, last_seasons, renamed, season_text};
pub use text::{blank, start};
pub use vaccine_names::still_named;

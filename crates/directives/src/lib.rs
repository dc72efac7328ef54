//! Reads the rule and product files of Perron, checks them and imports products.
//!
//! A directive is written as a commented TOML file that a coordinator can read. This crate turns bytes into the
//! domain's [`Directive`](perron_domain::rules::Directive)s and says what is wrong with a file, where, in one sentence. It
//! reads no folder and no network: the hub and the tools hand it the bytes.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod bdpm;
mod examples;
mod file;
#[cfg(test)]
#[path = "../tests/files/mod.rs"]
mod files;
pub mod grid;
mod load;
mod loaded;
mod possible;
mod problem;
mod schema;
mod screen;
mod structure;
mod syntax;
mod typography;
mod when;
mod write;

pub use examples::{Tried, check_examples, try_examples};
pub use load::{load, load_beside, load_dir_bytes};
pub use loaded::{Example, Loaded};
pub use problem::Problem;
pub use schema::schema;
pub use screen::screen_line;
pub use structure::is_cip13;
pub use write::condition_text;

//! The relay of demonstration: invented people at real addresses, three rounds, through the same decisions as the desk.

pub(crate) mod files;
mod seed;

pub(crate) use files::directive_files;
pub use seed::{SeedError, publish_directives, seed};

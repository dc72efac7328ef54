//! The relay of demonstration: invented people at real addresses, three rounds, through the same decisions as the desk.

pub(crate) mod files;
mod seed;

pub use seed::{SeedError, publish_directives, seed};

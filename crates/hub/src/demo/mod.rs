//! The relay of demonstration: invented people at real addresses, three rounds, through the same decisions as the desk.

pub(crate) mod files;
mod seed;

use std::sync::LazyLock;

pub(crate) use files::directive_files;
pub use seed::{SeedError, publish_directives, seed};

/// Says whether a number is that of a round of the story, which is played on any day.
pub(crate) fn is_of_the_story(number: u32) -> bool {
    static NUMBERS: LazyLock<Vec<u32>> =
        LazyLock::new(|| files::rounds().unwrap_or_default().iter().map(|round| round.number).collect());
    NUMBERS.contains(&number)
}

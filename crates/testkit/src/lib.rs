//! What tests are made with: a small relay to play in ([`world`]), a hub in memory ([`hub`]), tablets without a screen
//! ([`tablet`]), and a simulator of bad days ([`sim`]). Never shipped; the rooms check sees to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "whoever cannot go on here has failed a test"
)]

pub mod acts;
pub mod copies;
pub mod disk;
pub mod fuzz;
pub mod http;
pub mod hub;
pub mod line;
mod records;
pub mod rng;
pub mod sim;
pub mod tablet;
pub mod world;

pub use disk::Disk;
pub use hub::Hub;
pub use line::Line;
pub use rng::Rng;
pub use tablet::Tablet;

use futures::FutureExt;

/// Runs what never waits, as everything over stores in memory; also inside something that runs already.
///
/// # Panics
/// When it waits.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().expect("a store in memory never waits")
}

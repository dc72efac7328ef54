//! The harness of the journeys: a hub process, tablets in real browsers, and the words that a journey is told in.
//!
//! A journey reads like the day that it tells:
//!
//! ```ignore
//! #[tokio::test(flavor = "multi_thread")]
//! async fn the_nurse_opens_her_round() -> perron_e2e::Result<()> {
//!     let hub = Hub::start().await?;
//!     let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
//!     tablet.see("Ma tournée").await?;
//!     hub.stop().await?;           // no network from here on
//!     tablet.tap("Prochaine visite").await?;
//!     tablet.kill().await?;        // the battery is pulled
//!     tablet.reopen().await?;      // same profile, so the same storage
//!     Ok(())
//! }
//! ```
//!
//! Everything that waits gives up after [`PATIENCE`] with a sentence that says what was looked for and what was on the
//! screen instead. `cargo xtask test` builds the hub and the app with a clock that can be moved, then runs the
//! journeys; a single one: `cargo xtask test --journey NAME`.

mod axe;
mod between;
mod day;
mod desk;
mod driver;
mod hub;
mod page;
mod process;
mod room;
pub mod steps;
mod tablet;
pub mod walk;

pub use axe::Violation;
pub use between::{Between, Mood};
pub use day::{CAMPAIGNS_OVER, Day, ROUND_A, ROUND_B};
pub use desk::Desk;
pub use driver::Browser;
pub use hub::{Hub, HubOptions};
pub use room::Room;
pub use tablet::{Size, Tablet};

use std::time::Duration;

/// Any error of a journey, with the sentence that explains it.
pub type Result<T> = anyhow::Result<T>;

/// How long a journey waits for something to appear before it gives up.
pub const PATIENCE: Duration = Duration::from_secs(15);

//! A tablet without a screen: who it is ([`identity`]), how facts get into its store ([`keeper`]), and how it exchanges
//! them with the hub ([`courier`]).
//!
//! It knows no browser, no clock and no randomness: a store, a wire and the time are given to it. So the very code that
//! runs on a tablet also runs in tests, in the simulator, and against a real hub that is killed in the middle.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod clock;
pub mod courier;
pub mod enrol;
pub mod former;
pub mod identity;
pub mod keeper;
pub mod trust;
pub mod wire;

pub use clock::Compared;
pub use courier::{Courier, Outcome, Replicated};
pub use former::Enrolment;
pub use identity::Identity;
pub use keeper::{Keeper, Moment, NotKept};
pub use trust::DeviceTrust;
pub use wire::{NetworkError, SyncError, Wire};

/// The system gives no randomness: nothing that needs a key or a salt may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no randomness")]
pub struct NoRandomness;

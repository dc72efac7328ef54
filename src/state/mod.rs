//! The replica: what this device holds of its relay, in memory as signals, and the way by which it changes.
//!
//! Pages read signals and call [`Replica::dispatch`]; they never see a store, a key or the network. One fact's way is
//! [`replica`] → `perron_domain::decide` → [`keeper`] (numbers, bytes, chain, one durable append) → `State::apply` →
//! the outbox, which [`sync`] empties whenever the hub answers.
//!
//! ```ignore
//! let replica = use_replica();
//! let next = Memo::new(move |_| replica.see_round(|round| round.next_stops()));
//! let save = Action::new_local(move |reading: &Command| replica.dispatch(reading.clone()));
//! let form = replica.draft("box/reading");   // comes back after a kill; `form.done()` once saved
//! ```

pub mod clock_off;
pub mod clock_watch;
mod clocks;
mod contact;
mod copies;
mod custody;
pub mod draft;
pub mod enrol;
pub mod failure;
mod heard;
mod lifecycle;
mod power;
pub mod readiness;
pub mod replica;
pub mod rounds;
pub mod sync;
pub mod writer;

pub use perron_tablet::identity;

pub use crate::browser::enrolled_mark::{Enrolled, Gone};
pub use crate::browser::store::{Copies, Remade};
pub use clock_off::ClockOff;
pub use draft::{Draft, Texts};
pub use failure::{Failure, Saved};
pub use readiness::Readiness;
pub use replica::{Phase, Replica, provide_replica, use_replica};
pub use rounds::RoundEntry;
pub use sync::{StuckReason, SyncState};
pub use writer::Writer;

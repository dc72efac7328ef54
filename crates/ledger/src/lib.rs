//! The ledger of a relay: how facts become bytes, how bytes stand in chains, and how chains travel.
//!
//! The exact bytes of a fact, as its author wrote them, are the truth. This crate says how they are chained and
//! signed ([`chain`]), what a store must promise ([`store`]), and what two devices say to each other ([`sync`]). It
//! does no I/O of its own: a store and a transport are given to it.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod append;
pub mod canonical;
pub mod chain;
#[cfg(feature = "contract")]
pub mod contract;
pub mod envelope;
pub mod fork;
mod forked;
pub mod hash;
pub mod identity;
pub mod memory;
pub mod one_of;
pub mod operated;
pub mod operation;
pub mod receive;
pub mod rights;
pub mod seal;
pub mod store;
pub mod sync;
pub mod trust;
pub mod written;

pub use append::{Append, Appended, NewFact, Origin, Quarantine};
pub use chain::{Chain, Head, Place, SignedHead};
pub use envelope::{Envelope, EnvelopeError, MAX_FACT_BYTES};
pub use hash::Hash;
pub use memory::MemoryStore;
pub use one_of::OneOf;
pub use seal::{Clear, Seal};
pub use store::{Record, Store, StoreError};

//! The ledger's store on IndexedDB: what a tablet keeps of its relay.
//!
//! It exists so that a saved step survives a closed browser, a flat battery and months without a network. It stands beside the
//! log (`crates/store-pair`), or alone in a browser that gives no files. Every write is
//! one short transaction, with strict durability when it stands alone, and nothing else is awaited inside it: a browser commits a
//! transaction as soon as it has no request of its own left. Bytes are sealed before the transaction begins and opened
//! after it ended; nothing here looks inside them.
//!
//! [`layout`] says what lies where and how it came to be; the rest exists in a browser only.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod layout;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the host only tests these forms"))]
mod record;

#[cfg(target_arch = "wasm32")]
mod append;
#[cfg(target_arch = "wasm32")]
mod copied;
#[cfg(target_arch = "wasm32")]
mod error;
#[cfg(target_arch = "wasm32")]
mod key;
#[cfg(target_arch = "wasm32")]
mod open;
#[cfg(target_arch = "wasm32")]
mod store;
#[cfg(target_arch = "wasm32")]
mod work;

#[cfg(target_arch = "wasm32")]
pub use store::IdbStore;

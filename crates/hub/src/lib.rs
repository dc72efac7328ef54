//! The relay's hub: it stores, merges and serves facts, runs the desk's commands, and carries the app.
//!
//! Where to read on: [`serve`] starts everything; [`router`] lists what is served; [`sync`] is what tablets talk to;
//! [`hub`] is the relay in memory and the hub's own chain; [`store`] is the ledger's store on SQLite.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod check;
pub mod clock;
pub mod demo;
pub mod desk;
pub mod enrol_code;
pub mod errors;
pub mod hub;
pub mod import;
pub mod keys;
pub mod live;
pub mod openapi;
pub mod replay;
pub mod router;
pub mod screen;
pub mod serve;
pub mod store;
pub mod sync;
pub mod web;

pub use hub::AppState;

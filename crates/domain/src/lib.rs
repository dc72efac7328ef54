//! Facts, commands, decisions and folds of an outreach vaccination relay.
//!
//! This crate is pure: it reads no clock, no randomness, no network and no storage. What it needs of
//! them comes in as an argument, so that the tablet and the hub compute the same things from the same facts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod date;
pub mod fact;
pub mod name;
pub mod people;
pub mod rules;
pub mod state;
pub mod time;

//! Facts, commands, decisions and folds of an outreach vaccination relay.
//!
//! This crate is pure: it reads no clock, no randomness, no network and no storage. What it needs of
//! them comes in as an argument, so that the tablet and the hub compute the same things from the same facts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod aboard;
pub mod changes;
pub mod command;
pub mod date;
mod decide;
pub mod depth;
pub mod door;
pub mod dossier;
pub mod expected;
pub mod fact;
mod fields;
pub mod hour;
pub mod lot;
pub mod name;
pub mod order;
pub mod people;
pub mod phone;
pub mod refusal;
pub mod rules;
pub mod spelling;
pub mod state;
pub mod temperature;
pub mod time;
pub mod waste_law;
pub mod zone;

pub use command::Command;
pub use decide::{
    CommonCommand, Context, Lack, NewDirective, PeopleCommand, Told, bring_back, bring_forward, cannot_correct, dated,
    decide, decide_common, decide_people, first_day_of_effect, hour_apart, lacking, missing, must_keep, told_since,
};
pub use refusal::Refusal;

//! What both apps of Perron draw with, the tablet's and the desk's: components, words and dates, the few pages that both
//! have, and the browser beneath them.
//!
//! It knows no store, no sync and no hub; what it shows is given to it as signals.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod browser;
pub mod components;
pub mod i18n;
pub mod lot_questions;
pub mod pages;
pub mod tongue;
pub mod words;

//! The app at the relay's desk, online only: what the coordinator and the head of the relay see on a computer.
//!
//! It holds no facts and no store: each page asks the hub ([`client`]) and shows its answer.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod app;
pub mod client;
pub mod pages;
pub mod shell;

pub use perron_ui::{browser, components, i18n, lot_questions};

/// Mounts the desk's app on the page's body.
pub fn mount() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}

//! The tablet's app as a library, so that a browser's tests can mount its pieces one by one.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod app;
pub mod browser;
pub mod pages;
pub mod shell;
pub mod state;

pub use perron_ui::{components, i18n, lot_questions};

/// Mounts the tablet's app on the page's body.
pub fn mount() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}

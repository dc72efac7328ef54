//! The app of Perron as a library, so that a browser's tests can mount its pieces one by one.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod app;
pub mod browser;
pub mod components;
pub mod i18n;
pub mod pages;
pub mod shell;
pub mod state;

/// Mounts the whole app on the page's body.
pub fn mount() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}

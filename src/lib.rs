//! The two apps of Perron, tablet and desk, as one library, so that a browser's tests can mount its pieces one by one.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod app;
pub mod browser;
pub mod office;
pub mod pages;
pub mod shell;
pub mod state;

pub use perron_ui::{components, i18n};

/// Mounts the tablet's app on the page's body.
pub fn mount_tablet() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}

/// Mounts the desk's app on the page's body.
pub fn mount_desk() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(office::Office);
}

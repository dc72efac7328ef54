//! Everything that touches the browser itself; what both apps need of it is in the crate of what they draw with, and handed
//! on here. No other room of the app imports `web_sys`.
//!
//! Each effect is named once, here, and can fail: it answers a typed error that a page can put into words. Nothing
//! above this module reads a clock, a network, a file or a store by itself. Code that needs a condition on the target
//! (`wasm32` or the host that runs the tests) also lives here and nowhere else.

pub mod battery;
pub mod camera;
mod copies;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(not(target_arch = "wasm32"))]
mod device_on_host;
pub mod enrolled_mark;
pub mod locks;
#[cfg(target_arch = "wasm32")]
mod log_files;
mod outside;
pub mod random;
pub mod storage;
pub mod store;
pub mod witness;
pub mod worker;

use perron_ui::browser::js;
pub use perron_ui::browser::{
    clock, download, events, files, live, network, platform, pointer, prefs, sight, texts, timers,
};

//! Everything that touches the browser itself. No other room of the app imports `web_sys`.
//!
//! Each effect is named once, here, and can fail: it answers a typed error that a page can put into words. Nothing
//! above this module reads a clock, a network, a file or a store by itself. Code that needs a condition on the target
//! (`wasm32` or the host that runs the tests) also lives here and nowhere else.

pub mod battery;
pub mod camera;
pub mod clock;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(not(target_arch = "wasm32"))]
mod device_on_host;
pub mod download;
pub mod enrolled_mark;
pub mod events;
pub mod files;
mod js;
pub mod live;
pub mod locks;
#[cfg(target_arch = "wasm32")]
mod log_files;
pub mod network;
mod outside;
pub mod platform;
pub mod pointer;
pub mod prefs;
pub mod random;
pub mod sight;
pub mod storage;
pub mod store;
pub mod texts;
pub mod timers;
pub mod witness;
pub mod worker;

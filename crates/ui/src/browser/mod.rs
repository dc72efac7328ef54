//! What both apps need of the browser itself. Each app's own room of this name has the rest, and hands these on.
//!
//! Each effect is named once, and can fail: it answers a typed error that a page can put into words. Nothing above these
//! rooms reads a clock, a network or a file by itself, or imports `web_sys`. Code that needs a condition on the target
//! (`wasm32` or the host that runs the tests) also lives in them and nowhere else.

pub mod clock;
pub mod download;
pub mod events;
pub mod files;
pub mod js;
pub mod live;
pub mod local;
pub mod network;
pub mod platform;
pub mod pointer;
pub mod prefs;
pub mod session;
pub mod sight;
pub mod texts;
pub mod timers;

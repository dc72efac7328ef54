//! The app inside the binary, and what every answer must say to a browser.

pub mod app;
pub mod guard;
pub mod headers;
pub mod log;

//! Widgets: signals in, callbacks out, no I/O.

pub mod icon;

pub use icon::{Glyph, Icon};

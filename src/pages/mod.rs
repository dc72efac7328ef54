//! One file per route, named as the person names it.

pub mod address;
pub mod emergency;
#[cfg(debug_assertions)]
pub mod gallery;
pub mod more;
pub mod not_found;
pub mod settings;
pub mod stock;
pub mod visit;
pub mod words;

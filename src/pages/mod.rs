//! One file per route, named as the person names it.

#[cfg(debug_assertions)]
pub mod gallery;
pub mod more;
pub mod not_found;
pub mod settings;

//! One file per route, named as the person names it.

pub mod not_found;
pub mod settings;

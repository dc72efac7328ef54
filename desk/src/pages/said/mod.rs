//! What the desk said in the common part, each with its versions.

pub mod list;
pub mod words;

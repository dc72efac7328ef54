//! Codes put into words, in one place, for every page of both apps.
//!
//! The domain speaks in codes; a person reads sentences. Each function takes the language of the screen. What needs more
//! than a value, the state of a round or of the relay, stands with the app that has it.

mod codes;
mod refusal;
pub mod waste;
mod when;

pub use codes::*;
pub use refusal::*;
pub use when::*;

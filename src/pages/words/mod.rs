//! Codes put into words, in one place, for every page of the tablet and the desk.
//!
//! Domain and ledger speak in codes; a person reads sentences. Each function takes the language of the screen.

mod aboard;
mod door;
mod refusal;
pub mod waste;
mod when;
mod why;

pub use aboard::*;
pub use door::*;
pub use refusal::*;
pub use when::*;
pub use why::*;

//! What a page of the tablet puts into words: codes that need the state of the round or of the relay to be said, and, from
//! the crate that both apps draw with, all others.

mod aboard;
mod door;
mod product;
mod refusal;
mod when;
mod why;

pub use aboard::*;
pub use door::*;
pub use perron_ui::words::*;
pub use product::*;
pub use refusal::*;
pub use when::*;
pub use why::*;

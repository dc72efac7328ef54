//! What the desk and the hub say to each other, as JSON: one set of types for both ends.
//!
//! The desk shows folds; of facts it sees only what it said itself and may say otherwise ([`Says`]). These types are the
//! folds as a page needs them, names already looked up, and what a page sends back. They hold no behaviour.

mod directive;
mod head;
mod import;
mod people;
mod relay;
mod round;
mod said;
mod season;
mod view;

pub use directive::*;
pub use head::*;
pub use import::*;
pub use people::*;
pub use relay::*;
pub use round::*;
pub use said::*;
pub use season::*;
pub use view::*;

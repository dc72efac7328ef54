//! What the desk and the hub say to each other, as JSON: one set of types for both ends.
//!
//! The desk shows folds; of facts it sees only what it said itself and may say otherwise ([`Says`]). These types are the
//! folds as a page needs them, names already looked up, and what a page sends back. They hold no behaviour.

mod apart;
mod asked;
mod directive;
mod directive_form;
mod draft;
mod happened;
mod held;
mod import;
mod message;
mod people;
mod reason;
mod refused;
mod round;
pub mod route;
pub mod routes;
mod said;
mod season;
mod stock;
mod tablet;
mod team;
mod todo;
pub mod together;
mod travel;
mod typed;
mod unsigned;
mod waiting;

pub use apart::*;
pub use asked::*;
pub use directive::*;
pub use directive_form::*;
pub use draft::*;
pub use happened::*;
pub use held::*;
pub use import::*;
pub use message::*;
pub use people::*;
pub use reason::*;
pub use refused::*;
pub use round::*;
pub use said::*;
pub use season::*;
pub use stock::*;
pub use tablet::*;
pub use team::*;
pub use todo::*;
pub use travel::*;
pub use typed::*;
pub use unsigned::*;
pub use waiting::*;

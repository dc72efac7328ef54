//! The stock: what the relay holds, what came in, what must not be used; and one lot.

pub mod apart;
pub mod decide;
pub mod isolate;
pub mod lot;
pub mod lots;
pub mod receive;

pub use lot::LotPage;
pub use lots::Lots;

//! What two devices say to each other: messages, refusals, and the plan of what to send next.

pub(crate) mod ahead;
pub mod batch;
pub mod message;
pub mod page;
pub mod plan;
pub mod refusal;
pub mod restart;

pub use batch::{Batch, Checked, Item, MAX_BATCH_FACTS, MAX_SPAN};
pub use message::*;
pub use refusal::Code;

//! What two devices say to each other: messages, refusals, and the plan of what to send next.

pub mod refusal;

pub use refusal::Code;

//! The rounds of the relay: all of them, and one as it happens.

pub mod changes;
pub mod cold;
pub mod follow;
pub mod gaps;
pub mod held;
pub mod list;
pub mod live;
pub mod start;
pub mod tables;
pub mod unsigned;

pub use list::Rounds;
pub use live::RoundLive;

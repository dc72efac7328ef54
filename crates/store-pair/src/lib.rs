//! The ledger's store in two independent copies: a log, which is flushed before a step counts as saved, and another
//! store, which follows within a second, change by change in the same order.
//!
//! Changes are numbered. The log knows the number of each; the second copy keeps, as a named value, the number up to which
//! it has them ([`mark`]). When the pair is opened, these numbers say which copy is right, and how the other is mended
//! ([`plan`]): a browser may have thrown away either one, torn it, or put it back to an earlier day. Since every change has
//! its number, forgetting and erasing reach both copies in their turn, and a copy that lags never brings back what the other
//! has deleted.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod early;
pub mod mark;
pub mod opening;
pub mod pair;
pub mod perhaps;
pub mod plan;

pub use early::Early;
pub use opening::{Opening, Ways, open};
pub use pair::Pair;
pub use perhaps::Perhaps;
pub use plan::{Mended, Why};

//! What every part of a run goes by.

use perron_ledger::sync::{Client, PROTOCOL};

pub(super) const EPOCH: &str = "epoch";

/// How often in a row the hub may answer without anything getting further.
pub(super) const TIRED: u32 = 3;

/// Returns what this program says of itself.
#[must_use]
pub fn client() -> Client {
    Client { protocol: PROTOCOL, app: concat!("perron ", env!("CARGO_PKG_VERSION")).to_owned() }
}

//! What a store in memory holds.

use crate::at_once;
use perron_ledger::{MemoryStore, Record, Store};

/// Returns every fact of every scope of a store in memory, in order of arrival within its scope.
pub(crate) fn records(memory: &MemoryStore) -> Vec<Record> {
    let scopes = at_once(memory.scopes()).unwrap_or_default();
    scopes.into_iter().flat_map(|scope| at_once(memory.arrivals(scope, 0, usize::MAX)).unwrap_or_default()).collect()
}

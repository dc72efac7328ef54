//! What the tests of the pair share.

use perron_ledger::MemoryStore;
pub use perron_ledger::contract::Bound;
use perron_store_log::MemoryFiles;
use perron_store_pair::{Opening, Pair, Ways};

/// A pair in memory.
pub type Memory = Pair<MemoryFiles, Bound, MemoryStore<Bound>>;

/// Opens a pair.
pub async fn open(files: MemoryFiles, second: MemoryStore<Bound>) -> (Memory, Opening) {
    perron_store_pair::open(files, Bound, second, Ways::default()).await.unwrap()
}

//! The contract of stores, on the store in memory.

use perron_ledger::contract::{Bound, Factory};
use perron_ledger::{Clear, MemoryStore, Seal};

struct Memory<S>(fn() -> MemoryStore<S>);

impl<S: Seal> Factory for Memory<S> {
    type Store = MemoryStore<S>;

    async fn fresh(&self) -> MemoryStore<S> {
        (self.0)()
    }

    async fn reopen(&self, store: MemoryStore<S>) -> MemoryStore<S> {
        store
    }
}

mod clear {
    use super::{Clear, Memory, MemoryStore};
    perron_ledger::store_contract!(block_on = futures::executor::block_on, Memory::<Clear>(MemoryStore::new));
}

mod sealed {
    use super::{Bound, Memory, MemoryStore};
    perron_ledger::store_contract!(
        block_on = futures::executor::block_on,
        Memory::<Bound>(|| MemoryStore::sealed_by(Bound))
    );
}

//! The contract of stores, on the store in memory.

use perron_ledger::contract::Factory;
use perron_ledger::seal::{SealError, Slot};
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

/// Binds bytes to their place as a cipher would: what is opened elsewhere does not open.
struct Bound;

impl Seal for Bound {
    fn seal(&self, slot: Slot<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut sealed = slot.address();
        sealed.extend(plain.iter().map(|byte| byte ^ 0x5a));
        Ok(sealed)
    }

    fn open(&self, slot: Slot<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let plain = sealed.strip_prefix(slot.address().as_slice()).ok_or(SealError::DoesNotOpen)?;
        Ok(plain.iter().map(|byte| byte ^ 0x5a).collect())
    }
}

mod sealed {
    use super::{Bound, Memory, MemoryStore};
    perron_ledger::store_contract!(
        block_on = futures::executor::block_on,
        Memory::<Bound>(|| MemoryStore::sealed_by(Bound))
    );
}

//! A disk that a tablet may lose at any moment: a store in memory behind a fuse.
//!
//! When the fuse burns down, the operation under way either was not done or was done without an answer, and nothing works
//! any more until [`Disk::mend`]: as a browser that was killed, and opened again.

use crate::at_once;
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::store::{Cursor, Fork, Outgoing, Stuck, Waiting};
use perron_ledger::{
    Append, Appended, Chain, Hash, Head, MemoryStore, Place, Quarantine, Record, SignedHead, Store, StoreError,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A store that can be killed, copied and put back. Clones are handles of the same disk.
#[derive(Clone, Debug, Default)]
pub struct Disk(Rc<Inside>);

#[derive(Debug, Default)]
struct Inside {
    memory: RefCell<Rc<MemoryStore>>,
    /// How many operations are left, and whether the last one is done before everything stops.
    fuse: Cell<Option<(u32, bool)>>,
    burnt: Cell<bool>,
    /// A planted fault: leaves that were signed ahead of their facts are not kept.
    forgets_leaves: Cell<bool>,
}

impl Disk {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `operations` more be done, then kills; with `done` the last one is done, without an answer.
    pub fn kill_after(&self, operations: u32, done: bool) {
        self.0.fuse.set(Some((operations, done)));
    }

    /// Plants a fault: from now on leaves that were signed ahead of their facts are not kept.
    pub fn forget_leaves(&self) {
        self.0.forgets_leaves.set(true);
    }

    /// Opens the disk again. Returns whether it was killed.
    pub fn mend(&self) -> bool {
        self.0.fuse.set(None);
        self.0.burnt.replace(false)
    }

    /// Returns another disk with the same content.
    #[must_use]
    pub fn copied(&self) -> Self {
        let copy = Self::new();
        copy.put_back(self);
        copy
    }

    /// Puts the content of another disk in place of this one's.
    pub fn put_back(&self, from: &Self) {
        let copy = Rc::new(from.memory().copied());
        self.0.memory.replace(copy);
    }

    /// Returns the store itself, which always answers.
    #[must_use]
    pub fn memory(&self) -> Rc<MemoryStore> {
        Rc::clone(&self.0.memory.borrow())
    }

    /// Returns every fact of every scope, in order of arrival within its scope.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let memory = self.memory();
        let scopes = at_once(memory.scopes()).unwrap_or_default();
        scopes
            .into_iter()
            .flat_map(|scope| at_once(memory.arrivals(scope, 0, usize::MAX)).unwrap_or_default())
            .collect()
    }

    async fn with<T, F: Future<Output = Result<T, StoreError>>>(
        &self,
        work: impl FnOnce(Rc<MemoryStore>) -> F,
    ) -> Result<T, StoreError> {
        if self.0.burnt.get() {
            return Err(StoreError::Closed);
        }
        let Some((left, done)) = self.0.fuse.get() else { return work(self.memory()).await };
        if left > 0 {
            self.0.fuse.set(Some((left - 1, done)));
            return work(self.memory()).await;
        }
        self.0.burnt.set(true);
        if done {
            let _ = work(self.memory()).await;
        }
        Err(StoreError::Closed)
    }
}

impl Store for Disk {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        self.with(async |store| store.append(append).await).await
    }

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        self.with(async |store| store.chain(chain, from, to).await).await
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        self.with(async |store| store.arrivals(scope, after, limit).await).await
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        self.with(async |store| store.last_arrival().await).await
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        self.with(async |store| store.heads(scope).await).await
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        self.with(async |store| store.head(chain).await).await
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        self.with(async |store| store.head_at(chain, number).await).await
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        self.with(async |store| store.scopes().await).await
    }

    async fn erase(&self, place: Place) -> Result<bool, StoreError> {
        self.with(async |store| store.erase(place).await).await
    }

    async fn set_quarantine(&self, place: Place, quarantine: Option<Quarantine>) -> Result<bool, StoreError> {
        self.with(async |store| store.set_quarantine(place, quarantine).await).await
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        self.with(async |store| store.quarantined(scope).await).await
    }

    async fn forget(&self, scope: Scope) -> Result<(), StoreError> {
        self.with(async |store| store.forget(scope).await).await
    }

    async fn keep_signed(&self, signed: SignedHead) -> Result<(), StoreError> {
        self.with(async |store| store.keep_signed(signed).await).await
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        self.with(async |store| store.signed(chain, from, limit).await).await
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        self.with(async |store| store.outbox().await).await
    }

    async fn acknowledge(&self, chain: Chain, number: u32) -> Result<bool, StoreError> {
        self.with(async |store| store.acknowledge(chain, number).await).await
    }

    async fn set_stuck(&self, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError> {
        self.with(async |store| store.set_stuck(chain, stuck).await).await
    }

    async fn hold(&self, waiting: Waiting) -> Result<(), StoreError> {
        self.with(async |store| store.hold(waiting).await).await
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        self.with(async |store| store.held(chain).await).await
    }

    async fn drop_held(&self, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError> {
        self.with(async |store| store.drop_held(chain, from, signed).await).await
    }

    async fn keep_fork(&self, fork: Fork) -> Result<(), StoreError> {
        self.with(async |store| store.keep_fork(fork).await).await
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        self.with(async |store| store.forks(scope).await).await
    }

    async fn rehome(&self, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError> {
        self.with(async |store| store.rehome(old, at, new).await).await
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        self.with(async |store| store.cursor(scope).await).await
    }

    async fn set_cursor(&self, scope: Scope, cursor: Cursor) -> Result<(), StoreError> {
        self.with(async |store| store.set_cursor(scope, cursor).await).await
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(async |store| store.named(name).await).await
    }

    async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        if self.0.forgets_leaves.get() && name.starts_with("ledger/ahead/") {
            return Ok(());
        }
        self.with(async |store| store.set_named(name, value).await).await
    }

    async fn delete_named(&self, name: &str) -> Result<bool, StoreError> {
        self.with(async |store| store.delete_named(name).await).await
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.with(async |store| store.names(prefix).await).await
    }
}

/// Says which chain of a scope a device writes, for messages of a simulation.
#[must_use]
pub fn told(chain: Chain) -> String {
    let DeviceId(device) = chain.device;
    chain.scope.round_number().map_or_else(|| format!("common/{device}"), |round| format!("round {round}/{device}"))
}

//! A disk that a tablet may lose at any moment: a store behind a fuse, in two copies as a tablet's is, or in one as a hub's.
//!
//! When the fuse burns down, the operation under way either was not done or was done without an answer, and nothing works
//! any more until [`Disk::mend`]: as a browser that was killed, and opened again. What was not flushed may then be gone. One
//! of the two copies can be hurt ([`Disk::hurt`]); the other must make up for it.

use crate::copies::{Hurt, Kept, Planted};
use crate::records::records;
use crate::rng::Rng;
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::store::{Cursor, Fork, Outgoing, Stuck, Waiting};
use perron_ledger::{Append, Appended, Chain, Hash, Head, Place, Quarantine, Record, SignedHead, Store, StoreError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A store that can be killed, copied and put back. Clones are handles of the same disk.
#[derive(Clone, Debug)]
pub struct Disk(Rc<Inside>);

#[derive(Debug)]
struct Inside {
    kept: RefCell<Kept>,
    /// How many operations are left, and whether the last one is done before everything stops.
    fuse: Cell<Option<(u32, bool)>>,
    burnt: Cell<bool>,
    /// A planted fault: leaves that were signed ahead of their facts are not kept.
    forgets_leaves: Cell<bool>,
    /// What becomes of bytes that were not flushed.
    luck: Rng,
}

impl Default for Disk {
    fn default() -> Self {
        Self::new()
    }
}

impl Disk {
    /// An empty disk of a tablet, in two copies.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Kept::two(Planted::default()))
    }

    /// An empty disk of a tablet with a planted fault.
    #[must_use]
    pub fn with(planted: Planted) -> Self {
        Self::of(Kept::two(planted))
    }

    /// An empty disk in one copy, as a hub has.
    #[must_use]
    pub fn of_a_hub() -> Self {
        Self::of(Kept::One(Rc::default()))
    }

    fn of(kept: Kept) -> Self {
        Self(Rc::new(Inside {
            kept: RefCell::new(kept),
            fuse: Cell::default(),
            burnt: Cell::default(),
            forgets_leaves: Cell::default(),
            luck: Rng::new(11),
        }))
    }

    /// Lets `operations` more be done, then kills; with `done` the last one is done, without an answer.
    pub fn kill_after(&self, operations: u32, done: bool) {
        self.0.fuse.set(Some((operations, done)));
    }

    /// Kills in the middle of an operation, after so many steps of its files.
    pub fn kill_inside_after(&self, steps: u32) {
        self.kept().kill_files_after(steps);
    }

    /// Plants a fault: from now on leaves that were signed ahead of their facts are not kept.
    pub fn forget_leaves(&self) {
        self.0.forgets_leaves.set(true);
    }

    /// Opens the disk again. Returns whether it was killed.
    pub fn mend(&self) -> bool {
        self.0.fuse.set(None);
        let again = self.kept().reopened(&self.0.luck);
        self.0.kept.replace(again);
        self.0.burnt.replace(false)
    }

    /// Says what was found when the disk was last opened; nothing when both copies were alike.
    #[must_use]
    pub fn found(&self) -> String {
        self.kept().found()
    }

    /// Gives the second copy what it lacks, as the app does every second; sometimes writes the log anew, too.
    pub fn settle(&self, tidies: bool) {
        if !self.0.burnt.get() {
            self.kept().settle(tidies);
        }
    }

    /// Hurts one of the two copies while the tablet is off, as `hurt` says. Call [`Disk::mend`] afterwards. Returns the
    /// leaves of those facts that the other copy, or what is left of this one, must give back.
    pub fn hurt(&self, hurt: Hurt) -> BTreeSet<Hash> {
        let kept = self.kept().hurt(hurt, &self.0.luck);
        kept.into_iter().collect()
    }

    /// Remembers what both copies hold now, so that one can fall back to it.
    pub fn remember(&self) {
        self.kept().remember();
    }

    /// Returns another disk with the same content.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self::of(self.kept().duplicate())
    }

    /// Puts the content of another disk in place of this one's.
    pub fn put_back(&self, from: &Self) {
        let copy = from.kept().duplicate();
        self.0.kept.replace(copy);
    }

    fn kept(&self) -> Kept {
        self.0.kept.borrow().clone()
    }

    /// Returns the store itself, which always answers.
    #[must_use]
    pub fn memory(&self) -> Kept {
        self.kept()
    }

    /// Returns every fact of every scope, in order of arrival within its scope.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        records(&self.memory())
    }

    async fn with_kept<T, F: Future<Output = Result<T, StoreError>>>(
        &self,
        work: impl FnOnce(Kept) -> F,
    ) -> Result<T, StoreError> {
        if self.0.burnt.get() {
            return Err(StoreError::Closed);
        }
        let Some((left, done)) = self.0.fuse.get() else { return work(self.kept()).await };
        if left > 0 {
            self.0.fuse.set(Some((left - 1, done)));
            return work(self.kept()).await;
        }
        self.0.burnt.set(true);
        if done {
            let _ = work(self.kept()).await;
        }
        Err(StoreError::Closed)
    }
}

impl Store for Disk {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        self.with_kept(async |store| store.append(append).await).await
    }

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        self.with_kept(async |store| store.chain(chain, from, to).await).await
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        self.with_kept(async |store| store.arrivals(scope, after, limit).await).await
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        self.with_kept(async |store| store.last_arrival().await).await
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        self.with_kept(async |store| store.heads(scope).await).await
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        self.with_kept(async |store| store.head(chain).await).await
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        self.with_kept(async |store| store.head_at(chain, number).await).await
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        self.with_kept(async |store| store.scopes().await).await
    }

    async fn erase(&self, place: Place) -> Result<bool, StoreError> {
        self.with_kept(async |store| store.erase(place).await).await
    }

    async fn set_quarantine(&self, place: Place, quarantine: Option<Quarantine>) -> Result<bool, StoreError> {
        self.with_kept(async |store| store.set_quarantine(place, quarantine).await).await
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        self.with_kept(async |store| store.quarantined(scope).await).await
    }

    async fn forget(&self, scope: Scope) -> Result<(), StoreError> {
        self.with_kept(async |store| store.forget(scope).await).await
    }

    async fn keep_signed(&self, signed: SignedHead) -> Result<(), StoreError> {
        self.with_kept(async |store| store.keep_signed(signed).await).await
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        self.with_kept(async |store| store.signed(chain, from, limit).await).await
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        self.with_kept(async |store| store.outbox().await).await
    }

    async fn acknowledge(&self, chain: Chain, number: u32) -> Result<bool, StoreError> {
        self.with_kept(async |store| store.acknowledge(chain, number).await).await
    }

    async fn set_stuck(&self, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError> {
        self.with_kept(async |store| store.set_stuck(chain, stuck).await).await
    }

    async fn hold(&self, waiting: Waiting) -> Result<(), StoreError> {
        self.with_kept(async |store| store.hold(waiting).await).await
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        self.with_kept(async |store| store.held(chain).await).await
    }

    async fn drop_held(&self, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError> {
        self.with_kept(async |store| store.drop_held(chain, from, signed).await).await
    }

    async fn keep_fork(&self, fork: Fork) -> Result<(), StoreError> {
        self.with_kept(async |store| store.keep_fork(fork).await).await
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        self.with_kept(async |store| store.forks(scope).await).await
    }

    async fn rehome(&self, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError> {
        self.with_kept(async |store| store.rehome(old, at, new).await).await
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        self.with_kept(async |store| store.cursor(scope).await).await
    }

    async fn set_cursor(&self, scope: Scope, cursor: Cursor) -> Result<(), StoreError> {
        self.with_kept(async |store| store.set_cursor(scope, cursor).await).await
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.with_kept(async |store| store.named(name).await).await
    }

    async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        if self.0.forgets_leaves.get() && name.starts_with("ledger/ahead/") {
            return Ok(());
        }
        self.with_kept(async |store| store.set_named(name, value).await).await
    }

    async fn delete_named(&self, name: &str) -> Result<bool, StoreError> {
        self.with_kept(async |store| store.delete_named(name).await).await
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.with_kept(async |store| store.names(prefix).await).await
    }
}

/// Says which chain of a scope a device writes, for messages of a simulation.
#[must_use]
pub fn told(chain: Chain) -> String {
    let DeviceId(device) = chain.device;
    chain.scope.round_number().map_or_else(|| format!("common/{device}"), |round| format!("round {round}/{device}"))
}

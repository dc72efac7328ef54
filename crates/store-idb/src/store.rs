//! [`IdbStore`]: the promises of [`Store`], one transaction each.

use crate::append::{TOUCHED, TOUCHED_BY_REHOME, append, last_arrival, read_chain, rehome, write_chain};
use crate::error::{from_idb, from_open};
use crate::key;
use crate::layout::{CHAINS, COUNTERS, CURSORS, FACTS, FORKS, HELD, NAMED, SIGNED};
use crate::open::open;
use crate::record::{KeptChain, KeptFact, KeptWaiting, decode, encode};
use crate::work::Work;
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::transaction::TransactionDurability;
use perron_domain::name::Scope;
use perron_domain::order;
use perron_ledger::seal::Slot;
use perron_ledger::store::{Cursor, Fork, Outgoing, Stuck, Waiting};
use perron_ledger::{
    Append, Appended, Chain, Clear, Hash, Head, Place, Quarantine, Record, Seal, SignedHead, Store, StoreError,
};
use std::collections::BTreeSet;
use wasm_bindgen::JsValue;

/// The facts of one relay in a browser's database.
pub struct IdbStore<S = Clear> {
    pub(crate) db: Database,
    pub(crate) seal: S,
    durability: TransactionDurability,
}

impl<S> Drop for IdbStore<S> {
    fn drop(&mut self) {
        self.db.clone().close();
    }
}

impl<S: Seal> IdbStore<S> {
    /// Opens (or makes) database `name`, whose bytes pass through `seal`.
    ///
    /// # Errors
    /// [`StoreError::Denied`] when the browser keeps nothing here, [`StoreError::Blocked`] when another tab holds an older
    /// version, [`StoreError::TooNew`] when a newer program wrote it.
    pub async fn open(name: &str, seal: S) -> Result<Self, StoreError> {
        Ok(Self { db: open(name).await?, seal, durability: TransactionDurability::Strict })
    }

    /// Deletes the database `name`.
    ///
    /// # Errors
    /// [`StoreError`] when the browser does not.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        let deleting = Database::delete_by_name(name).map_err(|error| from_open(&error))?;
        deleting.await.map_err(|error| from_idb(&error))
    }

    /// Returns the same store, which no longer waits until the disk has what it wrote: for a second copy. What is lost when the
    /// machine stops is always the end: a transaction is never kept without those before it.
    #[must_use]
    pub fn relaxed(mut self) -> Self {
        self.durability = TransactionDurability::Relaxed;
        self
    }

    pub(crate) fn write(&self, stores: &[&str]) -> Result<Work<'_>, StoreError> {
        Work::write(&self.db, stores, self.durability)
    }

    /// Returns the name of the database.
    #[must_use]
    pub fn name(&self) -> String {
        self.db.name()
    }

    /// Closes the connection: whatever is asked from then on answers [`StoreError::Closed`].
    pub fn close(&self) {
        self.db.clone().close();
    }

    /// Seals the bytes of an append: before the transaction, where a failure costs nothing.
    pub(crate) fn sealed(&self, mut append: Append) -> Result<Append, StoreError> {
        let mut number = append.after.number;
        for fact in &mut append.facts {
            number = number.saturating_add(1);
            if let Some(bytes) = &mut fact.bytes {
                *bytes = self.seal.seal(Slot::Fact(append.chain.at(number)), bytes)?;
            }
        }
        Ok(append)
    }

    pub(crate) fn opened(&self, kept: KeptFact) -> Result<Record, StoreError> {
        let mut record = kept.sealed_record();
        if let Some(bytes) = &mut record.bytes {
            *bytes = self.seal.open(Slot::Fact(record.place), bytes)?;
        }
        Ok(record)
    }

    pub(crate) async fn read_whole(&self, store: &'static str) -> Result<Vec<Vec<u8>>, StoreError> {
        Work::read(&self.db, &[store])?.whole(store).await
    }

    async fn facts_of(&self, scope: Scope) -> Result<Vec<KeptFact>, StoreError> {
        let kept = Work::read(&self.db, &[FACTS])?.all(FACTS, key::of_scope(scope)).await?;
        let mut facts = kept.iter().map(|bytes| decode(bytes)).collect::<Result<Vec<KeptFact>, _>>()?;
        order::sort_by_key(&mut facts, |fact| fact.arrival);
        Ok(facts)
    }

    async fn change_fact(&self, place: Place, change: impl FnOnce(&mut KeptFact) -> bool) -> Result<bool, StoreError> {
        let work = self.write(&[FACTS])?;
        let Some(kept) = work.get(FACTS, key::fact(place)).await? else { return Ok(false) };
        let mut fact: KeptFact = decode(&kept)?;
        if !change(&mut fact) {
            return Ok(false);
        }
        work.put(FACTS, key::fact(place), &encode(&fact)?)?;
        work.done().await?;
        Ok(true)
    }

    async fn change_chain(
        &self,
        chain: Chain,
        change: impl FnOnce(&mut KeptChain) -> bool,
    ) -> Result<bool, StoreError> {
        let work = self.write(&[CHAINS])?;
        let Some(mut kept) = read_chain(&work, chain).await? else { return Ok(false) };
        if !change(&mut kept) {
            return Ok(false);
        }
        write_chain(&work, &kept)?;
        work.done().await?;
        Ok(true)
    }

    async fn write_one(&self, store: &'static str, at: JsValue, value: &[u8]) -> Result<(), StoreError> {
        let work = self.write(&[store])?;
        work.put(store, at, value)?;
        work.done().await
    }

    pub(crate) fn each_waiting(&self, mut waiting: Waiting, seal: bool) -> Result<Waiting, StoreError> {
        for (number, (_, bytes)) in (waiting.from..).zip(&mut waiting.facts) {
            if let Some(bytes) = bytes {
                let slot = Slot::Waiting(waiting.chain.at(number), waiting.signed.head.hash);
                *bytes = if seal { self.seal.seal(slot, bytes)? } else { self.seal.open(slot, bytes)? };
            }
        }
        Ok(waiting)
    }
}

impl<S: Seal> Store for IdbStore<S> {
    async fn append(&self, given: Append) -> Result<Appended, StoreError> {
        let given = self.sealed(given)?;
        let work = self.write(TOUCHED)?;
        let answer = append(&work, given).await?;
        if matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
            work.done().await?;
        }
        Ok(answer)
    }

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        if from > to {
            return Ok(Vec::new());
        }
        let kept = Work::read(&self.db, &[FACTS])?.all(FACTS, key::facts(chain, from, to)).await?;
        kept.iter().map(|bytes| self.opened(decode(bytes)?)).collect()
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        let facts = self.facts_of(scope).await?;
        facts.into_iter().filter(|fact| fact.arrival > after).take(limit).map(|fact| self.opened(fact)).collect()
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        last_arrival(&Work::read(&self.db, &[COUNTERS])?).await
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        let kept = Work::read(&self.db, &[CHAINS])?.all(CHAINS, key::of_scope(scope)).await?;
        kept.iter().map(|bytes| decode(bytes).map(|kept: KeptChain| (kept.chain, kept.head))).collect()
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        Ok(read_chain(&Work::read(&self.db, &[CHAINS])?, chain).await?.map(|kept| kept.head))
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        let work = Work::read(&self.db, &[CHAINS, FACTS])?;
        if number == 0 {
            return Ok(read_chain(&work, chain).await?.map(|kept| Head { number, hash: kept.start }));
        }
        let kept = work.get(FACTS, key::fact(chain.at(number))).await?;
        kept.map(|bytes| decode(&bytes).map(|fact: KeptFact| Head { number, hash: fact.head })).transpose()
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        let kept = Work::read(&self.db, &[CHAINS])?.whole(CHAINS).await?;
        let scopes: Result<BTreeSet<Scope>, StoreError> =
            kept.iter().map(|bytes| decode(bytes).map(|kept: KeptChain| kept.chain.scope)).collect();
        Ok(scopes?.into_iter().collect())
    }

    async fn erase(&self, place: Place) -> Result<bool, StoreError> {
        self.change_fact(place, |fact| fact.bytes.take().is_some()).await
    }

    async fn set_quarantine(&self, place: Place, quarantine: Option<Quarantine>) -> Result<bool, StoreError> {
        let note = |fact: &mut KeptFact| {
            fact.quarantine = quarantine;
            true
        };
        self.change_fact(place, note).await
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        let facts = self.facts_of(scope).await?;
        facts.into_iter().filter(|fact| fact.quarantine.is_some()).map(|fact| self.opened(fact)).collect()
    }

    async fn forget(&self, scope: Scope) -> Result<(), StoreError> {
        let work = self.write(&[FACTS, CHAINS, SIGNED, HELD, FORKS, CURSORS])?;
        for store in [FACTS, CHAINS, SIGNED, HELD, FORKS] {
            work.delete(store, key::of_scope(scope))?;
        }
        work.delete(CURSORS, KeyRange::Only(key::scope(scope)))?;
        work.done().await
    }

    async fn keep_signed(&self, signed: SignedHead) -> Result<(), StoreError> {
        self.write_one(SIGNED, key::signed(&signed), &encode(&signed)?).await
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        let kept = Work::read(&self.db, &[SIGNED])?.all(SIGNED, key::of_chain_from(chain, from)).await?;
        kept.iter().take(limit).map(|bytes| decode(bytes)).collect()
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        let kept = Work::read(&self.db, &[CHAINS])?.whole(CHAINS).await?;
        let chains = kept.iter().map(|bytes| decode::<KeptChain>(bytes));
        chains.filter_map(|kept| kept.map(|kept| kept.outgoing()).transpose()).collect()
    }

    async fn acknowledge(&self, chain: Chain, number: u32) -> Result<bool, StoreError> {
        let note = |kept: &mut KeptChain| {
            let end = kept.head.number;
            kept.outgoing.as_mut().map(|own| (own.acknowledged, own.stuck) = (number.min(end), None)).is_some()
        };
        self.change_chain(chain, note).await
    }

    async fn set_stuck(&self, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError> {
        self.change_chain(chain, |kept| kept.outgoing.as_mut().map(|own| own.stuck = stuck).is_some()).await
    }

    async fn hold(&self, waiting: Waiting) -> Result<(), StoreError> {
        let waiting = self.each_waiting(waiting, true)?;
        let at = key::held(waiting.chain, waiting.from, waiting.signed.head.hash);
        self.write_one(HELD, at, &encode(&KeptWaiting::from(waiting))?).await
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        let kept = Work::read(&self.db, &[HELD])?.all(HELD, key::of_chain(chain)).await?;
        let waiting = kept.iter().map(|bytes| decode::<KeptWaiting>(bytes).map(|kept| kept.waiting(chain)));
        waiting.map(|waiting| self.each_waiting(waiting?, false)).collect()
    }

    async fn drop_held(&self, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError> {
        let work = self.write(&[HELD])?;
        work.delete(HELD, KeyRange::Only(key::held(chain, from, signed)))?;
        work.done().await
    }

    async fn keep_fork(&self, fork: Fork) -> Result<(), StoreError> {
        self.write_one(FORKS, key::fork(&fork), &encode(&fork)?).await
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        let kept = Work::read(&self.db, &[FORKS])?.all(FORKS, key::of_scope(scope)).await?;
        kept.iter().map(|bytes| decode(bytes)).collect()
    }

    async fn rehome(&self, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError> {
        let new = self.sealed(new)?;
        let work = self.write(TOUCHED_BY_REHOME)?;
        let answer = rehome(&work, old, at, new).await?;
        if matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
            work.done().await?;
        }
        Ok(answer)
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        let kept = Work::read(&self.db, &[CURSORS])?.get(CURSORS, key::scope(scope)).await?;
        kept.map(|bytes| decode(&bytes)).transpose()
    }

    async fn set_cursor(&self, scope: Scope, cursor: Cursor) -> Result<(), StoreError> {
        self.write_one(CURSORS, key::scope(scope), &encode(&cursor)?).await
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let kept = Work::read(&self.db, &[NAMED])?.get(NAMED, JsValue::from_str(name)).await?;
        kept.map(|value| self.seal.open(Slot::Named(name), &value).map_err(StoreError::from)).transpose()
    }

    async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let value = self.seal.seal(Slot::Named(name), value)?;
        self.write_one(NAMED, JsValue::from_str(name), &value).await
    }

    async fn delete_named(&self, name: &str) -> Result<bool, StoreError> {
        let work = self.write(&[NAMED])?;
        let key = JsValue::from_str(name);
        let was_there = work.get(NAMED, key.clone()).await?.is_some();
        work.delete(NAMED, KeyRange::Only(key))?;
        work.done().await?;
        Ok(was_there)
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut names = Work::read(&self.db, &[NAMED])?.texts(NAMED, key::names(prefix)).await?;
        names.retain(|name| name.starts_with(prefix));
        order::sort_by(&mut names, Ord::cmp);
        Ok(names)
    }
}

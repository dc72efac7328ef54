//! The store in memory: the plainest reading of the contract, for tests, simulations and folds that need no disk.

use crate::append::{Append, Appended, Known, Origin, Quarantine, Verdict, judge};
use crate::chain::{Chain, Head, Place, SignedHead};
use crate::hash::Hash;
use crate::seal::{Clear, Seal, Slot};
use crate::store::{Cursor, Fork, Outgoing, Record, Store, StoreError, Stuck, Waiting};
use perron_domain::name::{DeviceId, Scope};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A store that forgets everything with the program.
#[derive(Debug, Default)]
pub struct MemoryStore<S = Clear> {
    seal: S,
    inside: Mutex<Inside>,
}

#[derive(Clone, Debug, Default)]
struct Inside {
    chains: BTreeMap<Chain, Kept>,
    places: BTreeMap<(Scope, u64), Place>,
    last_arrival: u64,
    signed: BTreeMap<(Chain, u32, Hash, DeviceId), SignedHead>,
    held: BTreeMap<(Chain, u32, Hash), Waiting>,
    forks: BTreeMap<(Scope, DeviceId), Fork>,
    cursors: BTreeMap<Scope, Cursor>,
    named: BTreeMap<String, Vec<u8>>,
}

#[derive(Clone, Debug)]
struct Kept {
    start: Head,
    facts: Vec<Record>,
    /// `Some` for a chain written here: acknowledged up to, and why it is stuck.
    outgoing: Option<(u32, Option<Stuck>)>,
}

impl Kept {
    fn head(&self) -> Head {
        self.facts.last().map_or(self.start, |fact| Head { number: fact.place.number, hash: fact.head })
    }

    fn fact(&self, number: u32) -> Option<&Record> {
        self.facts.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    fn known(&self, number: u32) -> Option<Known> {
        if number == 0 {
            return Some(Known { leaf: self.start.hash, head: self.start.hash });
        }
        self.fact(number).map(|fact| Known { leaf: fact.leaf, head: fact.head })
    }
}

impl MemoryStore<Clear> {
    /// An empty store that seals nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl<S: Seal> MemoryStore<S> {
    /// An empty store that passes its bytes through `seal`.
    #[must_use]
    pub fn sealed_by(seal: S) -> Self {
        Self { seal, inside: Mutex::default() }
    }

    /// Returns another store with the same content, as a copy of a tablet's storage would be.
    #[must_use]
    pub fn copied(&self) -> Self
    where
        S: Clone,
    {
        Self { seal: self.seal.clone(), inside: Mutex::new(self.inside().clone()) }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seals the facts of an append: before the transaction, as every store does.
    fn sealed(&self, mut append: Append) -> Result<Append, StoreError> {
        let mut number = append.after.number;
        for fact in &mut append.facts {
            number = number.saturating_add(1);
            if let Some(bytes) = &mut fact.bytes {
                *bytes = self.seal.seal(Slot::Fact(append.chain.at(number)), bytes)?;
            }
        }
        Ok(append)
    }

    fn opened(&self, mut record: Record) -> Result<Record, StoreError> {
        if let Some(bytes) = &mut record.bytes {
            *bytes = self.seal.open(Slot::Fact(record.place), bytes)?;
        }
        Ok(record)
    }

    fn waiting(&self, mut waiting: Waiting, seal: bool) -> Result<Waiting, StoreError> {
        for (number, (_, bytes)) in (waiting.from..).zip(&mut waiting.facts) {
            if let Some(bytes) = bytes {
                let slot = Slot::Waiting(waiting.chain.at(number), waiting.signed.head.hash);
                *bytes = if seal { self.seal.seal(slot, bytes)? } else { self.seal.open(slot, bytes)? };
            }
        }
        Ok(waiting)
    }
}

impl Inside {
    fn append(&mut self, append: Append) -> Appended {
        let kept = self.chains.get(&append.chain);
        let verdict = judge(&append, kept.map(Kept::head), |number| kept.and_then(|kept| kept.known(number)));
        let Append { chain, after, facts, signed, origin, received } = append;
        let appended = match verdict {
            Verdict::Answer(answer) => answer,
            Verdict::Write { skip, head } => {
                let first_arrival = self.last_arrival + 1;
                let kept = self.chains.entry(chain).or_insert_with(|| Kept {
                    start: after,
                    facts: Vec::new(),
                    outgoing: None,
                });
                let mut reached = head;
                for fact in facts.into_iter().skip(skip) {
                    reached = reached.then(fact.leaf);
                    self.last_arrival += 1;
                    let place = chain.at(reached.number);
                    self.places.insert((chain.scope, self.last_arrival), place);
                    kept.facts.push(Record {
                        place,
                        arrival: self.last_arrival,
                        received,
                        leaf: fact.leaf,
                        head: reached.hash,
                        bytes: fact.bytes,
                        quarantine: fact.quarantine,
                    });
                }
                Appended::Stored { head: reached, first_new: head.number + 1, first_arrival }
            }
        };
        if matches!(appended, Appended::Stored { .. } | Appended::Identical { .. }) {
            if let Some(signed) = signed {
                self.keep_signed(signed);
            }
            if origin == Origin::Here
                && let Some(kept) = self.chains.get_mut(&chain)
            {
                kept.outgoing.get_or_insert((0, None));
            }
        }
        appended
    }

    fn keep_signed(&mut self, signed: SignedHead) {
        self.signed.insert((signed.chain, signed.head.number, signed.head.hash, signed.signer), signed);
    }

    fn fact_mut(&mut self, place: Place) -> Option<&mut Record> {
        let index = usize::try_from(place.number.checked_sub(1)?).ok()?;
        self.chains.get_mut(&place.chain)?.facts.get_mut(index)
    }

    fn rehome(&mut self, old: Chain, at: u32, new: Append) -> Appended {
        let first = at.max(1);
        let moved: Vec<Hash> = self
            .chains
            .get(&old)
            .map(|kept| kept.facts.iter().filter(|fact| fact.place.number >= first).map(|fact| fact.leaf).collect())
            .unwrap_or_default();
        let given = new.facts.iter().skip(1).map(|fact| fact.leaf);
        if moved.len() >= new.facts.len().max(1) || !moved.iter().copied().eq(given.take(moved.len())) {
            let head = self.chains.get(&old).map_or(new.after, Kept::head);
            return Appended::Different { at, head };
        }
        let answer = self.append(new);
        if !matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
            return answer;
        }
        self.places.retain(|_, place| place.chain != old || place.number < first);
        self.signed.retain(|(chain, number, ..), _| *chain != old || *number < first);
        self.held.retain(|(chain, ..), _| *chain != old);
        if let Some(kept) = self.chains.get_mut(&old) {
            kept.facts.retain(|fact| fact.place.number < first);
            kept.outgoing = None;
            if kept.facts.is_empty() {
                self.chains.remove(&old);
            }
        }
        answer
    }
}

impl<S: Seal> Store for MemoryStore<S> {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        let append = self.sealed(append)?;
        Ok(self.inside().append(append))
    }

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        let found: Vec<Record> = self.inside().chains.get(&chain).map_or_else(Vec::new, |kept| {
            kept.facts.iter().filter(|fact| (from..=to).contains(&fact.place.number)).cloned().collect()
        });
        found.into_iter().map(|record| self.opened(record)).collect()
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        let found: Vec<Record> = {
            let inside = self.inside();
            let from = after.saturating_add(1);
            inside
                .places
                .range((scope, from)..=(scope, u64::MAX))
                .take(limit)
                .filter_map(|(_, place)| inside.chains.get(&place.chain)?.fact(place.number).cloned())
                .collect()
        };
        found.into_iter().map(|record| self.opened(record)).collect()
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        Ok(self.inside().last_arrival)
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        let inside = self.inside();
        Ok(inside
            .chains
            .iter()
            .filter(|(chain, _)| chain.scope == scope)
            .map(|(chain, kept)| (*chain, kept.head()))
            .collect())
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        Ok(self.inside().chains.get(&chain).map(Kept::head))
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        let inside = self.inside();
        let known = inside.chains.get(&chain).and_then(|kept| kept.known(number));
        Ok(known.map(|known| Head { number, hash: known.head }))
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        let scopes: BTreeSet<Scope> = self.inside().chains.keys().map(|chain| chain.scope).collect();
        Ok(scopes.into_iter().collect())
    }

    async fn erase(&self, place: Place) -> Result<bool, StoreError> {
        Ok(self.inside().fact_mut(place).is_some_and(|fact| fact.bytes.take().is_some()))
    }

    async fn set_quarantine(&self, place: Place, quarantine: Option<Quarantine>) -> Result<bool, StoreError> {
        Ok(self.inside().fact_mut(place).map(|fact| fact.quarantine = quarantine).is_some())
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        let all = self.arrivals(scope, 0, usize::MAX).await?;
        Ok(all.into_iter().filter(|record| record.quarantine.is_some()).collect())
    }

    async fn forget(&self, scope: Scope) -> Result<(), StoreError> {
        let mut inside = self.inside();
        inside.chains.retain(|chain, _| chain.scope != scope);
        inside.places.retain(|(of, _), _| *of != scope);
        inside.signed.retain(|(chain, ..), _| chain.scope != scope);
        inside.held.retain(|(chain, ..), _| chain.scope != scope);
        inside.forks.retain(|(of, _), _| *of != scope);
        inside.cursors.remove(&scope);
        Ok(())
    }

    async fn keep_signed(&self, signed: SignedHead) -> Result<(), StoreError> {
        self.inside().keep_signed(signed);
        Ok(())
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        let inside = self.inside();
        let of_chain = inside.signed.values().filter(|signed| signed.chain == chain && signed.head.number >= from);
        Ok(of_chain.take(limit).copied().collect())
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        let inside = self.inside();
        let own = inside.chains.iter().filter_map(|(chain, kept)| {
            let (acknowledged, stuck) = kept.outgoing?;
            Some(Outgoing { chain: *chain, head: kept.head(), acknowledged, stuck })
        });
        Ok(own.collect())
    }

    async fn acknowledge(&self, chain: Chain, number: u32) -> Result<bool, StoreError> {
        let mut inside = self.inside();
        let Some(kept) = inside.chains.get_mut(&chain) else { return Ok(false) };
        let end = kept.head().number;
        Ok(kept.outgoing.as_mut().map(|outgoing| *outgoing = (number.min(end), None)).is_some())
    }

    async fn set_stuck(&self, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError> {
        let mut inside = self.inside();
        let outgoing = inside.chains.get_mut(&chain).and_then(|kept| kept.outgoing.as_mut());
        Ok(outgoing.map(|outgoing| outgoing.1 = stuck).is_some())
    }

    async fn hold(&self, waiting: Waiting) -> Result<(), StoreError> {
        let waiting = self.waiting(waiting, true)?;
        let key = (waiting.chain, waiting.from, waiting.signed.head.hash);
        self.inside().held.insert(key, waiting);
        Ok(())
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        let found: Vec<Waiting> =
            self.inside().held.values().filter(|waiting| waiting.chain == chain).cloned().collect();
        found.into_iter().map(|waiting| self.waiting(waiting, false)).collect()
    }

    async fn drop_held(&self, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError> {
        self.inside().held.remove(&(chain, from, signed));
        Ok(())
    }

    async fn keep_fork(&self, fork: Fork) -> Result<(), StoreError> {
        self.inside().forks.insert((fork.chain.scope, fork.kept_as), fork);
        Ok(())
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        Ok(self.inside().forks.values().filter(|fork| fork.chain.scope == scope).copied().collect())
    }

    async fn rehome(&self, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError> {
        let new = self.sealed(new)?;
        Ok(self.inside().rehome(old, at, new))
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        Ok(self.inside().cursors.get(&scope).copied())
    }

    async fn set_cursor(&self, scope: Scope, cursor: Cursor) -> Result<(), StoreError> {
        self.inside().cursors.insert(scope, cursor);
        Ok(())
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.inside().named.get(name).cloned();
        found.map(|value| self.seal.open(Slot::Named(name), &value).map_err(StoreError::from)).transpose()
    }

    async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let value = self.seal.seal(Slot::Named(name), value)?;
        self.inside().named.insert(name.to_owned(), value);
        Ok(())
    }

    async fn delete_named(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.inside().named.remove(name).is_some())
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.inside().named.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
    }
}

//! The store in memory: the plainest reading of the contract, for tests, simulations and folds that need no disk.

use crate::append::{Append, Appended, Known, NewFact, Origin, Verdict, judge};
use crate::chain::{Chain, Head, Place, SignedHead};
use crate::hash::Hash;
use crate::operated::{Copied, Operated};
use crate::operation::{Answer, Operation};
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
    signed: BTreeMap<SignedKey, SignedHead>,
    held: BTreeMap<HeldKey, Waiting>,
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

    fn opened(&self, mut record: Record) -> Result<Record, StoreError> {
        if let Some(bytes) = &mut record.bytes {
            *bytes = self.seal.open(Slot::Fact(record.place), bytes)?;
        }
        Ok(record)
    }

    fn waiting(&self, mut waiting: Waiting) -> Result<Waiting, StoreError> {
        for (number, (_, bytes)) in (waiting.from..).zip(&mut waiting.facts) {
            if let Some(bytes) = bytes {
                let slot = Slot::Waiting(waiting.chain.at(number), waiting.signed.head.hash);
                *bytes = self.seal.open(slot, bytes)?;
            }
        }
        Ok(waiting)
    }

    /// Returns how this store seals.
    #[must_use]
    pub const fn seal(&self) -> &S {
        &self.seal
    }

    /// Returns what [`MemoryStore::apply`] would answer, and whether it would change anything.
    #[must_use]
    pub fn foresee(&self, operation: &Operation) -> (Answer, bool) {
        self.inside().foresee(operation)
    }

    /// Does an operation whose bytes are sealed already.
    pub fn apply(&self, operation: Operation) -> Answer {
        self.inside().apply(operation)
    }

    /// Returns operations, their bytes still sealed, that make an empty store the same as this one.
    #[must_use]
    pub fn sealed_export(&self) -> Vec<Operation> {
        self.inside().export()
    }
}

impl Inside {
    fn judged(&self, append: &Append) -> Verdict {
        let kept = self.chains.get(&append.chain);
        judge(append, kept.map(Kept::head), |number| kept.and_then(|kept| kept.known(number)))
    }

    /// Returns the answer to an append, and whether it changes anything.
    fn answer_to(&self, append: &Append, arrival: Option<u64>) -> (Answer, bool) {
        match self.judged(append) {
            Verdict::Write { skip, head } => {
                let reached = head.after(append.facts.iter().skip(skip).map(|fact| fact.leaf));
                let first_arrival = self.next_arrival(arrival);
                let stored = Appended::Stored { head: reached, first_new: head.number + 1, first_arrival };
                (Answer::Appended(stored), true)
            }
            Verdict::Answer(answer) => {
                let identical = matches!(answer, Appended::Identical { .. });
                let signs = append.signed.is_some_and(|signed| !self.signed.contains_key(&key_of(&signed)));
                let kept = self.chains.get(&append.chain);
                let owns = append.origin == Origin::Here && kept.is_some_and(|kept| kept.outgoing.is_none());
                (Answer::Appended(answer), identical && (signs || owns))
            }
        }
    }

    fn next_arrival(&self, given: Option<u64>) -> u64 {
        (self.last_arrival + 1).max(given.unwrap_or(0))
    }

    fn append(&mut self, append: Append, arrival: Option<u64>) -> Appended {
        let verdict = self.judged(&append);
        let first_arrival = self.next_arrival(arrival);
        let Append { chain, after, facts, signed, origin, received } = append;
        let appended = match verdict {
            Verdict::Answer(answer) => answer,
            Verdict::Write { skip, head } => {
                self.last_arrival = first_arrival - 1;
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
        self.signed.insert(key_of(&signed), signed);
    }

    fn fact_mut(&mut self, place: Place) -> Option<&mut Record> {
        let index = usize::try_from(place.number.checked_sub(1)?).ok()?;
        self.chains.get_mut(&place.chain)?.facts.get_mut(index)
    }

    /// Returns the refusal of a move, if it must be refused before its append is looked at.
    fn refuses_move(&self, old: Chain, at: u32, new: &Append) -> Option<Appended> {
        let first = at.max(1);
        let moved: Vec<Hash> = self
            .chains
            .get(&old)
            .map(|kept| kept.facts.iter().filter(|fact| fact.place.number >= first).map(|fact| fact.leaf).collect())
            .unwrap_or_default();
        let given = new.facts.iter().skip(1).map(|fact| fact.leaf);
        if moved.len() >= new.facts.len().max(1) || !moved.iter().copied().eq(given.take(moved.len())) {
            let head = self.chains.get(&old).map_or(new.after, Kept::head);
            return Some(Appended::Different { at, head });
        }
        None
    }

    fn rehome(&mut self, old: Chain, at: u32, new: Append, arrival: Option<u64>) -> Appended {
        if let Some(refusal) = self.refuses_move(old, at, &new) {
            return refusal;
        }
        let first = at.max(1);
        let answer = self.append(new, arrival);
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

    fn fact(&self, place: Place) -> Option<&Record> {
        self.chains.get(&place.chain)?.fact(place.number)
    }

    fn outgoing(&self, chain: Chain) -> Option<(u32, Option<Stuck>)> {
        self.chains.get(&chain)?.outgoing
    }

    fn end_of(&self, chain: Chain) -> u32 {
        self.chains.get(&chain).map_or(0, |kept| kept.head().number)
    }

    fn foresee(&self, operation: &Operation) -> (Answer, bool) {
        let changed = |changes| (Answer::Changed(changes), changes);
        let done = |changes| (Answer::Done, changes);
        match operation {
            Operation::Append { append, arrival } => self.answer_to(append, *arrival),
            Operation::Rehome { old, at, new, arrival } => match self.refuses_move(*old, *at, new) {
                Some(refusal) => (Answer::Appended(refusal), false),
                None => {
                    let (answer, _) = self.answer_to(new, *arrival);
                    let goes = matches!(answer.appended(), Appended::Stored { .. } | Appended::Identical { .. });
                    (answer, goes)
                }
            },
            Operation::Erase(place) => changed(self.fact(*place).is_some_and(|fact| fact.bytes.is_some())),
            Operation::SetQuarantine(place, why) => {
                let fact = self.fact(*place);
                (Answer::Changed(fact.is_some()), fact.is_some_and(|fact| fact.quarantine != *why))
            }
            Operation::Acknowledge(chain, number) => {
                let own = self.outgoing(*chain);
                let after = (*number.min(&self.end_of(*chain)), None);
                (Answer::Changed(own.is_some()), own.is_some_and(|own| own != after))
            }
            Operation::SetStuck(chain, stuck) => {
                let own = self.outgoing(*chain);
                (Answer::Changed(own.is_some()), own.is_some_and(|own| own.1 != *stuck))
            }
            Operation::KeepSigned(signed) => done(!self.signed.contains_key(&key_of(signed))),
            Operation::Hold(waiting) => done(self.held.get(&held_key(waiting)) != Some(waiting)),
            Operation::DropHeld(chain, from, signed) => done(self.held.contains_key(&(*chain, *from, *signed))),
            Operation::KeepFork(fork) => done(self.forks.get(&(fork.chain.scope, fork.kept_as)) != Some(fork)),
            Operation::SetCursor(scope, cursor) => done(self.cursors.get(scope) != Some(cursor)),
            Operation::SetNamed(name, value) => done(self.named.get(name) != Some(value)),
            Operation::DeleteNamed(name) => changed(self.named.contains_key(name)),
            Operation::Forget(_) => done(true),
            Operation::ArrivalsTo(arrival) => done(*arrival > self.last_arrival),
        }
    }

    fn apply(&mut self, operation: Operation) -> Answer {
        let operation = match operation {
            Operation::Append { append, arrival } => return Answer::Appended(self.append(append, arrival)),
            Operation::Rehome { old, at, new, arrival } => {
                return Answer::Appended(self.rehome(old, at, new, arrival));
            }
            other => other,
        };
        let (answer, changes) = self.foresee(&operation);
        if !changes {
            return answer;
        }
        match operation {
            Operation::Append { .. } | Operation::Rehome { .. } => {}
            Operation::Erase(place) => {
                self.fact_mut(place).and_then(|fact| fact.bytes.take());
            }
            Operation::SetQuarantine(place, why) => {
                if let Some(fact) = self.fact_mut(place) {
                    fact.quarantine = why;
                }
            }
            Operation::Acknowledge(chain, number) => {
                self.set_outgoing(chain, |end, own| *own = (number.min(end), None))
            }
            Operation::SetStuck(chain, stuck) => self.set_outgoing(chain, |_, own| own.1 = stuck),
            Operation::KeepSigned(signed) => self.keep_signed(signed),
            Operation::Hold(waiting) => {
                self.held.insert(held_key(&waiting), waiting);
            }
            Operation::DropHeld(chain, from, signed) => {
                self.held.remove(&(chain, from, signed));
            }
            Operation::KeepFork(fork) => {
                self.forks.insert((fork.chain.scope, fork.kept_as), fork);
            }
            Operation::SetCursor(scope, cursor) => {
                self.cursors.insert(scope, cursor);
            }
            Operation::SetNamed(name, value) => {
                self.named.insert(name, value);
            }
            Operation::DeleteNamed(name) => {
                self.named.remove(&name);
            }
            Operation::Forget(scope) => self.forget(scope),
            Operation::ArrivalsTo(arrival) => self.last_arrival = arrival,
        }
        answer
    }

    fn set_outgoing(&mut self, chain: Chain, change: impl FnOnce(u32, &mut (u32, Option<Stuck>))) {
        let end = self.end_of(chain);
        if let Some(own) = self.chains.get_mut(&chain).and_then(|kept| kept.outgoing.as_mut()) {
            change(end, own);
        }
    }

    fn forget(&mut self, scope: Scope) {
        self.chains.retain(|chain, _| chain.scope != scope);
        self.places.retain(|(of, _), _| *of != scope);
        self.signed.retain(|(chain, ..), _| chain.scope != scope);
        self.held.retain(|(chain, ..), _| chain.scope != scope);
        self.forks.retain(|(of, _), _| *of != scope);
        self.cursors.remove(&scope);
    }

    fn export(&self) -> Vec<Operation> {
        let mut parts: Vec<Operation> = Vec::new();
        let mut places: Vec<(u64, Place)> =
            self.places.iter().map(|((_, arrival), place)| (*arrival, *place)).collect();
        places.sort_unstable();
        for (arrival, place) in places {
            let Some((kept, fact)) =
                self.chains.get(&place.chain).and_then(|kept| Some((kept, kept.fact(place.number)?)))
            else {
                continue;
            };
            let before = place.number - 1;
            let Some(known) = kept.known(before) else { continue };
            let origin = if kept.outgoing.is_some() { Origin::Here } else { Origin::Elsewhere };
            let append = Append {
                chain: place.chain,
                after: Head { number: before, hash: known.head },
                facts: vec![NewFact { leaf: fact.leaf, bytes: fact.bytes.clone(), quarantine: fact.quarantine }],
                signed: None,
                origin,
                received: fact.received,
            };
            parts.push(Operation::Append { append, arrival: Some(arrival) });
        }
        parts.push(Operation::ArrivalsTo(self.last_arrival));
        parts.extend(self.signed.values().copied().map(Operation::KeepSigned));
        for (chain, kept) in &self.chains {
            if let Some((acknowledged, stuck)) = kept.outgoing {
                parts.push(Operation::Acknowledge(*chain, acknowledged));
                parts.extend(stuck.map(|stuck| Operation::SetStuck(*chain, Some(stuck))));
            }
        }
        parts.extend(self.held.values().cloned().map(Operation::Hold));
        parts.extend(self.forks.values().copied().map(Operation::KeepFork));
        parts.extend(self.cursors.iter().map(|(scope, cursor)| Operation::SetCursor(*scope, *cursor)));
        parts.extend(self.named.iter().map(|(name, value)| Operation::SetNamed(name.clone(), value.clone())));
        parts
    }
}

impl<S: Seal> Operated for MemoryStore<S> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        let operation = operation.sealed(&self.seal)?;
        Ok(self.apply(operation))
    }
}

impl<S: Seal> Copied for MemoryStore<S> {
    async fn export(&self) -> Result<Vec<Operation>, StoreError> {
        let parts = self.sealed_export().into_iter();
        parts.map(|part| part.opened(&self.seal).map_err(StoreError::from)).collect()
    }

    async fn replace(&self, parts: Vec<Operation>) -> Result<(), StoreError> {
        let sealed = parts.into_iter().map(|part| part.sealed(&self.seal)).collect::<Result<Vec<_>, _>>()?;
        let mut inside = self.inside();
        *inside = Inside::default();
        for part in sealed {
            inside.apply(part);
        }
        Ok(())
    }
}

/// What a signed head is found by.
type SignedKey = (Chain, u32, Hash, DeviceId);

fn key_of(signed: &SignedHead) -> SignedKey {
    (signed.chain, signed.head.number, signed.head.hash, signed.signer)
}

/// What a batch behind a hole is found by.
type HeldKey = (Chain, u32, Hash);

fn held_key(waiting: &Waiting) -> HeldKey {
    (waiting.chain, waiting.from, waiting.signed.head.hash)
}

impl<S: Seal> Store for MemoryStore<S> {
    crate::writes_by_operations!();

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

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        let all = self.arrivals(scope, 0, usize::MAX).await?;
        Ok(all.into_iter().filter(|record| record.quarantine.is_some()).collect())
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

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        let found: Vec<Waiting> =
            self.inside().held.values().filter(|waiting| waiting.chain == chain).cloned().collect();
        found.into_iter().map(|waiting| self.waiting(waiting)).collect()
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        Ok(self.inside().forks.values().filter(|fork| fork.chain.scope == scope).copied().collect())
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        Ok(self.inside().cursors.get(&scope).copied())
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.inside().named.get(name).cloned();
        found.map(|value| self.seal.open(Slot::Named(name), &value).map_err(StoreError::from)).transpose()
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.inside().named.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
    }
}

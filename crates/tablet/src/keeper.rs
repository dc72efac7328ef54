//! Facts into the store and out of it: numbering, chaining, one durable append. Knows no signal and no screen.

use crate::NoRandomness;
use crate::identity::Identity;
use perron_domain::fact::{AccountNo, Body, Fact};
use perron_domain::name::{FactName, Scope};
use perron_domain::state::{State, View};
use perron_domain::time::{Hlc, Wall};
use perron_ledger::envelope::EnvelopeError;
use perron_ledger::sync::plan::PUSH_BATCH;
use perron_ledger::{Append, Appended, Chain, Head, NewFact, Origin, Record, Store, StoreError, written};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// A store, and what must be remembered between two appends.
pub struct Keeper<S> {
    store: S,
    clock: Cell<Hlc>,
    /// The heads of this device's own chains, so that a saved step need not read them first.
    heads: RefCell<BTreeMap<Scope, Head>>,
    salt: Salt,
}

/// Gives the salt of the next fact about a person.
type Salt = Box<dyn Fn() -> Result<[u8; 16], NoRandomness>>;

/// Why facts were not kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotKept {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The chain goes on otherwise already: somebody else wrote it first.
    #[error("somebody else wrote first")]
    Overtaken,
    /// A fact is too large.
    #[error("too large to keep: {0}")]
    TooLarge(#[from] EnvelopeError),
    /// The system gives no randomness for a salt.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Who writes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The wall clock as it was read.
    pub now: Wall,
    /// The account that acts.
    pub author: AccountNo,
}

impl<S: Store> Keeper<S> {
    /// Keeps facts in `store`; `salt` draws the bytes that make facts about people unguessable.
    #[must_use]
    pub fn new(store: S, salt: impl Fn() -> Result<[u8; 16], NoRandomness> + 'static) -> Self {
        Self { store, clock: Cell::default(), heads: RefCell::default(), salt: Box::new(salt) }
    }

    /// Returns the store.
    #[must_use]
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Returns the store and ends the keeping.
    #[must_use]
    pub fn into_store(self) -> S {
        self.store
    }

    /// Reads every fact of a scope and folds it.
    ///
    /// # Errors
    /// [`StoreError`] when the scope cannot be read.
    pub async fn load<V: View>(&self, scope: Scope, me: Option<&Identity>, now: Wall) -> Result<State<V>, StoreError> {
        let records = self.store.arrivals(scope, 0, usize::MAX).await?;
        let mut facts: Vec<Fact> = records.iter().filter_map(readable).collect();
        if self.erase_again(&facts, &records).await? {
            let without = self.store.arrivals(scope, 0, usize::MAX).await?;
            facts = without.iter().filter_map(readable).collect();
        }
        self.see(scope, &facts, me, now);
        Ok(State::of(facts))
    }

    /// Erases what the relay erased and is still here: the program was killed between taking the erasure and carrying it
    /// out, or one copy of the store was mended from another. Returns whether there was something.
    async fn erase_again(&self, facts: &[Fact], records: &[Record]) -> Result<bool, StoreError> {
        let mut unwanted = BTreeSet::new();
        for fact in facts.iter().filter(|fact| fact.name.device.is_hub()) {
            if let Body::Erasure(erasure) = &fact.body {
                let names = erasure.facts.iter().map(|reference| reference.name(fact.name.device));
                unwanted.extend(names.map(|name| (name.device, name.number)));
            }
        }
        if unwanted.is_empty() {
            return Ok(false);
        }
        let mut erased = false;
        for record in records.iter().filter(|record| record.bytes.is_some()) {
            if unwanted.contains(&(record.place.chain.device, record.place.number)) {
                erased |= self.store.erase(record.place).await?;
            }
        }
        Ok(erased)
    }

    /// Moves the clock beyond these facts: our own without a limit, those of others at most five minutes ahead.
    pub fn see(&self, scope: Scope, facts: &[Fact], me: Option<&Identity>, now: Wall) {
        for fact in facts {
            let clock = self.clock.get();
            let ours = me.is_some_and(|me| me.writes(Chain::new(scope, fact.name.device)));
            self.clock.set(if ours { clock.max(fact.hlc) } else { clock.receive(fact.hlc, now) });
        }
    }

    /// Returns the head of this device's chain of a scope: the next fact follows it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn head(&self, me: &Identity, scope: Scope) -> Result<Head, StoreError> {
        if let Some(known) = self.heads.borrow().get(&scope) {
            return Ok(*known);
        }
        let head = self.store.head(me.chain(scope)).await?.unwrap_or_else(|| me.start(scope));
        self.heads.borrow_mut().insert(scope, head);
        Ok(head)
    }

    /// Forgets what was remembered: another tab may have written, or the device goes on under another number.
    pub fn forget_heads(&self) {
        self.heads.borrow_mut().clear();
    }

    /// Writes bodies as facts of this device's chain, after `head`, and returns them once they are durable.
    ///
    /// # Errors
    /// [`NotKept`]; then nothing was written.
    pub async fn append(
        &self,
        me: &Identity,
        scope: Scope,
        head: Head,
        bodies: Vec<Body>,
        moment: Moment,
    ) -> Result<Vec<Fact>, NotKept> {
        let mut clock = self.clock.get();
        let mut facts = Vec::with_capacity(bodies.len());
        let mut bytes = Vec::with_capacity(bodies.len());
        for (number, body) in (head.number.saturating_add(1)..).zip(bodies) {
            clock = clock.tick(moment.now);
            let name = FactName::new(me.writes_as(scope), number);
            let fact = Fact { name, hlc: clock, wall: moment.now, author: moment.author, body };
            bytes.push(NewFact::new(written::write(&fact, (self.salt)()?)?));
            facts.push(fact);
        }
        let append = Append {
            chain: me.chain(scope),
            after: head,
            facts: bytes,
            signed: None,
            origin: Origin::Here,
            received: moment.now,
        };
        match self.store.append(append).await? {
            Appended::Stored { head, .. } | Appended::Identical { head } => {
                self.clock.set(self.clock.get().max(clock));
                self.heads.borrow_mut().insert(scope, head);
                Ok(facts)
            }
            Appended::Different { .. } | Appended::Hole { .. } => {
                self.forget_heads();
                Err(NotKept::Overtaken)
            }
        }
    }

    /// Signs the end of every chain written here that no signature covers yet, also of one that this device was about to
    /// go on under when it was interrupted: its number is bound to the same key.
    ///
    /// # Errors
    /// [`StoreError`] when a signature could not be kept.
    pub async fn sign_heads(&self, me: &Identity) -> Result<(), StoreError> {
        for outgoing in self.store.outbox().await? {
            let (chain, head) = (outgoing.chain, outgoing.head);
            if outgoing.waiting() == 0 {
                continue;
            }
            // A batch carries the signature that covers it and the leaves up to there: a long time without the hub needs
            // signatures on the way, else its first batch could never be sent.
            let mut end = outgoing.acknowledged.saturating_add(PUSH_BATCH);
            while end < head.number {
                let signed = self.store.signed(chain, end, 1).await?;
                let near = signed.iter().any(|signed| signed.head.number <= end.saturating_add(PUSH_BATCH));
                if !near && let Some(head) = self.store.head_at(chain, end).await? {
                    self.store.keep_signed(me.sign(chain, head)).await?;
                }
                end = end.saturating_add(PUSH_BATCH);
            }
            let signed = self.store.signed(chain, head.number, 1).await?;
            if !signed.iter().any(|signed| signed.head == head) {
                self.store.keep_signed(me.sign(chain, head)).await?;
            }
        }
        Ok(())
    }
}

/// Returns the fact of a record that counts: not in quarantine, and readable.
#[must_use]
pub fn readable(record: &Record) -> Option<Fact> {
    if record.quarantine.is_some() {
        return None;
    }
    written::read(record.place, record.bytes.as_deref()).ok()
}

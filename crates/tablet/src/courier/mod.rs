//! One run: push until everything written here is acknowledged, pull until there is nothing more.
//!
//! Every step leaves the store in a state from which the next run goes on: what was acknowledged is noted at once, the
//! cursor moves only after its facts are durable. Nothing is awaited between the network and the store but these two.

mod branches;
mod pull;
mod push;
mod terms;

use crate::clock::Compared;
use crate::identity::Identity;
use crate::keeper::Keeper;
use crate::wire::{SyncError, Wire, ask};
use minicbor::{Decode, Encode};
use perron_domain::fact::Fact;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::store::Epoch;
use perron_ledger::sync::plan::{self, PUSH_BATCH};
use perron_ledger::sync::{Code, ForkAnswer, Purpose, Request, to_bytes};
use perron_ledger::trust::Trust;
use perron_ledger::{Chain, Store, StoreError};
use pull::Pulled;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
pub use terms::client;
use terms::{EPOCH, TIRED};

/// What a run that came to its end found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// Facts that are not acknowledged.
    pub waiting: u32,
    /// The refusal of a chain that somebody must look at.
    pub stuck: Option<Code>,
    /// What was received and did not verify.
    pub false_facts: Option<Code>,
    /// The hub says that this app is too old to receive.
    pub update_needed: bool,
    /// How far this tablet's clock is off the hub's; none when the hub did not say its hour.
    pub clock: Option<Compared>,
}

/// The replica, as a run sees it.
pub trait Replicated {
    /// Returns the scopes that this device holds.
    fn scopes(&self) -> Vec<Scope>;
    /// Takes facts that are durable now.
    fn received(&self, scope: Scope, facts: Vec<Fact>);
    /// Facts of a scope count now that did not, or are gone: it must be read and folded again.
    fn fold_again(&self, scope: Scope);
    /// Goes on in a scope under another device number, which is kept already; the scope must be read again.
    fn renumbered(&self, scope: Scope, device: DeviceId);
    /// The hub no longer gives this scope to this device.
    fn closed(&self, scope: Scope);
    /// So much is done, of so much that is known.
    fn progress(&self, done: u32, total: u32);
    /// Returns the wall clock.
    fn now(&self) -> Wall;
}

/// Makes runs for one device.
pub struct Courier<'a, S, W, T, R> {
    keeper: &'a Keeper<S>,
    wire: &'a W,
    trust: &'a T,
    replica: &'a R,
    me: RefCell<Identity>,
    outcome: Cell<Outcome>,
    done: Cell<u32>,
    total: Cell<u32>,
    /// When the last question was asked and its answer came, by this tablet's wall clock.
    asked: Cell<(Wall, Wall)>,
    forks: RefCell<Vec<(Chain, ForkAnswer)>>,
    /// Chains of other devices of which the hub has another branch than this device.
    parted: RefCell<BTreeSet<Chain>>,
}

impl<'a, S: Store, W: Wire, T: Trust, R: Replicated> Courier<'a, S, W, T, R> {
    /// Prepares a run.
    pub fn new(keeper: &'a Keeper<S>, wire: &'a W, trust: &'a T, replica: &'a R, me: Identity) -> Self {
        Self {
            keeper,
            wire,
            trust,
            replica,
            me: RefCell::new(me),
            outcome: Cell::default(),
            done: Cell::default(),
            total: Cell::default(),
            asked: Cell::default(),
            forks: RefCell::default(),
            parted: RefCell::default(),
        }
    }

    fn store(&self) -> &S {
        self.keeper.store()
    }

    /// Pushes, then pulls. `again`: what is stuck is tried once more.
    ///
    /// # Errors
    /// [`SyncError`] when the run could not come to its end. What it did until then is kept.
    pub async fn run(&self, again: bool) -> Result<Outcome, SyncError> {
        if again {
            for outgoing in self.store().outbox().await? {
                if outgoing.stuck.is_some() {
                    self.store().set_stuck(outgoing.chain, None).await?;
                }
            }
        }
        for round in 1..=TIRED {
            self.note(|outcome| outcome.false_facts = None);
            self.push_all().await?;
            let pulled = self.pull_all().await?;
            let settled = self.go_on_after_forks(round == TIRED).await?;
            let gave_back = self.give_back_parted().await?;
            let open = plan::next_push(&self.store().outbox().await?, PUSH_BATCH);
            if matches!(pulled, Pulled::Everything) && settled && !gave_back && open.is_empty() {
                break;
            }
        }
        let outbox = self.store().outbox().await?;
        let mut outcome = self.outcome.get();
        outcome.waiting = outbox.iter().map(perron_ledger::store::Outgoing::waiting).sum();
        outcome.stuck = outbox.iter().find_map(|outgoing| outgoing.stuck).map(|stuck| stuck.why);
        Ok(outcome)
    }

    fn note(&self, change: impl FnOnce(&mut Outcome)) {
        let mut outcome = self.outcome.get();
        change(&mut outcome);
        self.outcome.set(outcome);
    }

    fn did(&self, count: u32) {
        self.done.set(self.done.get().saturating_add(count));
        self.total.set(self.total.get().max(self.done.get()));
        self.replica.progress(self.done.get(), self.total.get());
    }

    async fn epoch(&self) -> Result<Epoch, StoreError> {
        let kept = self.store().named(EPOCH).await?;
        Ok(kept.and_then(|bytes| minicbor::decode(&bytes).ok()).unwrap_or_default())
    }

    async fn signed<Q: Encode<()>, A: for<'b> Decode<'b, ()>>(
        &self,
        path: &str,
        purpose: Purpose,
        message: &Q,
    ) -> Result<A, SyncError> {
        let asked = self.replica.now();
        let request = {
            let me = self.me.borrow();
            Request::sign(me.relay, me.device, asked, purpose, to_bytes(message), me.key())
        };
        let answer = ask(self.wire, path, &request).await;
        self.asked.set((asked, self.replica.now()));
        answer
    }

    /// Compares the clocks by an answer that has just come.
    fn compare(&self, hub: Option<Wall>) {
        let (asked, received) = self.asked.get();
        if let Some(compared) = hub.and_then(|hub| Compared::of(asked, hub, received)) {
            self.note(|outcome| outcome.clock = Some(compared.better(outcome.clock)));
        }
    }
}

/// Notes the epoch that an enrolment gave.
///
/// # Errors
/// [`StoreError`] when it could not be kept.
pub async fn keep_epoch<S: Store>(store: &S, epoch: Epoch) -> Result<(), StoreError> {
    store.set_named(EPOCH, &to_bytes(&epoch)).await
}

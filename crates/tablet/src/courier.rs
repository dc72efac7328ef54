//! One run: push until everything written here is acknowledged, pull until there is nothing more.
//!
//! Every step leaves the store in a state from which the next run goes on: what was acknowledged is noted at once, the
//! cursor moves only after its facts are durable. Nothing is awaited between the network and the store but these two.

use crate::identity::Identity;
use crate::keeper::{Keeper, Moment, NotKept};
use crate::wire::{NetworkError, Wire, ask};
use minicbor::{Decode, Encode};
use perron_domain::fact::{AccountNo, Body, ChainTaken, Fact};
use perron_domain::name::{DeviceId, Scope};
use perron_domain::order;
use perron_domain::time::Wall;
use perron_ledger::receive::{Received, Trust, receive};
use perron_ledger::store::{Cursor, Epoch, Stuck};
use perron_ledger::sync::plan::{self, AfterPush, PULL_LIMIT, PUSH_BATCH, Step};
use perron_ledger::sync::{
    Batch, BatchAnswer, ChainHead, Client, Code, FactAnswer, ForkAnswer, Gap, Item, PROTOCOL, Pull, PullAnswer,
    Purpose, Push, PushAnswer, Reached, Request, page, restart, to_bytes,
};
use perron_ledger::{Chain, Store, StoreError, fork, rights, written};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

const EPOCH: &str = "epoch";
const CONFIRMED: &str = "confirmed";
/// The most bytes of facts in one request: well below what the hub takes.
const PUSH_BYTES: usize = 4 * 1024 * 1024;
/// How often in a row the hub may answer without anything getting further.
const TIRED: u32 = 3;

/// Why a run ended before its end.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SyncError {
    /// No usable answer.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The hub refuses the whole request.
    #[error("the hub refuses: {code}")]
    Hub {
        /// Why.
        code: Code,
        /// When to try again, in seconds, if it says so.
        after_seconds: Option<u32>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The hub answers the same again and again without getting further.
    #[error("the exchange does not get further")]
    NoProgress,
}

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
    forks: RefCell<Vec<(Chain, ForkAnswer)>>,
    /// Chains of other devices of which the hub has another branch than this device.
    parted: RefCell<BTreeSet<Chain>>,
}

/// What became of the batches of one answer.
#[derive(Default)]
struct Taken {
    /// Whether one of them brought something new.
    news: bool,
    /// Scopes of which something was not taken: their cursors stay.
    left: Vec<Scope>,
}

enum Pulled {
    Everything,
    NewEpoch,
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
        let request = {
            let me = self.me.borrow();
            Request::sign(me.relay, me.device, self.replica.now(), purpose, to_bytes(message), me.key())
        };
        ask(self.wire, path, &request).await
    }

    async fn push_all(&self) -> Result<(), SyncError> {
        let me = self.me.borrow().clone();
        self.keeper.sign_heads(&me).await?;
        let mut tired = 0;
        loop {
            let outbox = self.store().outbox().await?;
            let waiting: u32 = outbox.iter().filter(|own| own.stuck.is_none()).map(|own| own.waiting()).sum();
            self.total.set(self.done.get().saturating_add(waiting));
            let gaps = plan::next_push(&outbox, PUSH_BATCH);
            let confirmed = self.store().named(CONFIRMED).await?.is_some();
            if gaps.is_empty() && confirmed {
                return Ok(());
            }
            let batches = self.batches(&gaps).await?;
            if batches.is_empty() && confirmed {
                return Ok(());
            }
            self.replica.progress(self.done.get(), self.total.get());
            let firsts: Vec<u32> = batches.iter().map(|batch| batch.after.number.saturating_add(1)).collect();
            let push = Push { client: client(), batches };
            let answer: PushAnswer = self.signed("/sync/push", Purpose::Push, &push).await?;
            if !confirmed {
                self.store().set_named(CONFIRMED, &[1]).await?;
            }
            self.note(|outcome| outcome.update_needed |= answer.update.is_some());
            let mut further = false;
            for (answer, first) in answer.batches.iter().zip(firsts) {
                further |= self.after_push(answer, first).await?;
            }
            tired = if further { 0 } else { tired + 1 };
            if gaps.is_empty() || tired > TIRED {
                return Ok(());
            }
            if !further && !self.forks.borrow().is_empty() {
                return Ok(());
            }
        }
    }

    /// Cuts batches of these stretches, no more bytes than one request takes.
    async fn batches(&self, gaps: &[Gap]) -> Result<Vec<Batch>, StoreError> {
        let (mut batches, mut room) = (Vec::new(), PUSH_BYTES);
        for gap in gaps {
            if room == 0 {
                break;
            }
            if let Some(batch) = page::stretch(self.store(), *gap).await? {
                let (batch, used) = shortened(batch, room);
                room = room.saturating_sub(used);
                batches.push(batch);
            }
        }
        Ok(batches)
    }

    /// Notes what the hub answered to one batch; says whether the chain got further.
    async fn after_push(&self, answer: &BatchAnswer, first: u32) -> Result<bool, SyncError> {
        let (store, chain) = (self.store(), answer.chain);
        let Some(ours) = store.head(chain).await? else { return Ok(false) };
        let before = first.saturating_sub(1);
        match plan::after_push(answer, first, ours) {
            AfterPush::Acknowledged(number) => {
                store.acknowledge(chain, number).await?;
                self.did(number.saturating_sub(before));
                Ok(number > before)
            }
            AfterPush::PushFrom(number) => {
                store.acknowledge(chain, number.saturating_sub(1)).await?;
                Ok(number != first)
            }
            AfterPush::GoOnAs(fork) => {
                // The hub has these facts. What comes after them may part from that branch again: the last answer counts.
                let last = before.saturating_add(u32::try_from(answer.facts.len()).unwrap_or(0));
                store.acknowledge(chain, last).await?;
                self.did(last.saturating_sub(before));
                let mut forks = self.forks.borrow_mut();
                forks.retain(|(known, _)| *known != chain);
                forks.push((chain, fork));
                Ok(last > before)
            }
            AfterPush::Later(_) => Ok(false),
            AfterPush::Stuck(why, number) => {
                store.set_stuck(chain, Some(Stuck { why, number, since: self.replica.now() })).await?;
                Ok(false)
            }
        }
    }

    async fn pull_all(&self) -> Result<Pulled, SyncError> {
        let epoch = self.epoch().await?;
        let (mut gaps, mut tired): (Vec<Gap>, u32) = (Vec::new(), 0);
        loop {
            let scopes = self.replica.scopes();
            let mut from = Vec::with_capacity(scopes.len());
            for scope in &scopes {
                from.push(plan::pull_from(*scope, self.store().cursor(*scope).await?, epoch));
            }
            let asked = (!gaps.is_empty()).then(|| std::mem::take(&mut gaps));
            let pull = Pull { client: client(), epoch, scopes: from.clone(), gaps: asked, limit: PULL_LIMIT };
            let answer: PullAnswer = self.signed("/sync/pull", Purpose::Pull, &pull).await?;
            if answer.epoch != epoch {
                self.restored(answer.epoch, &scopes, answer.heads.as_deref().unwrap_or_default()).await?;
                return Ok(Pulled::NewEpoch);
            }
            let taken = self.take(answer.batches, &answer.reached, epoch).await?;
            let moved = |reached: &Reached| !from.contains(reached) && !taken.left.contains(&reached.scope);
            let further = taken.news || answer.reached.iter().any(moved);
            for scope in answer.closed.unwrap_or_default() {
                self.replica.closed(scope);
            }
            tired = if further { 0 } else { tired + 1 };
            if tired > TIRED {
                return Err(SyncError::NoProgress);
            }
            if answer.more || self.replica.scopes().iter().any(|scope| !scopes.contains(scope)) {
                continue;
            }
            gaps = self.gaps(&scopes, answer.heads.as_deref().unwrap_or_default()).await?;
            // Facts that do not verify, or wait, leave a gap behind: asking for them again now would not help.
            if gaps.is_empty() || tired > 0 || !taken.left.is_empty() {
                return Ok(Pulled::Everything);
            }
        }
    }

    /// Takes the batches of one answer, the common part first: it has the keys of those who wrote the rounds. In a round
    /// the hub's own come last: what it decided about facts of a chain is carried out once it is known that the chain here
    /// is the one that it means.
    async fn take(&self, mut batches: Vec<Batch>, reached: &[Reached], epoch: Epoch) -> Result<Taken, SyncError> {
        order::sort_by_key(&mut batches, |batch| (batch.chain().scope, batch.chain().device.is_hub()));
        let mut taken = Taken::default();
        for batch in batches {
            let scope = batch.chain().scope;
            if self.means_another_branch(&batch).await? {
                taken.left.push(scope);
                continue;
            }
            match self.take_one(batch).await? {
                Ok(news) => taken.news |= news,
                Err(code) => {
                    taken.left.push(scope);
                    self.note(|outcome| outcome.false_facts = Some(code));
                }
            }
        }
        for Reached { scope, arrival } in reached.iter().copied() {
            if !taken.left.contains(&scope) {
                self.store().set_cursor(scope, Cursor { epoch, arrival }).await?;
            }
        }
        Ok(taken)
    }

    /// Says whether the hub decided here about facts whose names stand for others on this device: its chain parted from
    /// the hub's and was not moved yet. Then the batch waits, else an erasure would take the bytes of another fact.
    async fn means_another_branch(&self, batch: &Batch) -> Result<bool, StoreError> {
        let chain = batch.chain();
        if !chain.device.is_hub() || chain.scope == Scope::COMMON {
            return Ok(false);
        }
        let mut meant = Vec::new();
        for item in &batch.facts {
            let Item::Bytes(bytes) = item else { continue };
            match written::read(chain.at(1), Some(bytes)).map(|fact| fact.body) {
                Ok(Body::Erasure(erasure)) => meant.extend(erasure.facts),
                Ok(Body::QuarantineDecided(decided)) => meant.push(decided.fact),
                _ => {}
            }
        }
        if meant.is_empty() {
            return Ok(false);
        }
        let outbox = self.store().outbox().await?;
        Ok(meant.into_iter().map(|meant| meant.name(chain.device)).any(|name| {
            let of = Chain::new(chain.scope, name.device);
            // What the hub never had it cannot mean.
            let own = outbox.iter().any(|own| own.chain == of && name.number > own.acknowledged);
            own || self.parted.borrow().contains(&of) || self.forks.borrow().iter().any(|(forked, _)| *forked == of)
        }))
    }

    /// Receives one batch; says whether it brought something new, or why it is not believed.
    async fn take_one(&self, batch: Batch) -> Result<Result<bool, Code>, SyncError> {
        let (chain, after) = (batch.chain(), batch.after.number);
        let items = batch.facts.clone();
        let before = self.store().head(chain).await?.map_or(0, |head| head.number);
        let answer = match receive(self.store(), self.trust, batch, self.replica.now()).await? {
            Received::Answered(answer) => answer,
            Received::Forked(_) => {
                self.parted.borrow_mut().insert(chain);
                return Ok(Err(Code::Forked));
            }
        };
        if let Some(code) = answer.refusal {
            if code == Code::Forked {
                self.parted.borrow_mut().insert(chain);
            }
            return Ok(Err(code));
        }
        let end = answer.head.map_or(before, |head| head.number);
        if end <= before {
            return Ok(Ok(false));
        }
        let last = after.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
        let facts =
            if end == last { stored(chain, after, &items, &answer) } else { self.read(chain, before, end).await? };
        if self.me.borrow().writes(chain) {
            // Our own facts came back: a copy of this device was restored, and goes on from here.
            self.keeper.forget_heads();
        }
        let fold_again = rights::carry_out(self.store(), chain.scope, &facts).await?;
        self.did(end - before);
        self.replica.received(chain.scope, facts);
        if fold_again {
            self.replica.fold_again(chain.scope);
        }
        Ok(Ok(true))
    }

    async fn read(&self, chain: Chain, before: u32, end: u32) -> Result<Vec<Fact>, StoreError> {
        let records = self.store().chain(chain, before.saturating_add(1), end).await?;
        Ok(records.iter().filter_map(crate::keeper::readable).collect())
    }

    /// Returns what the hub has of these scopes and this device has not, from the first fact that is missing.
    async fn gaps(&self, scopes: &[Scope], theirs: &[ChainHead]) -> Result<Vec<Gap>, StoreError> {
        let mut ours = Vec::new();
        for scope in scopes {
            ours.extend(page::heads(self.store(), *scope).await?);
        }
        let steps = plan::compare(&ours, theirs).into_iter();
        Ok(steps.filter_map(|step| if let Step::Ask(gap) = step { Some(gap) } else { None }).collect())
    }

    /// The hub was restored: what it lost is pushed again, also what others wrote and only this device still has.
    async fn restored(&self, epoch: Epoch, scopes: &[Scope], theirs: &[ChainHead]) -> Result<(), SyncError> {
        let steps = restart::compare_again(self.store(), scopes, theirs).await?;
        for step in steps {
            let Step::Push(mut gap) = step else { continue };
            while gap.from <= gap.to {
                let batches = self.batches(&[gap]).await?;
                let sent: u32 = batches.iter().map(|batch| u32::try_from(batch.facts.len()).unwrap_or(0)).sum();
                if sent == 0 {
                    break;
                }
                let push = Push { client: client(), batches };
                let _: PushAnswer = self.signed("/sync/push", Purpose::Push, &push).await?;
                self.did(sent);
                gap.from = gap.from.saturating_add(sent);
            }
        }
        self.store().set_named(EPOCH, &to_bytes(&epoch)).await?;
        Ok(())
    }

    /// Moves branches that the hub keeps under another number; their first fact has been pulled by now. Says whether
    /// nothing was to be done; with `last`, what could not be moved is stuck.
    async fn go_on_after_forks(&self, last: bool) -> Result<bool, SyncError> {
        let forks = std::mem::take(&mut *self.forks.borrow_mut());
        let settled = forks.is_empty();
        for (old, answer) in forks {
            if !self.me.borrow().writes(old) {
                if fork::follow(self.store(), old, answer, self.replica.now()).await?.is_some() {
                    self.replica.fold_again(old.scope);
                }
            } else if fork::go_on(self.store(), old, answer, self.replica.now()).await?.is_some() {
                let me = self.me.borrow().clone().going_on(old.scope, answer.kept_as);
                self.keeper.forget_heads();
                // Before anything else is written under the new number: what it names from here on counts there.
                self.take_up(&me, old.scope).await?;
                me.keep(self.store()).await?;
                self.me.replace(me);
                self.keeper.forget_heads();
                self.replica.renumbered(old.scope, answer.kept_as);
            } else if last {
                let stuck = Stuck { why: Code::Forked, number: answer.at, since: self.replica.now() };
                self.store().set_stuck(old, Some(stuck)).await?;
            }
        }
        Ok(settled)
    }

    /// Writes that this device goes on here, under the number that its branch got.
    async fn take_up(&self, me: &Identity, scope: Scope) -> Result<(), SyncError> {
        let head = self.keeper.head(me, scope).await?;
        let body = ChainTaken { device: me.writes_as(scope) }.into();
        let moment = Moment { now: self.replica.now(), author: AccountNo::default() };
        match self.keeper.append(me, scope, head, vec![body], moment).await {
            Ok(_) => Ok(()),
            Err(NotKept::Store(error)) => Err(error.into()),
            Err(other) => Err(StoreError::Failed(other.to_string()).into()),
        }
    }

    /// Gives the hub the branch that this device holds of another device's chain: after a restore the hub may have taken
    /// the other branch first. It is moved to where the hub keeps it once that chain is here. Says whether there was one.
    async fn give_back_parted(&self) -> Result<bool, SyncError> {
        let parted = std::mem::take(&mut *self.parted.borrow_mut());
        let mut gave_back = false;
        for chain in parted {
            gave_back = true;
            if fork::finish_move(self.store(), chain, self.replica.now()).await? {
                self.replica.fold_again(chain.scope);
                continue;
            }
            // Ours differs from what the hub has under this name: pushed from the first fact, it says where.
            if self.me.borrow().writes(chain) && self.store().acknowledge(chain, 0).await? {
                continue;
            }
            let end = self.store().head(chain).await?.map_or(0, |head| head.number);
            let (mut gap, mut kept) = (Gap { chain, from: 1, to: end }, None);
            while gap.from <= gap.to {
                let batches = self.batches(&[gap]).await?;
                let sent: u32 = batches.iter().map(|batch| u32::try_from(batch.facts.len()).unwrap_or(0)).sum();
                if sent == 0 {
                    break;
                }
                let push = Push { client: client(), batches };
                let answer: PushAnswer = self.signed("/sync/push", Purpose::Push, &push).await?;
                kept = answer.batches.iter().find_map(|answer| answer.fork).or(kept);
                gap.from = gap.from.saturating_add(sent);
            }
            if let Some(fork) = kept {
                self.forks.borrow_mut().push((chain, fork));
            }
        }
        Ok(gave_back)
    }
}

/// Notes the epoch that an enrolment gave.
///
/// # Errors
/// [`StoreError`] when it could not be kept.
pub async fn keep_epoch<S: Store>(store: &S, epoch: Epoch) -> Result<(), StoreError> {
    store.set_named(EPOCH, &to_bytes(&epoch)).await
}

/// Returns what this program says of itself.
#[must_use]
pub fn client() -> Client {
    Client { protocol: PROTOCOL, app: concat!("perron ", env!("CARGO_PKG_VERSION")).to_owned() }
}

/// Returns the facts of a batch that the store took, as the domain reads them.
fn stored(chain: Chain, after: u32, items: &[Item], answer: &BatchAnswer) -> Vec<Fact> {
    let numbers = after.saturating_add(1)..;
    let taken = numbers.zip(items).zip(&answer.facts).filter(|(_, fact)| **fact == FactAnswer::Stored);
    let read = taken.filter_map(|((number, item), _)| {
        let bytes = if let Item::Bytes(bytes) = item { Some(bytes.as_slice()) } else { None };
        written::read(chain.at(number), bytes).ok()
    });
    read.collect()
}

/// Sends fewer facts of a batch when it is too large; the leaves of the others still lead to its signed head.
fn shortened(mut batch: Batch, room: usize) -> (Batch, usize) {
    let size = |item: &Item| if let Item::Bytes(bytes) = item { bytes.len() + 8 } else { 40 };
    let (mut used, mut fit) = (0, 0);
    for item in &batch.facts {
        if fit > 0 && used + size(item) > room {
            break;
        }
        used += size(item);
        fit += 1;
    }
    let rest = batch.facts.split_off(fit);
    if !rest.is_empty() {
        let leaves = rest.iter().map(Item::leaf).chain(batch.ahead.take().unwrap_or_default());
        batch.ahead = Some(leaves.collect());
    }
    (batch, used)
}

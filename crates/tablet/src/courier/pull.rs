//! What comes from the hub: verified, stored, carried out, and only then is the cursor moved.

use super::terms::{TIRED, client};
use super::{Courier, Replicated};
use crate::wire::{SyncError, Wire};
use perron_domain::fact::{Body, Fact};
use perron_domain::name::Scope;
use perron_domain::order;
use perron_ledger::receive::{Received, receive};
use perron_ledger::store::{Cursor, Epoch};
use perron_ledger::sync::plan::{self, PULL_LIMIT, Step};
use perron_ledger::sync::{
    Batch, BatchAnswer, ChainHead, Code, FactAnswer, Gap, Item, Pull, PullAnswer, Purpose, Reached, page,
};
use perron_ledger::trust::Trust;
use perron_ledger::{Chain, Store, StoreError, rights, written};

/// What became of the batches of one answer.
#[derive(Default)]
struct Taken {
    /// Whether one of them brought something new.
    news: bool,
    /// Scopes of which something was not taken: their cursors stay.
    left: Vec<Scope>,
}

/// How a pull ended.
pub(super) enum Pulled {
    /// There is nothing more.
    Everything,
    /// The hub was put back from a copy: it must be asked anew.
    NewEpoch,
}

impl<S: Store, W: Wire, T: Trust, R: Replicated> Courier<'_, S, W, T, R> {
    /// Pulls until there is nothing more.
    pub(super) async fn pull_all(&self) -> Result<Pulled, SyncError> {
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
            self.compare(answer.wall);
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

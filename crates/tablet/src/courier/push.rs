//! What goes to the hub: batches of the outbox, and what its answers mean for it.

use super::terms::{TIRED, client};
use super::{Courier, Replicated};
use crate::wire::{SyncError, Wire};
use perron_ledger::store::Stuck;
use perron_ledger::sync::plan::{self, AfterPush, PUSH_BATCH};
use perron_ledger::sync::{Batch, BatchAnswer, ForkAnswer, Gap, Item, Purpose, Push, PushAnswer, page};
use perron_ledger::trust::Trust;
use perron_ledger::{Store, StoreError};

const CONFIRMED: &str = "confirmed";
/// The most bytes of facts in one request: well below what the hub takes.
const PUSH_BYTES: usize = 4 * 1024 * 1024;

impl<S: Store, W: Wire, T: Trust, R: Replicated> Courier<'_, S, W, T, R> {
    /// Pushes until everything written here is acknowledged, or nothing gets further.
    pub(super) async fn push_all(&self) -> Result<(), SyncError> {
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
            self.compare(answer.wall);
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

    /// Pushes a stretch that the outbox does not ask for; returns the last branch that the hub names while it takes it.
    pub(super) async fn push_stretch(&self, mut gap: Gap) -> Result<Option<ForkAnswer>, SyncError> {
        let mut kept = None;
        while gap.from <= gap.to {
            let batches = self.batches(&[gap]).await?;
            let sent: u32 = batches.iter().map(|batch| u32::try_from(batch.facts.len()).unwrap_or(0)).sum();
            if sent == 0 {
                break;
            }
            let push = Push { client: client(), batches };
            let answer: PushAnswer = self.signed("/sync/push", Purpose::Push, &push).await?;
            self.compare(answer.wall);
            kept = answer.batches.iter().find_map(|answer| answer.fork).or(kept);
            self.did(sent);
            gap.from = gap.from.saturating_add(sent);
        }
        Ok(kept)
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

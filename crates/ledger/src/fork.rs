//! Forks: one chain that appeared twice with different content, because a copy of a tablet was restored.
//!
//! The first known branch keeps the name. The other is kept under a new device number, bytes and signatures unchanged:
//! its fact 1 ([`KIND_CHAIN_FORKED`]) says where it parted, and old number `n` stands at `n - at + 2`. The hub opens that
//! chain and signs its heads, until the tablet goes on there with its own key.

use crate::append::{Append, Appended, NewFact, Origin};
use crate::chain::{Chain, Head};
use crate::envelope::{Envelope, EnvelopeError, VERSION};
use crate::receive::Trust;
use crate::store::{Fork, Store, StoreError};
use crate::sync::{BatchAnswer, Checked, FactAnswer, ForkAnswer};
use ed25519_dalek::VerifyingKey;
use perron_domain::fact::{Body, ChainForked};
use perron_domain::name::DeviceId;
use perron_domain::time::{Hlc, Wall};

/// The kind of the first fact of a chain that keeps a fork's other branch.
pub const KIND_CHAIN_FORKED: u16 = 113;

/// A branch that the receiver did not know: a checked batch that differs from number `at` on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The first number that differs.
    pub at: u32,
    /// The batch, which begins at `at` or before.
    pub batch: Checked,
    /// The device number that was drawn for this fork before an interruption: take it again instead of a new one.
    pub half_open: Option<DeviceId>,
}

/// Writes the first fact of the chain that keeps a branch of `old` from number `at` on; `before` is the head before it.
///
/// # Errors
/// [`EnvelopeError`] when it cannot be written.
pub fn first_fact(old: Chain, at: u32, before: Head, hlc: Hlc, wall: Wall) -> Result<Vec<u8>, EnvelopeError> {
    let body = Body::ChainForked(ChainForked {
        old_device: old.device,
        scope: old.scope,
        fork_number: at,
        head: before.hash.0.to_vec().into(),
    });
    let must_understand = body.must_understand();
    let body = body.to_cbor();
    Envelope { version: VERSION, kind: KIND_CHAIN_FORKED, must_understand, hlc, wall, author: 0, body, salt: None }
        .encode()
}

/// Returns the number under which fact `old` of a branch that parts at `at` is kept.
#[must_use]
pub const fn moved_to(at: u32, old: u32) -> u32 {
    old.saturating_sub(at).saturating_add(2)
}

/// Returns the device number of a fork at `at` that was noted but whose chain has no fact yet.
pub(crate) async fn half_open<S: Store>(store: &S, old: Chain, at: u32) -> Result<Option<DeviceId>, StoreError> {
    for fork in store.forks(old.scope).await?.into_iter().filter(|fork| fork.chain == old && fork.at == at) {
        if store.head(Chain::new(old.scope, fork.kept_as)).await?.is_none() {
            return Ok(Some(fork.kept_as));
        }
    }
    Ok(None)
}

/// Opens a chain for a branch that was not known, under a device number that was drawn for it and a key bound to it.
///
/// `first` comes from [`first_fact`]. Called again after an interruption, with the same number, it changes nothing.
///
/// # Errors
/// [`StoreError`] when it could not be stored; then the branch is not acknowledged.
pub async fn open<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    branch: Branch,
    kept_as: DeviceId,
    key: &VerifyingKey,
    first: Vec<u8>,
    now: Wall,
) -> Result<BatchAnswer, StoreError> {
    let Branch { at, batch, .. } = branch;
    let new = Chain::new(batch.chain.scope, kept_as);
    // The number is noted before it is used, so that an interruption here cannot spend a second one on this branch.
    store.keep_fork(Fork { chain: batch.chain, at, branch: batch.signed, kept_as }).await?;
    let shared = (at.saturating_sub(1)).saturating_sub(batch.after.number) as usize;
    let mut facts = vec![NewFact::new(first)];
    facts.extend(batch.facts.iter().skip(shared).cloned());
    let start = Head::start(trust.relay(), new, key);
    keep(store, trust, &batch, Kept { at, new, after: start, facts, shared }, now).await
}

/// Appends a batch to the chain that already keeps its branch, or returns `None` when no known branch continues there.
pub(crate) async fn continue_known<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    batch: &Checked,
    differs_at: u32,
    now: Wall,
) -> Result<Option<BatchAnswer>, StoreError> {
    for fork in store.forks(batch.chain.scope).await?.into_iter().filter(|fork| fork.chain == batch.chain) {
        let shared = (fork.at.saturating_sub(1)).saturating_sub(batch.after.number);
        if shared > 0 && differs_at != fork.at {
            continue;
        }
        let new = Chain::new(batch.chain.scope, fork.kept_as);
        let Some(before) = store.head_at(fork.chain, fork.at.saturating_sub(1)).await? else { continue };
        // The branch's heads under its old name, run over the leaves that are kept under the new one.
        let joins = batch.after.number.saturating_add(shared);
        let last = moved_to(fork.at, joins.saturating_add(1)).saturating_sub(1);
        let kept = store.chain(new, 2, last).await?;
        let shared_leaves = batch.facts.iter().take(shared as usize).map(|fact| fact.leaf);
        let there = before.after(kept.iter().map(|record| record.leaf));
        if there != batch.after.after(shared_leaves) {
            continue;
        }
        let Some(after) = store.head_at(new, last).await? else { continue };
        let facts: Vec<NewFact> = batch.facts.iter().skip(shared as usize).cloned().collect();
        let kept = Kept { at: fork.at, new, after, facts, shared: shared as usize };
        let answer = keep(store, trust, batch, kept, now).await?;
        if answer.fork.is_some() {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

struct Kept {
    at: u32,
    new: Chain,
    after: Head,
    facts: Vec<NewFact>,
    shared: usize,
}

async fn keep<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    batch: &Checked,
    kept: Kept,
    now: Wall,
) -> Result<BatchAnswer, StoreError> {
    let Kept { at, new, after, facts, shared } = kept;
    let old = batch.chain;
    let mut answer = BatchAnswer::refused(old, batch.facts.len(), crate::sync::Code::Forked);
    answer.head = store.head(old).await?;
    let reached = after.after(facts.iter().map(|fact| fact.leaf));
    let signed = trust.notarise(new, reached);
    let append = Append { chain: new, after, facts, signed, origin: Origin::Elsewhere, received: now };
    let (Appended::Stored { head, .. } | Appended::Identical { head }) = store.append(append).await? else {
        return Ok(answer);
    };
    store.keep_signed(batch.signed).await?;
    let known = store.forks(old.scope).await?.into_iter().find(|fork| fork.kept_as == new.device);
    if known.is_none_or(|fork| fork.branch.head.number < batch.signed.head.number) {
        store.keep_fork(Fork { chain: old, at, branch: batch.signed, kept_as: new.device }).await?;
    }
    answer.facts = vec![FactAnswer::Identical; shared];
    answer.facts.resize(batch.facts.len(), FactAnswer::Moved);
    answer.fork = Some(ForkAnswer { at, kept_as: new.device, head });
    Ok(answer)
}

/// Moves a tablet's own branch under the device number that the hub gave it, and returns the head there.
///
/// The tablet pulls the chain `fork.kept_as` first, so that its first fact is here. Facts that the hub does not have yet
/// move along and are in the outbox under the new number. Done twice it changes nothing. `None` when the first fact is
/// not here yet, or the branch here is not the one that the hub keeps.
///
/// # Errors
/// [`StoreError`] when nothing could be moved.
pub async fn go_on<S: Store>(store: &S, old: Chain, fork: ForkAnswer, now: Wall) -> Result<Option<Head>, StoreError> {
    let new = Chain::new(old.scope, fork.kept_as);
    let Some(after) = store.head_at(new, 0).await? else { return Ok(None) };
    let mut there = store.chain(new, 1, 1).await?;
    let ours = store.chain(old, fork.at.max(1), u32::MAX).await?;
    there.extend(ours);
    let facts: Vec<NewFact> = there
        .into_iter()
        .map(|record| NewFact { leaf: record.leaf, bytes: record.bytes, quarantine: record.quarantine })
        .collect();
    let append = Append { chain: new, after, facts, signed: None, origin: Origin::Here, received: now };
    match store.rehome(old, fork.at, append).await? {
        Appended::Stored { head, .. } | Appended::Identical { head } => {
            store.acknowledge(new, fork.head.number).await?;
            Ok(Some(head))
        }
        Appended::Different { .. } | Appended::Hole { .. } => Ok(None),
    }
}

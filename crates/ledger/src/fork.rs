//! Forks: one chain that appeared twice with different content, because a copy of a tablet was restored.
//!
//! The first known branch keeps the name. The other is kept under a new device number, bytes and signatures unchanged:
//! its fact 1 ([`KIND_CHAIN_FORKED`]) says where it parted, and old number `n` stands at `n - at + 2`. The hub opens that
//! chain and signs its heads, until the tablet goes on there with its own key.

use crate::append::{Append, Appended, NewFact, Origin};
use crate::chain::{Chain, Head};
use crate::envelope::{Envelope, EnvelopeError, VERSION};
use crate::forked::{KIND_CHAIN_FORKED, parted};
use crate::store::{Fork, Store, StoreError, Within};
use crate::sync::{BatchAnswer, Checked, FactAnswer, ForkAnswer};
use crate::trust::Trust;
use ed25519_dalek::VerifyingKey;
use perron_domain::fact::{Body, ChainForked};
use perron_domain::name::DeviceId;
use perron_domain::time::{Hlc, Wall};

/// A branch that the receiver did not know: a checked batch that differs from number `at` on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The first number that differs.
    pub at: u32,
    /// The batch, which begins at `at` or before.
    pub batch: Checked,
    /// The device number that was drawn for this fork before an interruption: take it again instead of a new one.
    pub half_open: Option<DeviceId>,
    /// The known branch that this one parts from; none when that is the chain itself.
    pub within: Option<Within>,
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
async fn half_open<S: Store>(store: &S, old: Chain, at: u32) -> Result<Option<DeviceId>, StoreError> {
    for fork in store.forks(old.scope).await?.into_iter().filter(|fork| fork.chain == old && fork.at == at) {
        if store.head(Chain::new(old.scope, fork.kept_as)).await?.is_none() {
            return Ok(Some(fork.kept_as));
        }
    }
    Ok(None)
}

/// Writes the first fact of the chain that will keep a branch: it names the chain that the branch parts from, which may
/// be one that keeps a branch itself.
///
/// # Errors
/// [`StoreError`] when that chain cannot be read, or the fact not be written.
pub async fn first_of<S: Store>(store: &S, branch: &Branch, hlc: Hlc, wall: Wall) -> Result<Vec<u8>, StoreError> {
    let old = branch.batch.chain;
    let (parts_from, at) = match branch.within {
        Some(within) => (Chain::new(old.scope, within.device), within.at),
        None => (old, branch.at),
    };
    let before = store.head_at(parts_from, at.saturating_sub(1)).await?;
    let before = before.ok_or_else(|| StoreError::Failed("a branch parts from what is not here".to_owned()))?;
    first_fact(parts_from, at, before, hlc, wall).map_err(|error| StoreError::Failed(error.to_string()))
}

/// Opens a chain for a branch that was not known, under a device number that was drawn for it and a key bound to it.
///
/// `first` comes from [`first_of`]. Called again after an interruption, with the same number, it changes nothing.
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
    let Branch { at, batch, within, .. } = branch;
    let fork = Fork { chain: batch.chain, at, branch: batch.signed, kept_as, within };
    // The number is noted before it is used, so that an interruption here cannot spend a second one on this branch.
    store.keep_fork(fork).await?;
    let shared = (at.saturating_sub(1)).saturating_sub(batch.after.number) as usize;
    let mut facts = vec![NewFact::new(first)];
    facts.extend(batch.facts.iter().skip(shared).cloned());
    let after = Head::start(trust.relay(), Chain::new(batch.chain.scope, kept_as), key);
    Ok(match keep(store, trust, &batch, Kept { fork, after, facts, shared }, now).await? {
        Place::Kept(answer) => *answer,
        Place::Parts { .. } => BatchAnswer::refused(batch.chain, batch.facts.len(), crate::sync::Code::Forked),
    })
}

/// What the known branches of a chain say to a batch.
pub(crate) enum Continued {
    /// It continues one of them.
    Kept(Box<BatchAnswer>),
    /// It is a branch of its own, from this number on.
    Parts(Branch),
    /// It has nothing to do with them.
    Unknown(Checked),
}

/// Appends a batch to the chain that already keeps its branch, or finds where it parts from the branches known.
///
/// `differs_at` is where it differs from the chain that has its name, when that is inside of the batch.
pub(crate) async fn continue_known<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    batch: Checked,
    differs_at: Option<u32>,
    now: Wall,
) -> Result<Continued, StoreError> {
    let mut parts = differs_at.filter(|at| *at > batch.after.number).map(|at| (at, None));
    let forks = store.forks(batch.chain.scope).await?;
    for fork in forks.iter().filter(|fork| fork.chain == batch.chain) {
        let shared = (fork.at.saturating_sub(1)).saturating_sub(batch.after.number);
        let new = Chain::new(batch.chain.scope, fork.kept_as);
        let Some(before) = before_branch(store, &forks, *fork).await? else { continue };
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
        let kept = Kept { fork: *fork, after, facts, shared: shared as usize };
        match keep(store, trust, &batch, kept, now).await? {
            Place::Kept(answer) => return Ok(Continued::Kept(answer)),
            // The branch with which it shares most is the one that it parts from.
            Place::Parts { at } if at > last => {
                let here = joins.saturating_add(at - last);
                if parts.is_none_or(|(known, _)| known < here) {
                    parts = Some((here, Some(Within { device: fork.kept_as, at })));
                }
            }
            Place::Parts { .. } => {}
        }
    }
    let Some((at, within)) = parts else { return Ok(Continued::Unknown(batch)) };
    let half_open = half_open(store, batch.chain, at).await?;
    Ok(Continued::Parts(Branch { at, batch, half_open, within }))
}

/// Returns the head of a branch, under the name that it had, before the first fact that is kept under the new one.
async fn before_branch<S: Store>(store: &S, forks: &[Fork], mut fork: Fork) -> Result<Option<Head>, StoreError> {
    let mut leaves = Vec::new();
    while let Some(within) = fork.within {
        let device = Chain::new(fork.chain.scope, within.device);
        let records = store.chain(device, 2, within.at.saturating_sub(1)).await?;
        leaves.push(records.into_iter().map(|record| record.leaf).collect::<Vec<_>>());
        let parent = forks.iter().find(|known| known.chain == fork.chain && known.kept_as == within.device);
        match parent {
            // Each was opened after the one that it parts from, so that this ends.
            Some(parent) if leaves.len() <= forks.len() => fork = *parent,
            _ => return Ok(None),
        }
    }
    let before = store.head_at(fork.chain, fork.at.saturating_sub(1)).await?;
    Ok(before.map(|before| before.after(leaves.into_iter().rev().flatten())))
}

struct Kept {
    fork: Fork,
    after: Head,
    facts: Vec<NewFact>,
    shared: usize,
}

/// What became of facts that were to be kept in a branch's chain.
enum Place {
    Kept(Box<BatchAnswer>),
    /// The chain has something else from this number of its own on.
    Parts {
        at: u32,
    },
}

async fn keep<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    batch: &Checked,
    kept: Kept,
    now: Wall,
) -> Result<Place, StoreError> {
    let Kept { fork, after, facts, shared } = kept;
    let (old, new) = (batch.chain, Chain::new(batch.chain.scope, fork.kept_as));
    let reached = after.after(facts.iter().map(|fact| fact.leaf));
    let signed = trust.notarise(new, reached);
    let append = Append { chain: new, after, facts, signed, origin: Origin::Elsewhere, received: now };
    let head = match store.append(append).await? {
        Appended::Stored { head, .. } | Appended::Identical { head } => head,
        Appended::Different { at, .. } => return Ok(Place::Parts { at }),
        Appended::Hole { .. } => return Ok(Place::Parts { at: 0 }),
    };
    store.keep_signed(batch.signed).await?;
    let known = store.forks(old.scope).await?.into_iter().find(|known| known.kept_as == new.device);
    if known.is_none_or(|known| known.branch.head.number < batch.signed.head.number) {
        store.keep_fork(Fork { branch: batch.signed, ..fork }).await?;
    }
    drop_covered(store, old, new, batch).await?;
    let mut answer = BatchAnswer::refused(old, 0, crate::sync::Code::Forked);
    answer.head = store.head(old).await?;
    answer.facts = vec![FactAnswer::Identical; shared];
    answer.facts.resize(batch.facts.len(), FactAnswer::Moved);
    answer.fork = Some(ForkAnswer { at: fork.at, kept_as: new.device, head });
    Ok(Place::Kept(Box::new(answer)))
}

/// Drops what waited behind a hole of `old` and is kept in the branch `new` by now.
async fn drop_covered<S: Store>(store: &S, old: Chain, new: Chain, batch: &Checked) -> Result<(), StoreError> {
    let held = store.held(old).await?;
    if held.is_empty() {
        return Ok(());
    }
    let forks = store.forks(old.scope).await?;
    let Some(fork) = forks.iter().find(|fork| fork.kept_as == new.device) else { return Ok(()) };
    let Some(mut head) = before_branch(store, &forks, *fork).await? else { return Ok(()) };
    let mut heads = vec![batch.signed.head];
    for record in store.chain(new, 2, u32::MAX).await? {
        head = head.then(record.leaf);
        heads.push(head);
    }
    for waiting in held.iter().filter(|waiting| heads.contains(&waiting.signed.head)) {
        store.drop_held(old, waiting.from, waiting.signed.head.hash).await?;
    }
    Ok(())
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
    let head = move_branch(store, old, fork, Origin::Here, now).await?;
    if head.is_some() {
        store.acknowledge(Chain::new(old.scope, fork.kept_as), fork.head.number).await?;
    }
    Ok(head)
}

/// Moves the branch of another device that this one holds to where the hub keeps it, and returns the head there.
///
/// After a restore the hub may have taken the other branch under the name that was this one's. Once the hub keeps this
/// one too, and the chain `fork.kept_as` was pulled, its place is free for the hub's. `None` as for [`go_on`].
///
/// # Errors
/// [`StoreError`] when nothing could be moved.
pub async fn follow<S: Store>(store: &S, old: Chain, fork: ForkAnswer, now: Wall) -> Result<Option<Head>, StoreError> {
    move_branch(store, old, fork, Origin::Elsewhere, now).await
}

/// Frees the place of a branch under its old name when all of it stands already in a chain that keeps it, as after a move
/// that was interrupted. Says whether it did.
///
/// # Errors
/// [`StoreError`] when nothing could be moved.
pub async fn finish_move<S: Store>(store: &S, old: Chain, now: Wall) -> Result<bool, StoreError> {
    for (kept, head) in store.heads(old.scope).await? {
        let first = store.chain(kept, 1, 1).await?.pop();
        let Some(parted) = first.and_then(|first| parted_in(first.bytes.as_deref()?)) else { continue };
        if parted.old_device != old.device {
            continue;
        }
        let leaves = |records: Vec<crate::Record>| records.into_iter().map(|record| record.leaf).collect::<Vec<_>>();
        let ours = leaves(store.chain(old, parted.fork_number, u32::MAX).await?);
        let theirs = leaves(store.chain(kept, 2, u32::MAX).await?);
        if !ours.is_empty() && theirs.starts_with(&ours) {
            let fork = ForkAnswer { at: parted.fork_number, kept_as: kept.device, head };
            return Ok(follow(store, old, fork, now).await?.is_some());
        }
    }
    Ok(false)
}

/// Moves the facts of `old` from the fork on; where the branch parts from another branch, what the two share is there
/// already and its place in `old` is freed too.
async fn move_branch<S: Store>(
    store: &S,
    old: Chain,
    fork: ForkAnswer,
    origin: Origin,
    now: Wall,
) -> Result<Option<Head>, StoreError> {
    let (mut to, mut at, mut reached) = (Chain::new(old.scope, fork.kept_as), fork.at, None);
    loop {
        let Some(after) = store.head_at(to, 0).await? else { return Ok(None) };
        let Some(first) = store.chain(to, 1, 1).await?.pop() else { return Ok(None) };
        let Some(parted) = first.bytes.as_deref().and_then(parted_in) else { return Ok(None) };
        let ours = store.chain(old, at.max(1), u32::MAX).await?;
        let records = std::iter::once(first).chain(ours).map(|record| NewFact {
            leaf: record.leaf,
            bytes: record.bytes,
            quarantine: record.quarantine,
        });
        // Only the last stretch goes on here; the others are beginnings that both branches share.
        let origin = if reached.is_none() { origin } else { Origin::Elsewhere };
        let append = Append { chain: to, after, facts: records.collect(), signed: None, origin, received: now };
        let (Appended::Stored { head, .. } | Appended::Identical { head }) = store.rehome(old, at, append).await?
        else {
            return Ok(None);
        };
        reached.get_or_insert(head);
        if parted.old_device == old.device {
            return Ok(reached);
        }
        // The stretch before stands in the chain that this branch parted from, from its place 2 to that before the fork.
        to = Chain::new(old.scope, parted.old_device);
        at = at.saturating_sub(parted.fork_number.saturating_sub(2));
    }
}

/// Reads what the first fact of a branch's chain says, from its bytes.
fn parted_in(first: &[u8]) -> Option<ChainForked> {
    parted(&Envelope::decode(first).ok()?)
}

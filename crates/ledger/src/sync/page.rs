//! Cutting batches out of a store: what to send of a chain, and one page of what arrived in a scope.

use super::ahead;
use super::batch::{Batch, Item, MAX_BATCH_FACTS, MAX_SPAN};
use super::message::{Gap, Reached};
use crate::chain::{Chain, Head, SignedHead};
use crate::hash::Hash;
use crate::store::{Record, Store, StoreError};
use perron_domain::name::Scope;
use std::collections::BTreeMap;

/// One page of a scope, in order of arrival.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// One batch for each chain.
    pub batches: Vec<Batch>,
    /// How far the page goes.
    pub reached: Reached,
    /// How many facts it holds.
    pub facts: usize,
    /// Whether there is more after it.
    pub more: bool,
}

/// Returns the facts of a chain from `gap.from` on, at most to `gap.to` and at most [`MAX_BATCH_FACTS`].
///
/// The batch ends where a signed head covers it; `None` when none of these facts is here under a signature.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub async fn stretch<S: Store>(store: &S, gap: Gap) -> Result<Option<Batch>, StoreError> {
    let most = u32::try_from(MAX_BATCH_FACTS).unwrap_or(u32::MAX);
    let from = gap.from.max(1);
    let to = gap.to.min(from.saturating_add(most - 1));
    let records = store.chain(gap.chain, from, to).await?;
    batch(store, gap.chain, records).await
}

/// Returns one page of a scope: the facts that arrived after `reached`, at most `limit`.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub async fn page<S: Store>(store: &S, reached: Reached, limit: usize) -> Result<Page, StoreError> {
    let Reached { scope, arrival } = reached;
    let limit = limit.clamp(1, MAX_BATCH_FACTS);
    let records = store.arrivals(scope, arrival, limit).await?;
    let full = records.len() == limit;
    let mut end = records.last().map_or(arrival, |record| record.arrival);
    let mut chains: BTreeMap<Chain, Vec<Record>> = BTreeMap::new();
    for record in records {
        chains.entry(record.place.chain).or_default().push(record);
    }
    let (mut batches, mut facts, mut short) = (Vec::new(), 0, false);
    for (chain, records) in chains {
        let arrivals: Vec<u64> = records.iter().map(|record| record.arrival).collect();
        // What no signature covers cannot be sent and is stepped over: the head of its chain, at the end of an answer, tells
        // whoever pulls that it lacks it, and it asks again.
        let Some(cut) = batch(store, chain, records).await? else { continue };
        // What goes under a later signature comes with the next page.
        if let Some(left) = arrivals.get(cut.facts.len()) {
            (end, short) = (end.min(left.saturating_sub(1)), true);
        }
        facts += cut.facts.len();
        batches.push(cut);
    }
    let end = end.max(arrival);
    Ok(Page { batches, reached: Reached { scope, arrival: end }, facts, more: (full || short) && end > arrival })
}

/// Returns every chain of a scope with its head, as a message carries them.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub async fn heads<S: Store>(store: &S, scope: Scope) -> Result<Vec<super::ChainHead>, StoreError> {
    let heads = store.heads(scope).await?;
    Ok(heads.into_iter().map(|(chain, head)| super::ChainHead { chain, head }).collect())
}

/// Makes a batch of consecutive records of a chain, cut where no signature covers them.
async fn batch<S: Store>(store: &S, chain: Chain, mut records: Vec<Record>) -> Result<Option<Batch>, StoreError> {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return Ok(None) };
    let (first, last) = (first.place.number, last.place.number);
    let Some(after) = store.head_at(chain, first - 1).await? else { return Ok(None) };
    let Some(cover) = covering(store, chain, first, last).await? else { return Ok(None) };
    records.truncate((cover.end + 1 - first) as usize);
    let between = store.chain(chain, cover.end + 1, cover.signed.head.number).await?;
    let ahead: Vec<Hash> = between.iter().map(|record| record.leaf).chain(cover.beyond).collect();
    let ahead = (!ahead.is_empty()).then_some(ahead);
    let facts = records.into_iter().map(|record| record.bytes.map_or(Item::Leaf(record.leaf), Item::Bytes)).collect();
    Ok(Some(Batch { after, facts, ahead, signed: cover.signed }))
}

/// Which facts can be sent, and under which signature.
struct Cover {
    /// The last fact.
    end: u32,
    /// The signed head at `end` or after it.
    signed: SignedHead,
    /// Leaves between the end of the chain as it is here and the signed head.
    beyond: Vec<Hash>,
}

/// Finds the signed head of our branch that covers most of `first..=last` within the span of a batch, the nearest first.
async fn covering<S: Store>(store: &S, chain: Chain, first: u32, last: u32) -> Result<Option<Cover>, StoreError> {
    let furthest = (first - 1).saturating_add(u32::try_from(MAX_SPAN).unwrap_or(u32::MAX));
    let near = |signed: &SignedHead| signed.head.number <= furthest;
    let cover = |signed: SignedHead| Cover { end: last.min(signed.head.number), signed, beyond: Vec::new() };
    for limit in [4, usize::MAX] {
        let later = store.signed(chain, last, limit).await?;
        for signed in later.iter().filter(|signed| near(signed)) {
            if ours(store, chain, signed.head).await? {
                return Ok(Some(cover(*signed)));
            }
        }
        if later.len() < limit {
            break;
        }
    }
    // Nothing that is here reaches beyond: what was signed ahead of the facts may.
    if let Some(head) = store.head(chain).await? {
        let beyond = ahead::beyond(store, chain, head).await?.into_iter().filter(|(signed, _)| near(signed));
        if let Some((signed, beyond)) = beyond.min_by_key(|(signed, _)| signed.head.number) {
            return Ok(Some(Cover { beyond, ..cover(signed) }));
        }
    }
    let mut earlier = store.signed(chain, first, usize::MAX).await?;
    earlier.retain(|signed| signed.head.number < last);
    for signed in earlier.into_iter().rev() {
        if ours(store, chain, signed.head).await? {
            return Ok(Some(cover(signed)));
        }
    }
    Ok(None)
}

async fn ours<S: Store>(store: &S, chain: Chain, head: Head) -> Result<bool, StoreError> {
    Ok(store.head_at(chain, head.number).await? == Some(head))
}

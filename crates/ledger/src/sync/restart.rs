//! A new epoch: the hub was restored from a backup, and may have less than it acknowledged.

use super::message::ChainHead;
use super::plan::Step;
use crate::chain::{Chain, Head};
use crate::store::{Store, StoreError};
use perron_domain::name::Scope;
use perron_domain::order::gather;
use std::collections::BTreeMap;

/// Sets the outbox back to what the hub really has, and returns what else differs in these scopes.
///
/// A chain written here counts as acknowledged only where the hub's head is one of its own heads; otherwise it is
/// pushed again from the first fact, and the hub says what is the same and where it parts. Chains of other devices
/// that the hub lost come back as [`Step::Push`] as well: whoever holds them can give them back, with their signatures.
///
/// # Errors
/// [`StoreError`] when the store cannot be read or written.
pub async fn compare_again<S: Store>(
    store: &S,
    scopes: &[Scope],
    theirs: &[ChainHead],
) -> Result<Vec<Step>, StoreError> {
    let has: BTreeMap<Chain, Head> = gather(theirs.iter().map(|each| (each.chain, each.head)));
    let outbox = store.outbox().await?;
    for outgoing in outbox.iter().filter(|outgoing| scopes.contains(&outgoing.chain.scope)) {
        let there = has.get(&outgoing.chain).copied();
        let same = match there {
            Some(head) => store.head_at(outgoing.chain, head.number).await? == Some(head),
            None => false,
        };
        let number = there.filter(|_| same).map_or(0, |head| head.number);
        store.acknowledge(outgoing.chain, number).await?;
    }
    let mut ours = Vec::new();
    for scope in scopes {
        ours.extend(super::page::heads(store, *scope).await?);
    }
    let mine = |chain: &Chain| outbox.iter().any(|outgoing| outgoing.chain == *chain);
    let steps = super::plan::compare(&ours, theirs);
    Ok(steps.into_iter().filter(|step| !matches!(step, Step::Push(gap) if mine(&gap.chain))).collect())
}

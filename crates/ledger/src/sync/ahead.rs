//! Leaves of facts that were signed and have not come yet.
//!
//! A batch may end before its signature: the leaves of what follows lead there. They are kept until the facts come, so
//! that whoever pulls can be given what is here under that signature, also when its author never sends the rest.

use super::batch::Checked;
use crate::chain::{Chain, Head, SignedHead};
use crate::hash::Hash;
use crate::store::{Store, StoreError};
use minicbor::{Decode, Encode};

/// The leaves of a chain are kept under this name, the scope's number and the device's.
const AHEAD: &str = "ledger/ahead/";

/// The leaves from one fact on to a signed head.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
struct Ahead {
    /// The number of the fact that they follow.
    #[n(0)]
    last: u32,
    /// The leaves.
    #[n(1)]
    leaves: Vec<Hash>,
    /// Where they lead.
    #[n(2)]
    signed: SignedHead,
}

impl Ahead {
    /// Returns the leaves that follow `head`, when they lead from there to the signed head.
    fn after(&self, head: Head) -> Option<&[Hash]> {
        let known = head.number.checked_sub(self.last)?;
        let leaves = self.leaves.get(usize::try_from(known).ok()?..)?;
        (!leaves.is_empty() && head.after(leaves.iter().copied()) == self.signed.head).then_some(leaves)
    }
}

fn name(chain: Chain) -> String {
    format!("{AHEAD}{}/{}", chain.scope.0, chain.device.0)
}

async fn kept<S: Store>(store: &S, chain: Chain) -> Result<Vec<Ahead>, StoreError> {
    match store.named(&name(chain)).await? {
        Some(bytes) => minicbor::decode(&bytes).map_err(|error| StoreError::Damaged(error.to_string())),
        None => Ok(Vec::new()),
    }
}

/// Keeps the leaves of a batch that is about to be appended. What an earlier batch left is kept only while it still proves
/// the end of the chain: until the append is done, nothing else does.
///
/// # Errors
/// [`StoreError`] when they could not be kept; then nothing may be appended.
pub(crate) async fn keep<S: Store>(store: &S, batch: &Checked) -> Result<(), StoreError> {
    let head = store.head(batch.chain).await?;
    let (number, signed) = (head.map_or(0, |head| head.number), batch.signed);
    let joins = batch.after.number <= number && signed.head.number > number;
    if batch.ahead.is_empty() || !joins {
        return Ok(());
    }
    let new = Ahead { last: batch.last(), leaves: batch.ahead.clone(), signed };
    let mut all = kept(store, batch.chain).await?;
    all.retain(|one| *one != new && head.is_some_and(|head| one.after(head).is_some()));
    // Of several that prove the same end, one is enough.
    all.truncate(1);
    all.push(new);
    let bytes = minicbor::to_vec(&all).map_err(|error| StoreError::Failed(error.to_string()))?;
    store.set_named(&name(batch.chain), &bytes).await
}

/// Forgets the leaves of a chain once facts have come for all of them.
///
/// # Errors
/// [`StoreError`] when they could not be forgotten.
pub(crate) async fn forget<S: Store>(store: &S, chain: Chain, head: Head) -> Result<(), StoreError> {
    let all = kept(store, chain).await?;
    if !all.is_empty() && all.iter().all(|one| one.signed.head.number <= head.number) {
        store.delete_named(&name(chain)).await?;
    }
    Ok(())
}

/// Returns the signed heads that lie beyond the end of a chain, `head`, with the leaves that lead there from it.
///
/// # Errors
/// [`StoreError`] when they cannot be read.
pub(crate) async fn beyond<S: Store>(
    store: &S,
    chain: Chain,
    head: Head,
) -> Result<Vec<(SignedHead, Vec<Hash>)>, StoreError> {
    let all = kept(store, chain).await?;
    Ok(all.iter().filter_map(|one| Some((one.signed, one.after(head)?.to_vec()))).collect())
}

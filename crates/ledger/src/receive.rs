//! Receiving a batch, on the hub as on a tablet: check, place, hold back, recognise a fork, set aside.
//!
//! Everything that needs no store is checked first: the running hash, the signature, who may write where. Then one
//! append of the store decides. Only a fork or a false signature stops a chain; a fact that cannot be read or was not
//! allowed keeps its place in quarantine, and the facts after it go on.

use crate::append::{Append, Appended, NewFact, Origin, Quarantine};
use crate::chain::{Chain, Head};
use crate::envelope::{Envelope, EnvelopeError};
use crate::fork::{self, Continued};
use crate::forked::KIND_CHAIN_FORKED;
use crate::store::{Store, StoreError, Waiting};
use crate::sync::{Batch, BatchAnswer, Checked, Code, FactAnswer, ahead};
use crate::trust::Trust;
use perron_domain::name::DeviceId;
use perron_domain::order;
use perron_domain::time::Wall;

/// How many batches of one chain may wait behind a hole.
pub const MAX_WAITING: usize = 32;

/// What became of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Received {
    /// Everything is said in the answer.
    Answered(BatchAnswer),
    /// The chain exists with different content from this number on, and this branch is not known yet.
    ///
    /// The hub draws a new device number and calls [`fork::open`]; a tablet keeps what it has.
    Forked(Box<fork::Branch>),
}

/// Receives one batch at wall clock `now`.
///
/// # Errors
/// [`StoreError`] when the store failed; then nothing of the batch counts as received.
pub async fn receive<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    batch: Batch,
    now: Wall,
) -> Result<Received, StoreError> {
    let (chain, count) = (batch.chain(), batch.facts.len());
    let mut checked = match check(store, trust, batch).await? {
        Ok(checked) => checked,
        Err(code) => return Ok(Received::Answered(BatchAnswer::refused(chain, count, code))),
    };
    set_aside(trust, &mut checked);
    let mut answer = BatchAnswer { facts: Vec::new(), refusal: None, ..BatchAnswer::refused(chain, 0, Code::Hole) };
    match append(store, &checked, now).await? {
        Appended::Stored { head, first_new, .. } => {
            let head = join_waiting(store, trust, chain, head, now).await?;
            ahead::forget(store, chain, head).await?;
            answer.facts = fact_answers(&checked, first_new);
            answer.head = Some(head);
        }
        Appended::Identical { head } => {
            answer.facts = fact_answers(&checked, u32::MAX);
            answer.head = Some(head);
        }
        Appended::Hole { head } => {
            // A branch may have grown beyond the chain whose name it had.
            let checked = match fork::continue_known(store, trust, checked, None, now).await? {
                Continued::Kept(known) => return Ok(Received::Answered(*known)),
                Continued::Parts(branch) => return Ok(Received::Forked(Box::new(branch))),
                Continued::Unknown(checked) => checked,
            };
            answer.head = head;
            answer.missing = Some(head.map_or(1, |head| head.number.saturating_add(1)));
            if store.held(chain).await?.len() >= MAX_WAITING {
                answer.facts = vec![FactAnswer::Refused; count];
                answer.refusal = Some(Code::TooMuchWaiting);
            } else {
                answer.facts = vec![FactAnswer::Waiting; count];
                store.hold(waiting_of(checked)).await?;
            }
        }
        Appended::Different { at, head } => {
            match fork::continue_known(store, trust, checked, Some(at), now).await? {
                Continued::Kept(known) => return Ok(Received::Answered(*known)),
                Continued::Parts(branch) => return Ok(Received::Forked(Box::new(branch))),
                Continued::Unknown(_) => {}
            }
            // The branches part before this batch: only the facts before it can show where.
            answer.facts = vec![FactAnswer::Refused; count];
            answer.head = Some(head);
            answer.missing = Some(1);
            answer.refusal = Some(Code::Forked);
        }
    }
    Ok(Received::Answered(answer))
}

/// Checks everything that needs no transaction.
async fn check<S: Store, T: Trust>(store: &S, trust: &T, batch: Batch) -> Result<Result<Checked, Code>, StoreError> {
    let (chain, signer) = (batch.chain(), batch.signed.signer);
    let checked = match checked(trust, batch) {
        Ok(checked) => checked,
        Err(code) => return Ok(Err(code)),
    };
    if signer == chain.device {
        return Ok(Ok(checked));
    }
    let may = if checked.after.number == 0 {
        checked.facts.first().and_then(|fact| fact.bytes.as_deref()).is_some_and(opens_branch)
    } else {
        // Behind a hole nothing can be said yet; it is asked again when the batch joins.
        store.head(chain).await?.is_none() || opened_by_hub(store, chain).await?
    };
    Ok(if signer == DeviceId::HUB && may { Ok(checked) } else { Err(Code::FalseSignature) })
}

/// The hub signs for another device only where it opened the chain after a fork.
fn opens_branch(first: &[u8]) -> bool {
    Envelope::decode(first).is_ok_and(|fact| fact.kind == KIND_CHAIN_FORKED)
}

async fn opened_by_hub<S: Store>(store: &S, chain: Chain) -> Result<bool, StoreError> {
    let first = store.chain(chain, 1, 1).await?.pop().and_then(|record| record.bytes);
    Ok(first.is_some_and(|bytes| opens_branch(&bytes)))
}

fn checked<T: Trust>(trust: &T, batch: Batch) -> Result<Checked, Code> {
    let (chain, signer) = (batch.chain(), batch.signed.signer);
    let author = trust.key(chain.device)?;
    let signing = if signer == chain.device { author } else { trust.key(signer)? };
    let checked = batch.check()?;
    checked.verify(trust.relay(), &signing, &author)?;
    if trust.allows(chain) { Ok(checked) } else { Err(Code::ScopeNotAllowed) }
}

/// Marks what goes into quarantine. A fact of a later version is none of these: it is kept and forwarded.
fn set_aside<T: Trust>(trust: &T, checked: &mut Checked) {
    let mut number = checked.after.number;
    for fact in &mut checked.facts {
        number = number.saturating_add(1);
        let Some(bytes) = &fact.bytes else { continue };
        fact.quarantine = match Envelope::decode(bytes) {
            Ok(envelope) => trust.quarantine(checked.chain.at(number), &envelope),
            Err(EnvelopeError::OtherVersion { .. }) => None,
            Err(EnvelopeError::TooLarge(_)) => Some(Quarantine::TooLarge),
            Err(_) => Some(Quarantine::Unreadable),
        };
        if fact.quarantine == Some(Quarantine::TooLarge) {
            fact.bytes = None;
        }
    }
}

/// Appends a batch. The leaves between its facts and its signature are kept first: without them the facts could not be
/// given on.
async fn append<S: Store>(store: &S, checked: &Checked, now: Wall) -> Result<Appended, StoreError> {
    ahead::keep(store, checked).await?;
    let append = Append {
        chain: checked.chain,
        after: checked.after,
        facts: checked.facts.clone(),
        signed: Some(checked.signed),
        origin: Origin::Elsewhere,
        received: now,
    };
    store.append(append).await
}

fn waiting_of(checked: Checked) -> Waiting {
    let facts = checked.facts.into_iter().map(|fact| (fact.leaf, fact.bytes)).collect();
    let from = checked.after.number.saturating_add(1);
    Waiting { chain: checked.chain, from, facts, ahead: checked.ahead, signed: checked.signed }
}

fn fact_answers(checked: &Checked, first_new: u32) -> Vec<FactAnswer> {
    let numbers = checked.after.number.saturating_add(1)..;
    let answer = |(number, fact): (u32, &NewFact)| match (number < first_new, fact.quarantine) {
        (true, _) => FactAnswer::Identical,
        (false, Some(_)) => FactAnswer::Quarantined,
        (false, None) => FactAnswer::Stored,
    };
    numbers.zip(&checked.facts).map(answer).collect()
}

/// Joins the batches that waited for the facts just stored, and returns the chain's head then.
async fn join_waiting<S: Store, T: Trust>(
    store: &S,
    trust: &T,
    chain: Chain,
    mut head: Head,
    now: Wall,
) -> Result<Head, StoreError> {
    let mut held = store.held(chain).await?;
    order::sort_by_key(&mut held, |waiting| waiting.from);
    for waiting in held {
        if waiting.from > head.number.saturating_add(1) {
            continue;
        }
        let (from, signed) = (waiting.from, waiting.signed);
        if let Some(after) = store.head_at(chain, from.saturating_sub(1)).await? {
            let facts =
                waiting.facts.into_iter().map(|(leaf, bytes)| NewFact { leaf, bytes, quarantine: None }).collect();
            let mut checked = Checked { chain, after, facts, ahead: waiting.ahead, signed };
            let leaves = checked.facts.iter().map(|fact| fact.leaf).chain(checked.ahead.iter().copied());
            // What waited for another branch is dropped: its sender was never told that it is stored.
            let fits = after.after(leaves) == signed.head;
            if fits && (signed.signer == chain.device || opened_by_hub(store, chain).await?) {
                set_aside(trust, &mut checked);
                if let Appended::Stored { head: reached, .. } = append(store, &checked, now).await? {
                    head = reached;
                }
            }
        }
        store.drop_held(chain, from, signed.head.hash).await?;
    }
    Ok(head)
}

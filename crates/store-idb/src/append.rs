//! Appending inside a transaction: read the chain, judge, write. Everything read is read before anything is written.

use crate::key;
use crate::layout::{ARRIVAL, CHAINS, COUNTERS, FACTS, HELD, SIGNED};
use crate::record::{KeptChain, KeptFact, KeptOutgoing, decode, encode};
use crate::work::Work;
use perron_ledger::append::{Known, Verdict, judge};
use perron_ledger::{Append, Appended, Chain, Hash, Head, Origin, StoreError};
use std::collections::BTreeMap;
use wasm_bindgen::JsValue;

/// The object stores that an append may touch.
pub const TOUCHED: &[&str] = &[FACTS, CHAINS, SIGNED, COUNTERS];
/// The object stores that moving a branch may touch.
pub const TOUCHED_BY_REHOME: &[&str] = &[FACTS, CHAINS, SIGNED, COUNTERS, HELD];

pub async fn read_chain(work: &Work<'_>, chain: Chain) -> Result<Option<KeptChain>, StoreError> {
    work.get(CHAINS, key::chain(chain)).await?.map(|kept| decode(&kept)).transpose()
}

pub fn write_chain(work: &Work<'_>, kept: &KeptChain) -> Result<(), StoreError> {
    work.put(CHAINS, key::chain(kept.chain), &encode(kept)?)
}

pub async fn last_arrival(work: &Work<'_>) -> Result<u64, StoreError> {
    work.get(COUNTERS, JsValue::from_str(ARRIVAL)).await?.map_or(Ok(0), |kept| decode(&kept))
}

/// Reads what a chain already has of the numbers that `append` gives.
async fn overlap(
    work: &Work<'_>,
    append: &Append,
    kept: Option<&KeptChain>,
) -> Result<BTreeMap<u32, Known>, StoreError> {
    let mut known = BTreeMap::new();
    let Some(kept) = kept else { return Ok(known) };
    known.insert(0, Known { leaf: kept.start, head: kept.start });
    let given = u32::try_from(append.facts.len()).unwrap_or(u32::MAX);
    let from = append.after.number.max(1);
    let to = kept.head.number.min(append.after.number.saturating_add(given));
    // The usual append joins the head: nothing overlaps and nothing is read.
    if append.after.number < kept.head.number && from <= to {
        for bytes in work.all(FACTS, key::facts(append.chain, from, to)).await? {
            let fact: KeptFact = decode(&bytes)?;
            known.insert(fact.number, fact.known());
        }
    }
    Ok(known)
}

/// Judges an append, whose bytes are sealed already, and writes what may be written.
pub async fn append(work: &Work<'_>, append: Append) -> Result<Appended, StoreError> {
    let mut kept = read_chain(work, append.chain).await?;
    let known = overlap(work, &append, kept.as_ref()).await?;
    let verdict = judge(&append, kept.map(|kept| kept.head), |number| known.get(&number).copied());
    let Append { chain, after, facts, signed, origin, received } = append;
    let answer = match verdict {
        Verdict::Answer(answer) => answer,
        Verdict::Write { skip, head } => {
            let last = last_arrival(work).await?;
            let (mut arrival, mut reached) = (last, head);
            for fact in facts.into_iter().skip(skip) {
                arrival += 1;
                reached = reached.then(fact.leaf);
                let fact = KeptFact {
                    chain,
                    number: reached.number,
                    arrival,
                    received,
                    leaf: fact.leaf,
                    head: reached.hash,
                    quarantine: fact.quarantine,
                    bytes: fact.bytes.map(Into::into),
                };
                work.put(FACTS, key::fact(chain.at(reached.number)), &encode(&fact)?)?;
            }
            work.put(COUNTERS, JsValue::from_str(ARRIVAL), &encode(&arrival)?)?;
            let of_chain = kept.get_or_insert(KeptChain { chain, start: after.hash, head: after, outgoing: None });
            of_chain.head = reached;
            Appended::Stored { head: reached, first_new: head.number + 1, first_arrival: last + 1 }
        }
    };
    if !matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
        return Ok(answer);
    }
    if let Some(signed) = signed {
        work.put(SIGNED, key::signed(&signed), &encode(&signed)?)?;
    }
    if let Some(mut kept) = kept {
        if origin == Origin::Here && kept.outgoing.is_none() {
            kept.outgoing = Some(KeptOutgoing::default());
        }
        write_chain(work, &kept)?;
    }
    Ok(answer)
}

/// Appends `new`, whose bytes are sealed already, and takes the end of `old` away from number `at` on.
pub async fn rehome(work: &Work<'_>, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError> {
    let first = at.max(1);
    let kept = read_chain(work, old).await?;
    let mut moved: Vec<Hash> = Vec::new();
    for bytes in work.all(FACTS, key::of_chain_from(old, first)).await? {
        moved.push(decode::<KeptFact>(&bytes)?.leaf);
    }
    let before: Option<KeptFact> = match first - 1 {
        0 => None,
        number => work.get(FACTS, key::fact(old.at(number))).await?.map(|bytes| decode(&bytes)).transpose()?,
    };
    let given = new.facts.iter().skip(1).map(|fact| fact.leaf);
    if moved.len() >= new.facts.len().max(1) || !moved.iter().copied().eq(given.take(moved.len())) {
        return Ok(Appended::Different { at, head: kept.map_or(new.after, |kept| kept.head) });
    }
    let answer = append(work, new).await?;
    if !matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
        return Ok(answer);
    }
    work.delete(FACTS, key::of_chain_from(old, first))?;
    work.delete(SIGNED, key::of_chain_from(old, first))?;
    work.delete(HELD, key::of_chain(old))?;
    if let Some(mut kept) = kept {
        if kept.head.number >= first {
            kept.head = before
                .map_or(Head { number: 0, hash: kept.start }, |fact| Head { number: fact.number, hash: fact.head });
        }
        kept.outgoing = None;
        if kept.head.number == 0 {
            work.delete(CHAINS, indexed_db_futures::KeyRange::Only(key::chain(old)))?;
        } else {
            write_chain(work, &kept)?;
        }
    }
    Ok(answer)
}

//! The whole content as operations, and back: what a second copy is filled from and gives back.

use crate::append::{self, TOUCHED};
use crate::key;
use crate::layout::{ARRIVAL, CHAINS, COUNTERS, CURSORS, FACTS, FORKS, HELD, NAMED, SIGNED};
use crate::record::{KeptChain, KeptFact, KeptOutgoing, KeptWaiting, decode, encode};
use crate::store::IdbStore;
use crate::work::Work;
use perron_domain::name::Scope;
use perron_ledger::operated::Copied;
use perron_ledger::operation::Operation;
use perron_ledger::store::{Fork, Store};
use perron_ledger::{Append, Appended, Chain, Head, NewFact, Origin, Seal, SignedHead, StoreError};
use std::collections::BTreeMap;
use wasm_bindgen::JsValue;

const EVERYTHING: &[&str] = &[FACTS, CHAINS, SIGNED, HELD, FORKS, CURSORS, NAMED, COUNTERS];

impl<S: Seal> Copied for IdbStore<S> {
    async fn export(&self) -> Result<Vec<Operation>, StoreError> {
        let chains = self.read_whole(CHAINS).await?;
        let chains: Vec<KeptChain> = chains.iter().map(|kept| decode(kept)).collect::<Result<_, _>>()?;
        let of: BTreeMap<Chain, KeptChain> = chains.into_iter().map(|kept| (kept.chain, kept)).collect();
        let facts = self.read_whole(FACTS).await?;
        let mut appends = Vec::with_capacity(facts.len());
        // By chain and number: each fact follows the one before.
        let mut after: Option<(Chain, Head)> = None;
        for kept in &facts {
            let fact: KeptFact = decode(kept)?;
            let Some(chain) = of.get(&fact.chain) else { continue };
            let start = Head { number: 0, hash: chain.start };
            let before = after.filter(|(of, _)| *of == fact.chain).map_or(start, |(_, head)| head);
            after = Some((fact.chain, Head { number: fact.number, hash: fact.head }));
            let origin = if chain.outgoing.is_some() { Origin::Here } else { Origin::Elsewhere };
            let (arrival, received) = (fact.arrival, fact.received);
            let record = self.opened(fact)?;
            let facts = vec![NewFact { leaf: record.leaf, bytes: record.bytes, quarantine: record.quarantine }];
            let append = Append { chain: record.place.chain, after: before, facts, signed: None, origin, received };
            appends.push((arrival, append));
        }
        perron_domain::order::sort_by_key(&mut appends, |(arrival, _)| *arrival);
        let mut parts: Vec<Operation> = Vec::with_capacity(appends.len());
        parts.extend(appends.into_iter().map(|(arrival, append)| Operation::Append { append, arrival: Some(arrival) }));
        parts.push(Operation::ArrivalsTo(self.last_arrival().await?));
        for kept in self.read_whole(SIGNED).await? {
            parts.push(Operation::KeepSigned(decode(&kept)?));
        }
        for outgoing in of.values().filter_map(KeptChain::outgoing) {
            parts.push(Operation::Acknowledge(outgoing.chain, outgoing.acknowledged));
            parts.extend(outgoing.stuck.map(|stuck| Operation::SetStuck(outgoing.chain, Some(stuck))));
        }
        for kept in self.read_whole(HELD).await? {
            let kept: KeptWaiting = decode(&kept)?;
            let chain = kept.signed.chain;
            parts.push(Operation::Hold(self.each_waiting(kept.waiting(chain), false)?));
        }
        for kept in self.read_whole(FORKS).await? {
            parts.push(Operation::KeepFork(decode(&kept)?));
        }
        for scope in Work::read(&self.db, &[CURSORS])?.numbers(CURSORS).await? {
            let scope = Scope(scope);
            if let Some(cursor) = self.cursor(scope).await? {
                parts.push(Operation::SetCursor(scope, cursor));
            }
        }
        for name in self.names("").await? {
            if let Some(value) = self.named(&name).await? {
                parts.push(Operation::SetNamed(name, value));
            }
        }
        Ok(parts)
    }

    /// Steps that follow each other are one transaction: a second copy that lags is soon there again.
    async fn follow(&self, changes: Vec<Operation>) -> Result<bool, StoreError> {
        let mut changes = changes.into_iter().peekable();
        while let Some(change) = changes.next() {
            let Operation::Append { append, .. } = change else {
                if change.carry_out(self).await?.refuses() {
                    return Ok(false);
                }
                continue;
            };
            let work = self.write(TOUCHED)?;
            let mut next = Some(append);
            while let Some(one) = next {
                let answer = append::append(&work, self.sealed(one)?).await?;
                if !matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
                    return Ok(false);
                }
                next = match changes.next_if(|change| matches!(change, Operation::Append { .. })) {
                    Some(Operation::Append { append, .. }) => Some(append),
                    _ => None,
                };
            }
            work.done().await?;
        }
        Ok(true)
    }

    async fn replace(&self, parts: Vec<Operation>) -> Result<(), StoreError> {
        // Sealed before the transaction begins, where a failure costs nothing.
        let sealed = parts.into_iter().map(|part| part.sealed(&self.seal)).collect::<Result<Vec<_>, _>>()?;
        let work = self.write(EVERYTHING)?;
        for store in EVERYTHING {
            work.delete(store, key::all())?;
        }
        let mut chains: BTreeMap<Chain, KeptChain> = BTreeMap::new();
        let mut arrivals = 0_u64;
        for part in sealed {
            match part {
                Operation::Append { append, arrival } => {
                    let Append { chain, after, facts, origin, received, .. } = append;
                    let start = KeptChain { chain, start: after.hash, head: after, outgoing: None };
                    let kept = chains.entry(chain).or_insert(start);
                    if origin == Origin::Here {
                        kept.outgoing.get_or_insert_with(KeptOutgoing::default);
                    }
                    for (arrival, fact) in (arrival.unwrap_or(arrivals + 1)..).zip(facts) {
                        kept.head = kept.head.then(fact.leaf);
                        let fact = KeptFact {
                            chain,
                            number: kept.head.number,
                            arrival,
                            received,
                            leaf: fact.leaf,
                            head: kept.head.hash,
                            quarantine: fact.quarantine,
                            bytes: fact.bytes.map(Into::into),
                        };
                        work.put(FACTS, key::fact(chain.at(fact.number)), &encode(&fact)?)?;
                        arrivals = arrivals.max(arrival);
                    }
                }
                Operation::ArrivalsTo(arrival) => arrivals = arrivals.max(arrival),
                Operation::KeepSigned(signed) => put_signed(&work, &signed)?,
                Operation::Acknowledge(chain, number) => {
                    if let Some(own) = chains.get_mut(&chain).and_then(|kept| kept.outgoing.as_mut()) {
                        own.acknowledged = number;
                    }
                }
                Operation::SetStuck(chain, stuck) => {
                    if let Some(own) = chains.get_mut(&chain).and_then(|kept| kept.outgoing.as_mut()) {
                        own.stuck = stuck;
                    }
                }
                Operation::Hold(waiting) => {
                    let at = key::held(waiting.chain, waiting.from, waiting.signed.head.hash);
                    work.put(HELD, at, &encode(&KeptWaiting::from(waiting))?)?;
                }
                Operation::KeepFork(fork) => put_fork(&work, &fork)?,
                Operation::SetCursor(scope, cursor) => put_cursor(&work, scope, &encode(&cursor)?)?,
                Operation::SetNamed(name, value) => work.put(NAMED, JsValue::from_str(&name), &value)?,
                other => return Err(StoreError::Failed(format!("no export has {other:?}"))),
            }
        }
        for kept in chains.values() {
            work.put(CHAINS, key::chain(kept.chain), &encode(kept)?)?;
        }
        work.put(COUNTERS, JsValue::from_str(ARRIVAL), &encode(&arrivals)?)?;
        work.done().await
    }
}

fn put_signed(work: &Work<'_>, signed: &SignedHead) -> Result<(), StoreError> {
    work.put(SIGNED, key::signed(signed), &encode(signed)?)
}

fn put_fork(work: &Work<'_>, fork: &Fork) -> Result<(), StoreError> {
    work.put(FORKS, key::fork(fork), &encode(fork)?)
}

fn put_cursor(work: &Work<'_>, scope: Scope, cursor: &[u8]) -> Result<(), StoreError> {
    work.put(CURSORS, key::scope(scope), cursor)
}

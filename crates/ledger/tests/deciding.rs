//! What the relay decides about a fact is carried out whether the fact is there already or comes later.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_domain::fact::{AccountNo, Body, Erasure, Fact, QuarantineDecided};
use perron_domain::name::{DeviceId, FactName, FactRef, Scope};
use perron_domain::time::Hlc;
use perron_ledger::rights::carry_out;
use perron_ledger::{Append, MemoryStore, NewFact, Origin, Quarantine, Store};
use support::{NOW, wrote};

const ROUND: Scope = Scope::round(1);
const ONE: FactName = FactName::new(DeviceId(3), 1);

fn decided(body: impl Into<Body>, by: DeviceId) -> Fact {
    Fact { name: FactName::new(by, 1), hlc: Hlc::default(), wall: NOW, author: AccountNo(1), body: body.into() }
}

fn accept(reference: FactRef) -> QuarantineDecided {
    QuarantineDecided { fact: reference, accept: true, reason: None }
}

/// A tablet's two facts arrive, the first of them set aside.
fn arrive(store: &MemoryStore, aside: Option<Quarantine>) {
    let stretch = wrote(3, 0..2).stretch(1, 2);
    let mut facts = stretch.facts.clone();
    facts[0] = NewFact { quarantine: aside, ..facts[0].clone() };
    let chain = perron_ledger::Chain::new(ROUND, DeviceId(3));
    let append = Append { chain, after: stretch.after, facts, signed: None, origin: Origin::Elsewhere, received: NOW };
    let _ = block_on(store.append(append)).unwrap();
}

fn first(store: &MemoryStore) -> perron_ledger::Record {
    let chain = perron_ledger::Chain::new(ROUND, DeviceId(3));
    block_on(store.chain(chain, 1, 1)).unwrap().remove(0)
}

fn carry(store: &MemoryStore, facts: &[Fact]) -> bool {
    block_on(carry_out(store, ROUND, facts)).unwrap()
}

#[test]
fn an_erasure_takes_the_bytes_and_leaves_the_leaf() {
    let store = MemoryStore::new();
    arrive(&store, None);
    let before = first(&store);
    let erasure = decided(Erasure::of(vec![FactRef::Of(ONE)]), DeviceId::HUB);
    assert!(carry(&store, std::slice::from_ref(&erasure)));
    let after = first(&store);
    assert_eq!((after.bytes, after.leaf, after.head), (None, before.leaf, before.head));
    assert!(!carry(&store, &[erasure]), "twice changes nothing");
}

#[test]
fn an_erasure_that_comes_first_waits_for_the_fact() {
    let store = MemoryStore::new();
    assert!(!carry(&store, &[decided(Erasure::of(vec![FactRef::Of(ONE)]), DeviceId::HUB)]));
    arrive(&store, None);
    assert!(first(&store).bytes.is_some());
    assert!(carry(&store, &[]), "the next arrival carries it out");
    assert!(first(&store).bytes.is_none());
    assert!(block_on(store.names("")).unwrap().is_empty(), "nothing is owed any more");
}

#[test]
fn an_acceptance_that_comes_first_waits_for_the_fact() {
    let store = MemoryStore::new();
    assert!(!carry(&store, &[decided(accept(FactRef::Of(ONE)), DeviceId(DeviceId::HUB_AGAIN.0 + 7))]));
    arrive(&store, Some(Quarantine::NotAllowed));
    assert!(carry(&store, &[]));
    assert_eq!(first(&store).quarantine, None);
}

#[test]
fn what_nobody_can_read_stays_aside_whatever_was_decided() {
    let store = MemoryStore::new();
    arrive(&store, Some(Quarantine::Unreadable));
    assert!(!carry(&store, &[decided(accept(FactRef::Of(ONE)), DeviceId::HUB)]));
    assert_eq!(first(&store).quarantine, Some(Quarantine::Unreadable));
}

#[test]
fn only_the_hub_decides() {
    let store = MemoryStore::new();
    arrive(&store, None);
    assert!(!carry(&store, &[decided(Erasure::of(vec![FactRef::Of(ONE)]), DeviceId(4))]));
    assert!(first(&store).bytes.is_some());
}

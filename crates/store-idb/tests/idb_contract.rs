//! The store's contract, run on a real IndexedDB in a headless browser.
//!
//! `cargo test -p perron-store-idb --target wasm32-unknown-unknown`, with `wasm-bindgen-test-runner` as runner and
//! `CHROMEDRIVER` set. `webdriver.json` beside the manifest starts the browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails must stop the test")]

use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::contract::{Bound, Factory, Writer};
use perron_ledger::operated::Copied;
use perron_ledger::operation::Operation;
use perron_ledger::store::{Cursor, Epoch, Waiting};
use perron_ledger::{Append, Appended, Chain, Clear, Hash, Head, MemoryStore, NewFact, Origin, Store, StoreError};
use perron_store_idb::IdbStore;
use std::cell::Cell;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// A name of a database that no other test and no earlier run has used.
fn fresh_name() -> String {
    let count = COUNT.with(|count| {
        count.set(count.get() + 1);
        count.get()
    });
    format!("contract-{}-{count}", js_sys::Date::now())
}

/// Opens stores in databases of their own; reopening really closes and opens the database.
struct Databases;

impl Factory for Databases {
    type Store = IdbStore<Bound>;

    async fn fresh(&self) -> Self::Store {
        IdbStore::open(&fresh_name(), Bound).await.unwrap()
    }

    async fn reopen(&self, store: Self::Store) -> Self::Store {
        let name = store.name();
        drop(store);
        IdbStore::open(&name, Bound).await.unwrap()
    }
}

mod contract {
    use super::*;
    perron_ledger::store_contract!(
        #[wasm_bindgen_test]
        Databases
    );
}

fn chain() -> Chain {
    Chain::new(Scope::round(1), DeviceId(7))
}

fn save(after: Head, bytes: &[u8]) -> Append {
    Append {
        chain: chain(),
        after,
        facts: vec![NewFact::new(bytes.to_vec())],
        signed: None,
        origin: Origin::Here,
        received: Wall(1_639_670_400_000),
    }
}

const START: Head = Head { number: 0, hash: Hash([7; 32]) };

#[wasm_bindgen_test]
async fn bytes_lie_sealed_in_the_database() {
    let name = fresh_name();
    let sealed = IdbStore::open(&name, Bound).await.unwrap();
    let _ = sealed.append(save(START, b"Camille Arnaud")).await.unwrap();
    drop(sealed);
    let raw = IdbStore::open(&name, Clear).await.unwrap();
    let found = raw.chain(chain(), 1, 1).await.unwrap();
    assert_ne!(found[0].bytes.as_deref(), Some(b"Camille Arnaud".as_slice()));
}

#[wasm_bindgen_test]
async fn a_database_is_filled_from_what_another_store_exported_and_gives_it_back() {
    let memory = MemoryStore::sealed_by(Bound);
    let writer = Writer::new(3);
    for round in 1..=2 {
        let mut pen = writer.pen(Scope::round(round));
        pen.write_all(0..5);
        let _ = memory.append(pen.own()).await.unwrap();
        memory.keep_signed(pen.signed_at(4)).await.unwrap();
        memory.acknowledge(pen.chain, 3).await.unwrap();
        memory.erase(pen.chain.at(2)).await.unwrap();
        let mut other = Writer::new(4).pen(Scope::round(round));
        other.write_all(0..6);
        let waits = other.stretch(3, 6);
        let facts = waits.facts.into_iter().map(|fact| (fact.leaf, fact.bytes)).collect();
        let signed = other.signed_at(6);
        memory.hold(Waiting { chain: other.chain, from: 3, facts, ahead: Vec::new(), signed }).await.unwrap();
        // Also of a scope that has no fact.
        let cursor = Cursor { epoch: Epoch(1), arrival: u64::from(round) };
        memory.set_cursor(Scope::round(round + 7), cursor).await.unwrap();
    }
    memory.set_named("draft", b"half").await.unwrap();
    memory.forget(Scope::round(2)).await.unwrap();
    let exported = memory.export().await.unwrap();
    let filled = IdbStore::open(&fresh_name(), Bound).await.unwrap();
    let _ = filled.append(save(START, b"of another life")).await.unwrap();
    filled.set_named("old", b"gone").await.unwrap();
    filled.replace(exported.clone()).await.unwrap();
    assert_eq!(filled.export().await.unwrap(), exported);
}

#[wasm_bindgen_test]
async fn steps_given_together_are_the_same_as_one_by_one_and_none_stays_where_one_does_not_join() {
    let (mut after, mut steps) = (START, Vec::new());
    for number in 0..6_u8 {
        let append = save(after, &[number]);
        after = after.then(append.facts[0].leaf);
        steps.push(Operation::Append { append, arrival: None });
        if number == 2 {
            steps.push(Operation::SetNamed("draft".to_owned(), b"half".to_vec()));
        }
    }
    let together = IdbStore::open(&fresh_name(), Bound).await.unwrap();
    let apart = IdbStore::open(&fresh_name(), Bound).await.unwrap();
    assert!(together.follow(steps.clone()).await.unwrap());
    for step in steps.clone() {
        assert!(!step.carry_out(&apart).await.unwrap().refuses());
    }
    assert_eq!(together.export().await.unwrap(), apart.export().await.unwrap());
    assert!(together.follow(steps).await.unwrap(), "done again, they are the same");
    let next = Operation::Append { append: save(after, b"joins"), arrival: None };
    let hole = Operation::Append { append: save(Head { number: 9, ..after }, b"behind a hole"), arrival: None };
    assert!(!together.follow(vec![next, hole]).await.unwrap());
    assert_eq!(together.export().await.unwrap(), apart.export().await.unwrap(), "the transaction was undone");
}

#[wasm_bindgen_test]
async fn two_tabs_that_follow_the_same_head_do_not_both_write() {
    let name = fresh_name();
    let (one, two) = (IdbStore::open(&name, Clear).await.unwrap(), IdbStore::open(&name, Clear).await.unwrap());
    assert!(matches!(one.append(save(START, b"from one tab")).await, Ok(Appended::Stored { .. })));
    assert!(matches!(two.append(save(START, b"from the other")).await, Ok(Appended::Different { at: 1, .. })));
}

#[wasm_bindgen_test]
async fn a_closed_store_says_so_and_is_no_panic() {
    let name = fresh_name();
    let store = IdbStore::open(&name, Clear).await.unwrap();
    let other = IdbStore::open(&name, Clear).await.unwrap();
    store.close();
    assert_eq!(store.append(save(START, b"late")).await, Err(StoreError::Closed));
    assert_eq!(store.named("identity").await, Err(StoreError::Closed));
    assert_eq!(other.head(chain()).await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let name = fresh_name();
    drop(IdbStore::open(&name, Clear).await.unwrap());
    let newer = indexed_db_futures::database::Database::open(name.as_str()).with_version(1_000_u32);
    newer.await.unwrap().close();
    assert!(matches!(IdbStore::open(&name, Clear).await, Err(StoreError::TooNew)));
}

#[wasm_bindgen_test]
async fn an_open_store_steps_aside_for_a_newer_program() {
    let name = fresh_name();
    let old = IdbStore::open(&name, Clear).await.unwrap();
    let newer = indexed_db_futures::database::Database::open(name.as_str()).with_version(1_000_u32);
    newer.await.unwrap().close();
    assert_eq!(old.named("identity").await, Err(StoreError::Closed));
}

//! The store's contract, run on a real IndexedDB in a headless browser.
//!
//! `cargo test -p perron-store-idb --target wasm32-unknown-unknown`, with `wasm-bindgen-test-runner` as runner and
//! `CHROMEDRIVER` set. `webdriver.json` beside the manifest starts the browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails must stop the test")]

use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::contract::Factory;
use perron_ledger::seal::{SealError, Slot};
use perron_ledger::{Append, Appended, Chain, Clear, Hash, Head, NewFact, Origin, Seal, Store, StoreError};
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

/// A seal that binds bytes to their slot: it shows that the store passes every byte through it, and at the right place.
#[derive(Clone, Copy, Default)]
struct Bound;

impl Bound {
    fn mask(slot: Slot<'_>, bytes: &[u8]) -> Vec<u8> {
        let address = slot.address();
        bytes.iter().zip(address.iter().cycle()).map(|(byte, mask)| byte ^ mask ^ 0x5a).collect()
    }
}

impl Seal for Bound {
    fn seal(&self, slot: Slot<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut sealed = Hash::of("test", &[&slot.address()]).0[..4].to_vec();
        sealed.extend(Self::mask(slot, plain));
        Ok(sealed)
    }

    fn open(&self, slot: Slot<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let tag = Hash::of("test", &[&slot.address()]);
        let body = sealed.strip_prefix(&tag.0[..4]).ok_or(SealError::DoesNotOpen)?;
        Ok(Self::mask(slot, body))
    }
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

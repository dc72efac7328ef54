//! What the contract suite cannot say of a store in general: that facts outlive the program, and writers do not mix.

use super::SqliteStore;
use ed25519_dalek::SigningKey;
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::time::Wall;
use perron_ledger::{Append, Appended, Chain, Head, NewFact, Origin, Store};

const RELAY: RelayId = RelayId([7; 16]);

fn start(chain: Chain) -> Head {
    Head::start(RELAY, chain, &SigningKey::from_bytes(&[3; 32]).verifying_key())
}

fn facts(chain: Chain, count: u8) -> Append {
    let facts = (0..count).map(|number| NewFact::new(vec![number; 60])).collect();
    Append { chain, after: start(chain), facts, signed: None, origin: Origin::Elsewhere, received: Wall(5) }
}

#[tokio::test]
async fn facts_are_there_after_a_restart_of_the_hub() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("perron.sqlite3");
    let chain = Chain::new(Scope::round(1), DeviceId(2));
    let store = SqliteStore::open(&file).await.unwrap();
    let Appended::Stored { head, .. } = store.append(facts(chain, 5)).await.unwrap() else { panic!("not stored") };
    store.close().await;
    let store = SqliteStore::open(&file).await.unwrap();
    assert_eq!(store.head(chain).await.unwrap(), Some(head));
    assert_eq!(store.arrivals(chain.scope, 0, 10).await.unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn arrival_numbers_have_no_gap_when_many_devices_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("perron.sqlite3")).await.unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for device in 2..10 {
        let store = store.clone();
        writers.spawn(async move {
            let chain = Chain::new(Scope::round(1), DeviceId(device));
            store.append(facts(chain, 25)).await.unwrap()
        });
    }
    while let Some(done) = writers.join_next().await {
        assert!(matches!(done.unwrap(), Appended::Stored { .. }));
    }
    let arrivals: Vec<u64> =
        store.arrivals(Scope::round(1), 0, usize::MAX).await.unwrap().iter().map(|record| record.arrival).collect();
    assert_eq!(arrivals, (1..=200).collect::<Vec<u64>>());
    assert_eq!(store.last_arrival().await.unwrap(), 200);
}

//! The replica over a real IndexedDB, real locks and a real network stack, as a tablet has them.
//!
//! `cargo test -p perron --test replica --target wasm32-unknown-unknown`, with `wasm-bindgen-test-runner` as runner.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ed25519_dalek::SigningKey;
use leptos::prelude::*;
use perron::browser::locks::{Ask, LockError, ask};
use perron::browser::network::{CBOR, Call, NetworkError, exchange};
use perron::browser::{clock, store, timers};
use perron::state::identity::Identity;
use perron::state::{Failure, Phase, Replica, Writer, provide_replica};
use perron_domain::command::Command;
use perron_domain::fact::{AccountNo, Body, Fact, RoundAssigned};
use perron_domain::name::{DeviceId, FactName, RelayId, Scope};
use perron_domain::time::{Hlc, Wall};
use perron_ledger::identity::DeviceKey;
use perron_ledger::store::Epoch;
use perron_ledger::sync::EnrolAnswer;
use perron_ledger::{Append, Chain, Head, NewFact, Origin, Store, written};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Waits until something is so, five seconds at most.
async fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..500 {
        if so() {
            return;
        }
        timers::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

fn identity() -> Identity {
    let (relay, relay_key) = (RelayId([7; 16]), SigningKey::from_bytes(&[1; 32]));
    let (key, hub_key) = (SigningKey::from_bytes(&[3; 32]), SigningKey::from_bytes(&[2; 32]));
    let answer = EnrolAnswer {
        relay: relay.0,
        relay_key: relay_key.verifying_key().to_bytes(),
        device: DeviceKey::bind(relay, DeviceId(3), &key.verifying_key(), &relay_key),
        hub: DeviceKey::bind(relay, DeviceId::HUB, &hub_key.verifying_key(), &relay_key),
        epoch: Epoch(1),
    };
    Identity::of_answer(&answer, key, "Tablette 1".to_owned()).unwrap()
}

/// Leaves in the browser's database what an enrolled tablet with one round has.
async fn enrolled() {
    let store = store::open(true).await.unwrap().store;
    identity().keep(&store).await.unwrap();
    let on = "2021-12-16".parse().unwrap();
    let body: Body =
        RoundAssigned { round: 1, on, label: "Bondy nord".into(), devices: vec![DeviceId(3)], cancelled: None }.into();
    let name = FactName::new(DeviceId::HUB, 1);
    let fact = Fact { name, hlc: Hlc::default(), wall: Wall(0), author: AccountNo(1), body };
    let chain = Chain::new(Scope::COMMON, DeviceId::HUB);
    let after = Head { number: 0, hash: perron_ledger::chain::leaf(b"start") };
    let facts = vec![NewFact::new(written::write(&fact, [0; 16]).unwrap())];
    let append = Append { chain, after, facts, signed: None, origin: Origin::Elsewhere, received: Wall(0) };
    let _ = store.append(append).await.unwrap();
}

/// Opens the app's state as a tab does.
async fn tab(owner: &Owner) -> Replica {
    let replica = owner.with(provide_replica);
    until("the store is open", || replica.phase().get_untracked() == Phase::Ready).await;
    until("the right to write is asked for", || replica.writer().get_untracked() != Writer::Asking).await;
    replica
}

fn say(text: &str) -> Command {
    Command::ReportDifficulty(text.to_owned())
}

#[wasm_bindgen_test]
async fn a_day_on_a_tablet_with_two_tabs() {
    // Mounting starts what runs effects and futures.
    leptos::mount::mount_to_body(|| ());
    enrolled().await;
    // Tabs of an app live as long as their page; what they do in the background outlives this test.
    let (first, second): (&Owner, &Owner) = (Box::leak(Box::default()), Box::leak(Box::default()));
    let one = tab(first).await;
    assert_eq!(one.writer().get_untracked(), Writer::Here);
    assert_eq!(one.round_number().get_untracked(), Some(1));

    // A saved step is durable before the answer.
    let saved = one.dispatch(say("ascenseur en panne")).await.unwrap().first().unwrap();
    let raw = store::open(true).await.unwrap().store;
    let chain = Chain::new(Scope::round(1), DeviceId(3));
    assert_eq!(raw.head(chain).await.unwrap().unwrap().number, saved.number);

    let mut taken: Vec<f64> = Vec::new();
    for number in 0..50 {
        let before = clock::read().monotonic;
        one.dispatch(say(&format!("pas {number}"))).await.unwrap();
        taken.push(clock::read().monotonic - before);
    }
    taken.sort_by(f64::total_cmp);
    console_log!("a saved step: median {:.2} ms, slowest {:.2} ms", taken[25], taken[49]);

    // A form half filled is there for whoever opens the app next.
    let form = first.with(|| one.draft("test/form"));
    timers::sleep(Duration::from_millis(100)).await;
    form.value.set([("note".to_owned(), "à moitié rempli".to_owned())].into());
    timers::sleep(Duration::from_millis(600)).await;

    // A second tab sees the same, and may not write until it takes over.
    let two = tab(second).await;
    assert_eq!(two.writer().get_untracked(), Writer::Elsewhere);
    assert_eq!(two.round().with_untracked(|round| round.difficulties.len()), 51);
    assert_eq!(two.dispatch(say("ici")).await, Err(Failure::Elsewhere));
    let again = second.with(|| two.draft("test/form"));
    until("the form comes back", || again.restored.get_untracked()).await;
    assert_eq!(again.value.get_untracked()["note"], "à moitié rempli");
    again.done();
    timers::sleep(Duration::from_millis(300)).await;
    assert_eq!(raw.names("draft/").await.unwrap(), Vec::<String>::new());

    one.dispatch(say("encore dans le premier")).await.unwrap();
    two.take_over();
    until("the second tab writes", || two.writer().get_untracked() == Writer::Here).await;
    until("the first tab is told", || one.writer().get_untracked() == Writer::Elsewhere).await;
    assert_eq!(two.round().with_untracked(|round| round.difficulties.len()), 52, "it shows what the first one wrote");
    two.dispatch(say("dans le second")).await.unwrap();
    assert_eq!(one.dispatch(say("trop tard")).await, Err(Failure::Elsewhere));
    assert_eq!(raw.head(chain).await.unwrap().unwrap().number, saved.number + 52);
}

#[wasm_bindgen_test]
async fn a_lock_is_held_by_one_waited_for_and_taken_over() {
    let lost = Rc::new(Cell::new(false));
    let told = Rc::clone(&lost);
    let held = ask("test/lock", Ask::IfFree, move || told.set(true)).await.unwrap();
    assert_eq!(ask("test/lock", Ask::IfFree, || ()).await.unwrap_err(), LockError::Taken);
    let taken = ask("test/lock", Ask::TakeOver, || ()).await.unwrap();
    until("the first holder is told", || lost.get()).await;
    drop(held);
    assert_eq!(
        ask("test/lock", Ask::IfFree, || ()).await.unwrap_err(),
        LockError::Taken,
        "the new holder has it still"
    );
    drop(taken);
    let _waited = ask("test/lock", Ask::Wait, || ()).await.unwrap();
}

#[wasm_bindgen_test]
async fn the_network_fails_in_ways_that_are_told_apart() {
    let page = exchange(&Call::get("/", CBOR)).await;
    assert!(matches!(&page, Err(NetworkError::NotOurs(kind)) if kind.starts_with("text/html")), "{page:?}");
    let nothing = exchange(&Call::post("/sync/push", CBOR, &[0xa0])).await;
    assert!(matches!(nothing, Err(NetworkError::Status { ours: false, .. })), "{nothing:?}");
    assert_eq!(exchange(&Call::get("http://127.0.0.1:9/", CBOR)).await, Err(NetworkError::Offline));
    let hurried = Call { patience: Duration::ZERO, ..Call::get("/", CBOR) };
    assert_eq!(exchange(&hurried).await, Err(NetworkError::TooLate(0)));
}

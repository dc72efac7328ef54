//! What a tablet and the hub say to each other on a good day.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_domain::name::{DeviceId, Scope};
use perron_ledger::sync::{Code, FactAnswer, HelloAnswer, from_bytes};
use support::{ROUND, Relay, code};

#[tokio::test]
async fn the_hub_says_which_relay_it_is() {
    let relay = Relay::open().await;
    let answer = relay.client.get(relay.at("/sync/hello")).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/cbor");
    let hello: HelloAnswer = from_bytes(&answer.bytes().await.unwrap()).unwrap();
    let tablet = relay.tablet(2).await;
    assert_eq!((hello.relay, hello.epoch), (tablet.relay.0, tablet.epoch));
}

#[tokio::test]
async fn facts_pushed_are_on_the_desk_and_on_the_other_tablet() {
    let relay = Relay::open().await;
    let (mut first, second) = (relay.tablet(2).await, relay.tablet(3).await);
    let answer = relay.push_one(&first, first.clone().batch(["ascenseur en panne", "pas de code"])).await;
    assert_eq!(answer.facts, [FactAnswer::Stored, FactAnswer::Stored]);
    first.batch(["ascenseur en panne", "pas de code"]);
    assert_eq!(answer.head, Some(first.head));
    assert_eq!(relay.difficulties(), ["ascenseur en panne", "pas de code"]);
    let pulled = relay.pull(&second, &[(ROUND, 0)]).await.unwrap();
    assert_eq!(pulled.batches.len(), 1);
    let checked = pulled.batches[0].clone().check().unwrap();
    checked.verify(first.relay, &first.key.verifying_key(), &first.key.verifying_key()).unwrap();
    assert_eq!(checked.facts.len(), 2);
    assert_eq!((pulled.more, pulled.closed), (false, None));
    let reached = pulled.reached[0].arrival;
    assert!(relay.pull(&second, &[(ROUND, reached)]).await.unwrap().batches.is_empty());
}

#[tokio::test]
async fn the_same_push_again_is_identical_and_changes_nothing() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let batch = tablet.batch(["pluie"]);
    assert_eq!(relay.push_one(&tablet, batch.clone()).await.facts, [FactAnswer::Stored]);
    let again = relay.push_one(&tablet, batch).await;
    assert_eq!((again.facts, again.head), (vec![FactAnswer::Identical], Some(tablet.head)));
    assert_eq!(relay.difficulties(), ["pluie"]);
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let batch = tablet.batch(["pluie", "neige"]);
    relay.push_one(&tablet, batch).await;
    let relay = relay.restart().await;
    assert_eq!(relay.difficulties(), ["pluie", "neige"]);
    let batch = tablet.batch(["verglas"]);
    assert_eq!(relay.push_one(&tablet, batch).await.facts, [FactAnswer::Stored]);
    assert_eq!(relay.pull(&tablet, &[(ROUND, 0)]).await.unwrap().epoch, tablet.epoch);
}

#[tokio::test]
async fn a_tablet_sees_common_and_its_rounds_and_never_the_people() {
    let relay = Relay::open().await;
    let tablet = relay.tablet(2).await;
    let asked = [(Scope::COMMON, 0), (ROUND, 0), (Scope::round(2), 0), (Scope::PEOPLE, 0)];
    let pulled = relay.pull(&tablet, &asked).await.unwrap();
    assert_eq!(pulled.closed, Some(vec![Scope::round(2), Scope::PEOPLE]));
    assert!(pulled.batches.iter().all(|batch| batch.chain().scope == Scope::COMMON));
    assert!(pulled.batches.iter().any(|batch| batch.facts.len() >= 4), "relay, hub, tablet, round");
    assert!(pulled.heads.unwrap().iter().any(|head| head.chain.device == DeviceId::HUB));
}

#[tokio::test]
async fn two_tablets_that_push_at_once_lose_nothing() {
    let relay = Relay::open().await;
    let (mut one, mut two) = (relay.tablet(2).await, relay.tablet(3).await);
    for round in 0..20 {
        let texts = [format!("a{round}"), format!("b{round}")];
        let (a, b) = (one.batch([texts[0].as_str()]), two.batch([texts[1].as_str()]));
        let (a, b) = tokio::join!(relay.push_one(&one, a), relay.push_one(&two, b));
        assert_eq!((a.facts, b.facts), (vec![FactAnswer::Stored], vec![FactAnswer::Stored]));
    }
    let pulled = relay.pull(&one, &[(ROUND, 0)]).await.unwrap();
    assert_eq!(pulled.batches.iter().map(|batch| batch.facts.len()).sum::<usize>(), 40);
    assert_eq!(relay.difficulties().len(), 40);
}

#[tokio::test]
async fn a_code_lets_in_until_the_first_push_and_then_nobody_else() {
    let relay = Relay::open().await;
    let typed = relay.new_code().await;
    let browser = relay.enrol(&typed.to_lowercase(), 2).await.unwrap();
    assert_eq!(relay.enrol(&typed, 2).await.unwrap().device, browser.device, "the same tablet asks again");
    let installed = relay.enrol(&typed.replace('-', " "), 3).await.unwrap();
    assert_ne!(installed.device, browser.device);
    relay.push(&installed, Vec::new()).await.unwrap();
    assert_eq!(code(relay.enrol(&typed, 4).await.map(|_| ())), Code::CodeUsed);
    assert_eq!(code(relay.push(&browser, Vec::new()).await), Code::DeviceBlocked);
    assert_eq!(code(relay.pull(&browser, &[(Scope::COMMON, 0)]).await), Code::DeviceBlocked);
    relay.pull(&installed, &[(Scope::COMMON, 0)]).await.unwrap();
}

#[tokio::test]
async fn after_ten_wrong_codes_everybody_waits() {
    let relay = Relay::open().await;
    for _ in 0..10 {
        assert_eq!(code(relay.enrol("2222-2222", 2).await.map(|_| ())), Code::CodeUnknown);
    }
    let failure = relay.enrol(&relay.new_code().await, 2).await.map(|_| ()).unwrap_err();
    assert_eq!(failure.code, Code::TooManyAttempts);
    assert!(failure.after_seconds.is_some_and(|seconds| (1..=600).contains(&seconds)));
}

#[tokio::test]
async fn an_open_desk_hears_of_each_push_once() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let mut live = relay.running.hub.live.subscribe();
    let batch = tablet.batch(["pluie", "neige"]);
    relay.push_one(&tablet, batch.clone()).await;
    assert_eq!(live.recv().await.unwrap().scope, ROUND);
    relay.push_one(&tablet, batch).await;
    assert!(live.try_recv().is_err(), "a repeated push changes nothing");
}

#[tokio::test]
async fn the_desk_sees_which_tablet_came_and_how_far_its_clock_is_off() {
    let relay = Relay::open().await;
    let tablet = relay.enrol(&relay.new_code().await, 2).await.unwrap();
    relay.push(&tablet, Vec::new()).await.unwrap();
    let tablets = relay.running.hub.tablets().await.unwrap();
    assert_eq!((tablets.len(), tablets[0].label.as_str()), (1, "Tablette 1"));
    assert!(tablets[0].seen_ms.is_some() && tablets[0].clock_ahead_ms.is_some_and(|ms| ms < 0));
    assert_eq!(relay.running.hub.codes().await.unwrap()[0].used_by, Some(tablet.device.0));
}

//! The relay's computer broke, and its folder came back from a copy: what the tablets have comes home, and what the hub
//! wrote before and after stands side by side.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_domain::CommonCommand;
use perron_domain::fact::{AccountNo, DeviceRetired};
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::sync::{Batch, Code, FactAnswer};
use support::{ROUND, Relay, Tablet};

/// Everything of a scope as a tablet pulled it.
async fn all(relay: &Relay, tablet: &Tablet, scope: Scope) -> Vec<Batch> {
    relay.pull(tablet, &[(scope, 0)]).await.unwrap().batches
}

/// The tablet hears of the new epoch.
async fn hears(relay: &Relay, tablet: &mut Tablet) {
    let answer = relay.pull(tablet, &[(Scope::COMMON, 9)]).await.unwrap();
    assert!(answer.epoch != tablet.epoch && answer.batches.is_empty() && answer.heads.is_some());
    tablet.epoch = answer.epoch;
}

#[tokio::test]
async fn what_the_hub_wrote_after_the_copy_comes_back_and_its_own_chain_does_not_fork() {
    let relay = Relay::open().await;
    let (mut tablet, mut second) = (relay.tablet(2).await, relay.tablet(3).await);
    relay.push(&tablet, Vec::new()).await.unwrap();
    relay.push(&second, Vec::new()).await.unwrap();
    let (relay, copy) = relay.back_up().await;
    relay.receive("PERDU").await;
    let held = all(&relay, &tablet, Scope::COMMON).await;

    let relay = relay.put_back(&copy).await;
    relay.receive("NOUVEAU").await;
    assert_eq!(relay.lots(), ["NOUVEAU"]);
    hears(&relay, &mut tablet).await;
    hears(&relay, &mut second).await;
    let taken = relay.push(&tablet, held.clone()).await.unwrap().batches;
    assert_eq!(taken[0].facts.last(), Some(&FactAnswer::Stored), "{taken:?}");
    assert_eq!(relay.lots(), ["NOUVEAU", "PERDU"]);
    let again = relay.push(&second, held).await.unwrap().batches;
    assert!(again[0].facts.iter().all(|fact| *fact == FactAnswer::Identical), "two tablets bring the same");

    // Both chains are the hub's, under its one key, and the common part goes on under the new number.
    let chains: Vec<DeviceId> =
        all(&relay, &second, Scope::COMMON).await.iter().map(|batch| batch.chain().device).collect();
    assert_eq!(chains.len(), 2);
    assert!(chains.iter().all(|device| device.is_hub()) && chains.contains(&DeviceId::HUB), "{chains:?}");
    let relay = relay.restart().await;
    relay.receive("ENCORE").await;
    assert_eq!(relay.lots(), ["ENCORE", "NOUVEAU", "PERDU"]);
    assert_eq!(all(&relay, &second, Scope::COMMON).await.len(), 2, "no third chain after a mere restart");
}

#[tokio::test]
async fn numbers_given_out_after_the_copy_are_not_given_again() {
    let relay = Relay::open().await;
    let (relay, copy) = relay.back_up().await;
    let lost = relay.tablet(2).await;
    let relay = relay.put_back(&copy).await;
    let new = relay.tablet(3).await;
    assert!(new.device.0 > lost.device.0 && !new.device.is_hub(), "{:?} {:?}", lost.device, new.device);
    assert_eq!(support::code(relay.push(&lost, Vec::new()).await), Code::UnknownDevice);
}

#[tokio::test]
async fn another_tablet_brings_back_what_a_broken_one_had_sent() {
    let relay = Relay::open().await;
    let (mut broken, mut other) = (relay.tablet(2).await, relay.tablet(3).await);
    let (relay, copy) = relay.back_up().await;
    let batch = broken.batch(["porte bleue", "digicode changé"]);
    relay.push_one(&broken, batch).await;
    let held = all(&relay, &other, ROUND).await;
    let relay = relay.put_back(&copy).await;
    assert!(relay.difficulties().is_empty());
    let retired = DeviceRetired { device: broken.device, reason: "écrasée".into() };
    relay.running.hub.common_command(AccountNo(0), CommonCommand::RetireDevice(retired)).await.unwrap();
    hears(&relay, &mut other).await;
    let taken = relay.push(&other, held).await.unwrap().batches;
    assert_eq!(taken[0].facts, [FactAnswer::Stored; 2]);
    assert_eq!(relay.difficulties(), ["porte bleue", "digicode changé"]);
    assert_eq!(
        support::code(relay.push(&broken, Vec::new()).await),
        Code::DeviceBlocked,
        "the tablet itself stays out"
    );
}

#[tokio::test]
async fn who_does_not_hold_a_round_brings_nothing_back_into_it() {
    let relay = Relay::open().await;
    let mut tablet = relay.tablet(2).await;
    let outsider = relay.enrol(&relay.new_code().await, 3).await.unwrap();
    let batch = tablet.batch(["un"]);
    let refused = relay.push_one(&outsider, batch).await;
    assert_eq!(refused.refusal, Some(Code::ScopeNotAllowed));
    assert!(relay.difficulties().is_empty());
}

#[tokio::test]
async fn a_hub_that_was_put_back_without_being_told_refuses_its_lost_branch_and_says_why() {
    let relay = Relay::open().await;
    let tablet = relay.tablet(2).await;
    let (relay, copy) = relay.back_up().await;
    relay.receive("PERDU").await;
    let held = all(&relay, &tablet, Scope::COMMON).await;
    // As if nobody had run `perron restored`: the store comes back, number and epoch with it.
    let folder = relay.put_back_silently(&copy).await;
    let relay = Relay::on(folder).await;
    relay.receive("AUTRE").await;
    let refused = relay.push(&tablet, held).await.unwrap().batches;
    assert_eq!(refused[0].refusal, Some(Code::Forked));
    assert_eq!(relay.lots(), ["AUTRE"]);
}

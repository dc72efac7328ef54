//! The order of arrival, repetition and interruption cannot change what is stored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_domain::name::Scope;
use perron_ledger::Store;
use perron_ledger::contract::Pen;
use perron_ledger::store::Outgoing;
use perron_ledger::sync::plan::{self, AfterPush};
use perron_ledger::sync::{ChainHead, restart};
use proptest::prelude::*;
use support::{Hub, batch, hub, wrote};

/// Pushes a chain as a tablet does, by the plan alone, until the hub has all of it.
fn push_by_plan(hub: &Hub, pen: &Pen, most: u32) -> u32 {
    let mut outgoing = Outgoing { chain: pen.chain, head: pen.head(), acknowledged: 0, stuck: None };
    let mut pushes = 0;
    while let Some(gap) = plan::next_push(&[outgoing], most).first().copied() {
        pushes += 1;
        assert!(pushes < 1000, "the plan ends");
        match plan::after_push(&hub.push(batch(pen, gap.from, gap.to)), gap.from, pen.head()) {
            AfterPush::Acknowledged(number) => outgoing.acknowledged = number,
            AfterPush::PushFrom(number) => outgoing.acknowledged = number - 1,
            other => panic!("{other:?}"),
        }
    }
    pushes
}

fn scope() -> Scope {
    Scope::round(1)
}

/// Device, first and last number of a batch, as parts of the chain's length.
fn deliveries() -> impl Strategy<Value = Vec<(usize, f64, f64)>> {
    proptest::collection::vec((0usize..3, 0.0..1.0f64, 0.0..1.0f64), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_repetition_any_interruption_gives_the_same_store(
        lengths in proptest::array::uniform3(1u32..40),
        deliveries in deliveries(),
        most in 1u32..30,
        limit in 1usize..50,
    ) {
        let pens: Vec<Pen> = (3..).zip(lengths).map(|(device, length)| wrote(device, 0..length)).collect();
        let plain = hub();
        for pen in &pens {
            plain.push(batch(pen, 1, pen.head().number));
        }
        let tried = hub();
        for (device, a, b) in deliveries {
            let (pen, length) = (&pens[device], f64::from(lengths[device]));
            let number = |part: f64| ((part * length) as u32 + 1).min(lengths[device]);
            let (from, to) = (number(a).min(number(b)), number(a).max(number(b)));
            tried.push(batch(pen, from, to));
        }
        for pen in &pens {
            push_by_plan(&tried, pen, most);
        }
        prop_assert_eq!(tried.content(scope()), plain.content(scope()));
        let tablet = tried.tablet();
        tried.give_all(&tablet, scope(), limit);
        tried.give_all(&tablet, scope(), 1000);
        prop_assert_eq!(tablet.content(scope()), plain.content(scope()));
    }

    #[test]
    fn bytes_from_outside_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = perron_ledger::Envelope::decode(&bytes);
        let _ = perron_ledger::canonical::ordered(&bytes);
        let _ = perron_ledger::sync::from_bytes::<perron_ledger::sync::Push>(&bytes);
        let _ = perron_ledger::sync::from_bytes::<perron_ledger::sync::PullAnswer>(&bytes);
        let _ = perron_ledger::sync::from_bytes::<perron_ledger::sync::Request>(&bytes);
    }

    #[test]
    fn a_message_with_one_changed_byte_is_refused_or_stores_nothing_new(at in 0usize..400, bit in 0u8..8) {
        let (hub, pen) = (hub(), wrote(3, 0..4));
        let good = perron_ledger::sync::to_bytes(&batch(&pen, 1, 4));
        let mut bytes = good.clone();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(changed) = perron_ledger::sync::from_bytes::<perron_ledger::sync::Batch>(&bytes)
            && perron_ledger::sync::to_bytes(&changed) != good
        {
            let answer = hub.push(changed);
            prop_assert!(answer.refusal.is_some(), "{:?}", answer);
            prop_assert!(hub.content(scope()).is_empty());
        }
    }
}

#[test]
fn a_push_interrupted_after_each_batch_resumes_there() {
    let (hub, pen) = (hub(), wrote(3, 0..350));
    hub.push(batch(&pen, 1, 100));
    hub.push(batch(&pen, 101, 200));
    assert_eq!(push_by_plan(&hub, &pen, 200), 2, "two batches of 200 although the first answer was lost");
}

#[test]
fn after_a_restore_the_hub_gets_back_what_its_backup_did_not_have() {
    let (pen, other) = (wrote(3, 0..30), wrote(4, 0..20));
    let tablet = hub().tablet();
    let _ = block_on(tablet.store.append(pen.own())).unwrap();
    block_on(tablet.store.keep_signed(pen.signed_at(30))).unwrap();
    block_on(tablet.store.acknowledge(pen.chain, 30)).unwrap();
    let _ = block_on(tablet.store.append(other.stretch(1, 20))).unwrap();

    let restored = hub();
    restored.push(batch(&pen, 1, 12));
    let theirs: Vec<ChainHead> = block_on(perron_ledger::sync::page::heads(&restored.store, scope())).unwrap();
    let steps = block_on(restart::compare_again(&tablet.store, &[scope()], &theirs)).unwrap();
    let outbox = block_on(tablet.store.outbox()).unwrap();
    assert_eq!(outbox.first().map(Outgoing::waiting), Some(18));
    let mut gaps = plan::next_push(&outbox, 200);
    gaps.extend(steps.iter().map(|step| match step {
        plan::Step::Push(gap) => *gap,
        other => panic!("{other:?}"),
    }));
    for gap in gaps {
        let batch = block_on(perron_ledger::sync::page::stretch(&tablet.store, gap)).unwrap().unwrap();
        assert_eq!(restored.push(batch).refusal, None);
    }
    assert_eq!(restored.content(scope()), tablet.content(scope()), "the other tablet's facts too");
}

#[test]
fn after_a_restore_a_chain_that_parted_counts_as_not_acknowledged() {
    let mut pen = wrote(3, 0..5);
    let mut copy = pen.clone();
    pen.write_all(5..8);
    copy.write_all(50..53);
    let tablet = hub().tablet();
    let _ = block_on(tablet.store.append(pen.own())).unwrap();
    block_on(tablet.store.acknowledge(pen.chain, 8)).unwrap();
    let theirs = [ChainHead { chain: copy.chain, head: copy.head() }];
    let steps = block_on(restart::compare_again(&tablet.store, &[scope()], &theirs)).unwrap();
    assert_eq!(steps, [plan::Step::Fork(pen.chain)]);
    assert_eq!(block_on(tablet.store.outbox()).unwrap().first().map(Outgoing::waiting), Some(8));
}

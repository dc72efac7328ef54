//! Delivery: what was acknowledged reaches whoever pulls, however far ahead its author signed, in parts of any size.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_domain::name::Scope;
use perron_ledger::contract::Pen;
use perron_ledger::sync::{Batch, Code, FactAnswer, Gap, MAX_SPAN, Reached, page};
use perron_ledger::{Chain, Store};
use proptest::prelude::*;
use support::{Hub, batch, hub, wrote};

const ROUND: Scope = Scope::round(1);

/// The facts `from..=to` under the author's signature at `signed`, with the leaves up to there.
fn signed_at(pen: &Pen, from: u32, to: u32, signed: u32) -> Batch {
    let leaves = pen.written.iter().take(signed as usize).skip(to as usize).map(|fact| fact.leaf);
    let ahead = Some(leaves.collect::<Vec<_>>()).filter(|leaves| !leaves.is_empty());
    Batch { ahead, signed: pen.signed_at(signed), ..batch(pen, from, to) }
}

/// Pulls everything of the round in pages of `limit`; the cursor must come to the last arrival.
fn pulled(from: &Hub, limit: usize) -> Hub {
    let tablet = from.tablet();
    let mut reached = Reached { scope: ROUND, arrival: 0 };
    for _ in 0..10_000 {
        let page = block_on(page::page(&from.store, reached, limit)).unwrap();
        assert!(page.facts <= limit, "no more facts than were asked for");
        for batch in page.batches {
            assert_eq!(tablet.push(batch).refusal, None);
        }
        assert!(!page.more || page.reached.arrival > reached.arrival, "every page that is not the last goes further");
        reached = page.reached;
        if !page.more {
            let last = block_on(from.store.arrivals(ROUND, 0, usize::MAX)).unwrap().last().map_or(0, |it| it.arrival);
            assert_eq!(reached.arrival, last, "the cursor waits for nothing");
            return tablet;
        }
    }
    panic!("pages without end");
}

/// Gives every chain to another hub in stretches, as tablets do after a restore.
fn given_back(from: &Hub, most: u32) -> Hub {
    let restored = Hub { forks: from.forks.clone(), ..hub() };
    for (chain, head) in block_on(from.store.heads(ROUND)).unwrap() {
        let mut next = 1;
        while next <= head.number {
            let gap = Gap { chain, from: next, to: head.number.min(next + most - 1) };
            let batch = block_on(page::stretch(&from.store, gap)).unwrap().expect("it is here under a signature");
            next += u32::try_from(batch.facts.len()).unwrap();
            assert_eq!(restored.push(batch).refusal, None);
        }
    }
    restored
}

#[test]
fn what_an_author_signed_far_ahead_and_never_sent_whole_reaches_the_others() {
    let (hub, pen, other) = (hub(), wrote(3, 0..350), wrote(4, 0..3));
    assert_eq!(hub.push(signed_at(&pen, 1, 200, 350)).facts, vec![FactAnswer::Stored; 200]);
    let _ = hub.push(batch(&other, 1, 3));
    for limit in [3, 199, 200, 201] {
        let tablet = pulled(&hub, limit);
        assert_eq!(tablet.content(ROUND), hub.content(ROUND), "pages of {limit}");
    }
    let tablet = pulled(&hub, 70);
    assert_eq!(given_back(&tablet, 90).content(ROUND), hub.content(ROUND), "and comes back after a restore");
}

#[test]
fn leaves_are_kept_only_until_their_facts_come() {
    let (hub, pen) = (hub(), wrote(3, 0..30));
    let _ = hub.push(signed_at(&pen, 1, 10, 25));
    let _ = hub.push(signed_at(&pen, 11, 20, 25));
    assert_eq!(block_on(hub.store.names("ledger/ahead/")).unwrap().len(), 1);
    assert_eq!(pulled(&hub, 4).content(ROUND), hub.content(ROUND));
    let _ = hub.push(batch(&pen, 21, 30));
    assert!(block_on(hub.store.names("ledger/ahead/")).unwrap().is_empty());
    assert_eq!(pulled(&hub, 4).content(ROUND), hub.content(ROUND));
}

#[test]
fn what_was_taken_in_at_the_limit_goes_out_in_parts_of_any_size() {
    let (hub, pen) = (hub(), wrote(3, 0..2_001));
    assert_eq!(hub.push(signed_at(&pen, 1, 1000, 2_001)).refusal, Some(Code::TooLarge), "nothing could give it on");
    assert_eq!(hub.push(signed_at(&pen, 1, 1000, u32::try_from(MAX_SPAN).unwrap())).refusal, None);
    for limit in [50, 999, 1000] {
        assert_eq!(pulled(&hub, limit).content(ROUND), hub.content(ROUND), "pages of {limit}");
    }
}

#[test]
fn a_signature_whose_facts_turned_out_otherwise_proves_nothing() {
    let (hub, mut pen) = (hub(), wrote(3, 0..20));
    let first = signed_at(&pen, 1, 5, 20);
    assert_eq!(hub.push(first).refusal, None);
    pen.written.truncate(5);
    pen.write_all(100..103);
    let _ = hub.push(batch(&pen, 6, 8));
    assert_eq!(pulled(&hub, 3).content(ROUND), hub.content(ROUND));
}

/// One chain on its way: where each batch ends, how far ahead of that it is signed, and how many batches ever come.
#[derive(Clone, Debug)]
struct Sent {
    parts: Vec<(u32, u32)>,
    arrive: usize,
}

fn sent() -> impl Strategy<Value = Sent> {
    prop::collection::vec((1_u32..9, prop_oneof![Just(0_u32), 0_u32..30]), 1..8)
        .prop_flat_map(|parts| (Just(parts.clone()), 1..=parts.len()))
        .prop_map(|(parts, arrive)| Sent { parts, arrive })
}

/// Returns the batches of a chain that arrive, in order.
fn batches(device: u32, sent: &Sent) -> Vec<Batch> {
    let length: u32 = sent.parts.iter().map(|(facts, _)| facts).sum();
    let pen = wrote(device, 0..length);
    let mut end = 0;
    let parts = sent.parts.iter().take(sent.arrive).map(|(facts, ahead)| {
        let from = end + 1;
        end += facts;
        signed_at(&pen, from, end, length.min(end + ahead))
    });
    parts.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn however_chains_are_cut_and_signed_all_that_was_acknowledged_is_delivered(
        sent in prop::collection::vec(sent(), 1..4),
        order in any::<u64>(),
        again in any::<bool>(),
        limit in 1_usize..40,
    ) {
        let hub = hub();
        let mut waiting: Vec<Batch> = (3..).zip(&sent).flat_map(|(device, sent)| batches(device, sent)).collect();
        let mut seed = order;
        let mut acknowledged: std::collections::BTreeMap<Chain, u32> = Default::default();
        while !waiting.is_empty() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let next = waiting.swap_remove((seed >> 33) as usize % waiting.len());
            let chain = next.chain();
            for _ in 0..=u32::from(again) {
                let answer = hub.push(next.clone());
                prop_assert_eq!(answer.refusal, None);
                let reached = answer.head.map_or(0, |head| head.number);
                acknowledged.insert(chain, reached);
            }
            // At any moment, not only in the end.
            let tablet = pulled(&hub, limit);
            prop_assert_eq!(tablet.content(ROUND), hub.content(ROUND));
        }
        let tablet = pulled(&hub, limit);
        for (chain, number) in acknowledged {
            prop_assert_eq!(tablet.head(chain).map_or(0, |head| head.number), number);
        }
        let most = u32::try_from(limit).unwrap();
        prop_assert_eq!(given_back(&tablet, most).content(ROUND), hub.content(ROUND));
    }
}

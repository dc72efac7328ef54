//! Receiving batches, good and bad: nothing lost, nothing silently accepted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use futures::executor::block_on;
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::contract::Writer;
use perron_ledger::envelope::{Envelope, MAX_FACT_BYTES, VERSION};
use perron_ledger::receive::MAX_WAITING;
use perron_ledger::sync::{Batch, Code, FactAnswer, Item};
use perron_ledger::{NewFact, Quarantine, SignedHead, Store};
use support::{BLOCKED, NOW, UNKNOWN_FROM, batch, hub, wrote};

#[test]
fn a_round_arrives_and_every_fact_is_answered() {
    let (hub, pen) = (hub(), wrote(3, 0..350));
    let answer = hub.push(batch(&pen, 1, 350));
    assert_eq!(answer.facts, vec![FactAnswer::Stored; 350]);
    assert_eq!((answer.head, answer.refusal, answer.missing), (Some(pen.head()), None, None));
}

#[test]
fn a_push_whose_answer_was_lost_is_repeated_without_harm() {
    let (hub, pen) = (hub(), wrote(3, 0..6));
    let _ = hub.push(batch(&pen, 1, 4));
    let answer = hub.push(batch(&pen, 1, 6));
    let expected = [[FactAnswer::Identical; 4].as_slice(), &[FactAnswer::Stored; 2]].concat();
    assert_eq!(answer.facts, expected);
    assert_eq!(hub.push(batch(&pen, 1, 6)).facts, vec![FactAnswer::Identical; 6]);
    assert_eq!(hub.content(pen.chain.scope).len(), 6);
}

#[test]
fn a_broken_head_is_refused_whole() {
    let (hub, pen) = (hub(), wrote(3, 0..5));
    let mut changed = batch(&pen, 1, 5);
    let Some(Item::Bytes(bytes)) = changed.facts.get_mut(2) else { panic!("bytes") };
    *bytes.last_mut().unwrap() ^= 1;
    let mut without = batch(&pen, 1, 5);
    without.facts.remove(2);
    let mut swapped = batch(&pen, 1, 5);
    swapped.facts.swap(1, 2);
    let empty = Batch { facts: vec![], ..batch(&pen, 1, 5) };
    for broken in [changed, without, swapped, empty] {
        let count = broken.facts.len();
        let answer = hub.push(broken);
        assert_eq!((answer.refusal, answer.facts), (Some(Code::BrokenHead), vec![FactAnswer::Refused; count]));
    }
    assert!(hub.content(pen.chain.scope).is_empty());
}

#[test]
fn a_false_signature_stops_the_chain() {
    let (hub, pen) = (hub(), wrote(3, 0..5));
    let stranger = Writer::new(4);
    let forged = SignedHead::sign(pen.writer.relay, pen.chain, pen.head(), DeviceId(3), &stranger.key);
    let mut bit = pen.signed_at(5);
    bit.signature[7] ^= 1;
    let other_relay =
        SignedHead::sign(perron_domain::name::RelayId([8; 16]), pen.chain, pen.head(), DeviceId(3), &pen.writer.key);
    for signed in [forged, bit, other_relay, SignedHead { signer: DeviceId(4), ..forged }] {
        let answer = hub.push(Batch { signed, ..batch(&pen, 1, 5) });
        assert_eq!(answer.refusal, Some(Code::FalseSignature));
    }
    assert!(hub.content(pen.chain.scope).is_empty());
}

#[test]
fn the_hub_cannot_sign_what_a_nurse_is_said_to_have_written() {
    let (hub, pen) = (hub(), wrote(3, 0..5));
    let signed = SignedHead::sign(pen.writer.relay, pen.chain, pen.head(), DeviceId::HUB, &Writer::new(1).key);
    assert_eq!(hub.push(Batch { signed, ..batch(&pen, 1, 5) }).refusal, Some(Code::FalseSignature));
    let _ = hub.push(batch(&pen, 1, 3));
    assert_eq!(hub.push(Batch { signed, ..batch(&pen, 4, 5) }).refusal, Some(Code::FalseSignature));
    assert_eq!(hub.head(pen.chain), Some(pen.head_at(3)));
}

#[test]
fn a_hub_signature_that_waited_behind_a_hole_is_looked_at_again() {
    let (hub, pen) = (hub(), wrote(3, 0..5));
    let signed = SignedHead::sign(pen.writer.relay, pen.chain, pen.head(), DeviceId::HUB, &Writer::new(1).key);
    let _ = hub.push(Batch { signed, ..batch(&pen, 4, 5) });
    let _ = hub.push(batch(&pen, 1, 3));
    assert_eq!(hub.head(pen.chain), Some(pen.head_at(3)));
}

#[test]
fn only_enrolled_devices_write_and_only_where_they_may() {
    let hub = hub();
    let refusal = |pen: &perron_ledger::contract::Pen| hub.push(batch(pen, 1, 1)).refusal;
    assert_eq!(refusal(&wrote(UNKNOWN_FROM, 0..1)), Some(Code::UnknownDevice));
    assert_eq!(refusal(&wrote(BLOCKED, 0..1)), Some(Code::DeviceBlocked));
    for scope in [Scope::COMMON, Scope::PEOPLE] {
        let mut pen = Writer::new(3).pen(scope);
        pen.write(1);
        assert_eq!(refusal(&pen), Some(Code::ScopeNotAllowed));
    }
}

#[test]
fn facts_behind_a_hole_wait_and_the_first_gap_is_asked_for() {
    let (hub, pen) = (hub(), wrote(3, 0..12));
    let answer = hub.push(batch(&pen, 9, 12));
    assert_eq!((answer.facts, answer.missing, answer.head), (vec![FactAnswer::Waiting; 4], Some(1), None));
    let _ = hub.push(batch(&pen, 1, 2));
    let answer = hub.push(batch(&pen, 5, 8));
    assert_eq!((answer.missing, answer.refusal), (Some(3), None), "the first gap, not the maximum");
    let answer = hub.push(batch(&pen, 3, 4));
    assert_eq!((answer.head, answer.missing), (Some(pen.head()), None), "what waited has joined");
    assert_eq!(hub.content(pen.chain.scope).len(), 12);
    assert_eq!(block_on(hub.store.held(pen.chain)).unwrap(), vec![]);
    let heads = block_on(hub.store.signed(pen.chain, 0, 99)).unwrap();
    assert_eq!(heads.len(), 4, "every signed head is kept");
}

#[test]
fn what_waits_is_bounded() {
    let (hub, pen) = (hub(), wrote(3, 0..100));
    for start in 0..=u32::try_from(MAX_WAITING).unwrap() {
        let answer = hub.push(batch(&pen, start + 2, start + 2));
        let full = start as usize == MAX_WAITING;
        assert_eq!(answer.refusal, full.then_some(Code::TooMuchWaiting));
    }
    assert_eq!(hub.push(batch(&pen, 1, 1)).head, Some(pen.head_at(33)));
}

#[test]
fn a_fact_that_cannot_be_read_keeps_its_place_and_the_chain_goes_on() {
    let (hub, mut pen) = (hub(), wrote(3, 0..2));
    pen.written.push(NewFact::new(vec![0xff; 20]));
    pen.written.push(NewFact::new(vec![0xa1, 0x18, 0x01, 0x00]));
    pen.write(4);
    let answer = hub.push(batch(&pen, 1, 5));
    use FactAnswer::{Quarantined, Stored};
    assert_eq!(answer.facts, [Stored, Stored, Quarantined, Quarantined, Stored]);
    assert_eq!((answer.head, answer.refusal), (Some(pen.head()), None));
    let aside = block_on(hub.store.quarantined(pen.chain.scope)).unwrap();
    let bytes: Vec<_> = aside.iter().map(|it| (it.quarantine, it.bytes.clone())).collect();
    assert_eq!(bytes.first(), Some(&(Some(Quarantine::Unreadable), Some(vec![0xff; 20]))));
}

#[test]
fn a_fact_that_was_not_allowed_is_set_aside_also_when_it_waited() {
    let mut hub = hub();
    hub.forbidden_kind = Some(1000);
    let pen = wrote(3, 0..3);
    assert_eq!(hub.push(batch(&pen, 2, 3)).facts, vec![FactAnswer::Waiting; 2]);
    assert_eq!(hub.push(batch(&pen, 1, 1)).facts, vec![FactAnswer::Quarantined]);
    assert_eq!(block_on(hub.store.quarantined(pen.chain.scope)).unwrap().len(), 3);
}

#[test]
fn ten_megabytes_of_body_leave_their_leaf_and_nothing_else() {
    let (hub, mut pen) = (hub(), wrote(3, 0..1));
    pen.written.push(NewFact::new(vec![0; MAX_FACT_BYTES + 1]));
    pen.write(2);
    let answer = hub.push(batch(&pen, 1, 3));
    assert_eq!(answer.facts, [FactAnswer::Stored, FactAnswer::Quarantined, FactAnswer::Stored]);
    let aside = block_on(hub.store.quarantined(pen.chain.scope)).unwrap();
    assert_eq!(aside.first().map(|it| (it.quarantine, it.bytes.clone())), Some((Some(Quarantine::TooLarge), None)));
    assert_eq!(hub.head(pen.chain), Some(pen.head()));
}

#[test]
fn an_unknown_kind_is_kept_and_forwarded_with_and_without_must_understand() {
    let (hub, mut pen) = (hub(), wrote(3, []));
    for must_understand in [false, true] {
        let fact = Envelope {
            version: VERSION,
            kind: 60_000,
            must_understand,
            hlc: Default::default(),
            wall: NOW,
            author: 1,
            body: vec![0xa0],
            salt: None,
        };
        pen.written.push(NewFact::new(fact.encode().unwrap()));
    }
    let later_version = vec![0xa2, 0x00, 0x18, 0x63, 0x18, 0x64, 0x00];
    pen.written.push(NewFact::new(later_version));
    assert_eq!(hub.push(batch(&pen, 1, 3)).facts, vec![FactAnswer::Stored; 3]);
    let tablet = hub.tablet();
    hub.give_all(&tablet, pen.chain.scope, 10);
    assert_eq!(tablet.content(pen.chain.scope), hub.content(pen.chain.scope));
}

#[test]
fn erased_bytes_travel_as_leaves() {
    let (hub, pen) = (hub(), wrote(3, 0..5));
    let _ = hub.push(batch(&pen, 1, 5));
    let _ = block_on(hub.store.erase(pen.chain.at(3))).unwrap();
    let tablet = hub.tablet();
    hub.give_all(&tablet, pen.chain.scope, 10);
    assert_eq!(tablet.content(pen.chain.scope), hub.content(pen.chain.scope));
    assert!(tablet.content(pen.chain.scope).get(2).unwrap().1.is_none());
}

#[test]
fn a_page_that_ends_between_signatures_carries_the_leaves_up_to_the_next() {
    let (hub, pen) = (hub(), wrote(3, 0..20));
    let _ = hub.push(batch(&pen, 1, 20));
    for limit in 1..=21 {
        let tablet = hub.tablet();
        hub.give_all(&tablet, pen.chain.scope, limit);
        assert_eq!(tablet.content(pen.chain.scope), hub.content(pen.chain.scope), "pages of {limit}");
    }
}

#[test]
fn what_no_signature_covers_yet_is_not_sent_and_keeps_nothing_else_back() {
    let (hub, pen) = (hub(), wrote(3, 0..9));
    let _ = hub.push(batch(&pen, 1, 4));
    let unsigned = perron_ledger::Append { signed: None, ..pen.stretch(5, 9) };
    let _ = block_on(hub.store.append(unsigned)).unwrap();
    let (tablet, other) = (hub.tablet(), wrote(4, 0..2));
    let _ = hub.push(batch(&other, 1, 2));
    hub.give_all(&tablet, pen.chain.scope, 100);
    assert_eq!(tablet.head(pen.chain), Some(pen.head_at(4)));
    assert_eq!(tablet.head(other.chain), Some(other.head()), "it came after");
    block_on(hub.store.keep_signed(pen.signed_at(9))).unwrap();
    hub.give_all(&tablet, pen.chain.scope, 100);
    assert_eq!(tablet.content(pen.chain.scope), hub.content(pen.chain.scope));
}

#[test]
fn receiving_can_run_on_any_thread_of_the_hub() {
    fn sendable(_: impl Send) {}
    struct Anyone;
    impl perron_ledger::trust::Trust for Anyone {
        fn relay(&self) -> perron_domain::name::RelayId {
            perron_domain::name::RelayId([7; 16])
        }
        fn key(&self, _: DeviceId) -> Result<ed25519_dalek::VerifyingKey, Code> {
            Err(Code::UnknownDevice)
        }
        fn allows(&self, _: perron_ledger::Chain) -> bool {
            true
        }
    }
    let store = perron_ledger::MemoryStore::new();
    sendable(perron_ledger::receive::receive(&store, &Anyone, batch(&wrote(3, 0..1), 1, 1), NOW));
}

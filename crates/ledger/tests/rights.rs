//! Rights on the way: what a receiver sets aside, whoever it is, by the one table of kinds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ed25519_dalek::VerifyingKey;
use futures::executor::block_on;
use perron_domain::fact::{
    Body, ChainForked, Corrected, DifficultyReported, Erasure, Fact, KINDS, Kind, QuarantineDecided, RoundCancelled,
};
use perron_domain::name::{DeviceId, FactName, FactRef, RelayId, Scope};
use perron_domain::time::Hlc;
use perron_ledger::contract::Writer;
use perron_ledger::receive::{Received, receive};
use perron_ledger::sync::{Code, FactAnswer};
use perron_ledger::trust::Trust;
use perron_ledger::{Chain, MemoryStore, NewFact, Quarantine, Store, rights, written};
use support::{NOW, batch};

const ROUND: Scope = Scope::round(1);

/// Whoever receives: it knows the key of every device, and judges by the ledger's own rule.
struct Receiver(MemoryStore);

impl Trust for Receiver {
    fn relay(&self) -> RelayId {
        RelayId([7; 16])
    }

    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code> {
        Ok(Writer::new(device.0).key.verifying_key())
    }

    fn allows(&self, _: Chain) -> bool {
        true
    }
}

/// Lets a device say these in a scope; returns what became of each fact.
fn said(device: u32, scope: Scope, bodies: Vec<Body>) -> (Receiver, Vec<FactAnswer>) {
    let mut pen = Writer::new(device).pen(scope);
    let count = u32::try_from(bodies.len()).unwrap();
    for (number, body) in (1..).zip(bodies) {
        let name = FactName::new(DeviceId(device), number);
        let fact = Fact { name, hlc: Hlc::default(), wall: NOW, author: Default::default(), body };
        pen.written.push(NewFact::new(written::write(&fact, [3; 16]).unwrap()));
    }
    let receiver = Receiver(MemoryStore::new());
    let Received::Answered(answer) = block_on(receive(&receiver.0, &receiver, batch(&pen, 1, count), NOW)).unwrap()
    else {
        panic!("a fork")
    };
    assert_eq!(answer.refusal, None);
    (receiver, answer.facts)
}

fn correction(becomes: Option<Body>) -> Body {
    let kind = becomes.as_ref().map(Body::kind);
    let body = becomes.map(|body| body.to_cbor().into());
    Corrected { of: vec![FactRef::Own(1)], kind, body, reason: None }.into()
}

fn difficulty() -> Body {
    DifficultyReported { text: "ascenseur".into() }.into()
}

fn cancelled() -> Body {
    RoundCancelled { reason: "neige".into() }.into()
}

#[test]
fn a_correction_into_what_its_writer_may_not_write_is_set_aside_although_its_target_is_not_here() {
    use FactAnswer::{Quarantined, Stored};
    let bodies = || {
        vec![
            correction(Some(cancelled())),
            correction(Some(Erasure::of(vec![FactRef::Own(1)]).into())),
            correction(Some(QuarantineDecided { fact: FactRef::Own(1), accept: true, reason: None }.into())),
            correction(Some(difficulty())),
            correction(None),
        ]
    };
    let (receiver, tablets) = said(2, ROUND, bodies());
    assert_eq!(tablets, [Quarantined, Quarantined, Quarantined, Stored, Stored]);
    let aside = block_on(receiver.0.quarantined(ROUND)).unwrap();
    assert!(aside.iter().all(|record| record.quarantine == Some(Quarantine::NotAllowed)));
    assert!(!aside.iter().any(rights::acceptable), "what decides about other facts is not let out");
    assert_eq!(said(1, ROUND, bodies()).1, [Stored; 5], "the hub carries the desk's pen");
}

#[test]
fn decisions_about_other_facts_are_the_hubs_and_the_relay_cannot_let_them_out() {
    let fork = ChainForked { old_device: DeviceId(5), scope: ROUND, fork_number: 1, head: vec![0; 32].into() };
    let bodies: Vec<Body> = vec![
        Erasure::of(vec![FactRef::Own(1)]).into(),
        QuarantineDecided { fact: FactRef::Own(1), accept: true, reason: None }.into(),
        fork.into(),
        cancelled(),
    ];
    let (receiver, answers) = said(2, ROUND, bodies);
    assert_eq!(answers, [FactAnswer::Quarantined; 4]);
    let aside = block_on(receiver.0.quarantined(ROUND)).unwrap();
    let acceptable: Vec<bool> = aside.iter().map(rights::acceptable).collect();
    assert_eq!(acceptable, [false, false, false, true], "a cancelled round the relay may let count");
}

#[test]
fn a_chain_does_not_begin_as_the_branch_of_a_stranger() {
    let fork = ChainForked { old_device: DeviceId(5), scope: ROUND, fork_number: 1, head: vec![0; 32].into() };
    assert_eq!(said(2, ROUND, vec![fork.into()]).1, [FactAnswer::Quarantined]);
}

#[test]
fn every_kind_stands_where_the_table_says_and_nowhere_else() {
    let scopes = [Scope::COMMON, Scope::PEOPLE, ROUND];
    for (kind, device, scope) in KINDS
        .iter()
        .flat_map(|kind| [1, 2].into_iter().flat_map(move |device| scopes.map(|scope| (kind, device, scope))))
    {
        let place = Chain::new(scope, DeviceId(device)).at(2);
        let envelope = perron_ledger::Envelope {
            version: 1,
            kind: kind.number,
            must_understand: false,
            hlc: Hlc::default(),
            wall: NOW,
            author: 0,
            body: vec![0xa0],
            salt: None,
        };
        let readable = Body::from_cbor(kind.number, false, &[0xa0]).is_ok();
        let expected = if !readable {
            Some(Quarantine::Unreadable)
        } else if Kind::may_stand(kind.number, place.chain.device, scope) {
            None
        } else {
            Some(Quarantine::NotAllowed)
        };
        assert_eq!(rights::quarantine(place, &envelope), expected, "{} of {device} in {}", kind.name, scope.0);
    }
}

#[test]
fn of_kinds_not_known_yet_those_of_the_relay_are_set_aside() {
    let judge = |kind, device, scope| {
        let envelope = perron_ledger::Envelope {
            version: 1,
            kind,
            must_understand: false,
            hlc: Hlc::default(),
            wall: NOW,
            author: 0,
            body: vec![0xa0],
            salt: None,
        };
        rights::quarantine(Chain::new(scope, DeviceId(device)).at(1), &envelope).is_none()
    };
    assert!(!judge(29, 2, ROUND) && judge(29, 1, ROUND));
    assert!(judge(60_000, 2, ROUND) && !judge(60_000, 2, Scope::COMMON) && !judge(60_000, 2, Scope::PEOPLE));
}

//! Bytes from nowhere into every decoder of the wire and of the store: an error is fine, a panic never is.
//!
//! Half of the bytes are random; the others are real messages and facts of a simulated day with bits turned, parts cut
//! out, doubled or swapped, so that they get deep into the decoders before they stop making sense.

use crate::rng::Rng;
use crate::sim::Story;
use minicbor::Decode;
use perron_domain::fact::{Body, KINDS};
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::store::{Cursor, Fork};
use perron_ledger::sync::{
    Batch, Enrol, EnrolAnswer, Failure, HelloAnswer, Pull, PullAnswer, Purpose, Push, PushAnswer, Request, from_bytes,
    page, to_bytes,
};
use perron_ledger::{Chain, Envelope, SignedHead, Store, canonical, written};

/// Real bytes to begin with: facts and batches of one story.
#[must_use]
pub fn real(seed: u64) -> Vec<Vec<u8>> {
    let mut story = Story::begin(seed);
    story.live();
    let _ = story.heal();
    let mut bytes: Vec<Vec<u8>> = story.hub.disk.records().into_iter().filter_map(|record| record.bytes).collect();
    let memory = story.hub.disk.memory();
    for scope in story.scopes() {
        for (chain, head) in crate::at_once(memory.heads(scope)).unwrap_or_default() {
            let gap = perron_ledger::sync::Gap { chain, from: 1, to: head.number };
            if let Ok(Some(batch)) = crate::at_once(page::stretch(&*memory, gap)) {
                bytes.push(to_bytes(&batch));
                bytes.push(to_bytes(&Push { client: perron_tablet::courier::client(), batches: vec![batch] }));
            }
        }
    }
    bytes.retain(|bytes| bytes.len() < 20_000);
    bytes
}

/// Returns bytes that are wrong in one or a few places, or throughout.
#[must_use]
pub fn wrong(rng: &Rng, real: &[Vec<u8>]) -> Vec<u8> {
    if rng.chance(30) {
        return (0..rng.below(200)).map(|_| rng.bytes::<1>()[0]).collect();
    }
    let mut bytes = rng.pick(real).unwrap_or_default();
    for _ in 0..=rng.below(4) {
        if bytes.is_empty() {
            break;
        }
        let (at, other) = (rng.below(bytes.len()), rng.below(bytes.len()));
        match rng.below(7) {
            0 => bytes[at] ^= 1 << rng.below(8),
            1 => bytes[at] = rng.bytes::<1>()[0],
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at.min(other)..at.max(other))),
            4 => bytes.insert(at, [0x9f, 0xbf, 0x1b, 0x5b, 0x7b, 0x9b, 0xbb, 0xdb, 0xfb, 0xff][rng.below(10)]),
            5 => {
                let part: Vec<u8> = bytes[at.min(other)..at.max(other)].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes.swap(at, other),
        }
    }
    bytes
}

/// Puts bytes into every decoder; returns how many of them made sense of them.
#[must_use]
pub fn decode(bytes: &[u8]) -> usize {
    let place = Chain::new(Scope::round(1), DeviceId(2)).at(1);
    let mut sense = usize::from(written::read(place, Some(bytes)).is_ok());
    sense += usize::from(canonical::check(bytes).is_ok());
    if let Ok(envelope) = Envelope::decode(bytes) {
        sense += 1;
        sense += usize::from(Body::from_cbor(envelope.kind, envelope.must_understand, &envelope.body).is_ok());
        sense += usize::from(perron_ledger::rights::quarantine(place, &envelope).is_none());
    }
    for kind in KINDS {
        sense += usize::from(Body::from_cbor(kind.number, false, bytes).is_ok());
    }
    sense += one::<Batch>(bytes) + one::<Push>(bytes) + one::<PushAnswer>(bytes) + one::<Pull>(bytes);
    sense += one::<PullAnswer>(bytes) + one::<EnrolAnswer>(bytes) + one::<Failure>(bytes) + one::<HelloAnswer>(bytes);
    sense += one::<SignedHead>(bytes) + one::<Fork>(bytes) + one::<Cursor>(bytes);
    if let Ok(enrol) = from_bytes::<Enrol>(bytes) {
        sense += 1 + usize::from(enrol.verify().is_ok());
    }
    if let Ok(request) = from_bytes::<Request>(bytes) {
        let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]).verifying_key();
        sense += 1 + usize::from(request.verify(Purpose::Push, &key).is_ok());
    }
    if let Ok(batch) = from_bytes::<Batch>(bytes) {
        sense += usize::from(batch.check().is_ok());
    }
    sense
}

fn one<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> usize {
    usize::from(from_bytes::<T>(bytes).is_ok())
}

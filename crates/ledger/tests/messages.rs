//! The messages on the wire: small, and refused cleanly when they are something else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use perron_domain::name::{DeviceId, RelayId};
use perron_ledger::contract::Writer;
use perron_ledger::sync::{
    Client, Code, Enrol, Failure, MAX_BODY_BYTES, PROTOCOL, Purpose, Push, PushAnswer, Request, Versions, from_bytes,
    to_bytes,
};
use support::{NOW, batch, hub, wrote};

fn push(count: u32) -> Push {
    let pen = wrote(3, 0..count);
    let client = Client { protocol: PROTOCOL, app: "perron 0.1.0".to_owned() };
    Push { client, batches: vec![batch(&pen, 1, count)] }
}

#[test]
fn a_round_of_350_facts_is_small() {
    let bytes = to_bytes(&push(350));
    assert!((10_000..40_000).contains(&bytes.len()), "{} bytes", bytes.len());
    assert_eq!(from_bytes::<Push>(&bytes), Ok(push(350)));
    let pen = wrote(3, 0..350);
    let answer = hub().push(batch(&pen, 1, 350));
    let answer = PushAnswer { epoch: Default::default(), batches: vec![answer], update: None, wall: None };
    assert!(to_bytes(&answer).len() < 600, "one byte for each fact");
}

#[test]
fn html_half_a_body_nothing_and_ten_megabytes_are_told_apart_from_a_message() {
    let good = to_bytes(&push(3));
    for wrong in [
        b"<!doctype html><title>502</title>".as_slice(),
        b"",
        &good[..good.len() / 2],
        &[good.as_slice(), &[0]].concat(),
    ] {
        assert_eq!(from_bytes::<Push>(wrong), Err(Code::NotAMessage));
    }
    assert_eq!(from_bytes::<Push>(&vec![0; MAX_BODY_BYTES + 1]), Err(Code::TooLarge));
    assert_eq!(from_bytes::<Push>(&to_bytes(&Failure::from(Code::Unavailable))), Err(Code::NotAMessage));
}

#[test]
fn a_nest_without_end_is_skipped_or_refused_and_ends() {
    let mut nested = vec![0xa1, 0x18, 0x63];
    nested.extend(vec![0x81; 4_000_000]);
    nested.push(0x00);
    assert_eq!(from_bytes::<Push>(&nested), Err(Code::NotAMessage));
    let mut long = vec![0xa1, 0x01, 0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    long.extend([0xa0; 10]);
    assert_eq!(from_bytes::<Push>(&long), Err(Code::NotAMessage));
}

#[test]
fn a_request_is_signed_for_one_purpose_and_one_device() {
    let writer = Writer::new(3);
    let key = writer.key.verifying_key();
    let request = Request::sign(writer.relay, DeviceId(3), NOW, Purpose::Push, vec![0xa0], &writer.key);
    let read: Request = from_bytes(&to_bytes(&request)).unwrap();
    assert_eq!(read.verify(Purpose::Push, &key), Ok(()));
    assert_eq!(read.verify(Purpose::Pull, &key), Err(Code::FalseSignature));
    for other in [
        Request { device: DeviceId(4), ..request.clone() },
        Request { relay: RelayId([9; 16]).0, ..request.clone() },
        Request { body: vec![0xa1, 0, 0], ..request.clone() },
        Request { wall: perron_domain::time::Wall(0), ..request.clone() },
    ] {
        assert_eq!(other.verify(Purpose::Push, &key), Err(Code::FalseSignature));
    }
    assert_eq!(request.verify(Purpose::Push, &Writer::new(4).key.verifying_key()), Err(Code::FalseSignature));
}

#[test]
fn an_enrolment_proves_that_the_tablet_has_the_private_key() {
    let client = Client { protocol: PROTOCOL, app: "perron 0.1.0".to_owned() };
    let enrol = Enrol::new("ABCD-EFGH".to_owned(), "Tablette 1".to_owned(), client, &Writer::new(5).key);
    assert_eq!(enrol.verify(), Ok(Writer::new(5).key.verifying_key()));
    let stolen = Enrol { public_key: Writer::new(6).key.verifying_key().to_bytes(), ..enrol.clone() };
    assert_eq!(stolen.verify(), Err(Code::FalseSignature));
    assert_eq!(Enrol { code: "ABCD-EFGJ".to_owned(), ..enrol }.verify(), Err(Code::FalseSignature));
}

#[test]
fn a_client_that_is_too_old_is_told_so() {
    let versions = Versions { oldest: 2, newest: 3 };
    assert!(versions.too_old(1));
    assert!(!versions.too_old(2));
    assert!(!versions.too_old(9), "a client newer than the hub speaks the hub's language");
}

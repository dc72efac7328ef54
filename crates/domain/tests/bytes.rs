//! Bodies as bytes: what docs/protocol.md says of them is what is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::fact::*;
use perron_domain::name::{DeviceId, FactName, FactRef};
use perron_domain::time::Wall;

fn hex(body: impl Into<Body>) -> String {
    body.into().to_cbor().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn an_absent_field_is_left_out_and_a_reference_of_the_chain_is_a_bare_number() {
    let ended = ObservationEnded { person: FactRef::Own(7), at: Wall(1_000), early_reason: None };
    assert_eq!(hex(ended), "a20007011903e8");
}

#[test]
fn a_reference_to_another_chain_is_device_and_number() {
    let arrived = Arrived { stop: FactRef::Of(FactName::new(DeviceId(1), 2)) };
    assert_eq!(hex(arrived), "a100820102");
}

#[test]
fn a_choice_that_carries_nothing_is_its_number_and_an_empty_list() {
    let given = ConsentGiven {
        act: FactRef::Own(1),
        by: ConsentBy::Own,
        name: None,
        relation: None,
        manner: ConsentManner::Oral,
    };
    assert_eq!(hex(given), "a300010100".to_owned() + "04820080");
}

#[test]
fn a_temperature_below_zero_is_a_negative_number() {
    let read = TemperatureRead { tenths: -5, at: Wall(0), reason: Some("gel".into()) };
    assert_eq!(hex(read), "a3002401000263".to_owned() + "67656c");
}

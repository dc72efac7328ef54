//! What cannot be is not saved at the desk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use perron_domain::fact::*;
use perron_domain::name::DeviceId;
use perron_domain::people::PersonRecord;
use perron_domain::refusal::Refusal;
use perron_domain::state::{CommonState, PeopleState};
use perron_domain::time::Wall;
use perron_domain::{CommonCommand, Context, PeopleCommand, decide_common, decide_people};
use perron_testkit::world::tell_common;

fn context() -> Context {
    Context { device: DeviceId::HUB, next: 1, now: Wall(1_795_000_000_000), author: AccountNo(0) }
}

fn added(birth: &str, phone: &str) -> Result<Vec<Body>, Refusal> {
    let record = PersonRecord {
        birth_name: "Bobine".into(),
        given_names: "Aline".into(),
        birth: Some(birth.parse().unwrap()),
        phone: Some(phone.to_owned()),
        ..PersonRecord::default()
    };
    let command = PeopleCommand::Add(PersonAdded::new(record, String::new()));
    decide_people(&PeopleState::default(), command, &context())
}

#[test]
fn nobody_is_born_in_the_future_nor_longer_ago_than_anybody_lives() {
    assert!(added("1941-05-01", "06 00 00 00 00").is_ok());
    assert_eq!(added("2030-01-01", "06 00 00 00 00"), Err(Refusal::ImpossibleBirth));
    assert_eq!(added("2030", "06 00 00 00 00"), Err(Refusal::ImpossibleBirth));
    assert_eq!(added("1850-01-01", "06 00 00 00 00"), Err(Refusal::ImpossibleBirth));
}

#[test]
fn a_number_that_nobody_can_dial_is_not_saved() {
    assert!(added("1941", "+44 20 7946 0000").is_ok());
    for typed in ["1234", "06 00 00 00", "chez la voisine"] {
        assert_eq!(added("1941", typed), Err(Refusal::NotAPhone), "{typed}");
    }
    let on_call = |phone: &str| {
        let named = OnCallNamed { name: "Dr Tisane".into(), phone: phone.to_owned() };
        decide_common(&CommonState::default(), CommonCommand::NameOnCall(named), &context())
    };
    assert!(on_call("01 99 00 10 01").is_ok() && on_call("15").is_ok());
    assert_eq!(on_call("01990010"), Err(Refusal::NotAPhone), "eight digits");
    assert_eq!(on_call("abc"), Err(Refusal::NotAPhone));
}

#[test]
fn the_last_coordinator_stays_one() {
    let account = |number: u32, roles: Vec<Role>| AccountAdded {
        account: AccountNo(number),
        name: format!("Compte {number}"),
        roles,
        rpps: None,
        prescriber_trained: false,
        phone: None,
    };
    let mut common = CommonState::default();
    for one in [account(1, vec![Role::Coordinator]), account(2, vec![Role::Nurse])] {
        tell_common(&mut common, CommonCommand::AddAccount(one));
    }
    let save = |one: AccountAdded| decide_common(&common, CommonCommand::AddAccount(one), &context());
    assert_eq!(save(account(1, vec![Role::Nurse])), Err(Refusal::LastCoordinator));
    assert!(save(account(2, vec![Role::Nurse, Role::Coordinator])).is_ok());
}

#[test]
fn a_name_that_looks_unfinished_is_told_from_one_that_is_whole() {
    for whole in ["Anne Tabouret", "Marin  Alice", "Bao Le", "", "  "] {
        assert!(!perron_domain::spelling::looks_unfinished(whole), "{whole}");
    }
    for unfinished in ["Ann", "Anne T", "Anne T.", "Tabouret", "Anne Tabouret 2", "0612345678"] {
        assert!(perron_domain::spelling::looks_unfinished(unfinished), "{unfinished}");
    }
}

#[test]
fn coordinates_are_those_of_a_place_on_earth_and_both_or_none() {
    let at = |lon: Option<f64>, lat: Option<f64>| {
        let record = PersonRecord {
            birth_name: "Bobine".into(),
            given_names: "Aline".into(),
            birth: Some("1941-05-01".parse().unwrap()),
            address: perron_domain::people::Address { lon, lat, ..Default::default() },
            ..PersonRecord::default()
        };
        decide_people(&PeopleState::default(), PeopleCommand::Add(PersonAdded::new(record, String::new())), &context())
    };
    assert!(at(Some(2.48), Some(48.9)).is_ok() && at(None, None).is_ok());
    for (lon, lat) in
        [(Some(1e308), Some(-1e308)), (Some(200.0), Some(9.0)), (Some(2.1), None), (Some(f64::NAN), Some(1.0))]
    {
        assert!(matches!(at(lon, lat), Err(Refusal::OutOfRange { .. })), "{lon:?} {lat:?}");
    }
}

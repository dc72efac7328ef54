//! Decisions about doses: who took them, what they move, and the doses of a tablet that is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::command::Whither;
use perron_domain::fact::*;
use perron_domain::lot::LotId;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::refusal::Refusal;
use perron_domain::state::LotBalance;
use perron_domain::state::close::{Gap, gaps};
use perron_domain::{Command, aboard};
use perron_testkit::world::*;

fn people(count: usize) -> Tablet {
    tablet_with((0..count).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect())
}

fn read(tenths: i16) -> Command {
    Command::ReadTemperature { tenths, at: None, reason: Some("boîte ouverte".into()) }
}

fn decide(load: FactName, usable: bool, by: Option<Decider>) -> Command {
    Command::DecideIsolation { load, usable, reason: "dix minutes à 9,1 °C".into(), by }
}

fn physician(account: u32) -> Decider {
    Decider { name: String::new(), quality: DecidedAs::Physician, account: Some(AccountNo(account)) }
}

fn balance(tablet: &Tablet) -> LotBalance {
    let balance = tablet.round.lot_balances()[&LotId::new(VIAL, "V1")];
    assert!(balance.holds());
    balance
}

#[test]
fn doses_to_be_destroyed_are_lost_from_the_decision_on_and_once() {
    let mut tablet = people(1);
    let (load, vial) = tablet.open_vial(2);
    tablet.ok(read(91));
    assert_eq!((balance(&tablet).left, balance(&tablet).wasted), (12, 0));
    tablet.desk_ok(decide(load, false, None));
    assert_eq!((balance(&tablet).left, balance(&tablet).wasted), (0, 12));
    assert!(!gaps(&tablet.round, &tablet.common).iter().any(|gap| matches!(gap, Gap::Lot { .. })));
    // The team throws the vial away and says so: no dose is lost twice.
    tablet.ok(Command::Waste { source: vial, count: 6, reason: "jeté".into() });
    assert_eq!((balance(&tablet).left, balance(&tablet).wasted), (0, 12));
    // Decided otherwise, what nobody threw away is there again.
    tablet.desk_ok(decide(load, true, None));
    assert_eq!((balance(&tablet).left, balance(&tablet).wasted), (6, 6));
}

#[test]
fn the_desk_says_who_decided_and_only_who_may() {
    let mut tablet = people(1);
    let load = tablet.ok(Command::Load(vial_load("V1", 1)));
    tablet.ok(read(91));
    let nurse = tablet.desk().refused(decide(load, false, Some(physician(1))));
    assert_eq!(nurse, Refusal::RoleNeeded { role: Role::Physician });
    let decided = tablet.desk_ok(decide(load, false, Some(physician(9))));
    let written = &tablet.round.written_decisions[&decided];
    let by = written.decided.by.as_ref().unwrap();
    assert_eq!((by.name.as_str(), by.quality), ("Dr David Tabatière", DecidedAs::Physician));
    assert_eq!(written.by, AccountNo(1), "and who wrote it");
}

#[test]
fn the_same_decision_twice_is_one_and_another_stands_in_its_place_beside_it() {
    let mut tablet = people(1);
    let load = tablet.ok(Command::Load(vial_load("V1", 1)));
    tablet.ok(read(91));
    let first = tablet.desk_ok(decide(load, true, Some(physician(9))));
    assert!(tablet.desk().run(decide(load, true, Some(physician(9)))).unwrap().is_empty(), "a double click");
    let second = tablet.desk_ok(decide(load, false, Some(physician(9))));
    assert_eq!(tablet.round.written_decisions.len(), 2, "both stay readable");
    assert!(!tablet.round.counts(first) && tablet.round.counts(second));
}

fn hand_over(from: DeviceId, whither: Whither) -> Command {
    Command::HandOverCustody { from, whither, reason: "tablette perdue".into() }
}

#[test]
fn the_doses_of_a_lost_tablet_are_given_to_another_at_the_desk() {
    let mut lost = people(1);
    let (load, vial) = lost.open_vial(2);
    let mut tablet = Tablet::new(3, &lost.common);
    tablet.now = lost.now;
    tablet.receive(&lost.round.log().iter().cloned().collect::<Vec<_>>());
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    assert_eq!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::NotInCustody);
    tablet.desk_ok(hand_over(lost.device, Whither::Tablet(tablet.device)));
    assert_eq!(tablet.round.holder(load), tablet.device);
    assert!(aboard::holds(&tablet.round, tablet.device, vial) && !aboard::holds(&tablet.round, lost.device, vial));
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    assert_eq!(tablet.desk().refused(hand_over(lost.device, Whither::Relay)), Refusal::NothingToTake);
    // A tablet gives nothing away in another's name.
    let taken = CustodyTaken { device: tablet.device, loads: vec![], to: Some(DeviceId(9)) };
    tablet.write(taken.into());
    assert_eq!(tablet.round.holder(load), tablet.device);
}

#[test]
fn what_came_back_without_its_tablet_goes_to_the_stock_closed_and_is_lost_opened() {
    let mut lost = people(1);
    lost.open_vial(3);
    lost.desk_ok(hand_over(lost.device, Whither::Relay));
    let after = balance(&lost);
    assert_eq!((after.returned, after.wasted, after.left), (12, 6, 0));
}

#[test]
fn doses_that_nobody_has_are_lost() {
    let mut lost = people(1);
    lost.open_vial(3);
    lost.desk_ok(hand_over(lost.device, Whither::Lost));
    let after = balance(&lost);
    assert_eq!((after.returned, after.wasted, after.left), (0, 18, 0));
}

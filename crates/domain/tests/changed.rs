//! A round that is published is changed at the desk: the tablets hear who is added or taken out, and nothing done is hidden.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::command::{ChangedRound, PlannedPerson, PlannedStop};
use perron_domain::fact::*;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::people::Address;
use perron_domain::refusal::Refusal;
use perron_domain::state::close;
use perron_domain::{Command, aboard, changes};
use perron_testkit::world::*;

const NAMES: [&str; 3] = ["Bobine", "Casserole", "Trousse"];

/// Somebody of the relay's list.
fn listed(number: usize) -> FactName {
    FactName::new(DeviceId::HUB, u32::try_from(number).unwrap() + 100)
}

fn stop(number: usize, name: &str) -> PlannedStop {
    PlannedStop {
        stop: StopPlanned {
            address: Address { line: format!("{number} Rue de la Marelle"), ..Address::default() },
            from_minute: None,
            until_minute: None,
            place: None,
            unplanned: false,
        },
        people: vec![PlannedPerson { person: Some(listed(number)), record: person(name, "1940-01-01", &[VIAL]) }],
    }
}

fn stops() -> Vec<PlannedStop> {
    NAMES.iter().enumerate().map(|(number, name)| stop(number, name)).collect()
}

fn tablet() -> Tablet {
    let common = common();
    let mut hub = Tablet::new(1, &common);
    hub.run(Command::PublishRound { plan: plan(), stops: stops() }).unwrap();
    let mut tablet = Tablet::new(2, &common);
    tablet.receive(&hub.written);
    tablet
}

fn change(plan: RoundPlanned, stops: Vec<PlannedStop>, out: &[FactName]) -> Command {
    Command::ChangeRound(Box::new(ChangedRound { plan, stops, out: out.to_vec() }))
}

fn names(tablet: &Tablet) -> Vec<String> {
    tablet.people().iter().map(|person| tablet.round.people[person].record.birth_name.clone()).collect()
}

#[test]
fn the_same_round_again_changes_nothing() {
    let tablet = tablet();
    let same = tablet.desk().run(change(plan(), stops(), &[])).unwrap();
    assert!(same.is_empty());
}

#[test]
fn people_hours_order_lots_and_nurse_change_and_the_release_is_noted_with_its_author() {
    let mut tablet = tablet();
    let out = tablet.people()[1];
    let lots = vec![PlannedLot { product: VIAL.into(), lot: "V7".into(), expiry: day("2022-03-31"), doses: 6 }];
    let plan = RoundPlanned { nurses: vec![AccountNo(2)], lots, start_minute: 600, ..plan() };
    let mut late = stop(0, NAMES[0]);
    late.stop.from_minute = Some(900);
    let stops = vec![stop(2, NAMES[2]), late, stop(7, "Chandelle")];
    tablet.desk_ok(change(plan.clone(), stops.clone(), &[out]));
    assert_eq!(names(&tablet), ["Trousse", "Bobine", "Chandelle"]);
    assert_eq!(tablet.round.plan.as_ref(), Some(&plan));
    let bobine = tablet.people()[1];
    assert_eq!(tablet.round.stops[&tablet.round.people[&bobine].stop].from_minute, Some(900));
    assert_eq!(close::figures(&tablet.round).persons, 3, "as many as there are lines");
    assert_eq!((tablet.round.releases.len(), tablet.round.releases[1].by), (2, AccountNo(1)));
    assert_eq!(tablet.round.taken_out[&out].by, AccountNo(1));
    assert!(!tablet.round.next_stops().contains(&tablet.round.taken_out[&out].visit.stop), "nobody rings there");
    // Put back, she stands where she stood.
    let mut again = stops;
    again.push(stop(1, NAMES[1]));
    tablet.desk_ok(change(plan, again, &[]));
    assert_eq!(names(&tablet), ["Trousse", "Bobine", "Chandelle", "Casserole"]);
    assert!(tablet.round.taken_out.is_empty());
}

#[test]
fn no_dose_is_kept_for_somebody_who_was_taken_out() {
    let mut tablet = tablet();
    tablet.ok(Command::Load(vial_load("V1", 1)));
    let free = |tablet: &Tablet| aboard::free(&tablet.round, &tablet.common, VIAL, tablet.now);
    assert_eq!(free(&tablet), 3);
    let out = tablet.people()[0];
    tablet.desk_ok(change(plan(), stops().split_off(1), &[out]));
    assert_eq!(free(&tablet), 4);
}

#[test]
fn what_a_team_did_before_it_heard_of_it_stands() {
    let mut tablet = tablet();
    let (person, mut desk) = (tablet.people()[0], tablet.desk());
    desk.now = desk.now.plus_minutes(30);
    desk.ok(change(plan(), stops().split_off(1), &[person]));
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    tablet.receive(&desk.written);
    assert_eq!(names(&tablet), NAMES, "the dose was given before the change");
    assert_eq!(close::figures(&tablet.round).doses, 1);
    // The desk that knows of it is refused, by her name.
    let refused = tablet.desk().run(change(plan(), stops().split_off(1), &[person])).unwrap_err();
    assert!(matches!(refused, Refusal::AlreadyBegun { name } if name.contains("BOBINE") || name.contains("Bobine")));
}

#[test]
fn what_a_team_does_after_she_was_taken_out_brings_her_back() {
    let mut tablet = tablet();
    let person = tablet.people()[0];
    let mut offline = tablet.clone();
    tablet.desk_ok(change(plan(), stops().split_off(1), &[person]));
    offline.pass(45);
    let (_, vial) = offline.open_vial(1);
    let act = offline.prepare(person);
    offline.run(Command::Give(give(act, vial, offline.now))).unwrap();
    tablet.receive(&offline.written);
    assert_eq!(tablet.round.outcome_of(person), Some(Outcome::Vaccinated));
    assert!(tablet.round.acts[&act].given.len() == 1 && tablet.people().contains(&person));
    let mut other = offline;
    other.receive(tablet.round.log().iter().cloned().collect::<Vec<_>>().as_slice());
    assert_eq!(other.round.view(), tablet.round.view(), "whichever came first");
}

#[test]
fn a_round_that_is_over_is_neither_changed_nor_given_up() {
    let mut tablet = tablet();
    tablet.desk_ok(Command::CancelRound { reason: "neige".into() });
    let mut desk = tablet.desk();
    assert_eq!(desk.refused(change(plan(), stops(), &[])), Refusal::RoundOver);
    assert_eq!(desk.refused(Command::CancelRound { reason: "neige".into() }), Refusal::RoundOver);
    assert_eq!(tablet.refused(change(plan(), stops(), &[])), Refusal::RoundOver);
}

#[test]
fn a_round_on_the_way_is_not_given_up_behind_its_teams_back() {
    let mut tablet = tablet();
    tablet.write(Departed { at: nine(), missing: vec![], reason: None, battery: None, directives: vec![] }.into());
    assert_eq!(tablet.desk().refused(Command::CancelRound { reason: "neige".into() }), Refusal::TeamLeft);
}

#[test]
fn the_team_hears_what_changed_since_it_last_read_and_no_more() {
    let mut tablet = tablet();
    assert!(changes::since(&tablet.round, None).is_empty());
    let out = tablet.people()[1];
    let plan = RoundPlanned { start_minute: 600, nurses: vec![AccountNo(2)], ..plan() };
    let mut late = stop(0, NAMES[0]);
    late.stop.until_minute = Some(700);
    let first = vec![late.clone(), stop(2, NAMES[2]), stop(7, "Chandelle")];
    tablet.desk_ok(change(plan.clone(), first.clone(), &[out]));
    let heard = changes::since(&tablet.round, None);
    assert_eq!((heard.added.len(), heard.out.as_slice(), heard.hours.len()), (1, [out].as_slice(), 1));
    assert!(heard.frame && heard.nurses && !heard.lots && !heard.order);
    let read = heard.last.unwrap().0;
    let again = changes::since(&tablet.round, Some(read));
    assert!(again.is_empty() && again.last.is_none(), "{again:?}");
    // Another order, and she is put back.
    let turned = vec![first[2].clone(), first[1].clone(), late];
    tablet.desk_ok(change(plan.clone(), turned.clone(), &[]));
    let heard = changes::since(&tablet.round, Some(read));
    assert!(heard.order && heard.added.is_empty() && !heard.frame);
    let mut back = turned;
    back.push(stop(1, NAMES[1]));
    tablet.desk_ok(change(plan, back, &[]));
    assert_eq!(changes::since(&tablet.round, Some(read)).added, [out]);
}

//! Departure and closing: what is missing, what differs, what is signed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::aboard::{Need, needs};
use perron_domain::fact::*;
use perron_domain::lot::LotId;
use perron_domain::refusal::{Needing, Refusal};
use perron_domain::state::close::{Gap, accounts, figures, gaps};
use perron_domain::{Command, Lack};
use perron_testkit::world::*;

fn depart(reason: Option<&str>) -> Command {
    Command::Depart { reason: reason.map(Into::into), battery: Some(80), storage_guaranteed: true }
}

#[test]
fn leaving_without_adrenaline_needs_a_reason_and_says_what_was_missing() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    tablet.ok(Command::Load(vial_load("V1", 1)));
    tablet.ok(Command::ReadTemperature { tenths: 50, at: None, reason: None });
    let lines = KitItem::ALL
        .into_iter()
        .filter(|item| *item != KitItem::Adrenaline)
        .map(|item| KitLine { item, present: true, expiry: item.expires().then(|| day("2022-06-30")) })
        .collect();
    tablet.ok(Command::CheckKit(lines));
    assert_eq!(tablet.refused(depart(None)), Refusal::Missing { items: vec![KitItem::Adrenaline] });
    tablet.ok(depart(Some("livraison à 10 h")));
    assert_eq!(tablet.round.departed.as_ref().unwrap().missing, vec![KitItem::Adrenaline]);
}

#[test]
fn an_expired_kit_is_told_apart_from_one_that_is_not_there() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])]);
    let line = |item, expiry: Option<&str>| KitLine { item, present: true, expiry: expiry.map(day) };
    tablet.ok(Command::CheckKit(vec![
        line(KitItem::EmergencyKit, None),
        line(KitItem::Adrenaline, Some("2021-12-15")),
        line(KitItem::SharpsBox, Some("2021-11-30")),
        line(KitItem::YellowBags, None),
    ]));
    let lacking = perron_domain::lacking(&tablet.round, &tablet.common, true, tablet.now);
    let why = |item| lacking.iter().find(|(one, _)| *one == item).map(|(_, why)| *why);
    assert_eq!(why(KitItem::EmergencyKit), Some(Lack::Undated));
    assert_eq!(why(KitItem::Adrenaline), Some(Lack::Expired(day("2021-12-15"))));
    assert_eq!(why(KitItem::SharpsBox), Some(Lack::Expired(day("2021-11-30"))), "whatever has a date can expire");
    assert_eq!(why(KitItem::YellowBags), None);
    assert_eq!(why(KitItem::OrdinaryBag), Some(Lack::Absent));
    // The last day of use is a day of use.
    tablet.ok(Command::CheckKit(vec![line(KitItem::Adrenaline, Some("2021-12-16"))]));
    assert!(!perron_domain::missing(&tablet.round, &tablet.common, true, tablet.now).contains(&KitItem::Adrenaline));
}

#[test]
fn a_departure_says_which_product_is_short_and_by_how_much() {
    let mut people: Vec<_> = (0..21).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect();
    people.push(person("Parapluie", "1937-05-04", &[SYRINGE]));
    let mut tablet = tablet_with(people);
    let need = |product: &str, waiting, usable| Need { product: product.into(), waiting, usable };
    let told = |tablet: &Tablet| needs(&tablet.round, &tablet.common, tablet.now);
    let lacks_doses = |tablet: &Tablet| {
        perron_domain::missing(&tablet.round, &tablet.common, true, tablet.now).contains(&KitItem::Doses)
    };
    tablet.ok(Command::Load(vial_load("V1", 2)));
    assert_eq!(told(&tablet), [need(VIAL, 21, 12), need(SYRINGE, 1, 0)]);
    assert!(told(&tablet).iter().all(Need::is_short));
    assert!(lacks_doses(&tablet), "a product that somebody expects is not aboard at all");
    let syringes =
        DosesLoaded { product: SYRINGE.into(), form: DoseForm::Prefilled, doses_per_unit: 1, ..vial_load("G1", 3) };
    tablet.ok(Command::Load(syringes));
    assert_eq!(told(&tablet), [need(VIAL, 21, 12), need(SYRINGE, 1, 3)]);
    assert!(!lacks_doses(&tablet), "too few is told, and she may leave with them");
    let person = tablet.people()[0];
    let absent = Outcome::Absent;
    tablet.ok(Command::End { person, act: None, outcome: absent, reason: None, call_again: true, again_on: None });
    assert_eq!(told(&tablet)[0], need(VIAL, 20, 12), "who was not there no longer waits");
}

/// One vaccinated, one who refused, one absent; the vial emptied.
fn after_a_morning() -> Tablet {
    let mut tablet = tablet_with((0..3).map(|n| person(&format!("Bobine{n}"), "1940-01-01", &[VIAL])).collect());
    let (_, vial) = tablet.open_vial(1);
    let people = tablet.people();
    let act = tablet.prepare(people[0]);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    let end =
        |person, outcome| Command::End { person, act: None, outcome, reason: None, call_again: true, again_on: None };
    tablet.ok(end(people[1], Outcome::Refused));
    tablet.ok(end(people[2], Outcome::Absent));
    tablet
}

#[test]
fn persons_seen_minus_those_without_a_dose_are_the_entries_due() {
    let tablet = after_a_morning();
    let line = &accounts(&tablet.round, &tablet.common)[0];
    assert_eq!((line.seen, line.without_dose, line.due()), (2, 1, 1));
    let figures = figures(&tablet.round);
    assert_eq!((figures.persons, figures.doses), (3, 1));
    assert_eq!(figures.outcomes[&Outcome::Absent], 1);
}

#[test]
fn a_visit_put_off_from_the_car_is_nobody_seen() {
    let mut tablet = after_a_morning();
    let person = tablet.people()[1];
    tablet.ok(Command::End {
        person,
        act: None,
        outcome: Outcome::Postponed,
        reason: None,
        call_again: true,
        again_on: None,
    });
    assert_eq!(accounts(&tablet.round, &tablet.common)[0].seen, 1);
}

#[test]
fn differences_are_explained_or_signed_as_open() {
    let mut tablet = after_a_morning();
    let Refusal::Gaps { codes } = tablet.refused(Command::CloseRound { explained: vec![], with_gaps: false }) else {
        panic!("gaps are refused");
    };
    assert!(codes.contains(&"entries:1".to_owned()) && codes.contains(&format!("lot:{VIAL}:V1")), "{codes:?}");
    tablet.ok(Command::CloseRound { explained: vec![], with_gaps: true });
    assert_eq!(tablet.round.closings[0].open_gaps, codes);
}

#[test]
fn a_round_in_order_is_signed_without_differences() {
    let mut tablet = after_a_morning();
    let people = tablet.people();
    let vial = *tablet.round.vials.keys().next().unwrap();
    tablet.ok(Command::Waste { source: vial, count: 5, reason: "fin de tournée".into() });
    tablet.pass(20);
    tablet.ok(Command::EndObservation { person: people[0], early_reason: None });
    tablet.ok(Command::Trace { person: people[0], means: Traceability::VaccinCovid });
    tablet.ok(Command::CountEntries { account: AccountNo(1), entered: 1, not_due: 0, reason: None });
    assert_eq!(gaps(&tablet.round, &tablet.common), Vec::<Gap>::new());
    tablet.ok(Command::CloseRound { explained: vec![], with_gaps: false });
}

#[test]
fn entries_that_were_not_due_need_a_reason() {
    let mut tablet = after_a_morning();
    let count = |reason: Option<&str>| Command::CountEntries {
        account: AccountNo(1),
        entered: 0,
        not_due: 1,
        reason: reason.map(Into::into),
    };
    assert_eq!(tablet.refused(count(None)), Refusal::ReasonNeeded { what: Needing::NotDue });
    tablet.ok(count(Some("saisie par le médecin")));
}

#[test]
fn a_dose_recorded_on_the_wrong_person_moves_and_both_stay_readable() {
    let mut tablet = after_a_morning();
    let people = tablet.people();
    let act = tablet.first_act(people[0]);
    let given = tablet.round.acts[&act].given[0].clone();
    let right = tablet.prepare(people[2]);
    let command = Command::Give(give(right, given.source.unwrap(), given.dose.done_at));
    let reason = Some("mauvaise personne".to_owned());
    tablet.run(Command::Correct { fact: given.name, by: Some(Box::new(command)), reason }).unwrap();
    assert!(tablet.round.acts[&act].given.is_empty());
    assert_eq!(tablet.round.acts[&right].given.len(), 1);
    assert_eq!(tablet.round.outcome_of(people[2]), Some(Outcome::Vaccinated));
    assert_eq!(tablet.round.log().history(given.name).len(), 2);
    assert_eq!(tablet.round.lot_balances()[&LotId::new(VIAL, "V1")].given, 1);
}

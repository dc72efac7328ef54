//! The right to erasure: what goes, what the law keeps, and what the state is then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::fact::*;
use perron_domain::name::{FactName, FactRef};
use perron_domain::refusal::Refusal;
use perron_domain::state::close::gaps;
use perron_domain::state::{PeopleState, RoundState};
use perron_domain::{Command, Context, PeopleCommand, decide_people};
use perron_testkit::world::*;

fn end(person: FactName, outcome: Outcome) -> Command {
    Command::End { person, act: None, outcome, reason: Some("plus tard".into()), call_again: true, again_on: None }
}

fn sign() -> Command {
    Command::CloseRound { explained: Vec::new(), with_gaps: true }
}

/// Bobine refused, Chandelle was vaccinated; the round is signed.
fn signed() -> Tablet {
    let mut tablet =
        tablet_with(vec![person("Bobine", "1931-05-01", &[VIAL]), person("Chandelle", "1947-05-01", &[VIAL])]);
    let (_, vial) = tablet.open_vial(1);
    let people = tablet.people();
    let act = tablet.prepare(people[1]);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    let refusing = tablet.prepare(people[0]);
    let object = |reason: &str| Command::Object {
        act: refusing,
        by: ConsentBy::Own,
        name: None,
        reason: Some(reason.to_owned()),
    };
    let objected = tablet.ok(object("fatiguée"));
    tablet
        .run(Command::Correct { fact: objected, by: Some(Box::new(object("attend sa fille"))), reason: None })
        .unwrap();
    tablet.ok(end(people[0], Outcome::Refused));
    tablet.ok(sign());
    tablet
}

fn erased(tablet: &mut Tablet, name: FactName) -> Vec<FactName> {
    let fact = tablet.desk_ok(Command::Erase(name));
    let Body::Erasure(erasure) = &tablet.round.log().get(fact).unwrap().body else { panic!("an erasure") };
    erasure.facts.iter().map(|reference| reference.name(fact.device)).collect()
}

#[test]
fn everything_said_of_the_person_goes_with_its_corrections_and_nothing_else() {
    let mut tablet = signed();
    let (bobine, chandelle) = (tablet.people()[0], tablet.people()[1]);
    let gone = erased(&mut tablet, bobine);
    assert!(!tablet.round.people.contains_key(&bobine) && tablet.round.people.contains_key(&chandelle));
    // What is left of those facts must not name her: neither readable, nor by a correction.
    for fact in tablet.round.log().iter().filter(|fact| !gone.contains(&fact.name)) {
        let text = format!("{:?}", fact.body);
        assert!(!text.contains("Bobine") && !text.contains("fatiguée"), "{text}");
    }
    let kinds: Vec<&str> = gone.iter().map(|name| tablet.round.log().get(*name).unwrap().body.kind_name()).collect();
    for kind in [
        "DossierAdded",
        "ActPlanned",
        "IdentityChecked",
        "ConsentGiven",
        "ObjectionRaised",
        "Corrected",
        "OutcomeRecorded",
    ] {
        assert!(kinds.contains(&kind), "{kind} {kinds:?}");
    }
    assert_eq!(tablet.round.acts.values().filter(|act| !act.given.is_empty()).count(), 1, "the other dose stands");
}

#[test]
fn the_state_is_the_same_whether_the_bytes_are_there_or_gone() {
    let mut tablet = signed();
    let bobine = tablet.people()[0];
    let gone = erased(&mut tablet, bobine);
    let without = RoundState::of(
        tablet
            .round
            .log()
            .iter()
            .cloned()
            .map(|fact| if gone.contains(&fact.name) { Fact { body: Body::Erased, ..fact } } else { fact }),
    );
    assert_eq!(without.view(), tablet.round.view());
}

#[test]
fn a_dose_is_a_care_record_and_stays() {
    let mut tablet = signed();
    let chandelle = tablet.people()[1];
    assert_eq!(tablet.refused(Command::Erase(chandelle)), Refusal::MustKeep);
}

#[test]
fn a_dose_that_was_moved_to_somebody_else_stays_with_both() {
    let mut tablet =
        tablet_with(vec![person("Bobine", "1931-05-01", &[VIAL]), person("Chandelle", "1947-05-01", &[VIAL])]);
    let (_, vial) = tablet.open_vial(1);
    let people = tablet.people();
    let (wrong, right) = (tablet.prepare(people[0]), tablet.prepare(people[1]));
    let given = *tablet.run(Command::Give(give(wrong, vial, tablet.now))).unwrap().last().unwrap();
    let command = Some(Box::new(Command::Give(give(right, vial, tablet.now))));
    tablet.run(Command::Correct { fact: given, by: command, reason: Some("mauvaise personne".into()) }).unwrap();
    tablet.ok(sign());
    assert_eq!(tablet.refused(Command::Erase(people[0])), Refusal::MustKeep);
    assert_eq!(tablet.round.acts[&right].given.len(), 1);
}

#[test]
fn nobody_is_erased_out_of_a_round_that_is_under_way() {
    let mut tablet = tablet_with(vec![person("Bobine", "1931-05-01", &[VIAL])]);
    let bobine = tablet.people()[0];
    assert_eq!(tablet.refused(Command::Erase(bobine)), Refusal::StillPlanned);
    tablet.desk_ok(Command::CancelRound { reason: "neige".into() });
    erased(&mut tablet, bobine);
    assert!(tablet.round.people.is_empty());
}

#[test]
fn an_entry_of_the_waiting_list_goes_at_once() {
    let mut tablet = tablet_with(vec![person("Bobine", "1931-05-01", &[VIAL])]);
    let waits = tablet.ok(Command::List { record: person("Trousse", "1940-01-01", &[]), proposed: None, stop: None });
    assert_eq!(erased(&mut tablet, waits), [waits]);
    assert!(tablet.round.waiting.is_empty());
    assert!(matches!(tablet.refused(Command::Erase(waits)), Refusal::Unknown { .. }));
}

#[test]
fn the_relays_list_forgets_the_person_and_what_was_corrected_of_her() {
    let (mut people, context) = (
        PeopleState::default(),
        Context { device: perron_domain::name::DeviceId::HUB, next: 1, now: nine(), author: AccountNo(1) },
    );
    let tell = |people: &mut PeopleState, command: PeopleCommand| {
        let next = u32::try_from(people.log().len()).unwrap() + 1;
        let context = Context { next, ..context };
        for (number, body) in (next..).zip(decide_people(people, command, &context).unwrap()) {
            let hlc = people.log().clock().tick(nine());
            people.apply(Fact {
                name: FactName::new(context.device, number),
                hlc,
                wall: nine(),
                author: AccountNo(1),
                body,
            });
        }
    };
    let record = person("Bobine", "1931-05-01", &[]);
    tell(&mut people, PeopleCommand::Add(PersonAdded::new(record.clone(), "a")));
    let bobine = *people.persons.keys().next().unwrap();
    let moved = perron_domain::people::PersonRecord { used_name: Some("Fil".into()), ..record };
    tell(&mut people, PeopleCommand::Change { person: bobine, record: moved, reason: None });
    tell(&mut people, PeopleCommand::Erase(bobine));
    assert!(people.persons.is_empty() && people.by_source.is_empty());
    let last = people.log().iter().last().unwrap();
    let Body::Erasure(erasure) = &last.body else { panic!("an erasure") };
    assert_eq!(erasure.facts, [FactRef::Own(1), FactRef::Own(2)]);
}

#[test]
fn the_head_of_the_relay_explains_what_the_team_left_open_and_a_changed_figure_opens_it_again() {
    let mut tablet = signed();
    let lot = format!("lot:{VIAL}:V1");
    let find = |tablet: &Tablet| gaps(&tablet.round, &tablet.common).into_iter().find(|gap| gap.code() == lot).unwrap();
    assert_eq!(find(&tablet).explanation(&tablet.round), None);
    assert!(matches!(
        tablet.refused(Command::ExplainGap { gap: lot.clone(), text: " ".into() }),
        Refusal::Empty { .. }
    ));
    tablet.desk_ok(Command::ExplainGap { gap: lot.clone(), text: "flacon jeté au relais".into() });
    assert_eq!(find(&tablet).explanation(&tablet.round), Some("flacon jeté au relais"));
    let vial = *tablet.round.vials.keys().next().unwrap();
    tablet.ok(Command::Waste { source: vial, count: 2, reason: "tombées".into() });
    assert_eq!(find(&tablet).explanation(&tablet.round), None, "three left are not the five that were explained");
    assert_eq!(tablet.refused(Command::ExplainGap { gap: "lot:x:y".into(), text: "?".into() }), Refusal::NoSuchGap);
}

#[test]
fn a_round_that_is_not_signed_has_nothing_to_explain() {
    let mut tablet = tablet_with(vec![person("Bobine", "1931-05-01", &[VIAL])]);
    let gap = format!("open:{}", tablet.people()[0]);
    assert_eq!(tablet.refused(Command::ExplainGap { gap, text: "absente".into() }), Refusal::NoSuchGap);
}

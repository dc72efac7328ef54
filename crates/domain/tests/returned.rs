//! The way back: what rounds learn of people is known to the relay, once, corrected and erased as the rounds are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::command::{GiveDose, PlannedPerson, PlannedStop};
use perron_domain::date::PartialDate;
use perron_domain::fact::*;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::people::*;
use perron_domain::state::{PeopleState, RoundState};
use perron_domain::{Command, Context, PeopleCommand, bring_back, bring_forward, decide_people, told_since};
use perron_testkit::world::*;
use proptest::prelude::*;

/// The relay's people, as the hub keeps them.
#[derive(Clone, Default)]
struct Office {
    people: PeopleState,
    /// A restored hub goes on under a number that it never had.
    restored: bool,
}

impl Office {
    fn write(&mut self, decide: impl FnOnce(&PeopleState, &Context) -> Vec<Body>) -> Vec<FactName> {
        let next = u32::try_from(self.people.log().len()).unwrap() + 1;
        let device = if self.restored { DeviceId::HUB_AGAIN } else { DeviceId::HUB };
        let context = Context { device, next, now: nine(), author: AccountNo(0) };
        let bodies = decide(&self.people, &context);
        let mut names = Vec::new();
        for (number, body) in (next..).zip(bodies) {
            let name = FactName::new(device, number);
            let hlc = self.people.log().clock().tick(nine());
            let body = Body::from_cbor(body.kind(), body.must_understand(), &body.to_cbor()).unwrap();
            self.people.apply(Fact { name, hlc, wall: nine(), author: AccountNo(0), body });
            names.push(name);
        }
        names
    }

    fn tell(&mut self, command: PeopleCommand) -> Vec<FactName> {
        self.write(|people, context| decide_people(people, command, context).unwrap())
    }

    fn add(&mut self, record: PersonRecord) -> FactName {
        self.tell(PeopleCommand::Add(PersonAdded::new(record, "")))[0]
    }

    /// Brings back what a round says now; returns how many facts that took.
    fn back(&mut self, number: u32, round: &RoundState) -> usize {
        let common = common();
        self.write(|people, context| bring_back(number, round, &common, people, context)).len()
    }

    fn record(&self, person: FactName) -> &PersonRecord {
        &self.people.persons[&person]
    }

    /// What is known of everybody met or listed, without the names that arrival gave the facts.
    fn known(&self) -> Vec<String> {
        let mut known: Vec<String> = self
            .people
            .known
            .values()
            .filter(|person| person.listed.is_some())
            .map(|person| {
                let back: Vec<_> = person.counting().map(|one| (one.source, one.at, one.by, &one.what)).collect();
                format!("{:?} {:?} {:?} {back:?}", person.record(None), person.standing(None), person.alerts())
            })
            .collect();
        known.sort();
        known
    }

    /// The effective facts that came back, by source: never two for one.
    fn sources(&self) -> Vec<RoundFact> {
        let (effective, _) = self.people.log().effective();
        let mut sources: Vec<RoundFact> = effective
            .iter()
            .filter_map(|one| match one.body.as_ref() {
                Body::Returned(returned) => Some(returned.source),
                _ => None,
            })
            .collect();
        sources.sort();
        sources
    }
}

/// A tablet with a round in which these people of the list are planned.
fn round_with(people: &[(FactName, PersonRecord)]) -> Tablet {
    let common = common();
    let mut hub = Tablet::new(1, &common);
    let stop = |person: &(FactName, PersonRecord)| PlannedStop {
        stop: StopPlanned {
            address: Address { line: "1 Rue de la Marelle".into(), ..Address::default() },
            from_minute: None,
            until_minute: None,
            place: None,
            unplanned: false,
        },
        people: vec![PlannedPerson { person: Some(person.0), record: person.1.clone() }],
    };
    let stops = people.iter().map(stop).collect();
    hub.run(Command::PublishRound { plan: plan(), stops }).unwrap();
    let mut tablet = Tablet::new(2, &common);
    tablet.receive(&hub.written);
    tablet
}

fn one(record: PersonRecord) -> (Office, FactName, Tablet) {
    let mut office = Office::default();
    let name = office.add(record);
    let tablet = round_with(&[(name, office.record(name).clone())]);
    (office, name, tablet)
}

fn vaccinate(tablet: &mut Tablet, person: FactName) -> FactName {
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    *tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap().last().unwrap()
}

fn end(person: FactName, outcome: Outcome, call_again: bool) -> Command {
    Command::End { person, act: None, outcome, reason: None, call_again, again_on: None }
}

#[test]
fn a_dose_given_counts_in_the_next_dossier_and_the_next_rank_follows() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    vaccinate(&mut tablet, dossier);
    assert_eq!(office.back(1, &tablet.round), 1, "the dose, and nothing of the consent or the questions of today");
    let known = office.record(bobine);
    let dose =
        PriorDose { product: VIAL.into(), on: Some(PartialDate::Day(day("2021-12-16"))), lot: Some("V1".into()) };
    assert_eq!(known.doses, [dose]);
    assert_eq!(known.wishes[0].rank, Some(2));
    assert_eq!(office.back(1, &tablet.round), 0, "once");
}

#[test]
fn two_records_of_one_person_are_joined_with_all_that_came_back_of_both() {
    let mut office = Office::default();
    let (first, twin) = (person("Bobine", "1931-05-01", &[VIAL]), person("Bobinne", "1931-05-01", &[VIAL]));
    let (kept, gone) =
        (office.add(first.clone()), office.tell(PeopleCommand::Add(PersonAdded::new(twin.clone(), "row")))[0]);
    let mut tablet = round_with(&[(gone, twin)]);
    let dossier = tablet.people()[0];
    vaccinate(&mut tablet, dossier);
    assert_eq!(office.back(1, &tablet.round), 1);
    let record = PersonRecord { phone: Some("0600000001".into()), ..first };
    office.tell(PeopleCommand::Join { person: kept, other: gone, record });
    assert_eq!(office.people.persons.keys().copied().collect::<Vec<_>>(), [kept]);
    let known = office.record(kept);
    assert_eq!(
        (known.birth_name.as_str(), known.phone.as_deref(), known.doses.len()),
        ("Bobine", Some("0600000001"), 1)
    );
    assert_eq!((office.people.now(gone), office.people.by_source["row"]), (kept, kept), "the row adds nobody again");
    assert_eq!(office.back(1, &tablet.round), 0, "what came back stays what it was");
    // What the round says later of the record that is gone is hers.
    tablet.ok(end(dossier, Outcome::Refused, false));
    assert_eq!(office.back(1, &tablet.round), 1);
    assert!(office.people.known[&kept].standing(None).is_some_and(|standing| standing.never));
    // The desk goes on with what it kept.
    let edited = PersonRecord { floor: Some("3".into()), ..office.people.known[&kept].editable(None).unwrap() };
    office.tell(PeopleCommand::Change { person: kept, record: edited, reason: None });
    assert_eq!(office.record(kept).floor.as_deref(), Some("3"));
    // Facts that arrive in another order say the same.
    let mut again = PeopleState::default();
    let facts: Vec<Fact> = office.people.log().iter().cloned().collect();
    for fact in facts.into_iter().rev() {
        let _ = again.apply(fact);
    }
    assert_eq!(again.view(), office.people.view());
    // And her right to be forgotten takes both with it.
    office.tell(PeopleCommand::Erase(kept));
    assert!(office.people.persons.is_empty() && office.people.by_source.is_empty());
    assert_eq!(office.back(1, &tablet.round), 0);
}

#[test]
fn a_record_is_joined_with_another_one_that_is_there_and_never_with_itself() {
    let mut office = Office::default();
    let one = office.add(person("Bobine", "1931-05-01", &[]));
    let record = office.record(one).clone();
    let context = Context { device: DeviceId::HUB, next: 9, now: nine(), author: AccountNo(0) };
    for other in [one, FactName::new(DeviceId::HUB, 7)] {
        let command = PeopleCommand::Join { person: one, other, record: record.clone() };
        assert!(decide_people(&office.people, command, &context).is_err());
    }
}

#[test]
fn a_correction_of_the_source_is_followed_and_a_withdrawal_too() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    let dose = vaccinate(&mut tablet, dossier);
    office.back(1, &tablet.round);
    tablet.ok(Command::Correct { fact: dose, by: None, reason: Some("mauvaise personne".into()) });
    assert_eq!(office.back(1, &tablet.round), 1);
    assert!(office.record(bobine).doses.is_empty());
    assert_eq!(office.record(bobine).wishes[0].rank, Some(1));
    // The withdrawal was a mistake: the dose comes back under the name that it had.
    let vial = *tablet.round.vials.keys().next().unwrap();
    let again = Command::Give(give(tablet.first_act(dossier), vial, tablet.now));
    tablet.ok(Command::Correct { fact: dose, by: Some(Box::new(again)), reason: None });
    assert_eq!(office.back(1, &tablet.round), 1);
    assert_eq!(office.record(bobine).doses.len(), 1);
    let written = office.people.log().iter().filter(|fact| matches!(fact.body, Body::Returned(_))).count();
    assert_eq!(written, 1, "one people's fact for one source");
}

#[test]
fn a_corrected_birth_date_stays_when_the_desk_changes_the_telephone() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    let birth = Some("1931-05-21".parse().unwrap());
    tablet.ok(Command::CorrectIdentity { person: dossier, birth_name: None, given_names: None, birth, sex: None });
    office.back(1, &tablet.round);
    assert_eq!(office.record(bobine).birth, birth);
    let shown = office.people.known[&bobine].editable(None).unwrap();
    let edited = PersonRecord { phone: Some("0600000001".into()), ..shown };
    office.tell(PeopleCommand::Change { person: bobine, record: edited, reason: None });
    assert_eq!(office.record(bobine).birth, birth);
    assert_eq!(office.people.known[&bobine].listed.as_ref().unwrap().birth, Some("1931-05-01".parse().unwrap()));
    // What the desk itself decides of her birth date counts from then on.
    let own = Some("1931-05-12".parse().unwrap());
    let edited = PersonRecord { birth: own, ..office.people.known[&bobine].editable(None).unwrap() };
    office.tell(PeopleCommand::Change { person: bobine, record: edited, reason: None });
    assert_eq!(office.record(bobine).birth, own);
    assert_eq!(office.back(1, &tablet.round), 0);
}

#[test]
fn somebody_met_on_the_spot_is_a_person_of_the_relay_with_all_that_was_learned_of_her() {
    let (mut office, _, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    tablet.open_vial(1);
    let stop = *tablet.round.stops.keys().next().unwrap();
    let met = tablet.ok(Command::AddPerson { stop, record: person("Trousse", "1940-01-01", &[VIAL]), despite: None });
    assert_eq!(office.back(1, &tablet.round), 1);
    let vial = *tablet.round.vials.keys().next().unwrap();
    let act = tablet.prepare(met);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    tablet.ok(Command::Report { person: Some(met), kind: IncidentKind::Reaction, text: "urticaire".into() });
    assert_eq!(office.back(1, &tablet.round), 2);
    let (trousse, known) = office.people.persons.iter().find(|(_, one)| one.birth_name == "Trousse").unwrap();
    assert_eq!(known.doses.len(), 1);
    let alerts = office.people.known[trousse].alerts();
    assert!(matches!(&alerts[..], [perron_domain::state::Alert::Incident { product: Some(product), text, .. }]
        if product == VIAL && text == "urticaire"));
    // The desk says more of her; she is planned again and her next round is about the same person.
    let trousse = *trousse;
    let edited = PersonRecord { floor: Some("2".into()), ..office.people.known[&trousse].editable(None).unwrap() };
    office.tell(PeopleCommand::Change { person: trousse, record: edited, reason: None });
    assert_eq!((office.record(trousse).floor.as_deref(), office.record(trousse).doses.len()), (Some("2"), 1));
    assert_eq!(office.back(1, &tablet.round), 0);
    let mut second = round_with(&[(trousse, office.record(trousse).clone())]);
    let dossier = second.people()[0];
    second.ok(end(dossier, Outcome::Deceased, false));
    office.back(2, &second.round);
    assert_eq!(office.people.known[&trousse].standing(None).map(|one| one.outcome), Some(Outcome::Deceased));
    // Her right to be forgotten takes everything that came back, and nothing comes back again.
    office.tell(PeopleCommand::Erase(trousse));
    assert!(!office.people.persons.contains_key(&trousse));
    assert_eq!((office.back(1, &tablet.round), office.back(2, &second.round)), (0, 0));
}

#[test]
fn a_death_and_a_refusal_for_good_outlive_later_visits_until_the_desk_hears_otherwise() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    let act = tablet.prepare(dossier);
    tablet.ok(Command::Object { act, by: ConsentBy::Own, name: None, reason: None });
    tablet.ok(end(dossier, Outcome::Refused, false));
    office.back(1, &tablet.round);
    assert!(office.people.known[&bobine].standing(None).unwrap().forbids());
    let mut second = round_with(&[(bobine, office.record(bobine).clone())]);
    let dossier = second.people()[0];
    second.ok(end(dossier, Outcome::Absent, true));
    office.back(2, &second.round);
    assert!(office.people.known[&bobine].standing(None).unwrap().never);
    office.tell(PeopleCommand::MayCall { person: bobine, reason: "elle a rappelé".into() });
    assert_eq!(office.people.known[&bobine].standing(None), None);
}

#[test]
fn what_is_erased_in_the_round_is_erased_here() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    tablet.ok(end(dossier, Outcome::Hospitalised, true));
    office.back(1, &tablet.round);
    assert!(office.people.known[&bobine].standing(None).is_some());
    tablet.ok(Command::CloseRound { explained: Vec::new(), with_gaps: true });
    tablet.desk_ok(Command::Erase(dossier));
    assert_eq!(office.back(1, &tablet.round), 1);
    let last = office.people.log().iter().last().unwrap();
    assert!(matches!(&last.body, Body::Erasure(erasure) if erasure.facts.len() == 1));
    assert_eq!(office.people.known[&bobine].standing(None), None);
    assert_eq!(office.back(1, &tablet.round), 0);
}

#[test]
fn a_tablet_does_not_say_whom_of_the_list_it_met() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let other = office.add(person("Chandelle", "1935-05-01", &[VIAL]));
    let stop = *tablet.round.stops.keys().next().unwrap();
    // What another client might write: a dossier of its own about somebody of another round.
    let claimed = Some((other.device.0, other.number));
    let stop = perron_domain::name::FactRef::Of(stop);
    let record = person("Chandelle", "1935-05-01", &[]);
    let forged = tablet.write(DossierAdded { stop, person: claimed, record, walk_in: false }.into());
    tablet.ok(end(forged, Outcome::Deceased, false));
    office.back(1, &tablet.round);
    assert_eq!(office.people.known[&other].standing(None), None, "she lives, whatever the tablet says");
    assert_eq!(office.people.known[&bobine].standing(None), None);
    // What it says is kept, as of somebody met on the spot, for the relay to look at.
    assert_eq!(office.people.persons.len(), 3);
}

#[test]
fn adrenaline_is_known_to_the_relay_and_to_the_vaccine_that_was_still_to_come() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL, SYRINGE]));
    let dossier = tablet.people()[0];
    vaccinate(&mut tablet, dossier);
    let flu = *tablet.round.people[&dossier].acts.last().unwrap();
    let case = |tablet: &Tablet| {
        perron_domain::door::answer(&tablet.round, &tablet.common, flu, AccountNo(1), tablet.now).unwrap().0
    };
    assert!(case(&tablet).reactions.is_empty());
    // Both given before: what was said of them can still be put right after the emergency.
    let mut both = tablet.clone();
    let syringes =
        DosesLoaded { product: SYRINGE.into(), form: DoseForm::Prefilled, doses_per_unit: 1, ..vial_load("S1", 1) };
    let load = both.ok(Command::Load(syringes));
    both.ok(Command::Answer { act: flu, answers: vec![no_fever()] });
    let manner = ConsentManner::Oral;
    both.ok(Command::Consent { act: flu, by: ConsentBy::Own, name: None, relation: None, manner });
    both.run(Command::Give(give(flu, load, both.now))).unwrap();
    both.ok(Command::NoteAdrenaline { person: Some(dossier), at: None });
    let first = both.round.people[&dossier].acts[0];
    let dose = both.round.acts[&first].given[0].name;
    let vial = both.round.acts[&first].given[0].source.unwrap();
    let again = GiveDose { site: Site::RightArm, ..give(first, vial, both.now) };
    both.ok(Command::Correct { fact: dose, by: Some(Box::new(Command::Give(again))), reason: None });
    let recorded = both.round.log().iter().rev().find_map(|fact| match &fact.body {
        Body::AnswerRecorded(recorded) => Some(recorded.case.to_vec()),
        _ => None,
    });
    let judged: perron_domain::rules::Case = minicbor::decode(&recorded.unwrap()).unwrap();
    assert!(judged.reactions.is_empty(), "nobody knew of it then");
    tablet.ok(Command::NoteAdrenaline { person: Some(dossier), at: None });
    let told = case(&tablet).reactions;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].question.as_str(), told[0].product.as_str()), ("anaphylaxis_previous_dose", VIAL));
    office.back(1, &tablet.round);
    let alerts = office.people.known[&bobine].alerts();
    assert!(
        matches!(&alerts[..], [perron_domain::state::Alert::Incident { product: Some(product), .. }]
        if product == VIAL),
        "{alerts:?}"
    );
}

#[test]
fn a_place_in_the_list_that_a_restore_lost_begins_again_from_the_round() {
    let (_, _, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    vaccinate(&mut tablet, dossier);
    let mut restored = Office { restored: true, ..Office::default() };
    assert_eq!(restored.back(1, &tablet.round), 2);
    assert_eq!(restored.people.persons.values().next().unwrap().doses.len(), 1);
    assert_eq!(restored.back(1, &tablet.round), 0);
}

#[test]
fn what_the_door_noted_of_her_history_is_known_and_her_dose_of_the_relay_is_not_written_twice() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let dossier = tablet.people()[0];
    vaccinate(&mut tablet, dossier);
    office.back(1, &tablet.round);
    let mut second = round_with(&[(bobine, office.record(bobine).clone())]);
    let dossier = second.people()[0];
    let mut doses = second.round.people[&dossier].record.doses.clone();
    doses.push(PriorDose { product: SYRINGE.into(), on: None, lot: None });
    let history = History {
        doses: Some(doses),
        lists: vec![ListKnown { list: "covid".into(), complete: true }],
        ..History::default()
    };
    second.ok(Command::NoteHistory { person: dossier, history });
    office.back(2, &second.round);
    let known = office.record(bobine);
    assert_eq!(known.doses.len(), 2);
    assert_eq!(known.list("covid"), Some(true));
}

/// What another round learns is told to a round that is under way: the hub writes it there in nobody's name.
fn forward(office: &Office, number: u32, round: &mut RoundState) -> usize {
    let hub: Vec<_> = round.log().iter().filter(|fact| fact.name.device == DeviceId::HUB).collect();
    let next = u32::try_from(hub.len()).unwrap() + 1;
    let context = Context { device: DeviceId::HUB, next, now: nine(), author: AccountNo(0) };
    let bodies = bring_forward(number, round, &common(), &office.people, &context);
    for (number, body) in (next..).zip(bodies.clone()) {
        let name = FactName::new(DeviceId::HUB, number);
        let hlc = round.log().clock().tick(nine());
        round.apply(Fact { name, hlc, wall: nine(), author: AccountNo(0), body });
    }
    bodies.len()
}

#[test]
fn a_round_that_is_published_hears_of_a_dose_and_of_a_death_and_of_their_withdrawal() {
    let (mut office, bobine, mut tablet) = one(person("Bobine", "1931-05-01", &[VIAL]));
    let mut second = round_with(&[(bobine, office.record(bobine).clone())]).round;
    assert_eq!(forward(&office, 2, &mut second), 0, "nothing is news yet");
    let dossier = tablet.people()[0];
    let dose = vaccinate(&mut tablet, dossier);
    office.back(1, &tablet.round);
    assert_eq!(forward(&office, 2, &mut second), 1);
    let there = second.people_in_order()[0];
    assert_eq!(second.people[&there].record.doses.len(), 1);
    assert_eq!((forward(&office, 2, &mut second), office.back(2, &second)), (0, 0), "it is no news to the relay");
    tablet.ok(Command::Correct { fact: dose, by: None, reason: Some("mauvaise personne".into()) });
    let died = tablet.ok(end(dossier, Outcome::Deceased, false));
    office.back(1, &tablet.round);
    assert_eq!(forward(&office, 2, &mut second), 2);
    assert!(second.people[&there].record.doses.is_empty());
    assert_eq!(second.outcome_of(there), Some(Outcome::Deceased));
    assert_eq!(told_since(&second)[0].out, Some(Outcome::Deceased));
    assert_eq!((forward(&office, 2, &mut second), office.back(2, &second)), (0, 0));
    tablet.ok(Command::Correct { fact: died, by: None, reason: Some("homonyme".into()) });
    office.back(1, &tablet.round);
    assert_eq!(forward(&office, 2, &mut second), 1);
    assert_eq!(second.outcome_of(there), None);
    assert!(told_since(&second).is_empty());
}

/// Two people of the list and one met on the spot: doses, corrections, deaths, a next date, an erasure.
fn busy_round() -> (Office, Vec<Fact>) {
    let mut office = Office::default();
    let names: Vec<FactName> = ["Bobine", "Chandelle", "Dentelle"]
        .into_iter()
        .map(|name| office.add(person(name, "1931-05-01", &[VIAL])))
        .collect();
    let planned: Vec<_> = names.iter().map(|name| (*name, office.record(*name).clone())).collect();
    let mut tablet = round_with(&planned);
    let people = tablet.people();
    let dose = vaccinate(&mut tablet, people[0]);
    tablet.pass(3);
    tablet.ok(Command::Report { person: Some(people[0]), kind: IncidentKind::Faint, text: "pâle".into() });
    let birth = Some("1930-05-01".parse().unwrap());
    tablet.ok(Command::CorrectIdentity { person: people[1], birth_name: None, given_names: None, birth, sex: None });
    let history = History {
        infections: Some(vec![Infection { on: None, proof: true }]),
        traits: vec![TraitKnown { which: perron_domain::rules::Trait::AtRisk, known: Known::Yes }],
        ..History::default()
    };
    tablet.ok(Command::NoteHistory { person: people[1], history });
    let died = tablet.ok(end(people[1], Outcome::Deceased, false));
    tablet.pass(2);
    tablet.ok(Command::Correct { fact: died, by: Some(Box::new(end(people[1], Outcome::Moved, true))), reason: None });
    tablet.ok(end(people[2], Outcome::Absent, true));
    let stop = tablet.round.people[&people[2]].stop;
    let met = tablet.ok(Command::AddPerson { stop, record: person("Trousse", "1940-01-01", &[VIAL]), despite: None });
    let vial = *tablet.round.vials.keys().next().unwrap();
    let act = tablet.prepare(met);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    tablet.ok(Command::Correct { fact: dose, by: None, reason: Some("mauvaise personne".into()) });
    tablet.ok(Command::CloseRound { explained: Vec::new(), with_gaps: true });
    tablet.desk_ok(Command::Erase(people[2]));
    (office, tablet.round.log().iter().cloned().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_order_repetition_and_interruption_of_a_round_gives_the_same_people(
        order in Just(busy_round().1).prop_shuffle(),
        size in 1_usize..40,
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let (mut straight, facts) = busy_round();
        straight.back(1, &RoundState::of(facts));
        let mut office = busy_round().0;
        let mut round = RoundState::default();
        let repeated: Vec<Fact> = again.iter().map(|index| index.get(&order).clone()).collect();
        for batch in order.chunks(size).chain(repeated.chunks(size)) {
            round.apply_all(batch.to_vec());
            office.back(1, &round);
        }
        prop_assert_eq!(office.back(1, &round), 0);
        prop_assert_eq!(office.known(), straight.known());
        let sources = office.sources();
        prop_assert_eq!(&sources, &straight.sources());
        prop_assert!(sources.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

#[test]
fn the_desk_enters_no_dose_of_a_day_that_is_to_come() {
    let dose = |on: &str| PriorDose { product: VIAL.into(), on: Some(on.parse().unwrap()), lot: None };
    let with = |on: &str| PersonRecord { doses: vec![dose(on)], ..person("Bobine", "1931-05-01", &[]) };
    let mut office = Office::default();
    let context = Context { device: DeviceId::HUB, next: 1, now: nine(), author: AccountNo(0) };
    let refused = |people: &PeopleState, command| decide_people(people, command, &context).unwrap_err();
    let add = PeopleCommand::Add(PersonAdded::new(with("2031-01-01"), ""));
    assert_eq!(refused(&office.people, add), perron_domain::refusal::Refusal::ImpossiblePast);
    let bobine = office.add(with("2021-11-30"));
    let change = PeopleCommand::Change { person: bobine, record: with("2031-01"), reason: None };
    assert_eq!(refused(&office.people, change), perron_domain::refusal::Refusal::ImpossiblePast);
    office.tell(PeopleCommand::Change { person: bobine, record: with("2021"), reason: None });
}

//! At the door: what may be recorded, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::fact::*;
use perron_domain::refusal::{Field, Needing, Refusal};
use perron_domain::rules::{Condition, Outcome as RuleOutcome};
use perron_domain::{Command, CommonCommand, NewDirective, aboard, command::GiveDose, door, door::Rank};
use perron_testkit::world::*;

fn adult() -> Tablet {
    tablet_with(vec![person("Parapluie", "1937-05-04", &[VIAL])])
}

#[test]
fn an_eligible_adult_is_vaccinated_and_observed_for_the_minutes_of_the_directive() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.run(Command::Give(give(act, vial, tablet.now))).unwrap();
    assert_eq!(tablet.round.outcome_of(person), Some(Outcome::Vaccinated));
    let timer = &tablet.round.timers()[0];
    assert_eq!(timer.until.since(timer.from), 20 * 60_000);
    let given = &tablet.round.acts[&act].given[0];
    assert!(given.dose.answer.is_some(), "the dose stands on a recorded answer");
    assert_eq!(given.dose.prescribed_by.as_deref(), Some("Anne Perchoir"));
}

#[test]
fn somebody_met_at_a_door_who_is_on_the_round_is_recognised() {
    let mut known = person("Lefèvre-Müller", "1951-03-04", &[VIAL]);
    known.used_name = Some("Parapluie".into());
    known.given_names = "Ana Maria".into();
    let tablet = tablet_with(vec![person("Bobine", "1940-01-01", &[VIAL]), known]);
    let who = tablet.people()[1];
    let met = |name: &str, given: &str, birth: Option<&str>| {
        let mut record = person(name, birth.unwrap_or("1951"), &[]);
        record.given_names = given.into();
        record.birth = record.birth.filter(|_| birth.is_some());
        tablet.round.already_here(&record)
    };
    assert_eq!(met("LEFEVRE MULLER", "ana", Some("1951-03-04")), Some(who));
    assert_eq!(met("parapluie", "Ana Maria", Some("1951")), Some(who), "by the name of daily life, and the year");
    assert_eq!(met("Lefevre Mu\u{308}ller", "", None), Some(who), "nothing speaks against it");
    assert_eq!(met("Lefèvre-Müller", "Ana", Some("1951-03-05")), None, "another birth date");
    assert_eq!(met("Lefèvre-Müller", "Jean", Some("1951-03-04")), None, "a twin");
    assert_eq!(met("Lefèvre", "Ana", Some("1951-03-04")), None);
}

#[test]
fn a_rank_beyond_the_known_doses_is_to_be_checked() {
    let common = common();
    let dose = |product: &str| perron_domain::people::PriorDose { product: product.into(), on: None, lot: None };
    let mut record = person("Parapluie", "1937-05-04", &[VIAL]);
    record.doses = vec![dose(VIAL), dose(SYRINGE)];
    let rank = |record: &_, said| door::rank(&common, record, VIAL, said, day("2021-12-16"));
    assert_eq!(rank(&record, Some(4)), Rank::ToCheck(4), "one dose of this family is known");
    assert_eq!(rank(&record, Some(3)), Rank::ToCheck(3));
    assert_eq!(rank(&record, Some(2)), Rank::Known(2));
    assert_eq!(rank(&record, Some(1)), Rank::Known(1));
    assert_eq!(rank(&record, None), Rank::Unknown);
    // Any vaccine of the family is an earlier dose, and so may be one that nobody knows the name of.
    record.doses.extend([dose(OLD), dose("other")]);
    assert_eq!(rank(&record, Some(4)), Rank::Known(4));
    assert_eq!(rank(&record, Some(5)), Rank::ToCheck(5));
}

#[test]
fn what_is_to_be_judged_is_said_before_anybody_agrees() {
    let mut tablet = tablet_with(vec![person("Parapluie", "1997-05-04", &[VIAL])]);
    let person = tablet.people()[0];
    let act = tablet.first_act(person);
    tablet.ok(Command::CheckIdentity { person, means: IdentityMeans::PaperSeen });
    tablet.ok(Command::Answer { act, answers: vec![no_fever()] });
    let told = |tablet: &Tablet| {
        let (_, answer) = door::answer(&tablet.round, &tablet.common, act, AccountNo(1), tablet.now).unwrap();
        let reasons = door::to_judge(&tablet.round, &tablet.common, &tablet.round.acts[&act], &answer).into_iter();
        (answer.outcome, reasons.map(|one| one.rule.clone()).collect::<Vec<_>>())
    };
    assert_eq!(told(&tablet), (RuleOutcome::ConsentMissing, vec!["young".to_owned()]));
    tablet.ok(Command::Consent { act, by: ConsentBy::Own, name: None, relation: None, manner: ConsentManner::Oral });
    assert_eq!(told(&tablet), (RuleOutcome::Judge, vec![]), "the answer itself says it now");
}

#[test]
fn what_a_physician_lifts_stays_said_with_its_advice() {
    let mut tablet = adult();
    let mut directive = directive();
    directive.version = "2".into();
    let fever = directive.rules.iter().find(|rule| rule.code == "fever").unwrap().clone();
    let rule = |code: &str, outcome, advice| perron_domain::rules::Rule {
        code: code.into(),
        outcome,
        advice,
        ..fever.clone()
    };
    directive.rules.push(rule("anaphylaxis", RuleOutcome::Contraindicated, false));
    directive.rules.push(rule("observe longer", RuleOutcome::Judge, true));
    directive.rules.push(rule("lying down", RuleOutcome::Eligible, true));
    tell_common(
        &mut tablet.common,
        CommonCommand::PublishDirective(Box::new(NewDirective { directive, text: None, urgent: true, adopted: None })),
    );
    let person = tablet.people()[0];
    let act = tablet.prepare(person);
    tablet.ok(Command::Answer { act, answers: vec![Answered { question: "fever".into(), yes: true }] });
    let advice = |tablet: &Tablet| {
        let (_, answer) = door::answer(&tablet.round, &tablet.common, act, AccountNo(1), tablet.now).unwrap();
        let advice = door::advice(&tablet.round, &tablet.common, &answer).into_iter();
        let mut codes: Vec<String> = advice.map(|one| one.rule.clone()).collect();
        codes.sort();
        (answer, codes)
    };
    assert_eq!(advice(&tablet).1, ["lying down", "observe longer"]);
    tablet.ok(Command::PhysicianDecides {
        act,
        physician: "Dr David Tabatière".into(),
        rpps: "10000000017".into(),
        allow: true,
        text: "Allongée, trente minutes de surveillance.".into(),
        lifts: ["anaphylaxis", "fever", "observe longer"].map(Into::into).to_vec(),
        on: None,
        until: None,
    });
    let (answer, codes) = advice(&tablet);
    assert_eq!(answer.outcome, RuleOutcome::Eligible);
    assert_eq!(codes, ["lying down", "observe longer"], "what is advised holds for the dose that is allowed");
    let lifted = door::lifted(&tablet.round.acts[&act], &answer).unwrap();
    assert_eq!((lifted.physician, lifted.text), ("Dr David Tabatière", "Allongée, trente minutes de surveillance."));
    let reasons: Vec<&str> = lifted.reasons.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(reasons, ["anaphylaxis", "fever", "observe longer"]);
}

#[test]
fn a_dose_needs_identity_answers_and_agreement_in_any_order() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.first_act(person);
    let dose = || Command::Give(give(act, vial, nine()));
    assert_eq!(tablet.refused(dose()), Refusal::IdentityNeeded);
    tablet.ok(Command::CheckIdentity { person, means: IdentityMeans::Declared });
    assert_eq!(tablet.refused(dose()), Refusal::AnswerForbids { outcome: RuleOutcome::ConsentMissing });
    tablet.ok(Command::Consent { act, by: ConsentBy::Own, name: None, relation: None, manner: ConsentManner::Oral });
    assert_eq!(tablet.refused(dose()), Refusal::QuestionsPending { codes: vec!["fever".into()] });
    tablet.ok(Command::Answer { act, answers: vec![no_fever()] });
    tablet.ok(dose());
}

#[test]
fn having_no_papers_never_blocks() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.ok(Command::CheckIdentity { person, means: IdentityMeans::Declared });
    tablet.ok(Command::Give(give(act, vial, tablet.now)));
}

#[test]
fn fever_forbids_the_dose_but_what_was_given_all_the_same_is_recordable() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.ok(Command::Answer { act, answers: vec![Answered { question: "fever".into(), yes: true }] });
    let dose = give(act, vial, tablet.now);
    assert_eq!(tablet.refused(Command::Give(dose.clone())), Refusal::AnswerForbids { outcome: RuleOutcome::Deferred });
    let error = Some(AdministrationError { what: "other".into(), text: None });
    tablet.run(Command::Give(GiveDose { error, ..dose })).unwrap();
    assert_eq!(perron_domain::state::close::figures(&tablet.round).errors, 1);
}

#[test]
fn an_objection_outweighs_agreements_until_it_is_withdrawn() {
    let mut tablet = tablet_with(vec![person("Escabeau", "2007-03-01", &[VIAL])]);
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.first_act(person);
    tablet.ok(Command::CheckIdentity { person, means: IdentityMeans::PaperSeen });
    tablet.ok(Command::Answer { act, answers: vec![no_fever()] });
    for name in ["Mère", "Père"] {
        tablet.ok(Command::Consent {
            act,
            by: ConsentBy::Parent,
            name: Some(name.into()),
            relation: Some(name.into()),
            manner: ConsentManner::Signed { strokes: vec![(1, 1), (2, 2)] },
        });
    }
    let objection = tablet.ok(Command::Object { act, by: ConsentBy::Parent, name: Some("Père".into()), reason: None });
    let dose = Command::Give(give(act, vial, tablet.now));
    assert_eq!(tablet.refused(dose.clone()), Refusal::AnswerForbids { outcome: RuleOutcome::ConsentMissing });
    tablet.ok(Command::Correct { fact: objection, by: None, reason: Some("accord donné".into()) });
    tablet.run(dose).unwrap();
    assert!(tablet.round.log().get(objection).is_some(), "the objection stays readable");
}

#[test]
fn one_parent_of_two_is_not_enough_and_a_parent_never_agrees_orally() {
    let mut tablet = tablet_with(vec![person("Théière", "2007-03-01", &[VIAL])]);
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.first_act(person);
    tablet.ok(Command::CheckIdentity { person, means: IdentityMeans::PaperSeen });
    tablet.ok(Command::Answer { act, answers: vec![no_fever()] });
    let parent = |manner| Command::Consent {
        act,
        by: ConsentBy::Parent,
        name: Some("Mère".into()),
        relation: Some("mère".into()),
        manner,
    };
    assert!(matches!(tablet.refused(parent(ConsentManner::Oral)), Refusal::Empty { field: Field::Signature }));
    tablet.ok(parent(ConsentManner::Signed { strokes: vec![(1, 1), (2, 2)] }));
    let dose = Command::Give(give(act, vial, tablet.now));
    assert_eq!(tablet.refused(dose), Refusal::AnswerForbids { outcome: RuleOutcome::ConsentMissing });
}

#[test]
fn where_the_nurse_judges_she_writes_why() {
    let mut tablet = tablet_with(vec![person("Pendule", "1993-03-01", &[VIAL])]);
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    let dose = Command::Give(give(act, vial, tablet.now));
    assert_eq!(tablet.refused(dose.clone()), Refusal::JudgementNeeded);
    assert!(matches!(
        tablet.refused(Command::Judge { act, vaccinate: true, reason: "  ".into() }),
        Refusal::Empty { field: Field::Reason }
    ));
    tablet.ok(Command::Judge { act, vaccinate: true, reason: "dose ouverte".into() });
    tablet.run(dose).unwrap();
}

#[test]
fn a_corrected_birth_date_works_the_answer_out_again() {
    let mut tablet = tablet_with(vec![person("Marmite", "1994-01-01", &[VIAL])]);
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    let dose = Command::Give(give(act, vial, tablet.now));
    assert_eq!(tablet.refused(dose.clone()), Refusal::JudgementNeeded);
    tablet.ok(Command::CorrectIdentity {
        person,
        birth_name: None,
        given_names: None,
        birth: Some("1949-01-01".parse().unwrap()),
        sex: None,
    });
    tablet.run(dose).unwrap();
}

#[test]
fn a_birth_date_in_the_future_is_refused() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let birth = Some("2030".parse().unwrap());
    let command = Command::CorrectIdentity { person, birth_name: None, given_names: None, birth, sex: None };
    assert_eq!(tablet.refused(command), Refusal::ImpossibleBirth);
}

#[test]
fn an_rpps_that_fails_its_check_is_refused() {
    let mut tablet = adult();
    let act = tablet.first_act(tablet.people()[0]);
    let prescribe = |rpps: &str| Command::Prescribe {
        act,
        physician: "Dr Bouilloire".into(),
        rpps: rpps.into(),
        on: day("2021-12-10"),
        product: VIAL.into(),
    };
    assert_eq!(tablet.refused(prescribe("10000000001")), Refusal::NotRpps);
    assert_eq!(tablet.refused(prescribe("1000")), Refusal::NotRpps);
    tablet.ok(prescribe("1000 0000 009"));
}

#[test]
fn a_second_dose_for_one_act_is_refused_here_and_shown_when_two_tablets_did_it() {
    let mut first = adult();
    let person = first.people()[0];
    let mut second = Tablet::new(3, &first.common);
    let planned: Vec<Fact> = first.round.log().iter().cloned().collect();
    second.receive(&planned);
    for tablet in [&mut first, &mut second] {
        let (_, vial) = tablet.open_vial(1);
        let act = tablet.prepare(person);
        tablet.ok(Command::Give(give(act, vial, tablet.now)));
        assert_eq!(tablet.refused(Command::Give(give(act, vial, tablet.now))), Refusal::AlreadyGiven);
    }
    first.receive(&second.written);
    let gaps = perron_domain::state::close::gaps(&first.round, &first.common);
    assert!(gaps.iter().any(|gap| matches!(gap, perron_domain::state::close::Gap::TwoDoses { .. })));
}

#[test]
fn leaving_an_observation_early_needs_a_reason() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    let (_, vial) = tablet.open_vial(1);
    let act = tablet.prepare(person);
    tablet.ok(Command::Give(give(act, vial, tablet.now)));
    tablet.pass(5);
    let end = |reason: Option<&str>| Command::EndObservation { person, early_reason: reason.map(Into::into) };
    assert_eq!(tablet.refused(end(None)), Refusal::ReasonNeeded { what: Needing::Observation });
    tablet.ok(end(Some("la personne sort")));
    assert!(tablet.round.timers().is_empty());
}

#[test]
fn the_deceased_are_never_called_again() {
    let mut tablet = adult();
    let person = tablet.people()[0];
    tablet.ok(Command::End {
        person,
        act: None,
        outcome: Outcome::Deceased,
        reason: None,
        call_again: true,
        again_on: None,
    });
    assert!(!tablet.round.people[&person].ended.as_ref().unwrap().call_again);
}

#[test]
fn somebody_met_on_the_spot_needs_a_free_dose_else_the_waiting_list() {
    let mut tablet = adult();
    let stop = tablet.round.order[0];
    let record = person("Lanterne", "1951", &[VIAL]);
    let add = Command::AddPerson { stop, record: record.clone(), despite: None };
    assert_eq!(tablet.refused(add.clone()), Refusal::NoFreeDose);
    tablet.ok(Command::List { record, proposed: Some(day("2021-12-20")), stop: Some(stop) });
    tablet.open_vial(1);
    tablet.ok(add);
    assert_eq!(tablet.round.stops[&stop].people.len(), 2);
    assert_eq!(tablet.round.waiting.len(), 1);
}

#[test]
fn a_fact_that_must_be_understood_and_is_not_forbids_what_may_depend_on_it() {
    let mut tablet = adult();
    tablet.write_unknown(999, false);
    let person = tablet.people()[0];
    tablet.ok(Command::CheckIdentity { person, means: IdentityMeans::Declared });
    tablet.write_unknown(999, true);
    let check = Command::CheckIdentity { person, means: IdentityMeans::Declared };
    assert_eq!(tablet.refused(check), Refusal::UpdateNeeded { kind: 999 });
}

#[test]
fn a_dose_kept_for_somebody_who_cannot_have_it_today_is_free_for_who_is_met_on_the_spot() {
    let mut tablet = adult();
    let stop = tablet.round.order[0];
    let met = |name| Command::AddPerson { stop, record: person(name, "1951", &[VIAL]), despite: None };
    let who = tablet.people()[0];
    tablet.open_vial(1);
    let doses = aboard::aboard(&tablet.round, &tablet.common, VIAL, tablet.now).doses();
    let free = |tablet: &Tablet| aboard::free(&tablet.round, &tablet.common, VIAL, tablet.now);
    assert_eq!(free(&tablet), doses - 1);
    // A second person waits, until the nurse judges that it is not for today.
    let second = tablet.ok(met("Toupie"));
    assert_eq!(free(&tablet), doses - 2);
    let act = tablet.round.people[&second].acts[0];
    tablet.ok(Command::Judge { act, vaccinate: false, reason: "fièvre".into() });
    assert_eq!(free(&tablet), doses - 1, "a dose is kept for somebody who cannot have it");
    // Everybody who may have one has one: the next takes the one of the last door, which is asked about.
    for _ in 1..doses {
        tablet.ok(met("Guidon"));
    }
    assert_eq!(free(&tablet), 0);
    assert_eq!(tablet.refused(met("Lanterne")), Refusal::ReasonNeeded { what: Needing::TakenDose });
    let costs = aboard::costs(&tablet.round, &tablet.common, VIAL, tablet.now).unwrap();
    assert_ne!(tablet.round.acts[&costs].person, who, "the first door keeps its dose");
    let despite = Some("On ne la reverra pas".to_owned());
    let added = tablet.ok(Command::AddPerson { stop, record: person("Lanterne", "1951", &[VIAL]), despite });
    assert_eq!(
        tablet.round.acts[&tablet.round.people[&added].acts[0]].despite.as_deref(),
        Some("On ne la reverra pas")
    );
    assert_eq!(aboard::without(&tablet.round, &tablet.common, VIAL, tablet.now).len(), 1);
}

#[test]
fn one_name_is_not_two_holders_of_parental_authority() {
    let mut tablet = adult();
    let act = tablet.first_act(tablet.people()[0]);
    let agrees = |name: &str, relation: &str, manner: ConsentManner| Command::Consent {
        act,
        by: ConsentBy::Parent,
        name: Some(name.into()),
        relation: Some(relation.into()),
        manner,
    };
    let count = |tablet: &Tablet| {
        let answered = door::answer(&tablet.round, &tablet.common, act, AccountNo(1), tablet.now).unwrap();
        answered.0.consents.len()
    };
    tablet.ok(agrees("Claire Tabouret", "Mère", ConsentManner::Paper));
    let twice = Refusal::AgreedAlready { name: "claire TABOURET".into(), relation: "Mère".into() };
    assert_eq!(tablet.refused(agrees("claire TABOURET", "Père", ConsentManner::Paper)), twice);
    // The same person says it again in another manner, and is still one; the other parent is another.
    tablet.ok(agrees("Claire Tabouret", "Mère", ConsentManner::CannotSign { witness: Some("Luc Mélisse".into()) }));
    assert_eq!(count(&tablet), 1);
    tablet.ok(agrees("Paul Tabouret", "Père", ConsentManner::Paper));
    assert_eq!(count(&tablet), 2);
}

#[test]
fn who_cannot_have_anything_today_is_known_before_her_door() {
    let mut tablet = adult();
    let who = tablet.people()[0];
    let foreseen = |tablet: &Tablet| aboard::foreseen(&tablet.round, &tablet.common, who, tablet.now);
    assert_eq!(foreseen(&tablet), None, "she may be asked");
    let act = tablet.round.people[&who].acts[0];
    tablet.ok(Command::Judge { act, vaccinate: false, reason: "fièvre".into() });
    assert!(foreseen(&tablet).is_some(), "nothing else waits for her");
    let wish = perron_domain::people::Wish { product: SYRINGE.into(), rank: None };
    tablet.ok(Command::AddAct { person: who, wish, despite: None });
    assert_eq!(foreseen(&tablet), None, "one of two may be given");
    // A campaign that does not concern her.
    let mut directive = directive();
    directive.rules[0].outcome = RuleOutcome::NotConcerned;
    directive.rules[0].when = Condition::Always;
    let told = NewDirective { directive, text: None, urgent: true, adopted: None };
    tell_common(&mut tablet.common, CommonCommand::PublishDirective(Box::new(told)));
    let mut second = adult();
    second.common = tablet.common.clone();
    let who = second.people()[0];
    let found = aboard::foreseen(&second.round, &second.common, who, second.now);
    assert_eq!(found, Some(RuleOutcome::NotConcerned));
}

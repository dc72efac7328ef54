//! Before anybody is called: what the rules would answer on that day, and when a dose is next possible.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::date::{Day, PartialDate};
use perron_domain::expected::{Visiting, expected, next_possible};
use perron_domain::fact::AccountNo;
use perron_domain::people::{PersonRecord, PriorDose, Wish};
use perron_domain::rules::{Age, Condition, Directive, Doses, Interval, Outcome, Rule, Trait, Until};
use perron_domain::state::CommonState;
use perron_domain::{CommonCommand, NewDirective};
use perron_testkit::world::*;

fn on(day: &str) -> Visiting<'static> {
    Visiting { on: day.parse().unwrap(), territory: "FR-93", relay_protocol: false, nurse: AccountNo(1) }
}

/// A relay in which two doses of one family stand 60 days apart, and who is below 65 is not concerned.
fn relay(until: Option<&str>) -> CommonState {
    let mut common = CommonState::default();
    let of = Doses { same_family: true, ..Doses::default() };
    let interval = Interval::Days(60);
    let like = directive().rules.remove(0);
    let too_soon = Rule {
        code: "too-soon".into(),
        when: Condition::DoseWithin { of: of.clone(), interval, but_same_day: false },
        outcome: Outcome::Deferred,
        until: Some(Until::AfterDose { of, interval }),
        fr: "Trop tôt.".into(),
        ..like.clone()
    };
    let young = Rule {
        code: "young".into(),
        when: Condition::Age { from: None, below: Some(Age::Years(65)) },
        outcome: Outcome::NotConcerned,
        fr: "Avant 65 ans.".into(),
        ..like.clone()
    };
    let known = Directive { until: until.map(day), rules: vec![like, too_soon, young], ..directive() };
    tell_common(
        &mut common,
        CommonCommand::PublishDirective(Box::new(NewDirective {
            directive: known,
            text: None,
            urgent: false,
            adopted: None,
        })),
    );
    common
}

fn wish() -> Wish {
    Wish { product: SYRINGE.into(), rank: None }
}

fn vaccinated(birth: &str, on: &str) -> PersonRecord {
    let dose = PriorDose { product: SYRINGE.into(), on: Some(PartialDate::Day(day(on))), lot: None };
    PersonRecord { doses: vec![dose], ..person("Bobine", birth, &[SYRINGE]) }
}

fn next(common: &CommonState, record: &PersonRecord, from: &str) -> Option<Day> {
    next_possible(common, record, &wish(), on(from)).ok().map(|one| one.on)
}

#[test]
fn a_dose_given_keeps_the_next_one_back_until_the_day_that_the_rules_name() {
    let common = relay(None);
    let record = vaccinated("1931-05-01", "2021-12-16");
    let answer = expected(&common, &record, &wish(), on("2022-01-10")).unwrap();
    assert_eq!(
        (answer.outcome, answer.until, answer.fr.as_str()),
        (Outcome::Deferred, Some(day("2022-02-14")), "Trop tôt.")
    );
    assert!(!answer.may_go());
    assert_eq!(next(&common, &record, "2022-01-10"), Some(day("2022-02-14")));
    assert_eq!(next(&common, &record, "2022-03-01"), Some(day("2022-03-01")), "possible on that day already");
}

#[test]
fn an_agreement_that_is_still_to_be_given_keeps_nobody_back() {
    let answer = expected(&relay(None), &person("Bobine", "1931-05-01", &[]), &wish(), on("2022-01-10")).unwrap();
    // Her earlier doses are not known: to be judged there, but for no agreement.
    assert!(answer.may_go() && answer.outcome.allows(), "{answer:?}");
}

#[test]
fn who_is_too_young_today_may_be_visited_from_her_birthday_on() {
    let common = relay(None);
    assert_eq!(next(&common, &person("Bobine", "1957-06-30", &[]), "2022-01-10"), Some(day("2022-06-30")));
    // On 29 February of a year that has none she is older the day after.
    assert_eq!(next(&common, &person("Bobine", "1960-02-29", &[]), "2025-01-10"), Some(day("2025-03-01")));
}

#[test]
fn a_campaign_that_is_over_lets_nobody_go_and_says_why() {
    let common = relay(Some("2022-02-01"));
    let record = vaccinated("1931-05-01", "2021-12-16");
    let refused = next_possible(&common, &record, &wish(), on("2022-01-10")).unwrap_err().unwrap();
    assert_eq!(refused.outcome, Outcome::Deferred, "the answer of the day that was asked about");
    let over = expected(&common, &record, &wish(), on("2022-03-01")).unwrap();
    assert_eq!(over.outcome, Outcome::NotConcerned);
}

#[test]
fn without_a_birth_date_nothing_can_be_said() {
    let record = PersonRecord { birth: None, ..person("Bobine", "1931-05-01", &[]) };
    assert_eq!(expected(&relay(None), &record, &wish(), on("2022-01-10")), None);
    assert_eq!(next_possible(&relay(None), &record, &wish(), on("2022-01-10")), Err(None));
}

/// The relay above, where an immunocompromised person waits 30 days only.
fn relay_with_a_shorter_delay() -> CommonState {
    let mut common = relay(None);
    let known = common.directives.first().unwrap().clone();
    let mut rules = known.rules.clone();
    let of = Doses { same_family: true, ..Doses::default() };
    let within = |interval| Condition::DoseWithin { of: of.clone(), interval, but_same_day: false };
    let short = Condition::Person(vec![Trait::Immunocompromised]);
    let too_soon = rules.iter_mut().find(|rule| rule.code == "too-soon").unwrap();
    too_soon.when = Condition::All(vec![Condition::Not(Box::new(short.clone())), within(Interval::Days(60))]);
    let shorter = Rule {
        code: "too-soon-short".into(),
        when: Condition::All(vec![short, within(Interval::Days(30))]),
        until: Some(Until::AfterDose { of: of.clone(), interval: Interval::Days(30) }),
        ..too_soon.clone()
    };
    rules.push(shorter);
    let next = Directive { version: "2".into(), from: day("2021-12-27"), rules, ..known };
    let command = NewDirective { directive: next, text: None, urgent: false, adopted: None };
    tell_common(&mut common, CommonCommand::PublishDirective(Box::new(command)));
    common
}

#[test]
fn a_delay_that_every_answer_leaves_standing_is_said_before_anybody_is_asked() {
    let common = relay_with_a_shorter_delay();
    // Nobody has asked her whether she is immunocompromised.
    let record = vaccinated("1931-05-01", "2021-12-16");
    let early = expected(&common, &record, &wish(), on("2022-01-04")).unwrap();
    assert_eq!((early.outcome, early.until), (Outcome::Deferred, Some(day("2022-02-14"))));
    assert!(!early.may_go());
    // From here on it hangs on her answer: she may be seen, and is not called possible.
    let between = expected(&common, &record, &wish(), on("2022-01-20")).unwrap();
    assert_eq!((between.outcome, between.until), (Outcome::Judge, Some(day("2022-02-14"))));
    assert!(between.may_go());
    assert_eq!(between.fr, "Trop tôt.");
    for from in ["2022-01-04", "2022-01-20"] {
        assert_eq!(next(&common, &record, from), Some(day("2022-02-14")), "{from}");
    }
    assert_eq!(next(&common, &record, "2022-02-20"), Some(day("2022-02-20")));
}

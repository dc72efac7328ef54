//! Before anybody is called: what the rules would answer on that day, and when a dose is next possible.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::date::{Day, PartialDate};
use perron_domain::expected::{Visiting, expected, next_possible};
use perron_domain::fact::AccountNo;
use perron_domain::people::{PersonRecord, PriorDose, Wish};
use perron_domain::rules::{Age, Condition, Directive, Doses, Interval, Outcome, Rule, Until};
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

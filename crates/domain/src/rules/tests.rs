//! What the evaluator does whatever the directives say.

use super::*;
use crate::date::{Day, PartialDate};
use std::collections::BTreeMap;

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn rule(code: &str, outcome: Outcome, when: Condition) -> Rule {
    Rule {
        code: code.into(),
        when,
        outcome,
        until: None,
        instead: Vec::new(),
        fr: "raison".into(),
        en: "reason".into(),
        source: "source".into(),
        verified: true,
        absolute: false,
        advice: false,
    }
}

pub(super) fn age(from: Option<u16>, below: Option<u16>) -> Condition {
    Condition::Age { from: from.map(Age::Years), below: below.map(Age::Years) }
}

pub(super) fn product() -> Product {
    Product {
        code: "p".into(),
        name_fr: "p".into(),
        family: Family::Covid,
        cip13: vec!["3400930243411".into()],
        form: Form::Vial,
        doses_per_vial: 6,
        usual_draws_min: 5,
        usual_draws_max: 7,
        dose_microlitres: Some(300),
        dilution: false,
        unopened_fridge: None,
        after_opening: None,
        prepared_syringe: None,
        min_months: Some(60),
        below_months: None,
        mrna: true,
        live_attenuated: false,
        takeable_from: Some(day("2021-01-01")),
        takeable_until: Some(day("2022-12-31")),
        source: "s".into(),
        unopened_temperature: None,
        opened_temperature: None,
        prepared_temperature: None,
        absolute_min_interval: None,
        diluent: None,
    }
}

pub(super) fn directive(layer: Layer, rules: Vec<Rule>) -> Directive {
    Directive {
        id: format!("{layer:?}"),
        version: "1".into(),
        from: day("2021-01-01"),
        until: None,
        territory: "FR".into(),
        layer,
        families: vec![Family::Covid],
        title_fr: "t".into(),
        title_en: "t".into(),
        source: Source::default(),
        validated: false,
        observation_minutes: Some(15),
        products: if layer == Layer::National { vec![product()] } else { Vec::new() },
        questions: Vec::new(),
        agreements: Vec::new(),
        rules,
        traceability_fr: None,
        traceability_en: None,
        evaluator: Least::default(),
    }
}

fn national(rules: Vec<Rule>) -> Directive {
    directive(Layer::National, rules)
}

pub(super) fn case() -> Case {
    Case {
        on: day("2021-12-16"),
        territory: "FR-93".into(),
        product: "p".into(),
        rank: Some(1),
        person: Person {
            birth_date: PartialDate::Day(day("1981-03-04")),
            sex: None,
            at_risk: false,
            very_high_risk: false,
            immunocompromised: false,
            pregnant: false,
            health_worker: false,
            protection: Protection::None,
            unable: false,
        },
        previous: Vec::new(),
        infections: Vec::new(),
        answers: BTreeMap::new(),
        consents: Vec::new(),
        objections: Vec::new(),
        prescription: None,
        physician_decision: None,
        nurse: Nurse::default(),
        relay_protocol: true,
        kit_checked: None,
        not_understood: Vec::new(),
        unknown: Vec::new(),
        reactions: Vec::new(),
        overtaken: Vec::new(),
    }
}

pub(super) fn rules_of(answer: &Answer) -> Vec<&str> {
    answer.reasons.iter().map(|reason| reason.rule.as_str()).collect()
}

fn fever() -> Directive {
    let answered_yes = Condition::Answer { question: "fever".into(), is: true };
    let mut deferred = rule("fever", Outcome::Deferred, answered_yes);
    deferred.until = Some(Until::NoDate);
    let mut directive = national(vec![rule("open", Outcome::Eligible, Condition::Always), deferred]);
    directive.questions.push(Question {
        code: "fever".into(),
        fr: "f".into(),
        en: "f".into(),
        translations: Vec::new(),
        pictogram: None,
        asked: Condition::Always,
        required: true,
        order: 0,
        about: None,
        asks_trait: None,
    });
    directive
}

#[test]
fn versions_are_counted_the_way_people_count() {
    for (one, other) in [("2021-2", "2021-10"), ("2021-12-16", "2021-12-16.2"), ("1", "2"), ("2021-2", "2022-1")] {
        assert!(version_order(one, other).is_lt(), "{one} before {other}");
    }
    assert!(version_order("3", "3").is_eq());
}

#[test]
fn a_question_without_an_answer_waits_and_is_not_a_no() {
    let directives = [fever()];
    let mut case = case();
    let unanswered = evaluate(&directives, &case);
    assert_eq!((unanswered.outcome, unanswered.pending.as_slice()), (Outcome::Eligible, &["fever".to_owned()][..]));
    assert!(!unanswered.allows_dose());
    case.answers.insert("fever".into(), false);
    assert!(evaluate(&directives, &case).allows_dose());
    case.answers.insert("fever".into(), true);
    let feverish = evaluate(&directives, &case);
    assert_eq!((feverish.outcome, feverish.until), (Outcome::Deferred, None));
    assert_eq!(feverish.what_would_change, [Change::Recovery]);
}

#[test]
fn neither_a_condition_nor_its_contrary_holds_before_the_answer() {
    let yes = Condition::Answer { question: "q".into(), is: true };
    let no = Condition::Not(Box::new(yes.clone()));
    let directives = [national(vec![
        rule("open", Outcome::Eligible, Condition::Always),
        rule("yes", Outcome::Judge, yes),
        rule("not-yes", Outcome::Judge, no),
    ])];
    assert_eq!(rules_of(&evaluate(&directives, &case())), ["open"]);
}

#[test]
fn the_relays_layer_restricts_but_opens_nothing() {
    let relay = directive(Layer::Relay, vec![rule("relay-open", Outcome::Eligible, Condition::Always)]);
    let closed = [national(Vec::new()), relay.clone()];
    let answer = evaluate(&closed, &case());
    assert_eq!(answer.outcome, Outcome::NotConcerned);
    assert!(rules_of(&answer).contains(&"nothing-opens"));

    let strict = directive(Layer::Relay, vec![rule("relay-judge", Outcome::Judge, Condition::Always)]);
    let open = [national(vec![rule("open", Outcome::Eligible, Condition::Always)]), strict];
    let answer = evaluate(&open, &case());
    assert_eq!((answer.outcome, rules_of(&answer)), (Outcome::Judge, vec!["relay-judge", "open"]));
    let mut elsewhere = case();
    elsewhere.relay_protocol = false;
    assert_eq!(evaluate(&open, &elsewhere).outcome, Outcome::Eligible);
}

#[test]
fn an_advice_alone_opens_nothing() {
    let mut advice = rule("lie-down", Outcome::Eligible, Condition::Always);
    advice.advice = true;
    assert_eq!(evaluate(&[national(vec![advice])], &case()).outcome, Outcome::NotConcerned);
}

#[test]
fn a_directive_counts_on_its_days_and_in_its_territory_only() {
    let mut open = national(vec![rule("open", Outcome::Eligible, Condition::Always)]);
    open.from = day("2021-12-16");
    open.until = Some(day("2021-12-20"));
    let answer = |on: &str, territory: &str| {
        let mut case = case();
        (case.on, case.territory) = (day(on), territory.into());
        evaluate(std::slice::from_ref(&open), &case).outcome
    };
    assert_eq!(answer("2021-12-15", "FR-93"), Outcome::NotConcerned);
    assert_eq!(answer("2021-12-16", "FR-93"), Outcome::Eligible);
    assert_eq!(answer("2021-12-20", "FR"), Outcome::Eligible);
    assert_eq!(answer("2021-12-20", "FR-974"), Outcome::Eligible);
    assert_eq!(answer("2021-12-21", "FR-93"), Outcome::NotConcerned);
    assert_eq!(answer("2021-12-20", "FRA"), Outcome::NotConcerned);
}

#[test]
fn a_product_that_is_withdrawn_or_unknown_is_never_possible() {
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let mut late = case();
    late.on = day("2023-01-01");
    assert_eq!(evaluate(&directives, &late).outcome, Outcome::OtherProduct);
    let mut unknown = case();
    unknown.product = "q".into();
    assert_eq!(evaluate(&directives, &unknown).outcome, Outcome::NotConcerned);
}

#[test]
fn the_description_in_force_counts_before_an_expired_one() {
    let mut old = national(Vec::new());
    old.until = Some(day("2021-11-30"));
    old.products[0].min_months = Some(144);
    let new = national(vec![rule("open", Outcome::Eligible, Condition::Always)]);
    let mut child = case();
    child.person.birth_date = PartialDate::Day(day("2014-01-01"));
    assert_eq!(evaluate(&[old, new], &child).outcome, Outcome::Eligible);
}

#[test]
fn an_age_outside_the_authorisation_is_never_possible() {
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let mut child = case();
    child.person.birth_date = PartialDate::Day(day("2016-12-17"));
    assert_eq!(evaluate(&directives, &child).outcome, Outcome::OtherProduct);
    child.person.birth_date = PartialDate::Day(day("2016-12-16"));
    assert_eq!(evaluate(&directives, &child).outcome, Outcome::Eligible);
}

#[test]
fn a_birth_date_in_the_future_is_never_possible() {
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let mut unborn = case();
    unborn.person.birth_date = PartialDate::Day(day("2021-12-17"));
    assert_eq!(evaluate(&directives, &unborn).outcome, Outcome::NotConcerned);
}

#[test]
fn a_birth_year_gives_the_strictest_answer_and_the_reasons_of_all_ages() {
    let directives = [national(vec![
        rule("adult", Outcome::Eligible, age(Some(18), None)),
        rule("minor", Outcome::Judge, age(None, Some(18))),
    ])];
    let mut case = case();
    case.person.birth_date = "2003".parse().unwrap();
    let answer = evaluate(&directives, &case);
    assert_eq!((answer.outcome, rules_of(&answer)), (Outcome::Judge, vec!["minor", "adult"]));
    case.person.birth_date = "2003-11".parse().unwrap();
    assert_eq!(rules_of(&evaluate(&directives, &case)), ["adult"]);
}

#[test]
fn a_month_without_a_day_defers_to_the_latest_possible_day() {
    let of = Doses { same_family: true, ..Doses::default() };
    let interval = Interval::Months(6);
    let mut wait =
        rule("six-months", Outcome::Deferred, Condition::DoseWithin { of: of.clone(), interval, but_same_day: false });
    wait.until = Some(Until::AfterDose { of, interval });
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always), wait])];
    let mut case = case();
    case.previous.push(PreviousDose { product: "p".into(), on: Some("2021-08".parse().unwrap()), incomplete: false });
    let answer = evaluate(&directives, &case);
    assert_eq!((answer.outcome, answer.until), (Outcome::Deferred, Some(day("2022-02-28"))));
    assert_eq!(answer.what_would_change, [Change::Wait { until: day("2022-02-28") }]);
}

#[test]
fn a_prescription_is_no_way_on_for_somebody_who_is_not_concerned() {
    let closed = rule("closed", Outcome::NotConcerned, Condition::Always);
    let paper = rule("paper", Outcome::PrescriptionMissing, Condition::Always);
    let answer = evaluate(&[national(vec![closed, paper.clone()])], &case());
    assert_eq!((answer.outcome, answer.first_change()), (Outcome::NotConcerned, None));
    assert!(answer.what_would_change.contains(&Change::Prescription), "it is still told what the paper would do");
    let open = rule("open", Outcome::Eligible, Condition::Always);
    let answer = evaluate(&[national(vec![open, paper])], &case());
    assert_eq!(answer.first_change(), Some(&Change::Prescription));
}

#[test]
fn a_refusal_outweighs_every_agreement() {
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let mut refused = case();
    refused.consents =
        vec![Consent { by: By::Guardian, given: true, how: None }, Consent { by: By::Person, given: false, how: None }];
    let answer = evaluate(&directives, &refused);
    assert_eq!(answer.outcome, Outcome::ConsentMissing);
    assert_eq!(answer.what_would_change, [Change::Withdrawal { by: By::Person }]);
}

#[test]
fn an_objection_of_the_person_stops_and_one_of_somebody_else_is_at_least_judged() {
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let mut case = case();
    case.objections = vec![Objection { by: By::Guardian }];
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::Judge);
    case.objections = vec![Objection { by: By::Person }];
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::ConsentMissing);
}

fn both_parents() -> Directive {
    let mut directive = national(vec![rule("open", Outcome::Eligible, Condition::Always)]);
    directive.agreements.push(Agreement {
        code: "both".into(),
        when: Condition::Always,
        by: vec![By::Parent],
        count: 2,
        or_judge: vec![By::SoleParent],
        how: vec![How::Present, How::Phone],
        fr: "r".into(),
        en: "r".into(),
        source: "s".into(),
        verified: true,
    });
    directive
}

#[test]
fn the_second_parent_is_still_needed_and_an_unadmitted_manner_does_not_count() {
    let directives = [both_parents()];
    let mut case = case();
    let parent = |how: How| Consent { by: By::Parent, given: true, how: Some(how) };
    case.consents = vec![parent(How::Present), parent(How::Oral)];
    let answer = evaluate(&directives, &case);
    assert_eq!(answer.outcome, Outcome::ConsentMissing);
    assert_eq!(answer.what_would_change, [Change::Consent { by: By::Parent, missing: 1 }]);
    let need = &consents_needed(&directives, &case)[0];
    assert_eq!((need.by, need.count, need.given, need.met), (By::Parent, 2, 1, false));
    case.consents.push(parent(How::Phone));
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::Eligible);
}

#[test]
fn a_stand_in_is_judged() {
    let mut case = case();
    case.consents = vec![Consent { by: By::SoleParent, given: true, how: None }];
    assert_eq!(evaluate(&[both_parents()], &case).outcome, Outcome::Judge);
}

#[test]
fn a_physicians_written_decision_lifts_a_contraindication_but_no_missing_agreement() {
    let mut directive = both_parents();
    directive.rules.push(rule("allergy", Outcome::Contraindicated, Condition::Always));
    let directives = [directive];
    let mut case = case();
    case.consents = vec![Consent { by: By::Parent, given: true, how: None }; 2];
    let decision = |rpps: &str, allow: bool| {
        Some(PhysicianDecision {
            rpps: Some(rpps.into()),
            product: "p".into(),
            on: day("2021-12-16"),
            allow,
            lifts: None,
            until: None,
        })
    };
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::Contraindicated);
    case.physician_decision = decision("10000000018", true);
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::Contraindicated, "the number fails its check");
    case.physician_decision = decision("10000000017", true);
    let lifted = evaluate(&directives, &case);
    assert_eq!(lifted.outcome, Outcome::Eligible);
    assert!(lifted.reasons.iter().any(|reason| reason.rule == "allergy" && reason.lifted));
    case.consents.clear();
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::ConsentMissing);
    case.physician_decision = decision("10000000017", false);
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::Contraindicated);
}

#[test]
fn a_prescription_counts_when_it_is_of_this_product_signed_and_not_of_tomorrow() {
    let missing = rule(
        "prescription",
        Outcome::PrescriptionMissing,
        Condition::Not(Box::new(Condition::Prescribed(vec![Prescriber::Physician]))),
    );
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always), missing])];
    let answer = |rpps: &str, product: &str, on: &str| {
        let mut case = case();
        let prescription =
            Prescription { by: Prescriber::Physician, rpps: rpps.into(), product: product.into(), on: day(on) };
        case.prescription = Some(prescription);
        evaluate(&directives, &case).outcome
    };
    assert_eq!(answer("10000000017", "p", "2021-12-16"), Outcome::Eligible);
    assert_eq!(answer("10000000017", "p", "2021-12-17"), Outcome::PrescriptionMissing);
    assert_eq!(answer("10000000017", "q", "2021-12-16"), Outcome::PrescriptionMissing);
    assert_eq!(answer("10000000018", "p", "2021-12-16"), Outcome::PrescriptionMissing);
    assert_eq!(answer("1000000001", "p", "2021-12-16"), Outcome::PrescriptionMissing);
}

#[test]
fn a_box_is_recognised_by_its_cip13_or_its_gtin() {
    assert!(product().has_code("3400930243411") && product().has_code("03400930243411"));
    assert!(!product().has_code("3400930218662"));
}

/// The bytes of a condition are in facts for twenty years: they do not change by accident.
#[test]
fn a_condition_keeps_its_bytes() {
    let condition = Condition::All(vec![
        age(Some(12), Some(16)),
        Condition::Not(Box::new(Condition::Answer { question: "fever".into(), is: true })),
    ]);
    let bytes = minicbor::to_vec(&condition).unwrap();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "820181828204828200810c82008110820381821482656665766572f5");
    assert_eq!(minicbor::decode::<Condition>(&bytes).unwrap(), condition);
}

#[test]
fn a_prescription_is_too_old_from_the_day_on_which_the_time_has_passed() {
    let old = rule("old", Outcome::PrescriptionMissing, Condition::PrescriptionOlder(Interval::Years(1)));
    let directives = [national(vec![rule("open", Outcome::Eligible, Condition::Always), old])];
    let mut case = case();
    assert_eq!(evaluate(&directives, &case).outcome, Outcome::Eligible, "none is no old one");
    for (written, outcome) in
        [(case.on.plus_days(-364), Outcome::Eligible), (case.on.plus_days(-365), Outcome::PrescriptionMissing)]
    {
        case.prescription = Some(Prescription {
            by: Prescriber::Physician,
            rpps: "10000000017".into(),
            product: case.product.clone(),
            on: written,
        });
        assert_eq!(evaluate(&directives, &case).outcome, outcome, "{written}");
    }
}

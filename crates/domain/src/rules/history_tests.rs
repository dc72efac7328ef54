//! What the dossier does not know, what nobody may lift, and what belongs to one vaccine.

use super::tests::{age, case, day, directive, product, rule, rules_of};
use super::*;

/// A campaign that opens from 65 years on or to somebody at risk, to others on request, six months after a dose.
fn campaign() -> Directive {
    let risk = || Condition::Person(vec![Trait::AtRisk]);
    let target = || Condition::Any(vec![age(Some(65), None), risk()]);
    let covid = || Doses { families: vec![Family::Covid], ..Doses::default() };
    let within = Condition::DoseWithin { of: covid(), interval: Interval::Months(6), but_same_day: false };
    let mut interval = rule("interval", Outcome::Deferred, within);
    interval.until = Some(Until::AfterDose { of: covid(), interval: Interval::Months(6) });
    let on_request = Condition::Not(Box::new(target()));
    directive(
        Layer::National,
        vec![rule("target", Outcome::Eligible, target()), rule("on-request", Outcome::Judge, on_request), interval],
    )
}

fn born(mut case: Case, birth: &str) -> Case {
    case.person.birth_date = birth.parse().unwrap();
    case
}

fn unknown(mut case: Case, items: &[Item], asked: bool) -> Case {
    case.unknown.extend(items.iter().map(|item| Unknown { item: *item, asked }));
    case
}

const DOSES: Item = Item::Doses(Family::Covid);
const RISK: Item = Item::Trait(Trait::AtRisk);

#[test]
fn nobody_is_possible_by_silence() {
    let old = unknown(born(case(), "1941-03-04"), &[DOSES, RISK], false);
    let answer = evaluate(&[campaign()], &old);
    assert_eq!(answer.outcome, Outcome::Judge);
    assert_eq!(answer.history, [DOSES], "at 80 the risk changes nothing and is not asked");
    assert!(!answer.allows_dose());
    assert!(rules_of(&answer).contains(&"history-not-asked"));
}

#[test]
fn what_the_dossier_knows_is_not_asked() {
    let answer = evaluate(&[campaign()], &born(case(), "1941-03-04"));
    assert_eq!((answer.outcome, answer.history.as_slice()), (Outcome::Eligible, &[][..]));
}

#[test]
fn a_risk_is_asked_of_somebody_whom_only_a_risk_makes_a_target() {
    let young = unknown(born(case(), "1990-03-04"), &[RISK], false);
    let answer = evaluate(&[campaign()], &young);
    assert_eq!((answer.outcome, answer.history.as_slice()), (Outcome::Judge, &[RISK][..]));
    assert!(!rules_of(&answer).contains(&"nothing-opens"), "a campaign may be open: {answer:?}");
}

#[test]
fn what_nobody_knows_is_judged_and_named() {
    let old = unknown(born(case(), "1941-03-04"), &[DOSES], true);
    let answer = evaluate(&[campaign()], &old);
    assert_eq!(answer.outcome, Outcome::Judge);
    assert!(answer.allows_dose(), "the nurse may judge");
    assert!(answer.reasons.iter().any(|one| one.rule == "history-not-known" && one.fr.contains("COVID")), "{answer:?}");
}

#[test]
fn somebody_who_cannot_be_vaccinated_today_is_asked_nothing_more() {
    let mut old = unknown(born(case(), "1941-03-04"), &[DOSES], false);
    old.previous.push(PreviousDose::whole("p", Some("2021-12-01".parse().unwrap())));
    let answer = evaluate(&[campaign()], &old);
    assert_eq!((answer.outcome, answer.until), (Outcome::Deferred, Some(day("2022-06-01"))));
    assert!(answer.history.is_empty());
}

/// A live vaccine that is open to everybody.
fn live() -> Directive {
    let mut open = directive(Layer::National, vec![rule("open", Outcome::Eligible, Condition::Always)]);
    open.families = vec![Family::Mmr];
    open.products[0].family = Family::Mmr;
    open.products[0].live_attenuated = true;
    open.products.push(Product { code: "other-live".into(), family: Family::YellowFever, ..open.products[0].clone() });
    open
}

#[test]
fn a_live_vaccine_waits_until_somebody_knows_whether_she_is_pregnant() {
    let pregnant = Item::Trait(Trait::Pregnant);
    let not_asked = evaluate(&[live()], &unknown(case(), &[pregnant], false));
    assert_eq!((not_asked.outcome, not_asked.history.as_slice()), (Outcome::Judge, &[pregnant][..]));
    let in_vain = evaluate(&[live()], &unknown(case(), &[pregnant], true));
    assert_eq!(in_vain.outcome, Outcome::Deferred, "no judgement replaces this answer");
    assert!(!in_vain.allows_dose());
    let mut man = unknown(case(), &[pregnant], false);
    man.person.sex = Some(Sex::M);
    assert_eq!(evaluate(&[live()], &man).outcome, Outcome::Eligible);
}

/// A physician's decision that allows, about these reasons.
fn decided(mut case: Case, lifts: &[&str]) -> Case {
    case.physician_decision = Some(PhysicianDecision {
        rpps: Some("10000000017".into()),
        product: case.product.clone(),
        on: case.on,
        allow: true,
        lifts: Some(lifts.iter().map(|code| (*code).to_owned()).collect()),
        until: None,
    });
    case
}

#[test]
fn a_live_vaccine_in_pregnancy_or_immunodepression_is_lifted_by_nobody() {
    for (rule, set) in [
        ("live-never-pregnant", (|person| person.pregnant = true) as fn(&mut Person)),
        ("live-never-immunocompromised", |person| person.immunocompromised = true),
    ] {
        let mut case = decided(case(), &[rule]);
        set(&mut case.person);
        assert_eq!(evaluate(&[live()], &case).outcome, Outcome::Contraindicated, "{rule}");
    }
}

#[test]
fn two_live_vaccines_are_given_on_one_day_or_four_weeks_apart_whatever_their_names() {
    let with = |on: &str| {
        let mut case = case();
        case.previous.push(PreviousDose::whole("other-live", Some(on.parse().unwrap())));
        evaluate(&[live()], &case)
    };
    assert_eq!(with("2021-12-16").outcome, Outcome::Eligible);
    assert_eq!((with("2021-12-15").outcome, with("2021-12-15").until), (Outcome::Deferred, Some(day("2022-01-12"))));
    assert_eq!(with("2021-11-18").outcome, Outcome::Eligible);
    let mut unnamed = case();
    unnamed.previous.push(PreviousDose::whole("any-varicella", Some("2021-12-10".parse().unwrap())));
    assert_eq!(evaluate(&[live()], &unnamed).outcome, Outcome::Deferred, "of the family alone it is known to be live");
}

#[test]
fn a_decision_lifts_what_it_names_and_nothing_else() {
    let mut directive = campaign();
    directive.rules.push(rule("heart", Outcome::Contraindicated, Condition::Always));
    let mut case = born(case(), "1941-03-04");
    case.previous.push(PreviousDose::whole("p", Some("2021-12-01".parse().unwrap())));
    let only_heart = evaluate(&[directive.clone()], &decided(case.clone(), &["heart"]));
    assert_eq!(only_heart.outcome, Outcome::Deferred, "the interval was not named");
    let both = evaluate(&[directive.clone()], &decided(case.clone(), &["heart", "interval"]));
    assert_eq!(both.outcome, Outcome::Eligible);
    let mut over = decided(case, &["heart", "interval"]);
    if let Some(decision) = &mut over.physician_decision {
        decision.on = day("2021-12-01");
        decision.until = Some(day("2021-12-15"));
    }
    assert_eq!(evaluate(&[directive], &over).outcome, Outcome::Contraindicated, "it held until yesterday");
}

#[test]
fn thirty_micrograms_for_an_infant_are_lifted_by_nobody_where_another_form_is_meant_for_the_age() {
    let mut open = directive(Layer::National, vec![rule("open", Outcome::Eligible, Condition::Always)]);
    let infant = decided(born(case(), "2021-01-01"), &["age-outside-authorisation"]);
    let alone = evaluate(&[open.clone()], &infant);
    assert_eq!(alone.outcome, Outcome::Eligible, "a physician may decide where no form is meant for the age");
    open.products.push(Product {
        code: "for-infants".into(),
        min_months: Some(6),
        below_months: Some(60),
        ..product()
    });
    assert_eq!(evaluate(&[open], &infant).outcome, Outcome::OtherProduct);
}

#[test]
fn nobody_goes_below_the_shortest_interval_of_a_product() {
    let mut open = directive(Layer::National, vec![rule("open", Outcome::Eligible, Condition::Always)]);
    open.products[0].absolute_min_interval = Some(Interval::Days(19));
    let mut early = decided(case(), &["shortest-interval"]);
    early.previous.push(PreviousDose::whole("p", Some("2021-12-01".parse().unwrap())));
    let answer = evaluate(&[open], &early);
    assert_eq!((answer.outcome, answer.until), (Outcome::Deferred, Some(day("2021-12-20"))));
}

#[test]
fn a_family_is_given_once_a_day_unless_the_dose_was_incomplete_and_a_physician_decides() {
    let open = || [directive(Layer::National, vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let twice = |incomplete: bool| {
        let mut case = case();
        case.previous
            .push(PreviousDose { incomplete, ..PreviousDose::whole("p", Some("2021-12-16".parse().unwrap())) });
        case
    };
    assert_eq!(evaluate(&open(), &twice(false)).outcome, Outcome::Deferred);
    assert_eq!(evaluate(&open(), &decided(twice(false), &["same-family-today"])).outcome, Outcome::Deferred);
    assert_eq!(evaluate(&open(), &twice(true)).outcome, Outcome::Deferred);
    assert_eq!(evaluate(&open(), &decided(twice(true), &["same-family-today"])).outcome, Outcome::Eligible);
}

#[test]
fn a_dose_written_twice_is_one_and_a_rank_beyond_the_doses_is_judged() {
    let open = || [directive(Layer::National, vec![rule("open", Outcome::Eligible, Condition::Always)])];
    let with = |rank: u8, dates: &[&str]| {
        let mut case = case();
        case.rank = Some(rank);
        case.previous = dates.iter().map(|on| PreviousDose::whole("p", Some(on.parse().unwrap()))).collect();
        evaluate(&open(), &case).outcome
    };
    assert_eq!(with(2, &["2021-07-01", "2021-07-01"]), Outcome::Eligible);
    assert_eq!(with(3, &["2021-07-01", "2021-07-01"]), Outcome::Judge);
    assert_eq!(with(3, &["2021-07", "2021-07-01"]), Outcome::Judge, "the month and its day are one dose");
    assert_eq!(with(3, &["2021-06-01", "2021-07-01"]), Outcome::Eligible);
    assert_eq!(with(2, &["1970-07-01"]), Outcome::NotConcerned, "before the birth");
    assert_eq!(with(2, &["2022-07-01"]), Outcome::NotConcerned, "after the act");
}

#[test]
fn off_the_calendar_a_physician_prescribes_and_the_nurse_judges() {
    let mut closed = directive(Layer::National, Vec::new());
    closed.products[0].family = Family::Shingles;
    let answer = evaluate(&[closed.clone()], &case());
    assert_eq!(answer.outcome, Outcome::PrescriptionMissing);
    assert!(!answer.nurse_may_prescribe());
    let mut prescribed = case();
    prescribed.prescription = Some(Prescription {
        by: Prescriber::Physician,
        rpps: "10000000017".into(),
        product: "p".into(),
        on: day("2021-12-01"),
    });
    assert_eq!(evaluate(std::slice::from_ref(&closed), &prescribed).outcome, Outcome::Judge);
    let mut old = prescribed.clone();
    if let Some(seen) = &mut old.prescription {
        seen.on = case().on.plus_days(-366);
    }
    assert_eq!(evaluate(&[closed], &old).outcome, Outcome::PrescriptionMissing, "more than a year old");
    let covid = directive(Layer::National, Vec::new());
    assert_eq!(evaluate(&[covid], &prescribed).outcome, Outcome::NotConcerned, "a campaign opens COVID, nobody else");
}

#[test]
fn a_trait_and_its_question_are_one() {
    let mut open = campaign();
    open.questions.push(Question {
        code: "weak".into(),
        fr: "f".into(),
        en: "f".into(),
        translations: Vec::new(),
        pictogram: None,
        asked: Condition::Always,
        required: true,
        order: 0,
        about: Some(About::Always),
        asks_trait: Some(Trait::AtRisk),
    });
    let young = unknown(born(case(), "1990-03-04"), &[RISK], false);
    let waiting = evaluate(&[open.clone()], &young);
    assert_eq!((waiting.pending.len(), waiting.history.as_slice()), (1, &[][..]), "asked once, by the question");
    let mut told = young.clone();
    told.answers.insert("weak".into(), true);
    assert_eq!(evaluate(&[open.clone()], &told).outcome, Outcome::Eligible);
    let known = born(case(), "1990-03-04");
    assert!(evaluate(&[open], &known).pending.is_empty(), "the dossier knows");
}

#[test]
fn a_reaction_to_another_family_is_another_vaccines() {
    let mut open = directive(
        Layer::National,
        vec![
            rule("open", Outcome::Eligible, Condition::Always),
            rule("other", Outcome::Judge, Condition::AfterAnother("anaphylaxis".into())),
        ],
    );
    open.products.push(Product { code: "q".into(), family: Family::Influenza, ..product() });
    let with = |product: &str| {
        let mut case = case();
        case.reactions = vec![KnownReaction { question: "anaphylaxis".into(), product: product.into() }];
        evaluate(&[open.clone()], &case).outcome
    };
    assert_eq!((with("p"), with("q")), (Outcome::Eligible, Outcome::Judge));
}

#[test]
fn the_first_evaluator_cannot_read_what_is_meant_for_the_second() {
    let mut second = campaign();
    second.evaluator = Least(2);
    let written = second.to_content();
    assert!(minicbor::decode::<Directive>(&written).is_err(), "a program of the first evaluator reads a bare map");
    assert_eq!(Directive::of_content(&written).unwrap(), second);
    assert_eq!(campaign().to_content(), minicbor::to_vec(campaign()).unwrap(), "the first ones keep their bytes");
    second.evaluator = Least(EVALUATOR_VERSION + 1);
    assert!(matches!(Directive::of_content(&second.to_content()), Err(Unreadable::Later(_))));
}

#[test]
fn the_first_evaluator_still_answers_as_it_did() {
    let mut old = unknown(born(case(), "1941-03-04"), &[DOSES], false);
    old.previous.push(PreviousDose::whole("p", Some("2021-12-16".parse().unwrap())));
    old.previous.push(PreviousDose::whole("p", None));
    let first = one::evaluate(&[campaign()], &old);
    assert_eq!((first.evaluator, first.outcome), (1, Outcome::Deferred));
    let again = replay(&[campaign()], &first.directives, 1, &old).unwrap();
    assert_eq!(again.digest(), first.digest());
}

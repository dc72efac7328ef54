//! What holds for every case whatsoever, by the directives that ship.
#![expect(clippy::unwrap_used, reason = "a failed read or a problem fails the test")]

mod files;

use files::shipped;
use perron_directives::load;
use perron_domain::date::{Day, PartialDate};
use perron_domain::rules::{
    Answer, By, Case, Consent, Directive, How, Infection, Nurse, Objection, Outcome, Person, Prescriber, Prescription,
    PreviousDose, Protection, Sex, evaluate, questions,
};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Without those of the first evaluator, which answer nothing any more.
static SHIPPED: LazyLock<Vec<Directive>> = LazyLock::new(|| {
    let mut directives = load(&shipped()).unwrap().directives;
    directives.retain(|directive| directive.evaluator.0 > 1);
    directives
});

fn day(from: &str, days: i64) -> Day {
    from.parse::<Day>().unwrap().plus_days(days)
}

fn any_date(from: &'static str, days: i64) -> impl Strategy<Value = PartialDate> {
    (0..days, 0..8u8).prop_map(move |(shift, precision)| {
        let day = day(from, shift);
        match precision {
            0 => day.to_string()[..4].parse().unwrap(),
            1 => day.to_string()[..7].parse().unwrap(),
            _ => PartialDate::Day(day),
        }
    })
}

fn any_product() -> impl Strategy<Value = String> {
    let codes: Vec<String> =
        SHIPPED.iter().flat_map(|directive| &directive.products).map(|product| product.code.clone()).collect();
    prop::sample::select(codes)
}

fn any_by() -> impl Strategy<Value = By> {
    prop::sample::select(vec![By::Person, By::Parent, By::SoleParent, By::Guardian, By::Judge, By::Representative])
}

fn any_consent(given: impl Strategy<Value = bool>) -> impl Strategy<Value = Consent> {
    let how = prop::sample::select(vec![How::Present, How::Phone, How::Attestation, How::Oral, How::CannotSign]);
    (any_by(), given, prop::option::of(how)).prop_map(|(by, given, how)| Consent { by, given, how })
}

fn any_person() -> impl Strategy<Value = Person> {
    let protection = prop::sample::select(vec![Protection::None, Protection::Curatelle, Protection::Tutelle]);
    let sex = prop::option::of(prop::sample::select(vec![Sex::F, Sex::M]));
    // Born from 1920 to 2026: half of them around the ages that the rules name.
    let birth = prop_oneof![any_date("1920-01-01", 38_000), any_date("2004-01-01", 8_000)];
    (birth, sex, prop::array::uniform6(prop::bool::weighted(0.2)), protection).prop_map(
        |(
            birth_date,
            sex,
            [at_risk, very_high_risk, immunocompromised, pregnant, health_worker, unable],
            protection,
        )| {
            Person {
                birth_date,
                sex,
                at_risk,
                very_high_risk,
                immunocompromised,
                pregnant,
                health_worker,
                protection,
                unable,
            }
        },
    )
}

/// A dose or an infection of the year of birth may stand before the birth or not: only what surely does is a mistake.
fn nothing_before_birth(case: &Case) -> bool {
    let year: PartialDate = case.person.birth_date.to_string()[..4].parse().unwrap();
    let doses = case.previous.iter().filter_map(|dose| dose.on);
    let mut dates = doses.chain(case.infections.iter().filter_map(|infection| infection.on));
    dates.all(|date| date.earliest() > year.latest())
}

fn any_case() -> impl Strategy<Value = Case> {
    let on = prop_oneof![
        (0..600i64).prop_map(|shift| day("2021-05-31", shift)),
        (0..500i64).prop_map(|shift| day("2025-10-01", shift))
    ];
    let dose = (any_product(), prop::option::of(any_date("2020-12-27", 2_200)))
        .prop_map(|(product, on)| PreviousDose { product, on, incomplete: false });
    let infection = prop::option::of(any_date("2020-12-27", 2_200)).prop_map(|on| Infection { on, proof: None });
    let codes: Vec<String> =
        SHIPPED.iter().flat_map(|directive| &directive.questions).map(|question| question.code.clone()).collect();
    let answers = prop::collection::btree_map(prop::sample::select(codes), prop::bool::weighted(0.1), 0..9);
    let place = prop::sample::select(vec!["FR", "FR-93", "FR-974", "FR-971", "BE"]);
    (
        (on, place, any_product(), prop::option::of(1..5u8), any_person()),
        prop::collection::vec(dose, 0..4),
        prop::collection::vec(infection, 0..2),
        answers,
        prop::collection::vec(any_consent(prop::bool::weighted(0.95)), 0..4),
        prop::collection::vec(any_by().prop_map(|by| Objection { by }), 0..2),
        (any::<(bool, bool)>(), 0..10usize),
    )
        .prop_map(
            |(
                (on, place, product, rank, person),
                previous,
                infections,
                answers,
                consents,
                objections,
                (flags, nth),
            )| {
                // Mostly a product that a team may take on that day: the other answers are all alike.
                let aboard: Vec<&String> = SHIPPED
                    .iter()
                    .flat_map(|directive| &directive.products)
                    .filter(|product| product.takeable(on))
                    .map(|product| &product.code)
                    .collect();
                let product =
                    if nth == 0 { product } else { aboard[(nth * 7 + previous.len()) % aboard.len()].clone() };
                Case {
                    on,
                    territory: place.to_owned(),
                    product,
                    rank,
                    person,
                    previous,
                    infections,
                    answers,
                    consents,
                    objections,
                    prescription: None,
                    physician_decision: None,
                    nurse: Nurse { prescriber_trained: flags.0 },
                    relay_protocol: flags.1,
                    kit_checked: None,
                    not_understood: Vec::new(),
                    unknown: Vec::new(),
                    reactions: Vec::new(),
                    overtaken: Vec::new(),
                }
            },
        )
}

fn answer(case: &Case) -> Answer {
    evaluate(&*SHIPPED, case)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn every_case_gets_one_outcome_that_its_own_reasons_explain(case in any_case()) {
        let answer = answer(&case);
        prop_assert!(answer.reasons.iter().any(|reason| reason.outcome == answer.outcome));
        prop_assert!(answer.reasons.iter().all(|reason| reason.outcome >= answer.outcome));
        prop_assert!(answer.until.is_none() || answer.outcome == Outcome::Deferred);
        prop_assert!(answer.reasons.iter().all(|reason| !reason.fr.is_empty() && !reason.en.is_empty()));
    }

    #[test]
    fn a_given_consent_never_makes_the_answer_stricter(case in any_case(), consent in any_consent(Just(true))) {
        let before = answer(&case).outcome;
        let mut more = case;
        more.consents.push(consent);
        prop_assert!(answer(&more).outcome >= before);
    }

    #[test]
    fn a_prescription_or_a_competence_never_makes_the_answer_stricter(case in any_case()) {
        let before = answer(&case).outcome;
        let mut prescribed = case.clone();
        prescribed.prescription = Some(Prescription {
            by: Prescriber::Physician,
            rpps: "10000000017".to_owned(),
            product: case.product.clone(),
            on: case.on,
        });
        prop_assert!(answer(&prescribed).outcome >= before);
        let mut trained = case;
        trained.nurse.prescriber_trained = true;
        prop_assert!(answer(&trained).outcome >= before);
    }

    #[test]
    fn a_refusal_never_reads_as_possible(case in any_case(), by in any_by()) {
        let mut refused = case;
        refused.consents.push(Consent { by, given: false, how: None });
        prop_assert!(answer(&refused).outcome <= Outcome::ConsentMissing);
    }

    #[test]
    fn a_known_birth_date_is_never_answered_more_strictly_than_its_year_alone(case in any_case()) {
        prop_assume!(nothing_before_birth(&case));
        let mut known = case.clone();
        known.person.birth_date = PartialDate::Day(case.person.birth_date.earliest().min(case.on));
        let mut year = case;
        year.person.birth_date = known.person.birth_date.to_string()[..4].parse().unwrap();
        prop_assert!(answer(&year).outcome <= answer(&known).outcome);
    }

    #[test]
    fn a_case_and_its_answer_come_back_from_their_bytes(case in any_case()) {
        let first = answer(&case);
        let again: Case = minicbor::decode(&minicbor::to_vec(&case).unwrap()).unwrap();
        prop_assert_eq!(&again, &case);
        let by_json: Case = serde_json::from_str(&serde_json::to_string(&case).unwrap()).unwrap();
        prop_assert_eq!(&by_json, &case);
        let replayed = minicbor::to_vec(answer(&again)).unwrap();
        prop_assert_eq!(replayed, minicbor::to_vec(&first).unwrap());
    }

    #[test]
    fn no_more_than_six_questions_are_asked(case in any_case()) {
        prop_assert!(questions(&*SHIPPED, &case).len() <= 6);
    }
}

proptest! {
    // 365 answers a case: fewer cases.
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn the_strictest_over_a_year_is_the_strictest_of_its_days(case in any_case()) {
        prop_assume!(nothing_before_birth(&case));
        let mut case = case;
        let year: PartialDate = case.person.birth_date.to_string()[..4].parse().unwrap();
        case.person.birth_date = year;
        let whole = answer(&case).outcome;
        let (first, last) = (year.earliest(), year.latest().min(case.on));
        let mut strictest = None;
        for shift in 0..=last.days_since(first).max(0) {
            case.person.birth_date = PartialDate::Day(first.plus_days(shift));
            strictest = strictest.into_iter().chain([answer(&case).outcome]).min();
        }
        prop_assert_eq!(Some(whole), strictest);
    }
}

#[test]
fn a_tablet_reads_the_directives_from_cbor_and_answers_the_same() {
    let bytes = minicbor::to_vec(&*SHIPPED).unwrap();
    let tablet: Vec<Directive> = minicbor::decode(&bytes).unwrap();
    assert_eq!(tablet, *SHIPPED);
}

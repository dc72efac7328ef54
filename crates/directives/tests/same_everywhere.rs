//! The same 10,000 cases get the same answers, byte for byte, native and in WebAssembly: both are compared with one digest.
//!
//! When directives or the evaluator change on purpose, the digest changes: the native test writes the new one with UPDATE=1.
//! The digest of evaluator 1 over the directives of its time never changes any more.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod files;

use files::shipped;
use perron_directives::load;
use perron_domain::date::{Day, PartialDate};
use perron_domain::rules::{
    Answer, By, Case, Consent, Directive, How, Infection, Nurse, Objection, Outcome, Person, Prescriber, Prescription,
    PreviousDose, Protection, Sex, evaluate, one, questions,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The digest of all answers.
const ANSWERS: &str = include_str!("same_everywhere.sha256");

/// The digest of all answers of evaluator 1, as it shipped.
const FIRST_ANSWERS: &str = include_str!("same_everywhere.1.sha256");

/// SplitMix64: the same numbers everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    /// True once in `n`.
    fn rarely(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn day(&mut self, from: &str, days: u64) -> Day {
        from.parse::<Day>().unwrap().plus_days(i64::try_from(self.below(days)).unwrap())
    }

    fn date(&mut self, from: &str, days: u64) -> PartialDate {
        let day = self.day(from, days);
        match self.below(10) {
            0 => day.to_string()[..4].parse().unwrap(),
            1 => day.to_string()[..7].parse().unwrap(),
            _ => PartialDate::Day(day),
        }
    }
}

const BY: [By; 6] = [By::Person, By::Parent, By::SoleParent, By::Guardian, By::Judge, By::Representative];
const HOW: [How; 6] = [How::Present, How::Phone, How::Attestation, How::Oral, How::CannotSign, How::Written];

fn case(numbers: &mut Numbers, directives: &[Directive]) -> Case {
    let on = if numbers.rarely(2) { numbers.day("2021-05-31", 600) } else { numbers.day("2025-10-01", 500) };
    let products: Vec<_> = directives.iter().flat_map(|directive| &directive.products).collect();
    let aboard: Vec<_> = products.iter().filter(|product| product.takeable(on)).copied().collect();
    let product = if numbers.rarely(10) { numbers.one(&products) } else { numbers.one(&aboard) }.code.clone();
    let birth_date =
        if numbers.rarely(2) { numbers.date("1920-01-01", 38_000) } else { numbers.date("2004-01-01", 8_000) };
    let asked: Vec<_> = directives.iter().flat_map(|directive| &directive.questions).map(|one| &one.code).collect();
    let mut answers = BTreeMap::new();
    for _ in 0..numbers.below(9) {
        answers.insert((*numbers.one(&asked)).clone(), numbers.rarely(10));
    }
    let previous = (0..numbers.below(4)).map(|_| PreviousDose {
        incomplete: false,
        product: numbers.one(&products).code.clone(),
        on: (!numbers.rarely(6)).then(|| numbers.date("2020-12-27", 2_200)),
    });
    let previous = previous.collect();
    let infections = (0..numbers.below(2)).map(|_| Infection {
        on: (!numbers.rarely(5)).then(|| numbers.date("2020-12-27", 2_200)),
        proof: Some(numbers.rarely(2)),
    });
    let infections = infections.collect();
    let consents = (0..numbers.below(4)).map(|_| Consent {
        by: *numbers.one(&BY),
        given: !numbers.rarely(20),
        how: numbers.rarely(2).then(|| *numbers.one(&HOW)),
    });
    let consents = consents.collect();
    let objections = (0..numbers.below(5) / 4).map(|_| Objection { by: *numbers.one(&BY) }).collect();
    let prescription = numbers.rarely(3).then(|| Prescription {
        by: *numbers.one(&[Prescriber::Physician, Prescriber::Nurse]),
        rpps: (*numbers.one(&["10000000017", "10000000018"])).to_owned(),
        product: product.clone(),
        on: on.plus_days(i64::try_from(numbers.below(20)).unwrap() - 15),
    });
    Case {
        on,
        territory: (*numbers.one(&["FR", "FR-93", "FR-974", "FR-971", "FR-987"])).to_owned(),
        product,
        rank: (!numbers.rarely(5)).then(|| u8::try_from(numbers.below(4)).unwrap() + 1),
        person: Person {
            birth_date,
            sex: numbers.rarely(2).then(|| *numbers.one(&[Sex::F, Sex::M])),
            at_risk: numbers.rarely(4),
            very_high_risk: numbers.rarely(10),
            immunocompromised: numbers.rarely(10),
            pregnant: numbers.rarely(10),
            health_worker: numbers.rarely(8),
            protection: *numbers.one(&[Protection::None, Protection::None, Protection::Curatelle, Protection::Tutelle]),
            unable: numbers.rarely(10),
        },
        previous,
        infections,
        answers,
        consents,
        objections,
        prescription,
        physician_decision: None,
        nurse: Nurse { prescriber_trained: numbers.rarely(2) },
        relay_protocol: numbers.rarely(2),
        kit_checked: None,
        not_understood: Vec::new(),
        unknown: Vec::new(),
        reactions: Vec::new(),
        overtaken: Vec::new(),
    }
}

/// Answers 10,000 cases of the directives that ship.
fn digest() -> (String, BTreeSet<Outcome>) {
    digest_of(&shipped(), |directives, case| evaluate(directives, case))
}

/// Answers 10,000 cases of the directives of evaluator 1 by evaluator 1.
fn first_digest() -> String {
    let files: Vec<_> = shipped().into_iter().filter(|(name, _)| name.starts_with("1/")).collect();
    digest_of(&files, |directives, case| one::evaluate(directives, case)).0
}

/// Answers 10,000 cases; returns the digest of cases, answers and questions, and which outcomes came up.
fn digest_of(
    files: &[(String, Vec<u8>)],
    answer: impl Fn(&[Directive], &Case) -> Answer,
) -> (String, BTreeSet<Outcome>) {
    let directives = load(files).unwrap_or_else(|problems| panic!("{} problems", problems.len())).directives;
    let (mut hash, mut outcomes) = (Sha256::new(), BTreeSet::new());
    let mut numbers = Numbers(2_026);
    for _ in 0..10_000 {
        let case = case(&mut numbers, &directives);
        let answer = answer(&directives, &case);
        hash.update(minicbor::to_vec(&case).unwrap());
        hash.update(minicbor::to_vec(&answer).unwrap());
        for question in questions(&directives, &case) {
            hash.update(question.code.as_bytes());
        }
        outcomes.insert(answer.outcome);
    }
    (hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), outcomes)
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_first_evaluator_answers_ten_thousand_cases_as_it_did_when_it_shipped() {
    assert_eq!(first_digest(), FIRST_ANSWERS.trim());
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn ten_thousand_cases_native() {
    let (found, outcomes) = digest();
    assert_eq!(outcomes.len(), Outcome::ALL.len(), "every outcome comes up: {outcomes:?}");
    if std::env::var_os("UPDATE").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/same_everywhere.sha256");
        std::fs::write(file, format!("{found}\n")).unwrap();
        return;
    }
    assert_eq!(found, ANSWERS.trim(), "directives or evaluator changed: if on purpose, run again with UPDATE=1");
}

#[cfg(target_arch = "wasm32")]
mod in_a_browser {
    wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn ten_thousand_cases_in_webassembly() {
        assert_eq!(super::digest().0, super::ANSWERS.trim());
        assert_eq!(super::first_digest(), super::FIRST_ANSWERS.trim());
    }
}

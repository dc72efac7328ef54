//! Worked examples: a case, and what the directives must answer. A directive whose examples fail is not published.

use crate::file::{File, FileExample};
use crate::loaded::{Example, Loaded};
use crate::problem::{Place, Problem, quoted};
use perron_domain::date::Day;
use perron_domain::rules::{Answer, Case, Directive, Version, evaluate, replay};

impl Example {
    pub(crate) fn read(file: &str, place: &Place<'_>, of: &File, example: &FileExample) -> Result<Self, Problem> {
        let mut case = of.example_defaults.clone();
        example.unset.iter().for_each(|key| drop(case.remove(key)));
        for (key, value) in &example.case {
            case.insert(key.clone(), value.clone());
        }
        let name = example.name.get_ref().clone();
        let offset = example.name.span().start;
        let wrong = |message: String| place.at(Some(offset), format!("example {name}"), quoted(message));
        let case: Case = toml::Value::Table(case).try_into().map_err(|e: toml::de::Error| wrong(e.message().into()))?;
        Ok(Self {
            file: file.to_owned(),
            directive: of.id.get_ref().clone(),
            evaluator: of.evaluator,
            line: wrong(String::new()).line,
            case,
            expect: example.expect,
            until: example.until,
            because: example.because.clone(),
            note: example.note.clone(),
            name,
        })
    }
}

/// What came out of a worked example.
#[derive(Clone, PartialEq, Debug)]
pub struct Tried<'a> {
    /// The example.
    pub example: &'a Example,
    /// The answer.
    pub answer: Answer,
}

impl Tried<'_> {
    /// Tells whether outcome, day and rules are those that must come out.
    #[must_use]
    pub fn holds(&self) -> bool {
        let Self { example, answer } = self;
        let says = |rule: &String| answer.reasons.iter().any(|reason| &reason.rule == rule);
        answer.outcome == example.expect && answer.until == example.until && example.because.iter().all(says)
    }

    fn problem(&self) -> Problem {
        let Self { example, answer } = self;
        let until = |day: Option<Day>| day.map(|day| format!(" until {day}")).unwrap_or_default();
        let until_fr = |day: Option<Day>| day.map(|day| format!(" jusqu’au {day}")).unwrap_or_default();
        let reasons: Vec<String> =
            answer.reasons.iter().map(|reason| format!("{} {}", reason.outcome.code(), reason.rule)).collect();
        let (expected, found) = (example.expect.code(), answer.outcome.code());
        let (because, reasons) = (example.because.join(", "), reasons.join(", "));
        Problem {
            file: example.file.clone(),
            line: example.line,
            place: format!("example {}", example.name),
            message: format!(
                "expected {expected}{} because of {because}; the rules say {found}{} because of {reasons}",
                until(example.until),
                until(answer.until),
            ),
            fr: crate::typography::french(&format!(
                "attendu : {expected}{} ({because}) ; les règles répondent {found}{} ({reasons})",
                until_fr(example.until),
                until_fr(answer.until),
            )),
        }
    }
}

/// Returns what comes out of each example by these directives.
#[must_use]
pub fn try_examples<'a>(directives: &[Directive], examples: &'a [Example]) -> Vec<Tried<'a>> {
    examples.iter().map(|example| Tried { example, answer: evaluate(directives, &example.case) }).collect()
}

/// Returns a problem for each example that does not hold. Those of a directive that a file for a later evaluator
/// corrects are tried as they were once: by the evaluator and the directives of their time.
#[must_use]
pub fn check_examples(loaded: &Loaded) -> Vec<Problem> {
    let tried = loaded.examples.iter().map(|example| Tried { example, answer: answer(loaded, example) });
    tried.filter(|one| !one.holds()).map(|one| one.problem()).collect()
}

fn answer(loaded: &Loaded, example: &Example) -> Answer {
    let corrected = loaded
        .evaluators
        .iter()
        .any(|((directive, _), evaluator)| *directive == example.directive && *evaluator > example.evaluator);
    if !corrected {
        return evaluate(&loaded.directives, &example.case);
    }
    let of_then = loaded.evaluators.iter().filter(|(_, evaluator)| **evaluator <= example.evaluator);
    let used: Vec<Version> = of_then
        .map(|((directive, version), _)| Version { directive: directive.clone(), version: version.clone() })
        .collect();
    // Every version is there and every evaluator that shipped is known, so that this does not fail.
    replay(&loaded.directives, &used, example.evaluator, &example.case)
        .unwrap_or_else(|_| evaluate(&loaded.directives, &example.case))
}

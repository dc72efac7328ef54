//! Worked examples: a case, and what the directives must answer. A directive whose examples fail is not published.

use crate::file::FileExample;
use crate::load::Loaded;
use crate::problem::{Place, Problem};
use perron_domain::date::Day;
use perron_domain::rules::{Case, Outcome, evaluate};

/// A worked example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// The file it stands in.
    pub file: String,
    /// Its line in the file.
    pub line: Option<usize>,
    /// Who and what, in words.
    pub name: String,
    /// What goes in.
    pub case: Case,
    /// What must come out.
    pub expect: Outcome,
    /// For a deferral: the first possible day.
    pub until: Option<Day>,
    /// Codes that must be among the rules that apply.
    pub because: Vec<String>,
    /// Where it differs from a first reading, and by which source.
    pub note: String,
}

impl Example {
    pub(crate) fn read(
        file: &str,
        place: &Place<'_>,
        defaults: &toml::Table,
        example: &FileExample,
    ) -> Result<Self, Problem> {
        let mut case = defaults.clone();
        example.unset.iter().for_each(|key| drop(case.remove(key)));
        for (key, value) in &example.case {
            case.insert(key.clone(), value.clone());
        }
        let name = example.name.get_ref().clone();
        let offset = example.name.span().start;
        let wrong = |message: String| place.at(Some(offset), format!("example {name}"), message);
        let case: Case = toml::Value::Table(case).try_into().map_err(|e: toml::de::Error| wrong(e.message().into()))?;
        Ok(Self {
            file: file.to_owned(),
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

/// Returns a problem for each example that does not hold.
#[must_use]
pub fn check_examples(loaded: &Loaded) -> Vec<Problem> {
    loaded.examples.iter().filter_map(|example| check(loaded, example)).collect()
}

fn check(loaded: &Loaded, example: &Example) -> Option<Problem> {
    let answer = evaluate(&loaded.directives, &example.case);
    let says = |rule: &String| answer.reasons.iter().any(|reason| &reason.rule == rule);
    let missing: Vec<&String> = example.because.iter().filter(|rule| !says(rule)).collect();
    if answer.outcome == example.expect && answer.until == example.until && missing.is_empty() {
        return None;
    }
    let reasons: Vec<String> =
        answer.reasons.iter().map(|reason| format!("{} {}", reason.outcome.code(), reason.rule)).collect();
    let until = |day: Option<Day>| day.map(|day| format!(" until {day}")).unwrap_or_default();
    Some(Problem {
        file: example.file.clone(),
        line: example.line,
        place: format!("example {}", example.name),
        message: format!(
            "expected {}{} because of {:?}, the rules say {}{} because of {reasons:?}",
            example.expect.code(),
            until(example.until),
            example.because,
            answer.outcome.code(),
            until(answer.until),
        ),
    })
}

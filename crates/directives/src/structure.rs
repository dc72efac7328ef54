//! What must hold over all files together: names that exist, codes that are unique, versions that do not overlap.

use crate::load::Loaded;
use crate::problem::Problem;
use perron_domain::rules::{Condition, Directive, Doses, Outcome, Until};
use std::collections::BTreeSet;

/// Returns every problem of the directives taken together.
pub(crate) fn check(loaded: &Loaded) -> Vec<Problem> {
    let mut problems = Vec::new();
    let directives = &loaded.directives;
    let products: BTreeSet<&str> =
        directives.iter().flat_map(|directive| &directive.products).map(|product| product.code.as_str()).collect();
    let questions: BTreeSet<&str> =
        directives.iter().flat_map(|directive| &directive.questions).map(|question| question.code.as_str()).collect();
    for (index, directive) in directives.iter().enumerate() {
        overlaps(directive, &directives[..index], &mut problems);
        unique(directive, &mut problems);
        for rule in &directive.rules {
            let mut report =
                |message: String| problems.push(problem(directive, &format!("rule {}", rule.code), message));
            names(&rule.when, &products, &questions, &mut report);
            unknown(&rule.instead, &products, "product", &mut report);
            if let Some(Until::AfterDose { of, .. }) = &rule.until {
                doses(of, &products, &mut report);
            }
            match (rule.outcome, &rule.until) {
                (Outcome::Deferred, None) => report("a deferral says until when, or that it cannot be said".into()),
                (Outcome::Deferred, Some(_)) | (_, None) => {}
                (_, Some(_)) => report("only a deferral has an end".into()),
            }
            if rule.fr.trim().is_empty() || rule.en.trim().is_empty() || rule.source.trim().is_empty() {
                report("needs its reason in French and in English, and its source".into());
            }
            if rule.advice && !rule.outcome.allows() {
                report("an advice may only be eligible or judge".into());
            }
        }
        for need in &directive.agreements {
            let place = format!("agreement {}", need.code);
            let mut report = |message: String| problems.push(problem(directive, &place, message));
            names(&need.when, &products, &questions, &mut report);
            if need.count == 0 || need.by.is_empty() && need.or_judge.is_empty() {
                report("says whose agreement is needed, at least one".into());
            }
        }
        for question in &directive.questions {
            let place = format!("question {}", question.code);
            let mut report = |message: String| problems.push(problem(directive, &place, message));
            names(&question.asked, &products, &questions, &mut report);
            if question.fr.trim().is_empty() || question.en.trim().is_empty() {
                report("needs its text in French and in English".into());
            }
        }
        for product in &directive.products {
            for code in product.cip13.iter().filter(|code| !is_cip13(code)) {
                problems.push(problem(
                    directive,
                    &format!("product {}", product.code),
                    format!("{code} is not a CIP13"),
                ));
            }
        }
    }
    problems.dedup();
    problems
}

fn problem(directive: &Directive, place: &str, message: String) -> Problem {
    Problem { file: format!("{}@{}", directive.id, directive.version), line: None, place: place.to_owned(), message }
}

fn overlaps(directive: &Directive, earlier: &[Directive], problems: &mut Vec<Problem>) {
    for other in earlier.iter().filter(|other| other.id == directive.id) {
        let meets = other.until.is_none_or(|until| directive.from <= until)
            && directive.until.is_none_or(|until| other.from <= until);
        if meets || other.version == directive.version {
            problems.push(problem(directive, "", format!("overlaps version {}", other.version)));
        }
    }
    if directive.until.is_some_and(|until| until < directive.from) {
        problems.push(problem(directive, "", "ends before it begins".into()));
    }
}

fn unique(directive: &Directive, problems: &mut Vec<Problem>) {
    let rules = directive.rules.iter().map(|rule| &rule.code);
    let needs = directive.agreements.iter().map(|need| &need.code);
    let mut seen = BTreeSet::new();
    for code in rules.chain(needs) {
        if !seen.insert(code) {
            problems.push(problem(directive, code, "stands twice in one version".into()));
        }
    }
    let mut codes = BTreeSet::new();
    for product in &directive.products {
        if !codes.insert(&product.code) {
            problems.push(problem(directive, &format!("product {}", product.code), "stands twice".into()));
        }
    }
}

fn unknown(codes: &[String], known: &BTreeSet<&str>, what: &str, report: &mut impl FnMut(String)) {
    for code in codes.iter().filter(|code| !known.contains(code.as_str())) {
        report(format!("no {what} is called {code}"));
    }
}

fn doses(of: &Doses, products: &BTreeSet<&str>, report: &mut impl FnMut(String)) {
    unknown(&of.products, products, "product", report);
}

fn names(
    condition: &Condition,
    products: &BTreeSet<&str>,
    questions: &BTreeSet<&str>,
    report: &mut impl FnMut(String),
) {
    condition.visit(&mut |node| match node {
        Condition::Product(codes) => unknown(codes, products, "product", report),
        Condition::Answer { question, .. } => unknown(std::slice::from_ref(question), questions, "question", report),
        Condition::PreviousDoses { of, .. }
        | Condition::DoseWithin { of, .. }
        | Condition::DoseSince { of, .. }
        | Condition::DoseDateUnknown(of) => doses(of, products, report),
        _ => {}
    });
}

/// Tells whether `code` is a CIP13: 13 digits, 3400 first, with the check digit of EAN-13.
#[must_use]
pub fn is_cip13(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let sum: u32 =
        digits.iter().enumerate().map(|(place, digit)| if place % 2 == 0 { *digit } else { digit * 3 }).sum();
    code.len() == 13 && digits.len() == 13 && code.starts_with("3400") && sum.is_multiple_of(10)
}

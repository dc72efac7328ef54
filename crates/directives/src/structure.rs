//! What must hold over all files together: names that exist, codes that are unique, versions that do not overlap.

use crate::loaded::Loaded;
use crate::possible::possible;
use crate::problem::{Problem, Sentence, say};
use perron_domain::rules::{Condition, Directive, Doses, Outcome, Until};
use std::collections::BTreeSet;

/// Returns every problem of the directives taken together; they may name what `known` ones describe and ask.
pub(crate) fn check(loaded: &Loaded, known: &[Directive]) -> Vec<Problem> {
    let mut problems = Problems { loaded, found: Vec::new() };
    let directives = &loaded.directives;
    let products: BTreeSet<&str> = directives
        .iter()
        .chain(known)
        .flat_map(|directive| &directive.products)
        .map(|product| product.code.as_str())
        .collect();
    let questions: BTreeSet<&str> = directives
        .iter()
        .chain(known)
        .flat_map(|directive| &directive.questions)
        .map(|question| question.code.as_str())
        .collect();
    for (index, directive) in directives.iter().enumerate() {
        overlaps(directive, &directives[..index], loaded, &mut problems);
        unique(directive, &mut problems);
        contradictions(directive, &mut problems);
        for rule in &directive.rules {
            let mut report = |said: Sentence| problems.add(directive, &format!("rule {}", rule.code), said);
            names(&rule.when, &products, &questions, &mut report);
            unknown(&rule.instead, &products, PRODUCT, &mut report);
            if let Some(until) = &rule.until {
                until.visit(&mut |one| {
                    if let Until::AfterDose { of, .. } = one {
                        doses(of, &products, &mut report);
                    }
                });
            }
            match (rule.outcome, &rule.until) {
                (Outcome::Deferred, None) => report(say(
                    "a deferral says until when, or that it cannot be said",
                    "un report dit jusqu’à quand, ou que cela ne peut se dire (deferred)",
                )),
                (Outcome::Deferred, Some(_)) | (_, None) => {}
                (_, Some(_)) => report(say("only a deferral has an end", "seul un report a une fin (deferred)")),
            }
            if rule.fr.trim().is_empty() || rule.en.trim().is_empty() || rule.source.trim().is_empty() {
                report(say(
                    "needs its reason in French and in English, and its source",
                    "il manque la raison en français ou en anglais, ou la source",
                ));
            }
            if rule.advice && !rule.outcome.allows() {
                report(say(
                    "an advice may only be eligible or judge",
                    "un conseil ne peut répondre que eligible ou judge",
                ));
            }
            if !possible(&rule.when, directive) {
                report(never());
            }
        }
        for need in &directive.agreements {
            let place = format!("agreement {}", need.code);
            let mut report = |said: Sentence| problems.add(directive, &place, said);
            names(&need.when, &products, &questions, &mut report);
            if need.count == 0 || need.by.is_empty() && need.or_judge.is_empty() {
                report(say(
                    "says whose agreement is needed, at least one",
                    "doit dire qui donne son accord, au moins un",
                ));
            }
            if need.fr.trim().is_empty() || need.en.trim().is_empty() || need.source.trim().is_empty() {
                report(say(
                    "needs its reason in French and in English, and its source",
                    "il manque la raison en français ou en anglais, ou la source",
                ));
            }
            if !possible(&need.when, directive) {
                report(never());
            }
        }
        for question in &directive.questions {
            let place = format!("question {}", question.code);
            let mut report = |said: Sentence| problems.add(directive, &place, said);
            names(&question.asked, &products, &questions, &mut report);
            let empty = |text: &String| text.trim().is_empty();
            if empty(&question.fr) || empty(&question.en) || question.translations.iter().any(|one| empty(&one.text)) {
                report(say(
                    "needs its text in French, in English and in each language that it names",
                    "il manque le texte en français, en anglais ou dans une langue annoncée",
                ));
            }
            if !possible(&question.asked, directive) {
                report(never());
            }
        }
        for product in &directive.products {
            for code in product.cip13.iter().filter(|code| !is_cip13(code)) {
                let said = say(format!("{code} is not a CIP13"), format!("{code} n’est pas un code CIP13"));
                problems.add(directive, &format!("product {}", product.code), said);
            }
        }
    }
    problems.found.dedup();
    problems.found
}

/// What is found, each with the line on which its subject stands.
struct Problems<'a> {
    loaded: &'a Loaded,
    found: Vec<Problem>,
}

impl Problems<'_> {
    fn add(&mut self, directive: &Directive, place: &str, said: Sentence) {
        let known = self.loaded.places.get(&(directive.id.clone(), place.to_owned()));
        let (file, line) = match known {
            Some((file, line)) => (file.clone(), Some(*line)),
            None => (format!("{}@{}", directive.id, directive.version), None),
        };
        self.found.push(Problem { file, line, place: place.to_owned(), message: said.en, fr: said.fr });
    }
}

fn never() -> Sentence {
    say("its condition can never be true", "sa condition ne peut jamais être vraie")
}

/// Two rules with one condition that answer differently: the milder one would never count.
fn contradictions(directive: &Directive, problems: &mut Problems<'_>) {
    let rules: Vec<_> = directive.rules.iter().filter(|rule| !rule.advice).collect();
    for (index, rule) in rules.iter().enumerate() {
        let same = rules.iter().take(index).find(|other| other.when == rule.when && other.outcome != rule.outcome);
        if let Some(other) = same {
            let (one, two) = (rule.outcome.code(), other.outcome.code());
            let said = say(
                format!("contradicts rule {}: the same condition, {one} here and {two} there", other.code),
                format!("contredit la règle {} : même condition, {one} ici et {two} là", other.code),
            );
            problems.add(directive, &format!("rule {}", rule.code), said);
        }
    }
}

/// Two versions in force together. Those for a later evaluator correct those for an earlier one, whatever their days.
fn overlaps(directive: &Directive, earlier: &[Directive], loaded: &Loaded, problems: &mut Problems<'_>) {
    let place = format!("version {}", directive.version);
    let evaluator = |one: &Directive| loaded.evaluators.get(&(one.id.clone(), one.version.clone()));
    for other in earlier.iter().filter(|other| other.id == directive.id) {
        let meets = evaluator(other) == evaluator(directive)
            && other.until.is_none_or(|until| directive.from <= until)
            && directive.until.is_none_or(|until| other.from <= until);
        if meets || other.version == directive.version {
            let said = say(
                format!("overlaps version {}", other.version),
                format!("est en vigueur en même temps que la version {}", other.version),
            );
            problems.add(directive, &place, said);
        }
    }
    if directive.until.is_some_and(|until| until < directive.from) {
        problems.add(directive, &place, say("ends before it begins", "finit avant de commencer"));
    }
}

fn unique(directive: &Directive, problems: &mut Problems<'_>) {
    let rules = directive.rules.iter().map(|rule| ("rule", &rule.code));
    let needs = directive.agreements.iter().map(|need| ("agreement", &need.code));
    let asked = directive.questions.iter().map(|question| ("question", &question.code));
    let mut seen = BTreeSet::new();
    for (what, code) in rules.chain(needs).chain(asked) {
        if !seen.insert((what == "question", code)) {
            let said = say("stands twice in one version", "figure deux fois dans une version");
            problems.add(directive, &format!("{what} {code}"), said);
        }
    }
    let mut codes = BTreeSet::new();
    for product in &directive.products {
        if !codes.insert(&product.code) {
            let said = say("stands twice", "figure deux fois");
            problems.add(directive, &format!("product {}", product.code), said);
        }
    }
}

fn unknown(codes: &[String], known: &BTreeSet<&str>, (en, fr): (&str, &str), report: &mut impl FnMut(Sentence)) {
    for code in codes.iter().filter(|code| !known.contains(code.as_str())) {
        report(say(format!("no {en} is called {code}"), format!("{fr} ne s’appelle {code}")));
    }
}

const PRODUCT: (&str, &str) = ("product", "aucun produit");
const QUESTION: (&str, &str) = ("question", "aucune question");

fn doses(of: &Doses, products: &BTreeSet<&str>, report: &mut impl FnMut(Sentence)) {
    unknown(&of.products, products, PRODUCT, report);
}

fn names(
    condition: &Condition,
    products: &BTreeSet<&str>,
    questions: &BTreeSet<&str>,
    report: &mut impl FnMut(Sentence),
) {
    condition.visit(&mut |node| match node {
        Condition::Product(codes) => unknown(codes, products, PRODUCT, report),
        Condition::Answer { question, .. } => unknown(std::slice::from_ref(question), questions, QUESTION, report),
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

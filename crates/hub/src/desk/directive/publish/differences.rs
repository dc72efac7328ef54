//! What a new version says otherwise than the one in force, thing by thing.

use perron_desk_api::{Changed, Difference};
use perron_directives::condition_text;
use perron_domain::rules::{Agreement, Directive, Question, Rule, Until};
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that a directive says, as lines with a label each.
type Lines = Vec<(&'static str, String)>;

/// Returns every difference, fields of the directive first.
#[must_use]
pub fn differences(before: Option<&Directive>, after: &Directive) -> Vec<Difference> {
    let (old, new) = (before.map(things).unwrap_or_default(), things(after));
    let mut keys: Vec<&(u8, &'static str, String)> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter().filter_map(|key| difference(key, old.get(key), new.get(key))).collect()
}

fn difference(key: &(u8, &'static str, String), old: Option<&Lines>, new: Option<&Lines>) -> Option<Difference> {
    let (_, what, code) = key;
    let text = |lines: &Lines, other: Option<&Lines>| {
        let differs = |line: &&(&'static str, String)| !other.is_some_and(|other| other.contains(line));
        let lines = lines.iter().filter(differs);
        let line = |(label, text): &(&'static str, String)| {
            if label.is_empty() { text.clone() } else { format!("{label}\u{a0}: {text}") }
        };
        lines.map(line).collect::<Vec<_>>().join("\n")
    };
    let (changed, before, after) = match (old, new) {
        (Some(old), Some(new)) if old == new => return None,
        (Some(old), Some(new)) => (Changed::Altered, Some(text(old, Some(new))), Some(text(new, Some(old)))),
        (Some(old), None) => (Changed::Removed, Some(text(old, None)), None),
        (None, new) => (Changed::Added, None, new.map(|new| text(new, None))),
    };
    Some(Difference { what: (*what).to_owned(), code: code.clone(), changed, before, after })
}

fn things(directive: &Directive) -> BTreeMap<(u8, &'static str, String), Lines> {
    let mut found = BTreeMap::new();
    let mut field = |what: &'static str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            found.insert((0, what, String::new()), vec![("", text)]);
        }
    };
    field("title", Some(format!("{} / {}", directive.title_fr, directive.title_en)));
    field("territory", Some(directive.territory.clone()));
    field("families", Some(directive.families.iter().map(|family| family.code()).collect::<Vec<_>>().join(", ")));
    field("until", directive.until.map(|until| until.to_string()));
    field("observation_minutes", directive.observation_minutes.map(|minutes| format!("{minutes} min")));
    let source = &directive.source;
    let parts = [Some(source.title.clone()), source.date.map(|day| day.to_string()), source.link.clone()];
    field("source", Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", ")));
    field("traceability", directive.traceability_fr.clone());
    found.extend(directive.rules.iter().map(|one| ((1, "rule", one.code.clone()), rule(one))));
    found.extend(directive.agreements.iter().map(|one| ((2, "agreement", one.code.clone()), agreement(one))));
    found.extend(directive.questions.iter().map(|one| ((3, "question", one.code.clone()), question(one))));
    found.extend(directive.products.iter().map(|one| {
        let text = serde_json::to_string(one).unwrap_or_default();
        ((4, "product", one.code.clone()), vec![("", text)])
    }));
    found
}

fn rule(rule: &Rule) -> Lines {
    let mut lines = vec![
        ("condition", condition_text(&rule.when)),
        ("réponse", rule.outcome.code().to_owned()),
        ("raison", rule.fr.clone()),
        ("raison (anglais)", rule.en.clone()),
        ("source", rule.source.clone()),
    ];
    if let Some(until) = &rule.until {
        lines.push(("reporté", deferral(until)));
    }
    if !rule.instead.is_empty() {
        lines.push(("à la place", rule.instead.join(", ")));
    }
    let flags = [(rule.advice, "conseil"), (rule.absolute, "absolue"), (rule.verified, "source lue")];
    lines.extend(flags.iter().filter(|(on, _)| *on).map(|(_, word)| ("", (*word).to_owned())));
    lines
}

fn deferral(until: &Until) -> String {
    match until {
        Until::NoDate => "sans date".to_owned(),
        Until::Day(day) => day.to_string(),
        other => codes(std::slice::from_ref(other)),
    }
}

fn agreement(need: &Agreement) -> Lines {
    let mut lines = vec![
        ("condition", condition_text(&need.when)),
        ("de", format!("{} × {}", need.count, codes(&need.by))),
        ("raison", need.fr.clone()),
        ("raison (anglais)", need.en.clone()),
        ("source", need.source.clone()),
    ];
    if !need.or_judge.is_empty() {
        lines.push(("ou, à juger", codes(&need.or_judge)));
    }
    if !need.how.is_empty() {
        lines.push(("manière", codes(&need.how)));
    }
    lines
}

fn question(question: &Question) -> Lines {
    let mut lines = vec![
        ("question", question.fr.clone()),
        ("question (anglais)", question.en.clone()),
        ("posée", condition_text(&question.asked)),
    ];
    if !question.required {
        lines.push(("", "conseil seulement".to_owned()));
    }
    lines.extend(question.translations.iter().map(|one| ("traduction", format!("{} {}", one.lang, one.text))));
    lines
}

/// Returns codes as a file writes them.
fn codes<T: Serialize>(values: &[T]) -> String {
    let code = |one: &T| match serde_json::to_value(one) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    };
    values.iter().map(code).collect::<Vec<_>>().join(", ")
}

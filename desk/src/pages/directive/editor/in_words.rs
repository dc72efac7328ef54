//! What differs between two versions, in words: ages, names and answers instead of codes. What has no words here stays as
//! the file writes it.

use super::names::{self, Names, word_of};
use super::written;
use crate::components::Answer;
use crate::i18n::I18n;
use crate::pages::words::say;
use leptos::prelude::*;
use perron_domain::rules::Outcome;

/// Returns the lines of one side of a difference, each «label : text», in words.
pub fn in_words(i18n: I18n, names: Names, text: &str) -> String {
    let line = |line: &str| {
        let (label, value) = line.split_once("\u{a0}: ")?;
        let words = match label {
            "réponse" => Outcome::ALL
                .into_iter()
                .find(|one| one.code() == value)
                .map(|outcome| untrack(|| Answer::from(outcome).word(i18n)).to_owned()),
            "condition" | "posée" => condition(i18n, names, value),
            "de" => value.split_once(" × ").map(|(count, who)| format!("{count} × {}", codes(&names::who(i18n), who))),
            "ou, à juger" => Some(codes(&names::who(i18n), value)),
            "manière" => Some(codes(&names::manners(i18n), value)),
            "à la place" => Some(untrack(|| names.products.with(|options| codes(options, value)))),
            _ => None,
        };
        Some(format!("{}\u{a0}: {}", self::label(i18n, label), words.unwrap_or_else(|| value.to_owned())))
    };
    text.lines().map(|one| line(one).unwrap_or_else(|| one.to_owned())).collect::<Vec<_>>().join("\n")
}

/// Returns the words of codes separated by commas.
fn codes(options: &[(String, String)], text: &str) -> String {
    text.split(", ").map(|code| word_of(options, code)).collect::<Vec<_>>().join(", ")
}

/// Returns the label of a line in the language of the screen; the hub writes it in French.
fn label(i18n: I18n, label: &str) -> String {
    match label {
        "condition" => say!(i18n, desk.lb_condition).to_owned(),
        "posée" => say!(i18n, desk.lb_asked).to_owned(),
        "réponse" => say!(i18n, desk.lb_answer).to_owned(),
        "raison" => say!(i18n, desk.lb_reason).to_owned(),
        "raison (anglais)" => say!(i18n, desk.lb_reason_en).to_owned(),
        "question (anglais)" => say!(i18n, desk.lb_question_en).to_owned(),
        "reporté" => say!(i18n, desk.lb_deferred).to_owned(),
        "à la place" => say!(i18n, desk.lb_instead).to_owned(),
        "de" => say!(i18n, desk.lb_by).to_owned(),
        "ou, à juger" => say!(i18n, desk.lb_or_judge).to_owned(),
        "manière" => say!(i18n, desk.lb_how).to_owned(),
        "traduction" => say!(i18n, desk.lb_translation).to_owned(),
        other => other.to_owned(),
    }
}

/// Returns a condition in words, its parts separated by semicolons.
fn condition(i18n: I18n, names: Names, text: &str) -> Option<String> {
    let inside = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let part = |part: &str| {
        let words = part.split_once('=').and_then(|(key, value)| one(i18n, names, key.trim(), value.trim()));
        words.unwrap_or_else(|| part.trim().to_owned())
    };
    Some(parts(inside).into_iter().map(part).collect::<Vec<_>>().join(" ; "))
}

fn one(i18n: I18n, names: Names, key: &str, value: &str) -> Option<String> {
    let codes = listed(value)?;
    let or = format!(" {} ", say!(i18n, desk.or_more));
    let words =
        |options: &[(String, String)]| codes.iter().map(|code| word_of(options, code)).collect::<Vec<_>>().join(&or);
    Some(match key {
        "age" => {
            let (from, below) = codes.first()?.split_once("..")?;
            let (from, below) = (written::age_words(i18n, from), written::age_words(i18n, below));
            match (from.is_empty(), below.is_empty()) {
                (false, false) => say!(i18n, desk.age_between, from = from, below = below),
                (false, true) => say!(i18n, desk.age_from, from = from),
                _ => say!(i18n, desk.age_below, below = below),
            }
        }
        "product" => untrack(|| names.products.with(|options| words(options))),
        "yes" => untrack(|| say!(i18n, desk.yes_to, what = names.questions.with(|options| words(options)))),
        "person" => words(&names::traits(i18n)),
        "family" => words(&names::families(i18n)),
        "rank" => words(&names::ranks(i18n, codes.first()?)),
        _ => return None,
    })
}

/// Splits the inside of a table at the commas that separate its keys.
fn parts(inside: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_i32, false);
    for (at, sign) in inside.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.extend(inside.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(inside.get(start..).filter(|rest| !rest.trim().is_empty()));
    found
}

/// Returns the texts of one value or a list of values; nothing when there is anything else in it.
fn listed(value: &str) -> Option<Vec<String>> {
    let inside = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
    let bare = |text: &str| {
        let text = text.trim();
        let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let number = text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text);
        quoted.or(number).filter(|text| !text.contains(['"', '{', '['])).map(str::to_owned)
    };
    inside.split(',').map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_split_at_the_commas_between_its_keys() {
        let inside = r#" product = ["a", "b"], not = { prescribed = "physician", rank = 2 }, age = "12y..30y" "#;
        let found: Vec<&str> = parts(inside).into_iter().map(str::trim).collect();
        let wanted =
            [r#"product = ["a", "b"]"#, r#"not = { prescribed = "physician", rank = 2 }"#, r#"age = "12y..30y""#];
        assert_eq!(found, wanted);
    }

    #[test]
    fn only_plain_values_are_put_into_words() {
        assert_eq!(listed(r#"["a", "b"]"#), Some(vec!["a".into(), "b".into()]));
        assert_eq!(listed("2"), Some(vec!["2".into()]));
        assert_eq!(listed(r#"{ of = "a" }"#), None);
    }
}

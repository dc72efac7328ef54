//! A condition as it is written in a file: for differences between versions, which people read.

use perron_domain::rules::{Age, Condition, Doses, Interval};
use serde::Serialize;

/// Returns a condition as a file would say it: `{ age = "..16y", not = { prescribed = "physician" } }`.
#[must_use]
pub fn condition_text(condition: &Condition) -> String {
    let parts = match condition {
        Condition::All(parts) if keys_differ(parts) => parts.iter().map(pair).collect::<Vec<_>>(),
        other => vec![pair(other)],
    };
    format!("{{ {} }}", parts.join(", "))
}

/// A table has each key once: several parts with one key stand in `all`.
fn keys_differ(parts: &[Condition]) -> bool {
    let keys: Vec<String> = parts.iter().flat_map(|part| pair(part).split(" = ").next().map(str::to_owned)).collect();
    let plain = |part: &Condition| !matches!(part, Condition::All(_) | Condition::Date { .. } | Condition::Born { .. });
    !parts.is_empty()
        && parts.iter().all(plain)
        && keys.iter().enumerate().all(|(index, key)| !keys.iter().take(index).any(|other| other == key))
}

fn pair(condition: &Condition) -> String {
    let many = |parts: &[Condition]| parts.iter().map(condition_text).collect::<Vec<_>>().join(", ");
    match condition {
        Condition::Always => "always = true".to_owned(),
        Condition::All(parts) if parts.is_empty() => "always = true".to_owned(),
        Condition::All(parts) => match answers(parts, false) {
            Some(questions) => format!("no = {}", list(&questions)),
            None => format!("all = [{}]", many(parts)),
        },
        Condition::Any(parts) => match answers(parts, true) {
            Some(questions) => format!("yes = {}", list(&questions)),
            None => format!("any = [{}]", many(parts)),
        },
        Condition::Not(part) => match part.as_ref() {
            Condition::Mrna => "mrna = false".to_owned(),
            Condition::LiveAttenuated => "live = false".to_owned(),
            Condition::Infected => "infected = false".to_owned(),
            Condition::NursePrescriber => "nurse_prescriber = false".to_owned(),
            other => format!("not = {}", condition_text(other)),
        },
        Condition::Age { from, below } => format!("age = \"{}..{}\"", end(*from), end(*below)),
        Condition::Date { from, until } => days("from", "until", from, until),
        Condition::Born { from, until } => days("born_from", "born_until", from, until),
        Condition::Territory(places) => format!("territory = {}", list(places)),
        Condition::Product(codes) => format!("product = {}", list(codes)),
        Condition::Family(families) => format!("family = {}", list(families)),
        Condition::Mrna => "mrna = true".to_owned(),
        Condition::LiveAttenuated => "live = true".to_owned(),
        Condition::Rank { from, to } if from == to => format!("rank = {}", number(*from)),
        Condition::Rank { from, to } => format!("rank = \"{}..{}\"", number(*from), number(*to)),
        Condition::RankUnknown => "rank = \"unknown\"".to_owned(),
        Condition::PreviousDoses { of, from, to } => {
            let ends = [("at_least", from), ("at_most", to)];
            let ends = ends.iter().filter_map(|(name, end)| end.map(|end| format!(", {name} = {end}")));
            format!("doses = {{ of = {}{} }}", doses(of), ends.collect::<String>())
        }
        Condition::DoseWithin { of, interval, but_same_day } => {
            let same_day = if *but_same_day { ", but_same_day = true" } else { "" };
            format!("dose_within = {{ of = {}, interval = \"{}\"{same_day} }}", doses(of), span(*interval))
        }
        Condition::DoseSince { of, since } => format!("dose_since = {{ of = {}, day = \"{since}\" }}", doses(of)),
        Condition::DoseDateUnknown(of) => format!("dose_undated = {}", doses(of)),
        Condition::InfectionWithin(interval) => format!("infection_within = \"{}\"", span(*interval)),
        Condition::Infected => "infected = true".to_owned(),
        Condition::InfectionDateUnknown => "infection_undated = true".to_owned(),
        Condition::Answer { question, is } => format!("{} = \"{question}\"", if *is { "yes" } else { "no" }),
        Condition::Person(traits) => format!("person = {}", list(traits)),
        Condition::Sex(sex) => format!("sex = {}", value(sex)),
        Condition::Protection(measures) => format!("protection = {}", list(measures)),
        Condition::Agreed { by, count, how } => {
            let how = if how.is_empty() { String::new() } else { format!(", how = {}", array(how)) };
            format!("agreed = {{ by = {}, count = {count}{how} }}", list(by))
        }
        Condition::Opposed(by) => format!("opposed = {}", list(by)),
        Condition::Refused(by) => format!("refused = {}", list(by)),
        Condition::Prescribed(by) => format!("prescribed = {}", list(by)),
        Condition::PrescriptionOlder(interval) => format!("prescription_older = \"{}\"", span(*interval)),
        Condition::PrescriptionEntered => "prescription_entered = true".to_owned(),
        Condition::NursePrescriber => "nurse_prescriber = true".to_owned(),
        Condition::KitNotChecked => "kit_not_checked = true".to_owned(),
        Condition::AfterAnother(question) => format!("after_another = \"{question}\""),
    }
}

/// Returns the questions when all parts are answers to questions, with that answer.
fn answers(parts: &[Condition], wanted: bool) -> Option<Vec<String>> {
    let one = |part: &Condition| match part {
        Condition::Answer { question, is } if *is == wanted => Some(question.clone()),
        _ => None,
    };
    if parts.is_empty() { None } else { parts.iter().map(one).collect() }
}

fn days(
    first: &str,
    last: &str,
    from: &Option<perron_domain::date::Day>,
    until: &Option<perron_domain::date::Day>,
) -> String {
    let ends = [(first, from), (last, until)];
    let ends = ends.iter().filter_map(|(name, day)| day.map(|day| format!("{name} = \"{day}\"")));
    ends.collect::<Vec<_>>().join(", ")
}

fn end(age: Option<Age>) -> String {
    match age {
        None => String::new(),
        Some(Age::Years(years)) => format!("{years}y"),
        Some(Age::Months(months)) => format!("{months}m"),
        Some(Age::Days(days)) => format!("{days}d"),
    }
}

fn span(interval: Interval) -> String {
    match interval {
        Interval::Days(days) => format!("{days}d"),
        Interval::Months(months) => format!("{months}m"),
        Interval::Years(years) => format!("{years}y"),
    }
}

fn number(rank: Option<u8>) -> String {
    rank.map_or_else(String::new, |rank| rank.to_string())
}

fn doses(of: &Doses) -> String {
    let mut parts = Vec::new();
    if !of.products.is_empty() {
        parts.push(format!("products = {}", array(&of.products)));
    }
    if !of.families.is_empty() {
        parts.push(format!("families = {}", array(&of.families)));
    }
    if of.live_attenuated {
        parts.push("live = true".to_owned());
    }
    if of.same_family {
        parts.push("same_family = true".to_owned());
    }
    if of.from_age.is_some() {
        parts.push(format!("from_age = \"{}\"", end(of.from_age)));
    }
    if of.below_age.is_some() {
        parts.push(format!("below_age = \"{}\"", end(of.below_age)));
    }
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}

fn list<T: Serialize>(values: &[T]) -> String {
    match values {
        [one] => value(one),
        several => array(several),
    }
}

fn array<T: Serialize>(values: &[T]) -> String {
    format!("[{}]", values.iter().map(value).collect::<Vec<_>>().join(", "))
}

fn value<T: Serialize>(one: &T) -> String {
    serde_json::to_string(one).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{files::shipped, load};

    /// Keys of a table have no order.
    fn sorted(text: &str) -> Vec<char> {
        let mut signs: Vec<char> = text.chars().collect();
        signs.sort_unstable();
        signs
    }

    /// Every condition of the shipped files, written and read again, means the same.
    #[test]
    fn what_is_written_reads_as_it_was_meant() {
        let loaded = load(&shipped()).unwrap();
        let mut tried = 0;
        for condition in loaded.directives.iter().flat_map(|directive| directive.conditions()) {
            let text = condition_text(condition);
            let file = format!("when = {text}");
            let read: std::collections::BTreeMap<String, crate::when::When> =
                toml::from_str(&file).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
            let again = crate::when::lower(&read["when"], &Default::default()).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(sorted(&condition_text(&again)), sorted(&text), "{text}");
            tried += 1;
        }
        assert!(tried > 300, "only {tried} conditions");
    }
}

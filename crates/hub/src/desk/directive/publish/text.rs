//! Where the writing of a new version begins: the text of the version before, cut down to what it says now.

use perron_domain::date::Day;
use perron_domain::rules::{Directive, version_order};
use perron_domain::state::Common;
use toml_edit::{DocumentMut, Item, Table, value};

/// Returns the text from which a new version of a directive is written: that of the version in force today, with
/// the next version's name and today as its first day. None when the relay has no directive of this name.
#[must_use]
pub fn start(common: &Common, shipped: &[(String, Vec<u8>)], id: &str, today: Day) -> Option<String> {
    let versions = || common.directives.iter().filter(|known| known.id == id);
    let begun = versions().filter(|known| known.from <= today);
    let later = |one: &&Directive, other: &&Directive| {
        one.from.cmp(&other.from).then_with(|| version_order(&one.version, &other.version))
    };
    let now = begun.max_by(later).or_else(|| versions().min_by_key(|known| known.from))?;
    let last = versions().map(|known| known.version.as_str()).max_by(|one, other| version_order(one, other))?;
    let published = common.publications.get(&(now.id.clone(), now.version.clone()));
    let text = match published.and_then(|publication| publication.text.clone()) {
        Some(text) => text,
        None => shipped_text(shipped, id)?,
    };
    let mut document: DocumentMut = text.parse().ok()?;
    cut_down(&mut document, now, &next_version(last), today);
    Some(document.to_string())
}

/// Returns the text of a directive that does not exist yet, with today as its first day.
#[must_use]
pub fn blank(territory: &str, today: Day) -> String {
    format!(
        r#"# Une directive du relais. Voir directives/README.md : comment un fichier se lit, comment une condition s'écrit.

id = "relais-{today}"
layer = "relay"
territory = "{territory}"
families = []
title_fr = "Nouvelle directive du relais"
title_en = "New directive of the relay"

[source]
title = "Responsable du relais"

[[versions]]
version = "1"
from = "{today}"
"#
    )
}

/// Returns the text of the directive that ships; of several the one for the latest evaluator.
pub(super) fn shipped_text(shipped: &[(String, Vec<u8>)], id: &str) -> Option<String> {
    let texts = shipped.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let evaluator = |text: &&str| {
        let document = text.parse::<DocumentMut>().ok()?;
        let is_it = document.get("id").and_then(Item::as_str) == Some(id);
        is_it.then(|| document.get("evaluator").and_then(Item::as_integer).unwrap_or(1))
    };
    let found = texts.filter_map(|text| Some((evaluator(&text)?, text)));
    found.max_by_key(|(evaluator, _)| *evaluator).map(|(_, text)| text.to_owned())
}

/// Returns the name of the version after `last`: its last number, one more.
fn next_version(last: &str) -> String {
    let digits = last.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, number) = last.split_at(last.len() - digits);
    match number.parse::<u32>() {
        Ok(number) => format!("{head}{}", number + 1),
        Err(_) => format!("{last}-2"),
    }
}

/// Leaves of a text with several versions what `now` says, as one version with a new name and first day.
pub(super) fn cut_down(document: &mut DocumentMut, now: &Directive, version: &str, first_day: Day) {
    for list in ["rules", "agreements"] {
        if let Some(tables) = document.get_mut(list).and_then(Item::as_array_of_tables_mut) {
            tables.retain(|table| stands(table, now));
            for table in tables.iter_mut() {
                table.remove("from");
                table.remove("until");
            }
        }
    }
    if let Some(versions) = document.get_mut("versions").and_then(Item::as_array_of_tables_mut) {
        while versions.len() > 1 {
            versions.remove(0);
        }
        if let Some(table) = versions.get_mut(0) {
            table["version"] = value(version);
            table["from"] = value(first_day.to_string());
            match now.until.filter(|until| *until >= first_day) {
                Some(until) => table["until"] = value(until.to_string()),
                None => drop(table.remove("until")),
            }
        }
    }
}

/// Tells whether a rule or agreement of the file is part of the version.
fn stands(table: &Table, now: &Directive) -> bool {
    let day = |key: &str| table.get(key).and_then(Item::as_str).and_then(|text| text.parse::<Day>().ok());
    let begins = day("from").is_none_or(|from| now.until.is_none_or(|until| from <= until));
    let ends = day("until").is_none_or(|until| now.from <= until);
    begins && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_go_on_from_their_last_number() {
        for (last, next) in [("2021-2", "2021-3"), ("1", "2"), ("2025-10-14", "2025-10-15"), ("été", "été-2")] {
            assert_eq!(next_version(last), next);
        }
    }
}

//! What the text of a campaign names: its first and last days, its vaccines, the names under which it keeps days.

use perron_desk_api::SeasonDates;
use perron_domain::date::Day;
use perron_domain::rules::Directive;
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, Value};

/// Returns the day some years later; 29 February becomes the 28th.
pub(super) fn moved(day: Day, years: i32) -> Day {
    u32::try_from(years).map_or(day, |years| day.plus_months(years * 12))
}

/// Returns the pairs of a first and a last day that the text names.
pub(super) fn seasons(document: &DocumentMut, last: &Directive) -> Vec<SeasonDates> {
    let mut found: Vec<SeasonDates> = Vec::new();
    let mut see = |name: &str, places: Vec<String>, from: Day, until: Day| {
        if !found.iter().any(|one| (one.was_from, one.was_until) == (from, until)) {
            let name = name.to_owned();
            found.push(SeasonDates { name, places, was_from: from, was_until: until, from, until });
        }
    };
    let define = document.get("define").and_then(Item::as_table_like);
    // A pair may name its places through a definition: `use = "mayotte"`.
    let meant = |name: &str| define.and_then(|define| define.get(name)).map(places_of).unwrap_or_default();
    if let Some(define) = define {
        for (name, item) in define.iter() {
            pairs(item, &meant, &mut |places, from, until| see(name, places, from, until));
        }
    }
    if let Some(rules) = document.get("rules").and_then(Item::as_array_of_tables) {
        for item in rules.iter().filter_map(|rule| rule.get("when")) {
            pairs(item, &meant, &mut |places, from, until| see("", places, from, until));
        }
    }
    if let Some(until) = last.until {
        see("", Vec::new(), last.from, until);
    }
    found
}

/// Returns the territories that a condition names.
fn places_of(item: &Item) -> Vec<String> {
    match item.as_table_like().and_then(|table| table.get("territory")).and_then(Item::as_value) {
        Some(Value::String(one)) => vec![one.value().clone()],
        Some(Value::Array(list)) => list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

fn pairs(item: &Item, meant: &dyn Fn(&str) -> Vec<String>, see: &mut dyn FnMut(Vec<String>, Day, Day)) {
    let Some(table) = item.as_table_like() else {
        for one in item.as_array().into_iter().flatten() {
            pairs(&Item::Value(one.clone()), meant, see);
        }
        return;
    };
    let day = |key: &str| table.get(key).and_then(Item::as_str).and_then(|text| text.parse::<Day>().ok());
    if let (Some(from), Some(until)) = (day("from"), day("until")) {
        let mut places = places_of(item);
        if let Some(name) = table.get("use").and_then(Item::as_str).filter(|_| places.is_empty()) {
            places = meant(name);
        }
        see(places, from, until);
    }
    for (_, item) in table.iter() {
        pairs(item, meant, see);
    }
}

/// Returns the names under which the text keeps a day, itself or through another name.
pub(super) fn dated_names(document: &DocumentMut) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Some(define) = document.get("define").and_then(Item::as_table_like) else { return names };
    loop {
        let before = names.len();
        for (name, item) in define.iter() {
            if names_day(item) || uses(item, &names) {
                names.insert(name.to_owned());
            }
        }
        if names.len() == before {
            return names;
        }
    }
}

pub(super) fn names_day(item: &Item) -> bool {
    any_text(item, "", &mut |_, text| text.parse::<Day>().is_ok())
}

pub(super) fn uses(item: &Item, names: &BTreeSet<String>) -> bool {
    any_text(item, "", &mut |key, text| key == "use" && names.contains(text))
}

/// Tells whether `holds` is true of a key and its text, anywhere inside.
pub(super) fn any_text(item: &Item, key: &str, holds: &mut impl FnMut(&str, &str) -> bool) -> bool {
    if let Some(text) = item.as_str() {
        return holds(key, text);
    }
    if let Some(table) = item.as_table_like() {
        return table.iter().any(|(key, item)| any_text(item, key, holds));
    }
    let list = item.as_array().into_iter().flatten();
    list.cloned().any(|one| any_text(&Item::Value(one), key, holds))
}

/// Returns the codes that the rules name as the vaccine of the act, in their order.
pub(super) fn named_products(document: &DocumentMut) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut see = |item: &Item| {
        let _ = any_text(item, "", &mut |key, text| {
            if matches!(key, "product" | "instead") && !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
            false
        });
    };
    document.get("define").into_iter().for_each(&mut see);
    for table in document.get("rules").and_then(Item::as_array_of_tables).into_iter().flatten() {
        see(&Item::Table(table.clone()));
    }
    document.get("example_defaults").into_iter().for_each(see);
    found
}

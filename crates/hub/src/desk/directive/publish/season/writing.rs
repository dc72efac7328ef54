//! Writing the text of the new season that a form describes.

use super::super::form::NotWritten;
use super::super::vaccine_names::renamings;
use super::Last;
use super::reading::{dated_names, moved, names_day, uses};
use super::words::{said_anew, spans};
use chrono::Datelike;
use perron_desk_api::SeasonForm;
use perron_domain::date::Day;
use perron_domain::rules::Directive;
use perron_domain::state::Common;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{Array, Item, Table, Value, value};

/// Writes the text of the new season that a form describes; it takes effect on `first_day` at the earliest.
///
/// # Errors
/// [`NotWritten`], a sentence for the head of the relay.
pub fn season_text(common: &Common, last: &Last<'_>, form: &SeasonForm, first_day: Day) -> Result<String, NotWritten> {
    let wrong = |said: &str| Err(NotWritten(said.to_owned()));
    let Some(mut document) = last.document() else { return wrong("Le texte de la saison passée ne se lit pas.") };
    if form.title_fr.trim().is_empty() || form.title_en.trim().is_empty() {
        return wrong("Titre : donner à la saison un titre en français et un en anglais.");
    }
    if form.source.trim().is_empty() {
        return wrong("Source : dire quel document ouvre la saison, et qui l’a publié.");
    }
    if !form.source_date.trim().is_empty() && form.source_date.trim().parse::<Day>().is_err() {
        return wrong("Date de la source : l’écrire AAAA-MM-JJ.");
    }
    let Some(first) = form.dates.iter().map(|one| one.from).min() else {
        return wrong("Dates : aucune saison n’est écrite dans ce texte ; modifier le texte lui-même.");
    };
    for one in &form.dates {
        let name = if one.name.is_empty() { "la saison" } else { one.name.as_str() };
        if one.until < one.from {
            return Err(NotWritten(format!("Dates de « {name} » : le dernier jour vient avant le premier.")));
        }
        if one.until < first_day {
            return Err(NotWritten(format!("Dates de « {name} » : le dernier jour ({}) est passé.", one.until)));
        }
    }
    let kept: Vec<String> = form
        .products
        .iter()
        .filter(|one| one.keep)
        .map(|one| one.instead.clone().filter(|code| !code.is_empty()).unwrap_or_else(|| one.code.clone()))
        .collect();
    if kept.is_empty() && !form.products.is_empty() {
        return wrong("Vaccins : en garder au moins un.");
    }
    let season = Season::of(common, form);
    let dated = dated_names(&document);
    let root = document.as_table_mut();
    root["title_fr"] = value(form.title_fr.trim());
    root["title_en"] = value(form.title_en.trim());
    root["territory"] = value(form.territory.trim());
    root.remove("validated");
    write_source(root, form);
    // Rules that were written for the day on which the season opened say nothing of the days before, even where one
    // territory opened earlier.
    let opens = form.dates.iter().find(|one| one.was_from == last.directive.from).map_or(first, |one| one.from);
    head_of_version(root, last.directive, form, opens.max(first_day));
    for key in ["define", "example_defaults"] {
        if let Some(item) = root.get_mut(key) {
            season.item(item, Place::default());
        }
    }
    for list in ["rules", "agreements", "questions"] {
        let Some(tables) = root.get_mut(list).and_then(Item::as_array_of_tables_mut) else { continue };
        for table in tables.iter_mut() {
            season.rule(table, &dated, form.source.trim());
        }
    }
    if let Some(tables) = root.get_mut("examples").and_then(Item::as_array_of_tables_mut) {
        tables.retain(|table| !table.get("name").and_then(Item::as_str).is_some_and(|name| left_out(form, name)));
        for table in tables.iter_mut() {
            for key in ["case", "until"] {
                if let Some(item) = table.get_mut(key) {
                    season.item(item, Place { example: true, ..Place::default() });
                }
            }
        }
    }
    close_left_out(root, form, &kept);
    Ok(document.to_string())
}

fn left_out(form: &SeasonForm, name: &str) -> bool {
    form.without.iter().any(|one| one == name)
}

fn write_source(root: &mut Table, form: &SeasonForm) {
    let source = root.entry("source").or_insert_with(|| Item::Table(Table::new()));
    let Some(source) = source.as_table_like_mut() else { return };
    for (key, text) in [("title", &form.source), ("date", &form.source_date), ("link", &form.source_link)] {
        match text.trim() {
            "" => drop(source.remove(key)),
            text => drop(source.insert(key, value(text))),
        }
    }
}

fn head_of_version(root: &mut Table, last: &Directive, form: &SeasonForm, first: Day) {
    let Some(versions) = root.get_mut("versions").and_then(Item::as_array_of_tables_mut) else { return };
    let Some(table) = versions.get_mut(0) else { return };
    table["version"] = value(form.version.trim());
    table["from"] = value(first.to_string());
    table.remove("source");
    // A campaign that ended with its directive ends so again.
    let own = form.dates.iter().find(|one| one.name.is_empty() && Some(one.was_until) == last.until);
    match own {
        Some(own) => table["until"] = value(own.until.to_string()),
        None => drop(table.remove("until")),
    }
}

/// Adds the rule that sends from vaccines that are not of the new season to those that are.
fn close_left_out(root: &mut Table, form: &SeasonForm, kept: &[String]) {
    let out: Array = form.products.iter().filter(|one| !one.keep).map(|one| one.code.as_str()).collect();
    if out.is_empty() {
        return;
    }
    let mut when = toml_edit::InlineTable::new();
    when.insert("product", Value::Array(out));
    let mut rule = Table::new();
    rule["code"] = value("not-of-this-season");
    rule["when"] = value(when);
    rule["outcome"] = value("other_product");
    rule["instead"] = value(kept.iter().map(String::as_str).collect::<Array>());
    rule["fr"] = value("Ce vaccin n’est pas de cette saison : en prendre un autre.");
    rule["en"] = value("This vaccine is not of this season: take another one.");
    rule["source"] = value(form.source.trim());
    let list = root.entry("rules").or_insert_with(|| Item::ArrayOfTables(toml_edit::ArrayOfTables::new()));
    if let Some(list) = list.as_array_of_tables_mut() {
        list.push(rule);
    }
}

/// Where a value stands.
#[derive(Clone, Copy, Default)]
struct Place {
    /// In a worked example.
    example: bool,
    /// About doses that were given before: their products stay what they were.
    before: bool,
    /// The code of a vaccine.
    product: bool,
    /// A birth date: it moves by whole years only.
    birth: bool,
}

/// What changes from one season to the next.
struct Season<'a> {
    years: i32,
    /// First and last days that stand together, as they were and as they are.
    pairs: Vec<((Day, Day), (Day, Day))>,
    /// Days that stand alone, with a new one of their own.
    days: BTreeMap<Day, Day>,
    /// Vaccines with another in their place.
    products: BTreeMap<&'a str, &'a str>,
    /// Vaccines that are not taken over.
    out: BTreeSet<&'a str>,
    /// What sentences say, and what they say now: years, days, names of vaccines.
    spans: Vec<(String, String)>,
}

impl<'a> Season<'a> {
    fn of(common: &Common, form: &'a SeasonForm) -> Self {
        let years = form.dates.first().map_or(0, |one| one.until.0.year() - one.was_until.0.year());
        let mut days = BTreeMap::new();
        for one in &form.dates {
            for (was, now) in [(one.was_from, one.from), (one.was_until, one.until)] {
                days.entry(was).or_insert(now);
            }
            days.entry(one.was_from.plus_days(-1)).or_insert_with(|| one.from.plus_days(-1));
            days.entry(one.was_until.plus_days(1)).or_insert_with(|| one.until.plus_days(1));
        }
        let replaced = form.products.iter().filter(|one| one.keep);
        let products = replaced
            .filter_map(|one| Some((one.code.as_str(), one.instead.as_deref().filter(|code| !code.is_empty())?)))
            .collect();
        let out = form.products.iter().filter(|one| !one.keep).map(|one| one.code.as_str()).collect();
        let pairs = form.dates.iter().map(|one| ((one.was_from, one.was_until), (one.from, one.until))).collect();
        let mut spans = spans(&form.dates);
        spans.extend(renamings(common, form));
        Self { years, pairs, days, products, out, spans }
    }

    /// Moves a rule, an agreement or a question.
    fn rule(&self, table: &mut Table, dated: &BTreeSet<String>, source: &str) {
        let mut touched = false;
        for key in ["when", "asked", "deferred"] {
            if let Some(item) = table.get_mut(key) {
                touched |= names_day(item) || uses(item, dated);
                self.item(item, Place::default());
            }
        }
        if let Some(list) = table.get_mut("instead").and_then(Item::as_value_mut) {
            self.value(list, Place { product: true, ..Place::default() });
            if let Some(list) = list.as_array_mut() {
                list.retain(|one| !one.as_str().is_some_and(|code| self.out.contains(code)));
            }
        }
        for key in ["fr", "en"] {
            let Some(text) = table.get(key).and_then(Item::as_str).map(str::to_owned) else { continue };
            let anew = said_anew(&text, &self.spans);
            if anew != text {
                table[key] = value(anew);
            }
        }
        // The new document opens the season; what else the rule says was read in its own source, and not this year.
        if touched && let Some(before) = table.get("source").and_then(Item::as_str).map(str::to_owned) {
            table["source"] = value(format!("{source} (dates) ; {before}"));
            table.remove("verified");
        }
    }

    fn item(&self, item: &mut Item, place: Place) {
        match item {
            Item::Value(value) => self.value(value, place),
            Item::Table(table) => table.iter_mut().for_each(|(key, item)| self.item(item, place.under(&key))),
            Item::ArrayOfTables(list) => {
                list.iter_mut().flat_map(Table::iter_mut).for_each(|(key, item)| self.item(item, place.under(&key)))
            }
            Item::None => {}
        }
    }

    fn value(&self, value: &mut Value, place: Place) {
        match value {
            Value::InlineTable(table) => {
                // Two territories may share a first day and not a last one.
                let day = |key: &str| table.get(key).and_then(Value::as_str).and_then(|text| text.parse::<Day>().ok());
                let was = day("from").zip(day("until"));
                let now = was.and_then(|was| self.pairs.iter().find(|(pair, _)| *pair == was)).map(|(_, now)| *now);
                for (key, one) in table.iter_mut() {
                    match (now, &*key) {
                        (Some((from, _)), "from") => write_text(one, from.to_string()),
                        (Some((_, until)), "until") => write_text(one, until.to_string()),
                        _ => self.value(one, place.under(&key)),
                    }
                }
            }
            Value::Array(list) => {
                list.iter_mut().for_each(|one| self.value(one, place));
                if place.product {
                    let mut seen = BTreeSet::new();
                    list.retain(|one| one.as_str().is_none_or(|code| seen.insert(code.to_owned())));
                }
            }
            Value::String(text) => {
                let new = self.text(text.value(), place);
                if let Some(new) = new {
                    write_text(value, new);
                }
            }
            _ => {}
        }
    }

    /// Returns what a text becomes, when it changes.
    fn text(&self, text: &str, place: Place) -> Option<String> {
        if place.product {
            return self.products.get(text).filter(|_| !place.before).map(|code| (*code).to_owned());
        }
        if let Ok(day) = text.parse::<Day>() {
            let own = self.days.get(&day).filter(|_| !place.birth).copied();
            return Some(own.unwrap_or_else(|| moved(day, self.years)).to_string());
        }
        // «2021» and «2021-05» are dates in a worked example only.
        let (year, rest) = text.split_at_checked(4)?;
        let partial = rest.is_empty() || rest.len() == 3 && rest.starts_with('-');
        let year: i32 = year.parse().ok().filter(|_| partial && place.example)?;
        Some(format!("{}{rest}", year + self.years))
    }
}

/// Puts a text in the place of a value, with the blanks and comments around it.
fn write_text(value: &mut Value, text: String) {
    let decor = value.decor().clone();
    *value = Value::from(text);
    *value.decor_mut() = decor;
}

impl Place {
    fn under(self, key: &str) -> Self {
        Self {
            example: self.example,
            before: self.before || matches!(key, "previous" | "of" | "reactions") || key.starts_with("dose"),
            product: matches!(key, "product" | "instead"),
            birth: key == "birth_date",
        }
    }
}

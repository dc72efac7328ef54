//! A new season from one that is over: the text of last year's campaign with its days moved, its vaccines taken over or
//! replaced, and the document that opens it as its source.
//!
//! Days that the rules name as a season's first and last become those of the form; every other day of rules and worked
//! examples moves by whole years. What an earlier dose was stays what it was.

use super::check::OF_THE_RELAY;
use super::form::NotWritten;
use super::text::{cut_down, shipped_text};
use super::vaccine_names::renamings;
use chrono::Datelike;
use perron_desk::{SeasonDates, SeasonForm, SeasonOver, SeasonProduct};
use perron_domain::date::Day;
use perron_domain::rules::{Directive, Layer, Product, version_order};
use perron_domain::state::Common;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

/// The text of a campaign's last version, and that version.
#[derive(Debug)]
pub struct Last<'a> {
    directive: &'a Directive,
    text: String,
}

impl<'a> Last<'a> {
    /// Finds it; none when the relay has no national directive of this name, or not its text.
    #[must_use]
    pub fn of(common: &'a Common, shipped: &[(String, Vec<u8>)], id: &str) -> Option<Self> {
        let versions = common.counting().filter(|one| one.id == id && one.layer == Layer::National);
        let later = |one: &&Directive, other: &&Directive| {
            one.from.cmp(&other.from).then_with(|| version_order(&one.version, &other.version))
        };
        let directive = versions.max_by(later)?;
        Some(Self { directive, text: text_of(common, shipped, id, &directive.version)? })
    }

    /// Returns the text cut down to what the last version says.
    fn document(&self) -> Option<DocumentMut> {
        let mut document: DocumentMut = self.text.parse().ok()?;
        cut_down(&mut document, self.directive, &self.directive.version, self.directive.from);
        Some(document)
    }
}

/// Returns the text in which a version stands: the one that was published or adopted here, else the one that ships.
pub(super) fn text_of(common: &Common, shipped: &[(String, Vec<u8>)], id: &str, version: &str) -> Option<String> {
    let kept = common.publication(id, version).and_then(|known| known.text.clone());
    kept.or_else(|| shipped_text(shipped, id))
}

/// Returns the campaigns that are over on `on`, each with the form of its next season.
#[must_use]
pub fn last_seasons(common: &Common, shipped: &[(String, Vec<u8>)], on: Day) -> Vec<SeasonOver> {
    let ids: BTreeSet<&str> = common.counting().map(|one| one.id.as_str()).collect();
    let mut found: Vec<SeasonOver> =
        ids.into_iter().filter_map(|id| over(common, &Last::of(common, shipped, id)?, on)).collect();
    found.sort_by(|one, other| other.until.cmp(&one.until).then_with(|| one.form.id.cmp(&other.form.id)));
    found
}

/// Returns the last day of the campaign where the relay is: that of the pair which names its territory, else of those that
/// name none.
fn last_day(common: &Common, dates: &[SeasonDates]) -> Option<Day> {
    let here = common.relay.as_ref().map_or("FR", |relay| relay.territory.as_str());
    let last = |of: &dyn Fn(&SeasonDates) -> bool| dates.iter().filter(|one| of(one)).map(|one| one.was_until).max();
    last(&|one| one.places.iter().any(|place| place == here)).or_else(|| last(&|one| one.places.is_empty()))
}

fn over<'a>(common: &'a Common, last: &Last<'_>, on: Day) -> Option<SeasonOver> {
    let document = last.document()?;
    let mut dates = seasons(&document, last.directive);
    let until = last_day(common, &dates)?;
    let until = dates.iter().map(|one| one.was_until).max().filter(|last| *last < on).and(Some(until))?;
    let mut years = 0;
    while moved(until, years) < on {
        years += 1;
    }
    for one in &mut dates {
        (one.from, one.until) = (moved(one.was_from, years), moved(one.was_until, years));
    }
    let named = named_products(&document);
    let described = common.directives.iter().flat_map(|one| &one.products);
    let of_the_families = described.filter(|product| last.directive.families.contains(&product.family));
    let name = |product: &'a Product| (product.code.as_str(), product.name_fr.as_str());
    let names: BTreeMap<&str, &str> = of_the_families.clone().map(name).collect();
    // What cannot be taken any more takes nobody's place.
    let takeable: BTreeMap<&str, &str> = of_the_families.filter(|product| product.takeable(on)).map(name).collect();
    let products = named.iter().filter_map(|code| {
        let name = (*names.get(code.as_str())?).to_owned();
        Some(SeasonProduct { code: code.clone(), name, keep: true, instead: None })
    });
    let first = dates.iter().map(|one| one.from).min()?;
    let spans = spans(&dates);
    let one = last.directive;
    Some(SeasonOver {
        title_fr: one.title_fr.clone(),
        title_en: one.title_en.clone(),
        version: one.version.clone(),
        until,
        known: takeable.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect(),
        form: SeasonForm {
            id: one.id.clone(),
            version: free_version(common, &one.id, &format!("{first}{OF_THE_RELAY}")),
            title_fr: said_anew(&one.title_fr, &spans),
            title_en: said_anew(&one.title_en, &spans),
            territory: one.territory.clone(),
            source: String::new(),
            source_date: String::new(),
            source_link: String::new(),
            products: products.collect(),
            dates,
            without: Vec::new(),
        },
    })
}

/// Returns the first name like `wanted` that comes after every version of the directive.
fn free_version(common: &Common, id: &str, wanted: &str) -> String {
    let taken = |name: &str| {
        let mut known = common.directives.iter().filter(|one| one.id == id);
        known.any(|one| version_order(&one.version, name).is_ge())
    };
    let later = (2..1000).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned()).chain(later).find(|name| !taken(name)).unwrap_or_else(|| wanted.to_owned())
}

/// Returns the text of a file from elsewhere with the name that its version has here.
///
/// # Errors
/// [`NotWritten`] when it is no TOML.
pub fn renamed(text: &str) -> Result<String, NotWritten> {
    let mut document: DocumentMut = text.parse().map_err(|wrong: toml_edit::TomlError| {
        let line = wrong.span().map_or(1, |span| text.get(..span.start).unwrap_or("").lines().count().max(1));
        NotWritten(format!("Ligne {line} : le fichier ne se lit pas ({}).", wrong.message().trim()))
    })?;
    if let Some(versions) = document.get_mut("versions").and_then(Item::as_array_of_tables_mut) {
        for table in versions.iter_mut() {
            let name = table.get("version").and_then(Item::as_str).unwrap_or("").to_owned();
            if !name.is_empty() && !name.contains(OF_THE_RELAY) {
                table["version"] = value(format!("{name}{OF_THE_RELAY}"));
            }
        }
    }
    document.as_table_mut().remove("validated");
    Ok(document.to_string())
}

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

/// Returns the day some years later; 29 February becomes the 28th.
fn moved(day: Day, years: i32) -> Day {
    u32::try_from(years).map_or(day, |years| day.plus_months(years * 12))
}

/// Returns the pairs of a first and a last day that the text names.
fn seasons(document: &DocumentMut, last: &Directive) -> Vec<SeasonDates> {
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
fn dated_names(document: &DocumentMut) -> BTreeSet<String> {
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

fn names_day(item: &Item) -> bool {
    any_text(item, "", &mut |_, text| text.parse::<Day>().is_ok())
}

fn uses(item: &Item, names: &BTreeSet<String>) -> bool {
    any_text(item, "", &mut |key, text| key == "use" && names.contains(text))
}

/// Tells whether `holds` is true of a key and its text, anywhere inside.
fn any_text(item: &Item, key: &str, holds: &mut impl FnMut(&str, &str) -> bool) -> bool {
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
fn named_products(document: &DocumentMut) -> Vec<String> {
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

/// Returns how the sentences spoke of the seasons, and how they do now.
fn spans(dates: &[SeasonDates]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for one in dates {
        let span = |from: Day, until: Day, dash: char| format!("{}{dash}{}", from.0.year(), until.0.year());
        for dash in ['–', '-'] {
            found.push((span(one.was_from, one.was_until, dash), span(one.from, one.until, dash)));
        }
        for (was, now) in [(one.was_from, one.from), (one.was_until, one.until)] {
            found.push((fr(was), fr(now)));
            found.push((en(was), en(now)));
        }
    }
    found
}

fn said_anew(text: &str, spans: &[(String, String)]) -> String {
    // What is new is not changed again.
    let mut found = String::new();
    let mut rest = text;
    'text: while let Some(sign) = rest.chars().next() {
        for (was, now) in spans {
            if let Some(after) = rest.strip_prefix(was.as_str()) {
                found.push_str(now);
                rest = after;
                continue 'text;
            }
        }
        found.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
    found
}

fn fr(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    in_words(day, &MONTHS, "1er")
}

fn en(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    in_words(day, &MONTHS, "1")
}

fn in_words(day: Day, months: &[&str; 12], first: &str) -> String {
    let number = if day.0.day() == 1 { first.to_owned() } else { day.0.day().to_string() };
    let month = usize::try_from(day.0.month0()).ok().and_then(|month| months.get(month).copied());
    format!("{number} {} {}", month.unwrap_or_default(), day.0.year())
}

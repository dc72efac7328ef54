//! A new season from one that is over: the text of last year's campaign with its days moved, its vaccines taken over or
//! replaced, and the document that opens it as its source.
//!
//! Days that the rules name as a season's first and last become those of the form; every other day of rules and worked
//! examples moves by whole years. What an earlier dose was stays what it was.

mod reading;
mod words;
mod writing;

pub use writing::season_text;

use super::check::OF_THE_RELAY;
use super::form::NotWritten;
use super::text::{cut_down, shipped_text};
use perron_desk_api::{SeasonDates, SeasonForm, SeasonOver, SeasonProduct};
use perron_domain::date::Day;
use perron_domain::rules::{Directive, Layer, Product, version_order};
use perron_domain::state::Common;
use reading::{moved, named_products, seasons};
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{DocumentMut, Item, value};
use words::{said_anew, spans};

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

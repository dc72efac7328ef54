//! How the sentences of a campaign call its vaccines: a rule that sends to «Comirnaty LP.8.1» must not do so once another
//! vaccine took its place.

use perron_desk_api::{SeasonForm, SeasonProduct};
use perron_domain::rules::Product;
use perron_domain::state::Common;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item};

/// The vaccines of a season: those that stay as they are or are new, and those that are gone.
struct Vaccines<'a> {
    /// Each vaccine with the one in its place.
    replaced: Vec<(&'a Product, &'a Product)>,
    /// The brands of the new season.
    stay: BTreeSet<&'a str>,
    /// The brands of last season that are not of the new one.
    gone: BTreeSet<&'a str>,
}

impl<'a> Vaccines<'a> {
    fn of(common: &'a Common, form: &SeasonForm) -> Self {
        let known =
            |code: &str| common.directives.iter().flat_map(|one| &one.products).find(|product| product.code == code);
        let now = |one: &SeasonProduct| match one.instead.as_deref().filter(|code| !code.is_empty()) {
            Some(code) => known(code),
            None => known(&one.code),
        };
        let kept = || form.products.iter().filter(|one| one.keep);
        let replaced = kept().filter_map(|one| Some((known(&one.code)?, now(one)?)));
        let stay: BTreeSet<&str> = kept().filter_map(|one| Some(brand(&now(one)?.name_fr))).collect();
        let before = form.products.iter().filter_map(|one| Some(brand(&known(&one.code)?.name_fr)));
        Self {
            replaced: replaced.filter(|(was, now)| was.code != now.code).collect(),
            gone: before.filter(|name| !stay.contains(name)).collect(),
            stay,
        }
    }
}

/// Returns what sentences called the vaccines that others took the place of, and what they call them now, the longest
/// first. A brand that is still of the season keeps its name.
pub(super) fn renamings(common: &Common, form: &SeasonForm) -> Vec<(String, String)> {
    let vaccines = Vaccines::of(common, form);
    let mut found = Vec::new();
    for (was, now) in &vaccines.replaced {
        found.push((was.name_fr.clone(), now.name_fr.clone()));
        found.push((without_details(&was.name_fr).to_owned(), without_details(&now.name_fr).to_owned()));
        let (said, meant) = (brand(&was.name_fr), brand(&now.name_fr));
        if vaccines.gone.contains(said) {
            found.push((said.to_owned(), meant.to_owned()));
        }
    }
    found.retain(|(was, now)| was != now);
    found.sort_by_key(|(was, _)| Reverse(was.len()));
    found
}

/// Returns the sentences of a text that still name a vaccine that is not of the season.
#[must_use]
pub fn still_named(common: &Common, form: &SeasonForm, text: &str) -> Vec<String> {
    let document: DocumentMut = text.parse().unwrap_or_default();
    let vaccines = Vaccines::of(common, form);
    let mut found: Vec<String> = Vec::new();
    for list in ["rules", "agreements", "questions"] {
        for table in document.get(list).and_then(Item::as_array_of_tables).into_iter().flatten() {
            let said = table.get("fr").and_then(Item::as_str).unwrap_or_default();
            // «Efluelda» stands in «Efluelda Tetra»: the longer name is not the shorter vaccine.
            let rest = vaccines.stay.iter().fold(said.to_owned(), |text, name| text.replace(name, ""));
            if vaccines.gone.iter().any(|name| rest.contains(name)) && !found.iter().any(|known| known == said) {
                found.push(said.to_owned());
            }
        }
    }
    found
}

/// Returns a vaccine's name without how it is prepared and for whom.
fn without_details(name: &str) -> &str {
    let end = name.find(", ").into_iter().chain(name.find(" (")).min();
    end.map_or(name, |end| &name[..end])
}

/// Returns a vaccine's name without its dose either.
fn brand(name: &str) -> &str {
    let name = without_details(name);
    let unit = ["\u{a0}µg", " µg", " mg/ml"].iter().find_map(|unit| name.find(unit));
    let dose = unit.and_then(|unit| name[..unit].rfind(' '));
    dose.map_or(name, |dose| &name[..dose])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_is_a_name_without_dose_preparation_and_age() {
        for (name, meant) in [
            ("Comirnaty LP.8.1 30 µg", "Comirnaty LP.8.1"),
            ("Comirnaty 10 µg, capuchon orange, à diluer (5–11 ans)", "Comirnaty"),
            ("Spikevax 0,2 mg/ml", "Spikevax"),
            ("Prevenar 20", "Prevenar 20"),
            ("Engerix B 20 µg (dès 16 ans)", "Engerix B"),
            ("Nimenrix (ACWY)", "Nimenrix"),
        ] {
            assert_eq!(brand(name), meant);
        }
    }
}

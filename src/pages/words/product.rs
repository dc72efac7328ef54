//! The names of products, as a screen has room for them.

use perron_domain::date::Day;
use perron_domain::door;
use perron_domain::rules::{Family, Product};
use perron_domain::state::Common;

use crate::{
    components::fr,
    i18n::{I18n, Locale, t_string},
};

/// Returns the name that screens show for a product; its code when no directive describes it.
#[must_use]
pub fn product_name(common: &Common, code: &str, on: Day) -> String {
    let family = || Family::of_any(code).map(|family| format!("Vaccin inconnu ({})", family.names().0));
    let known = door::product(common, code, on).map(|product| product.name_fr.clone());
    known.or_else(family).unwrap_or_else(|| code.to_owned())
}

/// Returns a product's name without its presentation («Comirnaty 30 µg»), for lines with little room. The
/// injection shows the whole name.
#[must_use]
pub fn product_short(common: &Common, code: &str, on: Day) -> String {
    let name = product_name(common, code, on);
    // A comma between digits belongs to the strength: «0,2 mg/ml».
    name.split_once(", ").map_or(name.clone(), |(short, _)| short.trim_end().to_owned())
}

/// Returns a product's name as a button carries it: without its presentation and without what stands in brackets.
#[must_use]
pub fn product_named(common: &Common, code: &str, on: Day) -> String {
    let name = product_short(common, code, on);
    name.split_once(" (").map_or(name.clone(), |(named, _)| named.to_owned())
}

/// Returns what a product is diluted with, and how much of it; none where nobody says.
#[must_use]
pub fn diluent(i18n: I18n, product: &Product) -> Option<String> {
    let diluent = product.diluent.as_ref()?;
    let locale = i18n.get_locale();
    let volume = fr::millilitres(locale, diluent.microlitres / 10);
    let what = match locale {
        Locale::fr => &diluent.fr,
        Locale::en => &diluent.en,
    };
    let what = what.clone();
    Some(if diluent.verified {
        t_string!(i18n, stock.dilute_with, volume = volume, what = what)
    } else {
        t_string!(i18n, stock.dilute_with_unverified, volume = volume, what = what)
    })
}

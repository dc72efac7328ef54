//! What a row says of the past: earlier doses, infections, and what is known not to be so.

use super::cells::Cells;
use super::columns::Column;
use super::problem::{Code, Problem};
use super::reading::Reading;
use perron_domain::date::PartialDate;
use perron_domain::people::{INFECTIONS, Infection, Known, LIVE, ListKnown, PersonRecord, PriorDose, TraitKnown};
use perron_domain::rules::{Family, Trait};

/// Reads earlier doses, and which lists are whole: a list that names doses of a family knows them all, «aucune» says that
/// there are none, and an empty cell says nothing.
pub fn doses(row: &mut Cells, reading: &Reading<'_>, birth: Option<PartialDate>) -> PersonRecord {
    let mut read = PersonRecord::default();
    let whole = |list: &str| ListKnown { list: list.to_owned(), complete: true };
    if !row.get(Column::Infections).is_empty() {
        read.lists.push(whole(INFECTIONS));
    }
    let text = row.text(Column::Doses).unwrap_or_default();
    if is_none(&text) {
        read.lists.extend(Family::ALL.into_iter().map(Family::code).chain([LIVE]).map(whole));
        return read;
    }
    for entry in text.split(['|', ';', '+']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let (name, date) = entry.split_once('@').unwrap_or((entry, "?"));
        let (date, lot) = date.split_once('#').map_or((date, None), |(date, lot)| (date, Some(lot.trim())));
        let Some(product) = reading.products.earlier(name.trim()) else {
            row.problems.push(Problem::new(Column::Doses, Code::ProductUnknown, name.trim()));
            continue;
        };
        let family = reading.products.family(product).map(Family::code);
        if let Some(list) = family.filter(|list| read.lists.iter().all(|known| known.list != *list)) {
            read.lists.push(whole(list));
        }
        if is_none(date) {
            continue;
        }
        let on = after_birth(row, Column::Doses, date.trim(), reading, birth);
        let lot = lot.filter(|lot| !lot.is_empty()).map(ToOwned::to_owned);
        read.doses.push(PriorDose { product: product.to_owned(), on, lot });
    }
    read
}

/// Says whether a cell says that there was none.
pub fn is_none(text: &str) -> bool {
    matches!(super::fold::fold(text).as_str(), "aucune" | "aucun" | "jamais" | "non" | "0" | "neant")
}

/// Reads what the list says not to be so: «Priorité : aucune», «Professionnel de santé : non».
pub fn traits(row: &Cells, health_worker: Option<bool>) -> Vec<TraitKnown> {
    let no = |which| TraitKnown { which, known: Known::No };
    let mut traits = Vec::new();
    if is_none(row.get(Column::Priority)) {
        traits.extend([Trait::AtRisk, Trait::VeryHighRisk, Trait::Immunocompromised, Trait::Pregnant].map(no));
    }
    if health_worker == Some(false) {
        traits.push(no(Trait::HealthWorker));
    }
    traits
}

/// Reads earlier infections: dates, or that there was one of unknown date.
pub fn infections(row: &mut Cells, reading: &Reading<'_>, birth: Option<PartialDate>) -> Vec<Infection> {
    // A list says when, never with which proof: the nurse asks for it.
    let infection = |on| Infection { on, proof: false };
    let text = row.get(Column::Infections).to_owned();
    match super::fold::fold(&text).as_str() {
        "oui" | "o" | "x" | "date inconnue" => return vec![infection(None)],
        "non" | "n" | "0" | "aucune" | "jamais" | "neant" => return Vec::new(),
        _ => {}
    }
    text.split(['|', ';', '+', ','])
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .map(|date| infection(after_birth(row, Column::Infections, date, reading, birth)))
        .collect()
}

/// Reads a date that may be unknown (`?`), and that a birth must come before.
fn after_birth(
    row: &mut Cells,
    column: Column,
    text: &str,
    reading: &Reading<'_>,
    birth: Option<PartialDate>,
) -> Option<PartialDate> {
    if text.is_empty() || text == "?" {
        return None;
    }
    let date = row.date(column, text, reading.today, reading.dates)?;
    if birth.is_some_and(|birth| date.latest() < birth.earliest()) {
        row.problems.push(Problem::new(column, Code::BeforeBirth, text));
    }
    Some(date)
}

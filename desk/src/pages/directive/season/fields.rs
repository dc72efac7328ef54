//! The form of a new season as fields, and back.

use crate::components::fr;
use crate::pages::directive::editor::written::{day_code, day_words};
use crate::pages::kept::{Fields, Kept};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{SeasonDates, SeasonForm, SeasonProduct};

type Text = RwSignal<String>;

/// A first and a last day.
#[derive(Clone, PartialEq)]
pub struct DatesFields {
    /// As they were taken over.
    pub line: SeasonDates,
    /// The new first day.
    pub from: Text,
    /// The new last day.
    pub until: Text,
}

/// A vaccine: its own code when it is taken over, another's code when that one takes its place, empty when it is left out.
#[derive(Clone, PartialEq)]
pub struct ProductFields {
    /// As it was taken over.
    pub line: SeasonProduct,
    /// The choice.
    pub choice: Text,
}

/// All of the form.
#[derive(Clone, PartialEq)]
pub struct SeasonFields {
    id: String,
    /// The name of the version.
    pub version: Text,
    /// Title in French.
    pub title_fr: Text,
    /// Title in English.
    pub title_en: Text,
    /// Where it applies.
    pub territory: Text,
    /// The document that opens it.
    pub source: Text,
    /// The day of the document.
    pub source_date: Text,
    /// Where it can be read.
    pub source_link: Text,
    /// Days.
    pub dates: Vec<DatesFields>,
    /// Vaccines.
    pub products: Vec<ProductFields>,
    /// Worked examples that are left out, by name.
    pub without: RwSignal<Vec<String>>,
}

impl SeasonFields {
    /// Spreads a form into fields, which belong to the present owner.
    pub fn of(form: &SeasonForm) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let day = |day: perron_domain::date::Day| RwSignal::new(fr::date_short(day.0));
        let dates =
            |line: &SeasonDates| DatesFields { from: day(line.from), until: day(line.until), line: line.clone() };
        Self {
            id: form.id.clone(),
            version: text(&form.version),
            title_fr: text(&form.title_fr),
            title_en: text(&form.title_en),
            territory: text(&form.territory),
            source: text(&form.source),
            source_date: RwSignal::new(day_words(&form.source_date)),
            source_link: text(&form.source_link),
            dates: form.dates.iter().map(dates).collect(),
            products: form
                .products
                .iter()
                .map(|line| ProductFields { choice: RwSignal::new(choice(line)), line: line.clone() })
                .collect(),
            without: RwSignal::new(form.without.clone()),
        }
    }

    /// Keeps what is typed at the hub; belongs to the present owner.
    pub fn keep(&self) -> Kept {
        let days: Vec<Text> = self.dates.iter().flat_map(|one| [one.from, one.until]).collect();
        let choices: Vec<Text> = self.products.iter().map(|one| one.choice).collect();
        let fields = Fields::of(format!("season-{}", self.id))
            .texts([("version", self.version), ("title_fr", self.title_fr), ("title_en", self.title_en)])
            .texts([("territory", self.territory), ("source", self.source), ("source_date", self.source_date)])
            .texts([("source_link", self.source_link)])
            .with("without", self.without);
        all(all(fields, "days", days), "products", choices).keep()
    }

    /// Puts the form together; nothing while a day of the season cannot be read.
    pub fn gather(&self) -> Option<SeasonForm> {
        let dates = self.dates.iter().map(|one| {
            let (from, until) =
                (one.from.with(|text| words::read_day(text))?, one.until.with(|text| words::read_day(text))?);
            Some(SeasonDates { from, until, ..one.line.clone() })
        });
        Some(SeasonForm {
            id: self.id.clone(),
            version: self.version.get(),
            title_fr: self.title_fr.get(),
            title_en: self.title_en.get(),
            territory: self.territory.get(),
            source: self.source.get(),
            source_date: self.source_date.with(|text| day_code(text)),
            source_link: self.source_link.get(),
            dates: dates.collect::<Option<Vec<_>>>()?,
            products: self.products.iter().map(|one| chosen(&one.line, &one.choice.get())).collect(),
            without: self.without.get(),
        })
    }
}

/// Keeps fields that have no names of their own, in their order.
fn all(fields: Fields, name: &'static str, texts: Vec<Text>) -> Fields {
    let filled = texts.clone();
    let says = move || texts.iter().map(|text| text.try_get().unwrap_or_default()).collect();
    fields.written(name, says, move |said| {
        let said: Vec<String> = serde_json::from_value(said).unwrap_or_default();
        for (text, said) in filled.iter().zip(said) {
            text.try_set(said);
        }
    })
}

fn choice(line: &SeasonProduct) -> String {
    if line.keep { line.instead.clone().unwrap_or_else(|| line.code.clone()) } else { String::new() }
}

fn chosen(line: &SeasonProduct, choice: &str) -> SeasonProduct {
    let instead = (!choice.is_empty() && choice != line.code).then(|| choice.to_owned());
    SeasonProduct { keep: !choice.is_empty(), instead, ..line.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vaccine_is_taken_over_replaced_or_left_out() {
        let line = SeasonProduct { code: "a".into(), name: "A".into(), keep: true, instead: None };
        assert_eq!(chosen(&line, "a"), line);
        let replaced = chosen(&line, "b");
        assert_eq!((replaced.keep, replaced.instead.as_deref()), (true, Some("b")));
        assert_eq!(choice(&replaced), "b");
        let out = chosen(&line, "");
        assert_eq!((out.keep, out.instead.as_deref()), (false, None));
        assert_eq!(choice(&out), "");
    }
}

//! The form of a new season: what it is called, what opens it, when, where and with which vaccines.

use super::fields::{DatesFields, ProductFields, SeasonFields};
use crate::components::{Card, DateField, Keys, SelectField, TextField, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::words::{read_day, say};
use leptos::prelude::*;
use perron_domain::date::Day;

fn wrong(i18n: I18n, text: RwSignal<String>, may_be_empty: bool) -> Option<String> {
    let fine = text.with(|text| (may_be_empty && text.is_empty()) || read_day(text).is_some());
    (!fine).then(|| t_string!(i18n, desk.r_need_day).to_owned())
}

/// The cards of the form.
#[component]
pub fn SeasonForms(
    /// The fields.
    fields: SeasonFields,
    /// Codes and names of the vaccines that may take another's place.
    known: Vec<(String, String)>,
    /// The first day on which it may take effect.
    first_day: Day,
) -> impl IntoView {
    let i18n = use_i18n();
    let SeasonFields {
        version, title_fr, title_en, territory, source, source_date, source_link, dates, products, ..
    } = fields;
    let link_wrong = move || {
        let fine = source_link.with(|link| link.trim().is_empty() || link.trim().starts_with("https://"));
        (!fine).then(|| t_string!(i18n, desk.ms_link_wrong).to_owned())
    };
    let first = fr::date_short(first_day.0);
    let several = dates.iter().any(|one| !one.line.places.is_empty());
    view! {
        <Card title=move || t_string!(i18n, desk.se_source)>
            <p class="muted">{t!(i18n, desk.se_source_text)}</p>
            <div class="form-grid">
                <TextField
                    label=move || t_string!(i18n, desk.de_source_title)
                    value=source
                    hint=move || Some(t_string!(i18n, desk.se_source_hint).to_owned())
                    testid="season-source"
                />
                <DateField
                    label=move || t_string!(i18n, desk.de_source_date)
                    value=source_date
                    error=move || wrong(i18n, source_date, true)
                    optional=true
                    testid="season-source-date"
                />
                <TextField
                    label=move || t_string!(i18n, desk.de_source_link)
                    value=source_link
                    hint=move || Some("https://…".to_owned())
                    error=link_wrong
                    optional=true
                    testid="season-source-link"
                />
            </div>
        </Card>
        <Card title=move || t_string!(i18n, desk.se_dates)>
            <p class="muted">{say!(i18n, desk.de_first_day, day = first)}</p>
            {dates.into_iter().map(|one| pair(i18n, one, several)).collect_view()}
        </Card>
        <Card title=move || t_string!(i18n, desk.se_products)>
            <p class="muted">{t!(i18n, desk.se_products_text)}</p>
            <div class="form-grid">{products.into_iter().map(|one| product(i18n, one, &known)).collect_view()}</div>
        </Card>
        <Card title=move || t_string!(i18n, desk.se_names)>
            <div class="desk-columns">
                <TextField label=move || t_string!(i18n, desk.de_title_fr) value=title_fr testid="season-title-fr" />
                <TextField label=move || t_string!(i18n, desk.de_title_en) value=title_en testid="season-title-en" />
            </div>
            <div class="form-grid">
                <TextField
                    label=move || t_string!(i18n, desk.de_version)
                    value=version
                    hint=move || Some(t_string!(i18n, desk.se_version_hint).to_owned())
                    testid="season-version"
                />
                <TextField
                    label=move || t_string!(i18n, desk.h_territory)
                    value=territory
                    hint=move || Some(t_string!(i18n, desk.de_territory_hint).to_owned())
                    keys=Keys::Code
                    testid="season-territory"
                />
            </div>
        </Card>
    }
}

/// A first and a last day, with those of the season before.
fn pair(i18n: I18n, one: DatesFields, several: bool) -> impl IntoView {
    let DatesFields { line, from, until } = one;
    let was =
        say!(i18n, desk.d_from_until, from = fr::date_short(line.was_from.0), until = fr::date_short(line.was_until.0));
    let places = if line.places.is_empty() && several {
        say!(i18n, desk.se_elsewhere).to_owned()
    } else {
        line.places.join(", ")
    };
    let name = (!line.name.is_empty()).then(|| view! { <code class="chip-code">{line.name}</code> });
    view! {
        <fieldset class="ticks" data-testid="season-dates">
            <legend>{places} " " {name} " " <span class="cell-note">{say!(i18n, desk.se_was, dates = was)}</span></legend>
            <div class="form-grid">
                <DateField
                    label=move || t_string!(i18n, desk.se_first_day)
                    value=from
                    error=move || wrong(i18n, from, false)
                    testid="season-from"
                />
                <DateField
                    label=move || t_string!(i18n, desk.de_until_last)
                    value=until
                    error=move || wrong(i18n, until, false)
                    testid="season-until"
                />
            </div>
        </fieldset>
    }
}

/// A vaccine: taken over, replaced, or left out.
fn product(i18n: I18n, one: ProductFields, known: &[(String, String)]) -> impl IntoView + use<> {
    let ProductFields { line, choice } = one;
    let mut options = vec![(line.code.clone(), say!(i18n, desk.se_keep).to_owned())];
    let others = known.iter().filter(|(code, _)| *code != line.code);
    options.extend(others.map(|(code, name)| (code.clone(), say!(i18n, desk.se_instead, name = name.clone()))));
    view! {
        <SelectField
            label=line.name
            value=choice
            options=Signal::stored(options)
            empty=Signal::derive(move || t_string!(i18n, desk.se_leave).to_owned())
            testid=format!("season-product-{}", line.code)
        />
    }
}

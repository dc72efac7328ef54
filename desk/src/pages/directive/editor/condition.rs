//! When something applies, in words: ages, products, rank, answers, what is known of the person, and the rest as text.

use super::choose::{PickList, TickList};
use super::fields::WhenFields;
use super::names::{self, Names};
use crate::components::{SelectField, TextArea, TextField};
use crate::i18n::{I18n, t, t_string};
use leptos::prelude::*;

/// The fields of a condition, under `legend`.
pub fn condition(i18n: I18n, names: Names, when: WhenFields, legend: Signal<String>) -> impl IntoView {
    let ranks = Signal::derive(move || when.rank.with(|now| names::ranks(i18n, now)));
    let age_hint = move || Some(t_string!(i18n, desk.de_age_hint).to_owned());
    view! {
        <fieldset class="form-part-of">
            <legend>{move || legend.get()}</legend>
            <p class="muted">{t!(i18n, desk.de_when_text)}</p>
            <div class="form-grid">
                <TextField
                    label=move || t_string!(i18n, desk.de_age_from)
                    value=when.age_from
                    hint=age_hint
                    optional=true
                    testid="age-from"
                />
                <TextField
                    label=move || t_string!(i18n, desk.de_age_below)
                    value=when.age_below
                    hint=age_hint
                    optional=true
                    testid="age-below"
                />
                <SelectField
                    label=move || t_string!(i18n, desk.de_rank)
                    value=when.rank
                    options=ranks
                    empty=Signal::derive(move || t_string!(i18n, desk.de_rank_any).to_owned())
                />
            </div>
            <div class="desk-columns">
                <PickList
                    legend=move || t_string!(i18n, desk.de_products)
                    none=move || t_string!(i18n, desk.de_products_any)
                    add=move || t_string!(i18n, desk.de_product_add)
                    options=names.products
                    value=when.products
                />
                <PickList
                    legend=move || t_string!(i18n, desk.de_yes)
                    none=move || t_string!(i18n, desk.de_yes_any)
                    add=move || t_string!(i18n, desk.de_yes_add)
                    options=names.questions
                    value=when.yes
                />
            </div>
            <TickList
                legend=move || t_string!(i18n, desk.de_person)
                options=names::traits(i18n)
                value=when.person
            />
            <TextArea
                label=move || t_string!(i18n, desk.de_more)
                value=when.more
                hint=move || Some(t_string!(i18n, desk.de_more_hint).to_owned())
                optional=true
            />
        </fieldset>
    }
}

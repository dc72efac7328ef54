//! The head of a directive as a form: what it is called, where it comes from, when and for which vaccines it holds.

use super::choose::TickList;
use super::fields::FormFields;
use super::keeping::Editor;
use super::names;
use crate::components::{Card, DateField, Keys, NumberField, TextField, fr};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;

/// The card.
#[component]
pub fn HeadCard(editor: Editor, fields: FormFields) -> impl IntoView {
    let i18n = use_i18n();
    let new = move || editor.frame.with(|frame| frame.as_ref().is_some_and(|frame| frame.in_force.is_none()));
    let first_day = move || {
        editor.frame.with(|frame| {
            let day = frame.as_ref().map(|frame| fr::date_short(frame.first_day.0))?;
            Some(t_string!(i18n, desk.de_first_day, day = day))
        })
    };
    let version_hint = move || {
        editor.frame.with(|frame| {
            let version = frame.as_ref()?.in_force.as_ref()?.0.clone();
            Some(t_string!(i18n, desk.de_version_hint, version = version))
        })
    };
    let wrong = move |text: RwSignal<String>, may_be_empty: bool| {
        let fine = text.with(|text| (may_be_empty && text.is_empty()) || words::read_day(text).is_some());
        (!fine).then(|| t_string!(i18n, desk.r_need_day).to_owned())
    };
    view! {
        <Card title=move || t_string!(i18n, desk.de_head)>
            <div class="desk-columns">
                <TextField label=move || t_string!(i18n, desk.de_title_fr) value=fields.title_fr testid="title-fr" />
                <TextField label=move || t_string!(i18n, desk.de_title_en) value=fields.title_en testid="title-en" />
            </div>
            <p class="muted">{first_day}</p>
            <div class="form-grid">
                <TextField
                    label=move || t_string!(i18n, desk.de_version)
                    value=fields.version
                    hint=version_hint
                    testid="version"
                />
                <DateField
                    label=move || t_string!(i18n, desk.de_from)
                    value=fields.from
                    error=move || wrong(fields.from, false)
                    testid="from"
                />
                <DateField
                    label=move || t_string!(i18n, desk.de_until_last)
                    value=fields.until
                    error=move || wrong(fields.until, true)
                    optional=true
                    testid="until"
                />
                <NumberField
                    label=move || t_string!(i18n, desk.de_minutes)
                    value=fields.minutes
                    unit=move || t_string!(i18n, desk.de_min)
                    whole=true
                    optional=true
                    testid="minutes"
                />
            </div>
            <TickList
                legend=move || t_string!(i18n, desk.de_families)
                options=names::families(i18n)
                value=fields.families
            />
            <h3 class="form-part">{t!(i18n, desk.de_source)}</h3>
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.de_source_title) value=fields.source />
                <DateField
                    label=move || t_string!(i18n, desk.de_source_date)
                    value=fields.source_date
                    error=move || wrong(fields.source_date, true)
                    optional=true
                />
                <TextField
                    label=move || t_string!(i18n, desk.de_source_link)
                    value=fields.source_link
                    hint=move || Some("https://…".to_owned())
                    optional=true
                />
                <TextField
                    label=move || t_string!(i18n, desk.h_territory)
                    value=fields.territory
                    hint=move || Some(t_string!(i18n, desk.de_territory_hint).to_owned())
                    keys=Keys::Code
                />
                <Show when=new>
                    <TextField
                        label=move || t_string!(i18n, desk.de_id)
                        value=fields.id
                        hint=move || Some(t_string!(i18n, desk.de_id_hint).to_owned())
                        testid="directive-id"
                    />
                </Show>
            </div>
        </Card>
    }
}

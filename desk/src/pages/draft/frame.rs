//! «1. La tournée»: its name, day, team, place and hour, who goes and with which tablet.

use super::Editor;
use super::odd::OddLines;
use crate::client::{get, routes};
use crate::components::{Card, DateField, Glyph, LinkButton, SelectField, TextField, Tick, TimeField, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{OddOf, RelayView, RoundDraft, TabletsView};
use perron_domain::fact::{Modality, Role};

/// Reads the draft once, when a form is built.
fn now(editor: Editor) -> Option<RoundDraft> {
    editor.draft.get_untracked()
}

/// The card.
#[component]
pub fn FrameCard(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let start = now(editor);
    let text = |pick: fn(&RoundDraft) -> String| RwSignal::new(start.as_ref().map(pick).unwrap_or_default());
    let (label, team) = (text(|draft| draft.label.clone()), text(|draft| draft.team.clone()));
    let place = text(|draft| draft.start_place.clone());
    // With each key: «Enregistré» must not stand beside what is only typed.
    let follow = |text: RwSignal<String>, put: fn(&mut RoundDraft, String)| {
        Effect::new(move |before: Option<String>| {
            let typed = text.get();
            if before.is_some_and(|before| before != typed) {
                editor.change(|draft| put(draft, typed.clone()));
            }
            typed
        })
    };
    follow(label, |draft, text| draft.label = text);
    follow(team, |draft, text| draft.team = text);
    follow(place, |draft, text| draft.start_place = text);
    let day = text(|draft| fr::date_short(draft.on.0));
    let hour = text(|draft| words::clock_text(draft.start_minute));
    let modality = text(|draft| modality_code(draft.modality).to_owned());
    let day_wrong =
        move || day.with(|text| words::read_day(text).is_none()).then(|| t_string!(i18n, desk.r_need_day).to_owned());
    let change_day = move |typed: String| {
        let read = words::read_day(&typed);
        editor.reads("on", read.is_some());
        if let Some(on) = read {
            editor.change(|draft| draft.on = on);
        }
    };
    editor.reads("on", true);
    let hour_wrong = move || {
        let wrong = hour.with(|text| words::clock_minutes(text).is_none());
        wrong.then(|| t_string!(i18n, desk.e_hour_wrong).to_owned())
    };
    // The time field tells of each change through its signal.
    Effect::new(move |before: Option<String>| {
        let text = hour.get();
        let read = words::clock_minutes(&text);
        editor.reads("start_minute", read.is_some());
        if let (true, Some(minute)) = (before.is_some_and(|before| before != text), read) {
            editor.change(|draft| draft.start_minute = minute);
        }
        text
    });
    let modalities = move || {
        [
            ("home", t_string!(i18n, desk.m_home)),
            ("mobile", t_string!(i18n, desk.m_mobile)),
            ("ephemeral", t_string!(i18n, desk.m_ephemeral)),
            ("drive", t_string!(i18n, desk.m_drive)),
        ]
        .map(|(code, word)| (code.to_owned(), word.to_owned()))
        .to_vec()
    };
    let relay = LocalResource::new(|| get(routes::RELAY));
    let tablets = LocalResource::new(|| get(routes::TABLETS));
    let protocol =
        Signal::derive(move || editor.draft.with(|draft| draft.as_ref().is_some_and(|one| one.relay_protocol)));
    view! {
        <Card title=move || t_string!(i18n, desk.e_frame)>
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.r_name) value=label />
                <DateField label=move || t_string!(i18n, desk.r_day) value=day error=day_wrong on_change=change_day />
                <TextField
                    label=move || t_string!(i18n, desk.e_team)
                    value=team
                    hint=move || Some(t_string!(i18n, desk.e_team_hint).to_owned())
                    testid="team"
                />
                <TextField label=move || t_string!(i18n, desk.e_place) value=place optional=true />
                <TimeField label=move || t_string!(i18n, desk.e_hour) value=hour error=hour_wrong testid="start-hour" />
                <SelectField
                    label=move || t_string!(i18n, desk.e_modality)
                    value=modality
                    options=modalities
                    on_change=move |code: String| editor.change(|draft| draft.modality = modality_of(&code))
                />
            </div>
            <OddLines editor=editor about=OddOf::Team />
            <div class="desk-columns">
                <fieldset class="ticks">
                    <legend>{t!(i18n, desk.e_nurses)}</legend>
                    {move || relay.get().and_then(Result::ok).map(|relay| nurses(editor, relay))}
                    <OddLines editor=editor about=OddOf::Nurse />
                </fieldset>
                <fieldset class="ticks">
                    <legend>{t!(i18n, desk.e_tablets)}</legend>
                    {move || tablets.get().and_then(Result::ok).map(|tablets| tablet_ticks(i18n, editor, tablets))}
                    <OddLines editor=editor about=OddOf::Tablet />
                </fieldset>
            </div>
            <Tick
                label=move || t_string!(i18n, desk.e_protocol)
                note=move || Some(t_string!(i18n, desk.e_protocol_note).to_owned())
                value=protocol
                on_change=move |on| editor.change(|draft| draft.relay_protocol = on)
            />
        </Card>
    }
}

const fn modality_code(modality: Modality) -> &'static str {
    match modality {
        Modality::Home => "home",
        Modality::Mobile => "mobile",
        Modality::Ephemeral => "ephemeral",
        Modality::Drive => "drive",
    }
}

fn modality_of(code: &str) -> Modality {
    match code {
        "mobile" => Modality::Mobile,
        "ephemeral" => Modality::Ephemeral,
        "drive" => Modality::Drive,
        _ => Modality::Home,
    }
}

/// Puts `one` in the list or takes it out.
fn toggle<T: PartialEq>(list: &mut Vec<T>, one: T, on: bool) {
    list.retain(|known| *known != one);
    if on {
        list.push(one);
    }
}

fn nurses(editor: Editor, relay: RelayView) -> impl IntoView {
    let nurse = |one: &perron_desk_api::AccountLine| one.roles.contains(&Role::Nurse);
    relay
        .accounts
        .into_iter()
        .filter(nurse)
        .map(|one| {
            let account = one.account;
            let chosen =
                move || editor.draft.with(|draft| draft.as_ref().is_some_and(|one| one.nurses.contains(&account)));
            view! {
                <Tick
                    label=one.name
                    value=Signal::derive(chosen)
                    on_change=move |on| editor.change(|draft| toggle(&mut draft.nurses, account, on))
                    testid=format!("nurse-{}", account.0)
                />
            }
        })
        .collect_view()
}

fn tablet_ticks(i18n: I18n, editor: Editor, tablets: TabletsView) -> AnyView {
    let active: Vec<_> = tablets.tablets.into_iter().filter(|tablet| tablet.retired.is_none()).collect();
    if active.is_empty() {
        return view! {
            <p>{t!(i18n, desk.e_no_tablet)}</p>
            <div class="actions">
                <LinkButton
                    label=move || t_string!(i18n, desk.e_no_tablet_link)
                    href="/relais/tablettes"
                    icon=Glyph::Tablet
                />
            </div>
        }
        .into_any();
    }
    active
        .into_iter()
        .map(|tablet| {
            let device = tablet.device;
            let chosen =
                move || editor.draft.with(|draft| draft.as_ref().is_some_and(|one| one.devices.contains(&device)));
            view! {
                <Tick
                    label=tablet.label
                    value=Signal::derive(chosen)
                    on_change=move |on| editor.change(|draft| toggle(&mut draft.devices, device, on))
                    testid=format!("tablet-{}", device.0)
                />
            }
        })
        .collect_view()
        .into_any()
}

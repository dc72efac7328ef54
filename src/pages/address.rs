//! Adresse: the door, everybody behind it with her state, and what can be done for all of them at once.

mod add;
mod listed;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use perron_domain::{
    command::Command,
    fact::{IncidentKind, Outcome},
    name::FactName,
};

pub use add::AddPersonPage;
pub use listed::{listed_of_page, with_listed};

use super::{
    visit::{
        link::{Link, Problem},
        place::PlaceStrip,
    },
    words,
};
use crate::{
    components::{
        Button, DateField, Dialog, EmptyState, For, Glyph, Icon, LinkButton, ListRow, MainAction, PageHeader, Show,
        StatusPill, TextField, Tone, Weight, live,
    },
    i18n::{label, t, t_string},
};

/// Returns the stop that the address of the page names.
fn stop_of_page() -> Memo<Option<FactName>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("stop").and_then(|text| text.parse().ok())))
}

/// The page of an address: `/adresse/:stop`.
#[component]
pub fn AddressPage() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let named = stop_of_page();
    let known = Memo::new(move |_| named.get().filter(|stop| link.round(|round| round.stops.contains_key(stop))));
    live(move || match known.get() {
        Some(stop) => view! { <OneAddress link=link stop=stop /> }.into_any(),
        None => view! {
            <PageHeader title=label!(i18n, visit.address_page) back=Signal::stored("/".to_owned()) />
            <EmptyState glyph=Glyph::Pin title=label!(i18n, visit.unknown_address)>
                <LinkButton label=label!(i18n, common.go_home) href="/" icon=Glyph::Steps />
            </EmptyState>
        }
        .into_any(),
    })
}

/// What is asked before everybody's visit ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ForAll {
    Absent,
    Postponed,
}

/// One address.
#[component]
fn OneAddress(link: Link, stop: FactName) -> impl IntoView {
    let i18n = link.i18n;
    let navigate = use_navigate();
    let title = move || {
        link.round(|round| {
            let stop = round.stops.get(&stop)?;
            Some(stop.place.clone().unwrap_or_else(|| stop.address.line.clone()))
        })
        .unwrap_or_default()
    };
    let subtitle = move || {
        link.round(|round| {
            let stop = round.stops.get(&stop)?;
            let mut parts = Vec::new();
            if stop.place.is_some() {
                parts.push(stop.address.line.clone());
            }
            parts.push(format!("{} {}", stop.address.postcode, stop.address.city).trim().to_owned());
            if let (Some(from), Some(until)) = (stop.from_minute, stop.until_minute) {
                parts.push(t_string!(
                    i18n,
                    visit.window,
                    from = words::minute(i18n, from),
                    until = words::minute(i18n, until)
                ));
            }
            Some(parts.join(" · "))
        })
    };
    let people = Memo::new(move |_| {
        link.round(|round| round.stops.get(&stop).map(|stop| stop.people.clone()).unwrap_or_default())
    });
    let open = move || link.round(|round| people.get().into_iter().find(|person| round.outcome_of(*person).is_none()));
    let arrived = move || link.round(|round| round.stops.get(&stop).and_then(|stop| stop.arrived));
    let for_all = RwSignal::new(None::<ForAll>);
    let person_row = move |person: FactName| {
        let title = move || link.round(|round| round.people.get(&person).map(words::person_name)).unwrap_or_default();
        let detail = move || {
            link.both(|round, common| {
                let visit = round.people.get(&person)?;
                let age = visit.record.birth.map(|birth| words::age(i18n, birth, link.today()));
                let wishes = visit.acts.iter().filter_map(|act| round.acts.get(act));
                let wishes = wishes.map(|act| words::wish_text(i18n, round, common, act, link.today()));
                Some(age.into_iter().chain(wishes).collect::<Vec<_>>().join(" · "))
            })
        };
        let state = Memo::new(move |_| {
            let (tone, word) =
                link.both(|round, common| words::person_state(i18n, round, common, person, link.now_once()));
            (tone.name(), tone, word)
        });
        view! {
            <ListRow
                title=Signal::derive(title)
                detail=Signal::derive(detail)
                href=Signal::stored(format!("/visite/{person}"))
                lead=move || view! { <Icon glyph=Glyph::Person /> }
                trail=move || {
                    view! {
                        <StatusPill
                            tone=Signal::derive(move || state.with(|state| state.1))
                            label=Signal::derive(move || state.with(|state| state.2.clone()))
                        />
                    }
                }
                current=Signal::derive(move || open() == Some(person))
                done=Signal::derive(move || link.round(|round| round.outcome_of(person).is_some()))
                testid="person"
            />
        }
    };
    let waiting = move || link.round(|round| round.waiting.values().filter(|listed| listed.stop.is_some()).count());
    let start = move |()| match untrack(open) {
        Some(person) => navigate(&format!("/visite/{person}"), NavigateOptions::default()),
        None => navigate("/", NavigateOptions::default()),
    };
    let label = move || {
        if open().is_some() { t_string!(i18n, visit.start_visit) } else { t_string!(i18n, visit.back_to_tour) }
    };
    let arrival = move || match arrived() {
        Some(at) => {
            let hour = link.common(|common| words::moment(i18n, common, at, link.now_once()));
            view! {
                <p class="muted" data-testid="arrived-at">{t_string!(i18n, visit.arrived_at, hour = hour)}</p>
            }
            .into_any()
        }
        None => view! {
            <Button
                label=label!(i18n, visit.arrive)
                icon=Glyph::Door
                disabled=link.busy
                on_press=move |()| link.write(vec![Command::Arrive(stop)], || ())
                testid="arrive"
            />
        }
        .into_any(),
    };
    view! {
        <PageHeader title=Signal::derive(title) subtitle=Signal::derive(subtitle) back=Signal::stored("/".to_owned()) />
        <PlaceStrip link=link stop=Signal::stored(Some(stop)) />
        <div class="list">
            <For each=move || people.get() key=|person| *person children=person_row />
        </div>
        <div class="actions">
            {arrival}
            <LinkButton
                label=label!(i18n, visit.add_here)
                href=format!("/adresse/{stop}/ajouter")
                icon=Glyph::PersonPlus
                testid="add-person"
            />
            <Show when=move || open().is_some()>
                <Button
                    label=label!(i18n, visit.all_absent)
                    icon=Glyph::Door
                    on_press=move |()| for_all.set(Some(ForAll::Absent))
                    testid="all-absent"
                />
                <Button
                    label=label!(i18n, visit.all_postponed)
                    icon=Glyph::Calendar
                    on_press=move |()| for_all.set(Some(ForAll::Postponed))
                    testid="all-postponed"
                />
            </Show>
            <LinkButton
                label=label!(i18n, common.urgent)
                href=format!("/urgence/adresse/{stop}")
                icon=Glyph::Ambulance
                weight=Weight::Danger
                testid="urgent"
            />
        </div>
        <Show when=move || { waiting() > 0 }>
            <p class="muted">{move || t_string!(i18n, visit.waiting_count, count = waiting())}</p>
        </Show>
        <Problem link=link />
        <AllDialog link=link.apart() stop=stop what=for_all />
        <MainAction label=label icon=Glyph::Steps on_press=start testid="start-visit" />
    }
}

/// Absent or postponed for everybody who still waits here.
#[component]
fn AllDialog(link: Link, stop: FactName, what: RwSignal<Option<ForAll>>) -> impl IntoView {
    let i18n = link.i18n;
    let form = link.form(format!("address/{stop}/all"));
    let reason = form.text("reason", "");
    let again_on = form.text("again_on", "");
    let wrong = RwSignal::new(None::<String>);
    let phrase = move |index: usize| match index {
        0 => t_string!(i18n, visit.absent_nobody),
        1 => t_string!(i18n, visit.absent_code),
        _ => t_string!(i18n, visit.absent_access),
    };
    let save = move |text: String, access: bool| {
        let Some(all) = what.get_untracked() else { return };
        let typed = again_on.get_untracked();
        let day = words::read_day(&typed);
        if all == ForAll::Postponed && day.is_none() && !typed.trim().is_empty() {
            wrong.set(Some(t_string!(i18n, visit.date_wrong).to_owned()));
            return;
        }
        wrong.set(None);
        let outcome = if all == ForAll::Absent { Outcome::Absent } else { Outcome::Postponed };
        let commands = link.glance(|round, _| {
            let mut commands = Vec::new();
            let Some(here) = round.stops.get(&stop) else { return commands };
            if all == ForAll::Absent && here.arrived.is_none() {
                commands.push(Command::Arrive(stop));
            }
            if access {
                commands.push(Command::Report { person: None, kind: IncidentKind::Access, text: text.clone() });
            }
            for person in here.people.iter().filter(|person| round.outcome_of(**person).is_none()) {
                commands.push(Command::End {
                    person: *person,
                    act: None,
                    outcome,
                    reason: (!text.trim().is_empty()).then(|| text.clone()),
                    call_again: true,
                    again_on: day.filter(|_| outcome == Outcome::Postponed),
                });
            }
            commands
        });
        link.write(commands, move || {
            reason.set(String::new());
            again_on.set(String::new());
            what.set(None);
        });
    };
    let title = move || match what.get() {
        Some(ForAll::Postponed) => t_string!(i18n, visit.all_postponed),
        _ => t_string!(i18n, visit.all_absent),
    };
    view! {
        <Dialog
            open=Signal::derive(move || what.get().is_some())
            on_close=move |()| what.set(None)
            title=title
            tone=Tone::Info
            actions=move || {
                view! {
                    <Button
                        label=label!(i18n, visit.record_outcome)
                        weight=Weight::Primary
                        disabled=link.busy
                        on_press=move |()| save(reason.get_untracked(), false)
                        testid="all-save"
                    />
                }
            }
        >
            <div class="stack">
                <p>{t!(i18n, visit.for_all_text)}</p>
                <Show when=move || what.get() == Some(ForAll::Absent)>
                    {(0..3)
                        .map(|index| {
                            view! {
                                <Button
                                    label=move || phrase(index)
                                    wide=true
                                    on_press=move |()| save(phrase(index).to_owned(), index > 0)
                                    testid=format!("absent-{index}")
                                />
                            }
                        })
                        .collect_view()}
                </Show>
                <Show when=move || what.get() == Some(ForAll::Postponed)>
                    <DateField
                        label=label!(i18n, visit.again_on)
                        value=again_on
                        error=wrong
                        optional=true
                        testid="all-again-on"
                    />
                </Show>
                <TextField
                    label=label!(i18n, visit.field_reason)
                    value=reason
                    optional=true
                    testid="all-reason"
                />
                <Problem link=link />
            </div>
        </Dialog>
    }
}

//! A visit: one person, step by step, with the answer on top. Steps finish; this page routes.

mod asked;
mod banner;
mod consent;
mod consent_form;
mod door;
mod editor;
mod finished;
mod history;
mod history_line;
mod identity;
mod injection;
mod instead;
mod leave;
pub mod link;
mod mistake;
mod no_dose;
mod objection;
mod observation;
mod outcome;
mod papers;
mod past;
pub mod path;
#[cfg(test)]
mod path_tests;
mod patient;
pub mod place;
mod questions;
mod reaction;
mod response;
mod restate;
mod seen;
mod sheet;
mod source;
mod tongue;
mod traceability;
mod waiting;
mod wish;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use perron_domain::name::FactName;

pub use self::door::Door;
use self::{
    banner::ActBanner,
    link::Link,
    path::{At, Step},
};
pub use self::{identity::SEXES, restate::is_about};
use crate::{
    components::{Button, EmptyState, Glyph, LinkButton, PageHeader, Show, StepTrail, Weight, live},
    i18n::{I18n, label, t_string},
    pages::words,
};

/// The page of a visit: `/visite/:person/:step?/:act?`.
#[component]
pub fn Visit() -> impl IntoView {
    let params = use_params_map();
    let person =
        Memo::new(move |_| params.with(|params| params.get("person").and_then(|text| text.parse::<FactName>().ok())));
    let place = Memo::new(move |_| {
        params.with(|params| {
            let step = Step::from_slug(&params.get("step")?)?;
            Some(At { step, act: params.get("act").and_then(|text| text.parse().ok()) })
        })
    });
    let link = Link::find();
    let i18n = link.i18n;
    let known = Memo::new(move |_| person.get().filter(|person| link.round(|round| round.people.contains_key(person))));
    live(move || match known.get() {
        Some(person) => view! { <OneVisit person=person place=place /> }.into_any(),
        None => view! {
            <PageHeader title=label!(i18n, visit.title) back=Signal::stored("/".to_owned()) />
            <EmptyState
                glyph=Glyph::Person
                title=label!(i18n, visit.unknown_person)
                text=move || Some(t_string!(i18n, visit.unknown_person_text).to_owned())
            >
                <LinkButton label=label!(i18n, common.go_home) href="/" icon=Glyph::Steps />
            </EmptyState>
        }
        .into_any(),
    })
}

/// The visit of one person.
#[component]
fn OneVisit(person: FactName, place: Memo<Option<At>>) -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let navigate = use_navigate();
    let go = Callback::new(move |at: At| {
        navigate(&at.href(person), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let next = move || {
        let nurse = untrack(|| link.account());
        let me = (nurse, untrack(|| link.device()));
        link.glance(|round, common| path::next(round, common, person, me, link.now_once()))
    };
    let done = Callback::new(move |()| {
        if let Some(at) = next() {
            go.run(at);
        }
    });
    // Opened without a step: go to where the visit stands.
    Effect::new(move |_| {
        if place.get().is_none() {
            done.run(());
        }
    });
    let door = Door { link, person, done, go };
    let visit = link.visit(person);
    let several = Signal::derive(move || visit.with(|visit| visit.as_ref().is_some_and(|visit| visit.acts.len() > 1)));
    let title = move || visit.with(|visit| visit.as_ref().map(words::person_name)).unwrap_or_default();
    let subtitle = move || {
        let visit = visit.get()?;
        let age = visit.record.birth.map(|birth| words::age(i18n, birth, link.today()));
        let wishes = link.both(|round, common| {
            let acts = visit.acts.iter().filter_map(|act| round.acts.get(act));
            acts.map(|act| words::wish_text(i18n, round, common, act, link.today())).collect::<Vec<_>>()
        });
        // With several, each has its own button below.
        let wishes = if wishes.len() > 1 { Vec::new() } else { wishes };
        Some(age.into_iter().chain(wishes).collect::<Vec<_>>().join(" · "))
    };
    let back = move || {
        visit
            .with(|visit| {
                let stop = visit.as_ref().map(|visit| visit.stop)?;
                let several = link.round(|round| round.stops.get(&stop).is_some_and(|stop| stop.people.len() > 1));
                several.then(|| format!("/adresse/{stop}"))
            })
            .unwrap_or_else(|| "/".to_owned())
    };
    // The act on the banner: the step's own, else the first that waits.
    let shown = Memo::new(move |_| {
        let at = place.get()?;
        if matches!(at.step, Step::Observation | Step::Finished | Step::History | Step::Outcome | Step::Wish) {
            return None;
        }
        at.act.or_else(|| {
            link.round(|round| {
                round.people.get(&person).and_then(|visit| path::open_acts(round, visit).first().copied())
            })
        })
    });
    // These two steps say the reason themselves.
    let brief =
        Signal::derive(move || place.get().is_some_and(|at| matches!(at.step, Step::Consent | Step::Injection)));
    let steps = Signal::derive(move || trail(i18n));
    let current = move || place.get().and_then(|at| at.step.place());
    let sheet = RwSignal::new(false);
    view! {
        <PageHeader title=Signal::derive(title) subtitle=Signal::derive(subtitle) back=Signal::derive(back)>
            <Button
                label=label!(i18n, visit.more_actions)
                icon=Glyph::Dots
                icon_only=true
                on_press=move |()| sheet.set(true)
                testid="more-actions"
            />
        </PageHeader>
        // After the dose the screen is full: the countdown says where the visit stands.
        <Show when=move || current().is_some_and(|place| place < 4)>
            <div class="way">
                <StepTrail names=steps current=Signal::derive(move || current().unwrap_or(0)) />
                <Show when=move || several.get()>
                    <Acts door=door place=place />
                </Show>
            </div>
        </Show>
        {move || shown.get().map(|act| view! { <ActBanner link=link act=act several=several brief=brief /> })}
        {move || place.get().map(|at| step(door, at))}
        <sheet::Sheet door=door open=sheet act=shown />
    }
}

/// The names of the five steps.
fn trail(i18n: I18n) -> Vec<String> {
    [
        t_string!(i18n, visit.step_identity),
        t_string!(i18n, visit.step_questions),
        t_string!(i18n, visit.step_consent),
        t_string!(i18n, visit.step_injection),
        t_string!(i18n, visit.observation),
    ]
    .map(ToOwned::to_owned)
    .to_vec()
}

/// The screen of one step.
fn step(door: Door, at: At) -> AnyView {
    match (at.step, at.act) {
        (Step::Identity, _) => view! { <identity::Identity door=door /> }.into_any(),
        (Step::Past, _) => view! { <past::Past door=door /> }.into_any(),
        (Step::Wish, _) => view! { <wish::AddWish door=door /> }.into_any(),
        (Step::Questions, Some(act)) => view! { <questions::Questions door=door act=act /> }.into_any(),
        (Step::Response, Some(act)) => view! { <response::Response door=door act=act /> }.into_any(),
        (Step::NoDose, Some(act)) => view! { <no_dose::NoDose door=door act=act /> }.into_any(),
        (Step::Consent, Some(act)) => view! { <consent::Consent door=door act=act /> }.into_any(),
        (Step::Prescription, Some(act)) => view! { <papers::Prescription door=door act=act /> }.into_any(),
        (Step::Physician, Some(act)) => view! { <papers::Physician door=door act=act /> }.into_any(),
        (Step::Judgement, Some(act)) => view! { <papers::Judgement door=door act=act /> }.into_any(),
        (Step::Injection, Some(act)) => view! { <injection::Injection door=door act=act /> }.into_any(),
        (Step::Observation, _) => view! { <observation::Observation door=door /> }.into_any(),
        (Step::Outcome, _) => view! { <outcome::OutcomeForm door=door /> }.into_any(),
        (Step::Mistake, act) => view! { <mistake::Mistake door=door act=act /> }.into_any(),
        (Step::History, _) => view! { <history::History door=door /> }.into_any(),
        (Step::Finished, _) | (_, None) => view! { <finished::Finished door=door /> }.into_any(),
    }
}

/// The vaccines of one person, each with its own way: a tap goes to where it stands.
#[component]
fn Acts(door: Door, place: Memo<Option<At>>) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let acts = Memo::new(move |_| {
        link.both(|round, common| {
            let acts = round.people.get(&door.person).map(|visit| visit.acts.clone()).unwrap_or_default();
            acts.into_iter()
                .filter_map(|name| {
                    let act = round.acts.get(&name)?;
                    let open = act.given.is_empty() && act.ended.is_none();
                    Some((name, words::product_short(common, &act.wish.product, link.today()), open))
                })
                .collect::<Vec<_>>()
        })
    });
    let go = move |act: FactName| {
        let step = place.get_untracked().map_or(Step::Questions, |at| match at.step {
            Step::Consent => Step::Consent,
            Step::Injection => Step::Injection,
            _ => Step::Questions,
        });
        door.go.run(At::act(step, act));
    };
    view! {
        <div class="actions" role="group" aria-label=label!(i18n, visit.vaccines)>
            {move || {
                acts.get()
                    .into_iter()
                    .enumerate()
                    .map(|(index, (act, name, open))| {
                        let here = place.get().and_then(|at| at.act) == Some(act);
                        view! {
                            <Button
                                label=Signal::stored(name)
                                icon=if open { Glyph::Syringe } else { Glyph::Check }
                                weight=if here { Weight::Primary } else { Weight::Secondary }
                                disabled=Signal::stored(!open)
                                on_press=move |()| go(act)
                                testid=format!("act-{index}")
                            />
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

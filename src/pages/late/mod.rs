//! «Saisie après coup»: what was written about the round itself, each line correctable, before and after the closing; and
//! the differences that somebody must look at. What concerns a person is corrected in her own visit; doses, box and waste
//! on their own pages, to which this one leads.

mod editor;
mod fact;
mod words;

use leptos::prelude::*;
use perron_domain::{
    closing::Gap,
    command::Command,
    fact::{Body, Corrected, Fact},
    name::{DeviceId, FactName},
    state::{RoundState, replacement},
};

use self::{
    editor::Editor,
    fact::{correctable, restate},
    words::line,
};
use super::visit::link::{Link, Problem};
use crate::{
    components::{
        Button, Card, EmptyState, Glyph, LinkButton, ListRow, MainAction, Notice, PageHeader, StatusPill, TextField,
        Tone, Weight,
    },
    i18n::{t, t_string},
    pages::{close::gap_words, words as said},
};

/// Returns the differences of a round that do not wait for its end: doses below zero, two doses, two corrections.
#[must_use]
pub fn differences(round: &RoundState) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::new();
    for ((product, lot), balance) in round.lot_balances() {
        if balance.left < 0 {
            found.push(Gap::Lot { product, lot, left: balance.left });
        }
    }
    found.extend(round.acts.iter().filter(|(_, act)| act.given.len() > 1).map(|(act, _)| Gap::TwoDoses { act: *act }));
    found.extend(round.conflicts().iter().map(|conflict| Gap::Conflict { fact: conflict.fact }));
    found
}

/// Returns what counts of a fact now and the device that its references are read by; none when it was withdrawn.
fn effective(round: &RoundState, fact: &Fact) -> Option<(Body, DeviceId)> {
    let replaced = |name: FactName| -> Option<(Body, DeviceId)> {
        let one = round.log().get(name)?;
        let Body::Corrected(corrected) = &one.body else { return None };
        replacement(corrected).map(|body| (body, name.device))
    };
    if let Some(conflict) = round.conflicts().iter().find(|conflict| conflict.fact == fact.name) {
        // The first candidate counts until somebody chooses.
        return replaced(*conflict.candidates.first()?);
    }
    let corrections = round.log().history(fact.name);
    match corrections.iter().rev().find(|one| matches!(one.body, Body::Corrected(_))) {
        Some(last) => replaced(last.name),
        None => Some((fact.body.clone(), fact.name.device)),
    }
}

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    fact: FactName,
    now: Option<String>,
    before: Option<String>,
    when: String,
    conflict: bool,
}

fn lines(link: Link) -> Vec<Line> {
    let i18n = link.i18n;
    link.both(|round, common| {
        let mut lines = Vec::new();
        for fact in round.log().iter().filter(|fact| correctable(&fact.body)) {
            let corrected = round.log().history(fact.name).len() > 1;
            let first = || line(i18n, round, common, &fact.body, fact.name.device);
            lines.push(Line {
                fact: fact.name,
                now: effective(round, fact).map(|(body, device)| line(i18n, round, common, &body, device)),
                before: corrected.then(first),
                when: format!("{} · {}", said::hour(i18n, common, fact.wall), common.account_name(fact.author)),
                conflict: round.conflicts().iter().any(|conflict| conflict.fact == fact.name),
            });
        }
        lines.reverse();
        lines
    })
}

/// Returns the visit that a fact of a person belongs to, where a conflict is about one.
fn visit_of(round: &RoundState, fact: FactName) -> Option<FactName> {
    let one = round.log().get(fact)?;
    round
        .people
        .iter()
        .find(|(person, visit)| super::visit::is_about(&one.body, round.log().reading(fact), **person, visit))
        .map(|(person, _)| *person)
}

/// The page of the late entries: `/apres-coup`.
#[component]
pub fn Late() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let open = RwSignal::new(None::<FactName>);
    let lines = Memo::new(move |_| lines(link));
    let found = Memo::new(move |_| link.round(differences));
    let row = move |one: Line| {
        let fact = one.fact;
        let (tone, word) = match (&one.now, &one.before, one.conflict) {
            (_, _, true) => (Tone::Danger, Some(t_string!(i18n, close.two_versions))),
            (None, ..) => (Tone::Neutral, Some(t_string!(i18n, close.withdrawn))),
            (Some(_), Some(_), _) => (Tone::Info, Some(t_string!(i18n, close.corrected))),
            (Some(_), None, _) => (Tone::Neutral, None),
        };
        let detail = match (&one.now, &one.before) {
            (Some(_), Some(before)) => {
                format!("{} · {}", one.when, t_string!(i18n, close.said_before, text = before.clone()))
            }
            _ => one.when.clone(),
        };
        view! {
            <ListRow
                title=Signal::stored(one.now.clone().or(one.before.clone()).unwrap_or_default())
                detail=Signal::stored(Some(detail))
                done=Signal::stored(one.now.is_none())
                trail=move || word.map(|word| view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> })
                on_press=Callback::new(move |()| open.set(Some(fact)))
                testid="late-line"
            />
        }
    };
    let difference = move |gap: Gap| {
        let (text, href) = link.both(|round, common| {
            let href = match &gap {
                Gap::Conflict { fact } => visit_of(round, *fact)
                    .map(|person| format!("/visite/{person}/historique"))
                    .or_else(|| super::stock::corrected_at(&round.log().get(*fact)?.body, *fact)),
                other => super::close::where_to(round, other),
            };
            (gap_words(i18n, round, common, &gap), href)
        });
        match (href, gap) {
            (None, Gap::Conflict { fact }) => view! {
                <ListRow
                    title=Signal::stored(text)
                    on_press=Callback::new(move |()| open.set(Some(fact)))
                    testid="difference"
                />
            }
            .into_any(),
            (Some(href), _) => {
                view! { <ListRow title=Signal::stored(text) href=Signal::stored(href) testid="difference" /> }
                    .into_any()
            }
            (None, _) => view! { <ListRow title=Signal::stored(text) testid="difference" /> }.into_any(),
        }
    };
    let list = move || {
        view! {
            <Show when=move || found.with(|found| !found.is_empty())>
                <Card
                    title=Signal::derive(move || t_string!(i18n, close.differences).to_owned())
                    tone=Signal::stored(Tone::Danger)
                >
                    <div class="list list-inside">{move || found.get().into_iter().map(difference).collect_view()}</div>
                </Card>
            </Show>
            <p class="muted">{t!(i18n, close.late_note)}</p>
            <div class="actions">
                <LinkButton label=move || t_string!(i18n, common.nav_box) href="/boite/corriger" icon=Glyph::CoolBox testid="late-box" />
                <LinkButton label=move || t_string!(i18n, common.nav_doses) href="/doses/corriger" icon=Glyph::Vial testid="late-doses" />
                <LinkButton
                    label=move || t_string!(i18n, common.nav_waste)
                    href="/dasri/corriger"
                    icon=Glyph::SharpsBox
                    testid="late-waste"
                />
            </div>
            <Show
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=move || view! { <EmptyState glyph=Glyph::List title=move || t_string!(i18n, close.nothing_written) /> }
            >
                <div class="list">{move || lines.get().into_iter().map(row).collect_view()}</div>
            </Show>
        }
    };
    view! {
        <PageHeader title=move || t_string!(i18n, close.late) back=Signal::stored("/".to_owned()) />
        {move || match open.get() {
            Some(fact) => {
                view! { <Detail link=link fact=fact close=Callback::new(move |()| open.set(None)) /> }.into_any()
            }
            None => list().into_any(),
        }}
    }
}

/// One fact: every version of it, and what can be done.
#[component]
fn Detail(link: Link, fact: FactName, close: Callback<()>) -> impl IntoView {
    let i18n = link.i18n;
    let reason = RwSignal::new(String::new());
    let correct = Callback::new(move |by: Option<Command>| {
        let why = Some(reason.get_untracked()).filter(|why| !why.trim().is_empty());
        let command = Command::Correct { fact, by: by.map(Box::new), reason: why };
        link.write(vec![command], move || close.run(()));
    });
    let version = move |round: &RoundState, common: &perron_domain::state::Common, corrected: &Corrected, device| {
        let text = match replacement(corrected) {
            Some(body) => line(i18n, round, common, &body, device),
            None => t_string!(i18n, close.withdrawn).to_owned(),
        };
        match &corrected.reason {
            Some(reason) => format!("{text} ({reason})"),
            None => text,
        }
    };
    let versions = Memo::new(move |_| {
        link.both(|round, common| {
            let history = round.log().history(fact);
            let text = |one: &Fact| match &one.body {
                Body::Corrected(corrected) => version(round, common, corrected, one.name.device),
                body => line(i18n, round, common, body, one.name.device),
            };
            let when =
                |one: &Fact| format!("{} · {}", said::hour(i18n, common, one.wall), common.account_name(one.author));
            history.into_iter().map(|one| (text(one), when(one))).collect::<Vec<_>>()
        })
    });
    let candidates = Memo::new(move |_| {
        link.both(|round, common| {
            let conflict = round.conflicts().iter().find(|conflict| conflict.fact == fact);
            let names = conflict.map(|conflict| conflict.candidates.clone()).unwrap_or_default();
            let text = |name: FactName| match &round.log().get(name)?.body {
                Body::Corrected(corrected) => Some((name, version(round, common, corrected, name.device))),
                _ => None,
            };
            names.into_iter().filter_map(text).collect::<Vec<_>>()
        })
    });
    let keep = move |candidate: FactName| {
        let chosen = link.glance(|round, _| match &round.log().get(candidate)?.body {
            Body::Corrected(corrected) => {
                Some(replacement(corrected).and_then(|body| restate(&body, candidate.device)))
            }
            _ => None,
        });
        if let Some(by) = chosen {
            correct.run(by);
        }
    };
    let now = link.glance(|round, _| round.log().get(fact).and_then(|one| effective(round, one)));
    let editor = now.and_then(|(body, device)| restate(&body, device)).map(|command| {
        view! { <Editor link=link command=command on_save=correct /> }
    });
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, close.versions).to_owned())>
            <ol class="stack" data-testid="versions">
                {move || {
                    versions
                        .get()
                        .into_iter()
                        .map(|(text, when)| {
                            view! {
                                <li>
                                    <p>{text}</p>
                                    <p class="muted">{when}</p>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ol>
        </Card>
        <Show when=move || candidates.with(|candidates| !candidates.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, close.two_versions).to_owned())>
                <p>{t!(i18n, close.choose_version)}</p>
                <div class="stack">
                    {move || {
                        candidates
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(index, (name, text))| {
                                view! {
                                    <Button
                                        label=Signal::stored(t_string!(i18n, close.keep_version, text = text))
                                        wide=true
                                        disabled=link.busy
                                        on_press=move |()| keep(name)
                                        testid=format!("keep-{index}")
                                    />
                                }
                            })
                            .collect_view()
                    }}
                </div>
            </Notice>
        </Show>
        {editor}
        <Card>
            <TextField
                label=move || t_string!(i18n, close.why_corrected)
                value=reason
                optional=true
                testid="correct-reason"
            />
        </Card>
        <Problem link=link />
        <MainAction
            label=move || t_string!(i18n, common.back)
            icon=Glyph::Back
            on_press=close
            testid="detail-back"
        >
            <Button
                label=move || t_string!(i18n, close.withdraw)
                icon=Glyph::Cross
                weight=Weight::Danger
                disabled=link.busy
                on_press=move |()| correct.run(None)
                testid="correct-withdraw"
            />
        </MainAction>
    }
}

//! «Historique / Corriger»: what was written about a person, in plain words, each line correctable. Nothing is deleted:
//! both versions stay readable, and two corrections that did not know each other are shown as two candidates.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    fact::{Body, Corrected, Fact},
    name::{FactName, Numbering},
    state::{RoundState, replacement},
};

use super::{
    Door,
    history_line::line,
    link::{Link, Problem},
    restate::{is_about, restate},
};
use crate::{
    components::{Button, Card, EmptyState, Glyph, ListRow, MainAction, Notice, StatusPill, TextField, Tone, Weight},
    i18n::{t, t_string},
    pages::words,
};

/// One line of the history.
#[derive(Clone, PartialEq)]
struct Line {
    fact: FactName,
    /// What counts now; none when it was withdrawn.
    text: Option<String>,
    /// What was said first, where something else counts now.
    before: Option<String>,
    /// It is now about somebody else.
    elsewhere: bool,
    /// Hour and author.
    when: String,
    /// Several corrections that did not know each other.
    conflict: bool,
}

/// What a fact says now: its body and the chain that its references are read by; none when it was withdrawn.
fn effective<'a>(round: &'a RoundState, fact: &Fact) -> Option<(Body, Numbering<'a>)> {
    let history = round.log().history(fact.name);
    let last = history.iter().rev().find_map(|one| match &one.body {
        Body::Corrected(corrected) => Some((corrected, round.log().reading(one.name))),
        _ => None,
    });
    match last {
        // With two candidates, the first one counts until somebody chooses.
        Some(_) if round.conflicts().iter().any(|conflict| conflict.fact == fact.name) => {
            let conflict = round.conflicts().iter().find(|conflict| conflict.fact == fact.name)?;
            let first = round.log().get(*conflict.candidates.first()?)?;
            let Body::Corrected(corrected) = &first.body else { return None };
            replacement(corrected).map(|body| (body, round.log().reading(first.name)))
        }
        Some((corrected, chain)) => replacement(corrected).map(|body| (body, chain)),
        None => Some((fact.body.clone(), round.log().reading(fact.name))),
    }
}

fn lines(link: Link, person: FactName) -> Vec<Line> {
    let i18n = link.i18n;
    link.both(|round, common| {
        let Some(visit) = round.people.get(&person) else { return Vec::new() };
        let mut lines: Vec<Line> = Vec::new();
        for fact in round.log().iter() {
            let chain = round.log().reading(fact.name);
            let first = is_about(&fact.body, chain, person, visit);
            let now = effective(round, fact);
            let about = now.as_ref().is_some_and(|(body, chain)| is_about(body, *chain, person, visit));
            if restate(&fact.body, chain).is_none() || !(first || about) {
                continue;
            }
            let corrected = round.log().history(fact.name).len() > 1;
            let said = line(link, round, common, &fact.body, chain);
            let elsewhere = now.is_some() && !about;
            let text = now.filter(|_| about).map(|(body, chain)| line(link, round, common, &body, chain));
            lines.push(Line {
                fact: fact.name,
                elsewhere,
                before: corrected.then_some(said),
                text,
                when: format!("{} · {}", words::hour(i18n, common, fact.wall), common.account_name(fact.author)),
                conflict: round.conflicts().iter().any(|conflict| conflict.fact == fact.name),
            });
        }
        lines.reverse();
        lines
    })
}

/// The screen of the history.
#[component]
pub fn History(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let lines = Memo::new(move |_| lines(link, door.person));
    let open = RwSignal::new(None::<FactName>);
    let row = move |one: Line| {
        let fact = one.fact;
        let (tone, word) = match (&one.text, &one.before, one.conflict) {
            (_, _, true) => (Tone::Danger, Some(t_string!(i18n, visit.two_versions))),
            (None, ..) if one.elsewhere => (Tone::Info, Some(t_string!(i18n, visit.elsewhere_now))),
            (None, ..) => (Tone::Neutral, Some(t_string!(i18n, visit.withdrawn))),
            (Some(_), Some(_), _) => (Tone::Info, Some(t_string!(i18n, visit.corrected))),
            (Some(_), None, _) => (Tone::Neutral, None),
        };
        let title = one.text.clone().or(one.before.clone()).unwrap_or_default();
        let detail = match &one.before {
            Some(before) if one.text.is_some() => {
                format!("{} · {}", one.when, t_string!(i18n, visit.said_before, text = before.clone()))
            }
            _ => one.when.clone(),
        };
        view! {
            <ListRow
                title=Signal::stored(title)
                detail=Signal::stored(Some(detail))
                done=Signal::stored(one.text.is_none())
                trail=move || word.map(|word| view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> })
                on_press=Callback::new(move |()| open.set(Some(fact)))
                testid="history-line"
            />
        }
    };
    move || match open.get() {
        Some(fact) => view! { <Detail door=door fact=fact close=Callback::new(move |()| open.set(None)) /> }.into_any(),
        None => view! {
            <p class="muted">{t!(i18n, visit.history_note)}</p>
            <Show
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=move || {
                    view! { <EmptyState glyph=Glyph::List title=move || t_string!(i18n, visit.nothing_written) /> }
                }
            >
                <div class="list">{move || lines.get().into_iter().map(row).collect_view()}</div>
            </Show>
            <MainAction
                label=move || t_string!(i18n, common.back)
                icon=Glyph::Back
                on_press=move |()| door.done.run(())
                testid="history-back"
            />
        }
        .into_any(),
    }
}

/// One fact: every version of it, and what can be done.
#[component]
fn Detail(door: Door, fact: FactName, close: Callback<()>) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let reason = RwSignal::new(String::new());
    let correct = Callback::new(move |by: Option<Command>| {
        let why = reason.get_untracked();
        let command = Command::Correct { fact, by: by.map(Box::new), reason: (!why.trim().is_empty()).then_some(why) };
        link.write(vec![command], move || close.run(()));
    });
    let versions = Memo::new(move |_| {
        link.both(|round, common| {
            let said = |one: &Fact| match &one.body {
                Body::Corrected(corrected) => version(link, round, common, corrected, round.log().reading(one.name)),
                body => line(link, round, common, body, round.log().reading(one.name)),
            };
            round
                .log()
                .history(fact)
                .into_iter()
                .map(|one| {
                    let when = format!("{} · {}", words::hour(i18n, common, one.wall), common.account_name(one.author));
                    (said(one), when)
                })
                .collect::<Vec<_>>()
        })
    });
    let candidates = Memo::new(move |_| {
        link.both(|round, common| {
            let Some(conflict) = round.conflicts().iter().find(|conflict| conflict.fact == fact) else {
                return Vec::new();
            };
            conflict
                .candidates
                .iter()
                .filter_map(|name| {
                    let one = round.log().get(*name)?;
                    let Body::Corrected(corrected) = &one.body else { return None };
                    Some((*name, version(link, round, common, corrected, round.log().reading(*name))))
                })
                .collect::<Vec<_>>()
        })
    });
    let keep = move |candidate: FactName| {
        let again = link.glance(|round, _| {
            let one = round.log().get(candidate)?;
            let Body::Corrected(corrected) = &one.body else { return None };
            Some(replacement(corrected).and_then(|body| restate(&body, round.log().reading(candidate))))
        });
        if let Some(by) = again {
            correct.run(by);
        }
    };
    let now = link.glance(|round, _| {
        let (body, chain) = effective(round, round.log().get(fact)?)?;
        restate(&body, chain)
    });
    let editor = now.map(|command| {
        view! { <super::editor::Editor door=door command=command on_save=correct /> }
    });
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, visit.versions).to_owned())>
            <ol class="stack" data-testid="versions">
                {move || {
                    versions
                        .get()
                        .into_iter()
                        .map(|(said, when)| {
                            view! {
                                <li>
                                    <p>{said}</p>
                                    <p class="muted">{when}</p>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ol>
        </Card>
        <Show when=move || candidates.with(|candidates| !candidates.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, visit.two_versions).to_owned())>
                <p>{t!(i18n, visit.choose_version)}</p>
                <div class="stack">
                    {move || {
                        candidates
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(index, (name, said))| {
                                view! {
                                    <Button
                                        label=Signal::stored(t_string!(i18n, visit.keep_version, text = said))
                                        wide=true
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
                label=move || t_string!(i18n, visit.why_corrected)
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
                label=move || t_string!(i18n, visit.withdraw)
                icon=Glyph::Cross
                weight=Weight::Danger
                disabled=link.busy
                on_press=move |()| correct.run(None)
                testid="correct-withdraw"
            />
        </MainAction>
    }
}

/// Returns what a correction says, in words.
fn version(
    link: Link,
    round: &RoundState,
    common: &perron_domain::state::CommonState,
    corrected: &Corrected,
    chain: Numbering<'_>,
) -> String {
    let i18n = link.i18n;
    let said = match replacement(corrected) {
        Some(body) => line(link, round, common, &body, chain),
        None => t_string!(i18n, visit.withdrawn).to_owned(),
    };
    match &corrected.reason {
        Some(reason) => format!("{said} ({reason})"),
        None => said,
    }
}

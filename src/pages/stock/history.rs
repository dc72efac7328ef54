//! «Saisie après coup» of doses, box and waste: what was written, each line correctable, also after the closing. Nothing
//! is deleted: both versions stay readable, and two corrections that did not know each other are shown side by side.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    fact::{Body, Corrected, Fact},
    name::{FactName, Numbering},
    state::{Common, Round, RoundState, replacement},
};

use super::{
    Desk,
    editor::Editor,
    line::line,
    restate::{restate, topic as topic_of},
};
use crate::{
    components::{
        Button, Card, EmptyState, Glyph, LinkButton, ListRow, Notice, PageHeader, StatusPill, TextField, Tone,
    },
    i18n::{t, t_string},
    pages::{visit::link::Problem, words},
};

/// Which page's facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// Doses.
    Doses,
    /// The cold box.
    Box,
    /// Clinical waste.
    Waste,
}

impl Topic {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Doses => "/doses",
            Self::Box => "/boite",
            Self::Waste => "/dasri",
        }
    }
}

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    fact: FactName,
    /// What counts now; none when it was withdrawn.
    text: Option<String>,
    /// What was said first, where something else counts now.
    before: Option<String>,
    when: String,
    conflict: bool,
}

/// Returns what a fact says now and the chain that its references are read by; none when it was withdrawn.
fn effective<'a>(round: &'a RoundState, fact: &Fact) -> Option<(Body, Numbering<'a>)> {
    let correction = |one: &Fact| match &one.body {
        Body::Corrected(corrected) => replacement(corrected).map(|body| (body, round.log().reading(one.name))),
        _ => None,
    };
    if let Some(conflict) = round.conflicts().iter().find(|conflict| conflict.fact == fact.name) {
        // The first candidate counts until somebody chooses.
        return correction(round.log().get(*conflict.candidates.first()?)?);
    }
    let history = round.log().history(fact.name);
    match history.iter().rev().find(|one| matches!(one.body, Body::Corrected(_))) {
        Some(last) => correction(last),
        None => Some((fact.body.clone(), round.log().reading(fact.name))),
    }
}

fn when(desk: Desk, common: &Common, fact: &Fact) -> String {
    format!("{} · {}", words::hour(desk.link.i18n, common, fact.wall), common.account_name(fact.author))
}

fn lines(desk: Desk, topic: Topic) -> Vec<Line> {
    desk.link.both(|round, common| {
        let mut lines: Vec<Line> = Vec::new();
        for fact in round.log().iter().filter(|fact| topic_of(&fact.body) == Some(topic)) {
            let corrected = round.log().history(fact.name).len() > 1;
            let said = line(desk, round, common, &fact.body, round.log().reading(fact.name));
            lines.push(Line {
                fact: fact.name,
                before: corrected.then_some(said),
                text: effective(round, fact).map(|(body, chain)| line(desk, round, common, &body, chain)),
                when: when(desk, common, fact),
                conflict: round.conflicts().iter().any(|conflict| conflict.fact == fact.name),
            });
        }
        lines.reverse();
        lines
    })
}

/// The list, or one fact of it.
#[component]
pub fn History(
    /// The page.
    desk: Desk,
    /// Which facts.
    topic: Topic,
    /// The fact to correct; none for the list.
    fact: Option<FactName>,
) -> impl IntoView {
    match fact {
        Some(fact) => view! { <Detail desk=desk topic=topic fact=fact /> }.into_any(),
        None => view! { <List desk=desk topic=topic /> }.into_any(),
    }
}

#[component]
fn List(desk: Desk, topic: Topic) -> impl IntoView {
    let i18n = desk.link.i18n;
    let lines = Memo::new(move |_| lines(desk, topic));
    let row = move |one: Line| {
        let (tone, word) = match (&one.text, &one.before, one.conflict) {
            (_, _, true) => (Tone::Danger, Some(t_string!(i18n, stock.two_versions))),
            (None, ..) => (Tone::Neutral, Some(t_string!(i18n, stock.withdrawn))),
            (Some(_), Some(_), _) => (Tone::Info, Some(t_string!(i18n, stock.corrected))),
            (Some(_), None, _) => (Tone::Neutral, None),
        };
        let detail = match (&one.text, &one.before) {
            (Some(_), Some(before)) => {
                format!("{} · {}", one.when, t_string!(i18n, stock.said_before, text = before.clone()))
            }
            _ => one.when.clone(),
        };
        let withdrawn = one.text.is_none();
        let title = one.text.or(one.before).unwrap_or_default();
        view! {
            <ListRow
                title=Signal::stored(title)
                detail=Signal::stored(Some(detail))
                done=Signal::stored(withdrawn)
                href=Signal::stored(format!("{}/corriger/{}", topic.path(), one.fact))
                trail=move || word.map(|word| view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> })
                testid="written"
            />
        }
    };
    view! {
        <PageHeader title=move || t_string!(i18n, stock.late_entry) back=Signal::stored(topic.path().to_owned()) />
        <p class="muted">{t!(i18n, stock.history_note)}</p>
        <Show
            when=move || lines.with(|lines| !lines.is_empty())
            fallback=move || {
                view! { <EmptyState glyph=Glyph::List title=move || t_string!(i18n, stock.nothing_written) /> }
            }
        >
            <div class="list">{move || lines.get().into_iter().map(row).collect_view()}</div>
        </Show>
    }
}

/// One fact: every version of it, and what can be done.
#[component]
fn Detail(desk: Desk, topic: Topic, fact: FactName) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let list = format!("{}/corriger", topic.path());
    let reason = RwSignal::new(String::new());
    let back = list.clone();
    let correct = Callback::new(move |by: Option<Command>| {
        let why = reason.get_untracked();
        let command = Command::Correct { fact, by: by.map(Box::new), reason: super::parts::said(&why) };
        let to = list.clone();
        link.write(vec![command], move || desk.go.run(to));
    });
    let versions = Memo::new(move |_| {
        link.both(|round, common| {
            let said = |one: &Fact| match &one.body {
                Body::Corrected(corrected) => version(desk, round, common, corrected, round.log().reading(one.name)),
                body => line(desk, round, common, body, round.log().reading(one.name)),
            };
            let history = round.log().history(fact);
            history.into_iter().map(|one| (said(one), when(desk, common, one))).collect::<Vec<_>>()
        })
    });
    let candidates = Memo::new(move |_| {
        link.both(|round, common| {
            let conflict = round.conflicts().iter().find(|conflict| conflict.fact == fact);
            let candidate = |name: &FactName| {
                let one = round.log().get(*name)?;
                let Body::Corrected(corrected) = &one.body else { return None };
                Some((*name, version(desk, round, common, corrected, round.log().reading(*name))))
            };
            conflict.map(|conflict| conflict.candidates.iter().filter_map(candidate).collect()).unwrap_or_default()
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
        Some(restate(&body, chain))
    });
    let known = now.is_some();
    let editor = now.flatten().map(|command| {
        view! { <Editor desk=desk command=command on_save=correct /> }
    });
    let versions: Memo<Vec<(String, String)>> = versions;
    let candidates: Memo<Vec<(FactName, String)>> = candidates;
    view! {
        <PageHeader title=move || t_string!(i18n, stock.late_entry) back=Signal::stored(back) />
        <Show
            when=move || versions.with(|versions| !versions.is_empty())
            fallback=move || {
                view! {
                    <EmptyState glyph=Glyph::List title=move || t_string!(i18n, stock.unknown_fact)>
                        <LinkButton label=move || t_string!(i18n, common.back) href=topic.path() />
                    </EmptyState>
                }
            }
        >
            <Card title=Signal::derive(move || t_string!(i18n, stock.versions).to_owned())>
                <ol class="versions" data-testid="versions">
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
        </Show>
        <Show when=move || candidates.with(|candidates| !candidates.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, stock.two_versions).to_owned())>
                <p>{t!(i18n, stock.choose_version)}</p>
                <div class="stack">
                    {move || {
                        candidates
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(index, (name, said))| {
                                view! {
                                    <Button
                                        label=Signal::stored(t_string!(i18n, stock.keep_version, text = said))
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
        <Problem link=link />
        {editor}
        {known
            .then(|| {
                view! {
                    <Card>
                        <TextField
                            label=move || t_string!(i18n, stock.why_corrected)
                            value=reason
                            optional=true
                            testid="correct-reason"
                        />
                        <Button
                            label=move || t_string!(i18n, stock.withdraw)
                            icon=Glyph::Cross
                            disabled=link.busy
                            on_press=move |()| correct.run(None)
                            testid="correct-withdraw"
                        />
                        <p class="muted">{t!(i18n, stock.withdraw_note)}</p>
                    </Card>
                }
            })}
    }
}

/// Returns what a correction says, in words.
fn version(desk: Desk, round: &Round, common: &Common, corrected: &Corrected, chain: Numbering<'_>) -> String {
    let said = match replacement(corrected) {
        Some(body) => line(desk, round, common, &body, chain),
        None => t_string!(desk.link.i18n, stock.withdrawn).to_owned(),
    };
    match &corrected.reason {
        Some(reason) => format!("{said} ({reason})"),
        None => said,
    }
}

//! What was written, and correcting it: one list and one page for the visit, for doses, box and waste, and for the round.
//! Nothing is deleted: both versions stay readable, and two corrections that did not know each other are two candidates.

use leptos::prelude::*;
use perron_domain::{
    cannot_correct,
    command::Command,
    fact::{Body, Corrected, Fact},
    hour_apart,
    name::{FactName, Numbering},
    state::{Common, Round, RoundState, replacement},
};

use super::{
    correct_hour::CorrectHour,
    form::Form,
    visit::link::{Link, Problem},
    withdraw::Withdraw,
    words,
};
use crate::{
    browser::sight,
    components::{Button, Card, EmptyState, Glyph, ListRow, MainAction, Notice, Show, StatusPill, TextField, Tone},
    i18n::{label, t, t_string},
};

/// How a page tells its facts.
#[derive(Clone, Copy)]
pub struct Teller {
    /// Says a fact in one line; its references are read by the chain.
    pub line: fn(Link, &Round, &Common, &Body, Numbering<'_>) -> String,
    /// Returns the command that would say a fact again; none for what can only be withdrawn.
    pub restate: fn(&Body, Numbering<'_>) -> Option<Command>,
}

/// One line of the list.
#[derive(Clone, PartialEq)]
pub struct Written {
    /// Which fact.
    pub fact: FactName,
    /// What counts now; none when it was withdrawn.
    pub now: Option<String>,
    /// What was said first, where something else counts now.
    pub before: Option<String>,
    /// It is now about somebody else.
    pub elsewhere: bool,
    /// Hour and author.
    pub when: String,
    /// Several corrections that did not know each other.
    pub conflict: bool,
}

impl Written {
    /// Returns the line of a fact; `about` says whether what counts now still belongs to the list.
    #[must_use]
    pub fn of(
        link: Link,
        teller: Teller,
        round: &RoundState,
        common: &Common,
        fact: &Fact,
        about: impl FnOnce(&Body, Numbering<'_>) -> bool,
    ) -> Self {
        let now = effective(round, fact);
        let there = now.as_ref().is_some_and(|(body, chain)| about(body, *chain));
        let corrected = round.log().history(fact.name).len() > 1;
        let said = |body: &Body, chain| (teller.line)(link, round, common, body, chain);
        Self {
            fact: fact.name,
            before: corrected.then(|| said(&fact.body, round.log().reading(fact.name))),
            elsewhere: now.is_some() && !there,
            now: now.filter(|_| there).map(|(body, chain)| said(&body, chain)),
            when: when(link, common, fact),
            conflict: round.conflicts().iter().any(|conflict| conflict.fact == fact.name),
        }
    }
}

/// Returns what a fact says now and the chain that its references are read by; none when it was withdrawn.
fn effective<'a>(round: &'a RoundState, fact: &Fact) -> Option<(Body, Numbering<'a>)> {
    if let Some(conflict) = round.conflicts().iter().find(|conflict| conflict.fact == fact.name) {
        // The first candidate counts until somebody chooses.
        return said_by(round, *conflict.candidates.first()?)?;
    }
    let history = round.log().history(fact.name);
    match history.iter().rev().find(|one| matches!(one.body, Body::Corrected(_))) {
        Some(last) => said_by(round, last.name)?,
        None => Some((fact.body.clone(), round.log().reading(fact.name))),
    }
}

/// Returns what a correction puts in the place of a fact: outer none when it is no correction, inner none when it withdraws.
#[expect(clippy::option_option, reason = "no correction and a withdrawal are not the same")]
fn said_by(round: &RoundState, correction: FactName) -> Option<Option<(Body, Numbering<'_>)>> {
    let Body::Corrected(corrected) = &round.log().get(correction)?.body else { return None };
    Some(replacement(corrected).map(|body| (body, round.log().reading(correction))))
}

fn when(link: Link, common: &Common, fact: &Fact) -> String {
    format!("{} · {}", words::moment(link.i18n, common, fact.wall, link.now_once()), common.account_name(fact.author))
}

/// Returns what a correction says, in words.
fn version(
    link: Link,
    teller: Teller,
    round: &Round,
    common: &Common,
    corrected: &Corrected,
    chain: Numbering<'_>,
) -> String {
    let said = match replacement(corrected) {
        Some(body) => (teller.line)(link, round, common, &body, chain),
        None => t_string!(link.i18n, close.withdrawn).to_owned(),
    };
    match &corrected.reason {
        Some(reason) => format!("{said} ({reason})"),
        None => said,
    }
}

/// The list of what was written.
#[component]
pub fn WrittenList(
    /// The way to the replica.
    link: Link,
    /// The lines, the latest first.
    lines: Memo<Vec<Written>>,
    /// A line was touched.
    on_open: Callback<FactName>,
    /// `data-testid` of each line.
    testid: &'static str,
) -> impl IntoView {
    let i18n = link.i18n;
    let row = move |one: Written| {
        let (tone, word) = match (&one.now, &one.before, one.conflict) {
            (_, _, true) => (Tone::Danger, Some(t_string!(i18n, close.two_versions))),
            (None, ..) if one.elsewhere => (Tone::Info, Some(t_string!(i18n, visit.elsewhere_now))),
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
        let (fact, gone) = (one.fact, one.now.is_none());
        view! {
            <ListRow
                title=Signal::stored(one.now.or(one.before).unwrap_or_default())
                detail=Signal::stored(Some(detail))
                done=Signal::stored(gone)
                trail=move || word.map(|word| view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> })
                on_press=Callback::new(move |()| on_open.run(fact))
                testid=testid
            />
        }
    };
    view! {
        <Show
            when=move || lines.with(|lines| !lines.is_empty())
            fallback=move || view! { <EmptyState glyph=Glyph::List title=label!(i18n, close.nothing_written) /> }
        >
            <div class="list">{move || lines.get().into_iter().map(row).collect_view()}</div>
        </Show>
    }
}

/// Saves what an editor made of a fact; none withdraws it.
pub type OnSave = Callback<Option<Command>>;

/// One fact: every version of it, and what can be done.
#[component]
pub fn Correction(
    /// The way to the replica.
    link: Link,
    /// How facts are told here.
    teller: Teller,
    /// Which fact.
    fact: FactName,
    /// Draws the fields that say it again, for what the fact says now; they come back half filled.
    editor: fn(Link, Form, Command, OnSave) -> AnyView,
    /// Back to the list.
    close: Callback<()>,
) -> impl IntoView {
    let i18n = link.i18n;
    sight::to_top();
    let form = link.form(format!("correct/{fact}"));
    let reason = form.text("reason", "");
    let correct = Callback::new(move |by: Option<Command>| {
        let why = reason.get_untracked();
        let command = Command::Correct { fact, by: by.map(Box::new), reason: (!why.trim().is_empty()).then_some(why) };
        link.write(vec![command], move || {
            form.done();
            close.run(());
        });
    });
    let versions = Memo::new(move |_| {
        link.both(|round, common| {
            let said = |one: &Fact| {
                let chain = round.log().reading(one.name);
                match &one.body {
                    Body::Corrected(corrected) => version(link, teller, round, common, corrected, chain),
                    body => (teller.line)(link, round, common, body, chain),
                }
            };
            let history = round.log().history(fact);
            history.into_iter().map(|one| (said(one), when(link, common, one))).collect::<Vec<_>>()
        })
    });
    let candidates = Memo::new(move |_| {
        link.both(|round, common| {
            let conflict = round.conflicts().iter().find(|conflict| conflict.fact == fact);
            let candidate = |name: &FactName| match &round.log().get(*name)?.body {
                Body::Corrected(corrected) => {
                    let chain = round.log().reading(*name);
                    Some((*name, version(link, teller, round, common, corrected, chain)))
                }
                _ => None,
            };
            conflict.map(|conflict| conflict.candidates.iter().filter_map(candidate).collect()).unwrap_or_default()
        })
    });
    let candidates: Memo<Vec<(FactName, String)>> = candidates;
    let keep = move |candidate: FactName| {
        let again = link.glance(|round, _| {
            let said = said_by(round, candidate)?;
            Some(said.and_then(|(body, chain)| (teller.restate)(&body, chain)))
        });
        if let Some(by) = again {
            correct.run(by);
        }
    };
    let known = Memo::new(move |_| versions.with(|versions| !versions.is_empty()));
    let now = link.glance(|round, _| {
        let (body, chain) = effective(round, round.log().get(fact)?)?;
        (teller.restate)(&body, chain)
    });
    // What only the relay may correct is shown, not offered.
    let refused = link.glance(|round, _| cannot_correct(round, fact, link.device()));
    let hour = link.glance(|round, _| hour_apart(&effective(round, round.log().get(fact)?)?.0));
    let hour = hour.filter(|_| refused.is_none());
    let editor = now.filter(|_| refused.is_none()).map(|command| editor(link, form, command, correct));
    let hour_card =
        hour.map(|at| view! { <CorrectHour link=link form=form fact=fact at=at reason=reason on_saved=close /> });
    let why_not = refused.as_ref().map(|refusal| {
        let text = link.glance(|_, common| words::refusal_text(i18n, common, refusal));
        view! { <Notice tone=Tone::Info><p data-testid="not-corrected-here">{text}</p></Notice> }
    });
    let offered = refused.is_none();
    view! {
        <Show
            when=move || known.get()
            fallback=move || view! { <EmptyState glyph=Glyph::List title=label!(i18n, stock.unknown_fact) /> }
        >
            <Card title=Signal::derive(move || t_string!(i18n, close.versions).to_owned())>
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
        {why_not}
        <Show when=move || offered && candidates.with(|candidates| !candidates.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, close.two_versions).to_owned())>
                <p>{t!(i18n, close.choose_version)}</p>
                <div class="stack">
                    {move || {
                        candidates
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(index, (name, said))| {
                                view! {
                                    <Button
                                        label=Signal::stored(t_string!(i18n, close.keep_version, text = said))
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
        {hour_card}
        <Show when=move || offered && known.get()>
            <Card>
                <TextField
                    label=label!(i18n, close.why_corrected)
                    value=reason
                    optional=true
                    testid="correct-reason"
                />
            </Card>
        </Show>
        <Problem link=link />
        <MainAction label=label!(i18n, common.back) icon=Glyph::Back on_press=close testid="detail-back">
            <Withdraw
                link=link
                what=Signal::derive(move || {
                    versions.with(|versions| versions.last().map(|(said, _)| said.clone())).unwrap_or_default()
                })
                reason=reason
                disabled=Signal::derive(move || link.busy.get() || !offered || !known.get())
                on_withdraw=correct
            />
        </MainAction>
    }
}

//! Rows of a list beside whom they may be, or whom they say something else of: a person decides.

use crate::components::{Button, Card, Tick, Tone};
use crate::i18n::{I18n, t, t_string};
use crate::pages::import::decisions::{Decision, Decisions};
use crate::pages::together::Differs;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ChangedRow, DuplicatePair, PersonBrief};

/// Rows that may be somebody else of the file or of the relay.
pub fn duplicates(i18n: I18n, pairs: Vec<DuplicatePair>, decisions: Decisions) -> impl IntoView {
    view! {
        <Card title=move || t_string!(i18n, desk.i_dup_title) tone=Tone::Warning>
            <p>{t!(i18n, desk.i_dup_text)}</p>
            <div class="stack">{pairs.into_iter().map(|pair| duplicate(i18n, pair, decisions)).collect_view()}</div>
        </Card>
    }
}

fn duplicate(i18n: I18n, pair: DuplicatePair, decisions: Decisions) -> impl IntoView {
    let line = pair.line;
    let alike: Vec<&str> = pair.likenesses.iter().map(|code| words::likeness(i18n, *code)).collect();
    let other_line = pair.other_line;
    let other_title = move || match other_line {
        Some(line) => t_string!(i18n, desk.i_dup_line, line = line),
        None => t_string!(i18n, desk.i_dup_known).to_owned(),
    };
    let differs = |mine: &str, theirs: &str| mine != theirs;
    let (mine, theirs) = (pair.row, pair.other);
    view! {
        <div class="twins" data-testid="duplicate">
            <p class="twins-alike">{alike.join(" · ")}</p>
            <div class="pair">
                <div class="twin">
                    <h3>{t!(i18n, desk.i_dup_row, line = line)}</h3>
                    {brief(&mine, &theirs, differs)}
                </div>
                <div class="twin">
                    <h3>{other_title}</h3>
                    {brief(&theirs, &mine, differs)}
                </div>
            </div>
            {another(i18n, line, decisions)}
            {pair.change.map(|change| take(i18n, &change, decisions))}
        </div>
    }
}

/// One of two people; what differs from the other stands out.
pub fn brief(one: &PersonBrief, other: &PersonBrief, differs: fn(&str, &str) -> bool) -> impl IntoView + use<> {
    let birth = |brief: &PersonBrief| brief.birth.map(words::partial).unwrap_or_default();
    let used = |brief: &PersonBrief| brief.used_name.clone().unwrap_or_default();
    let phone = |brief: &PersonBrief| brief.phone.as_deref().map(words::phone).unwrap_or_default();
    let lines = [
        (format!("{} {}", one.birth_name, one.given_names), format!("{} {}", other.birth_name, other.given_names)),
        (used(one), used(other)),
        (birth(one), birth(other)),
        (phone(one), phone(other)),
        (one.address.clone(), other.address.clone()),
        (one.wishes.join(", "), other.wishes.join(", ")),
    ];
    lines
        .into_iter()
        .filter(|(mine, theirs)| !(mine.is_empty() && theirs.is_empty()))
        .map(|(mine, theirs)| {
            let class = if differs(&mine, &theirs) { "twin-line twin-differs" } else { "twin-line" };
            let mine = if mine.is_empty() { "–".to_owned() } else { mine };
            view! { <p class=class>{mine}</p> }
        })
        .collect_view()
}

/// «Two people: add».
fn another(i18n: I18n, line: u64, decisions: Decisions) -> impl IntoView {
    view! {
        <Tick
            label=move || t_string!(i18n, desk.i_dup_keep)
            value=Signal::derive(move || decisions.is(line, Decision::Another))
            on_change=move |on| decisions.set(line, Decision::Another, on)
            testid=format!("keep-{line}")
        />
    }
}

/// «It is she: take what the list says».
fn take(i18n: I18n, change: &ChangedRow, decisions: Decisions) -> impl IntoView + use<> {
    let (line, decision) = (change.line, Decision::Take(change.person));
    let news = Differs::all(i18n, &change.differs, &change.taken, &change.there);
    let said = move |one: &Differs| view! { <li>{one.changed(i18n)}</li> };
    view! {
        <ul class="plain" data-testid="changes">{news.iter().map(said).collect_view()}</ul>
        <Tick
            label=move || t_string!(i18n, desk.i_take)
            value=Signal::derive(move || decisions.is(line, decision))
            on_change=move |on| decisions.set(line, decision, on)
            testid=format!("take-{line}")
        />
    }
}

/// Rows of people whom the relay knows, and that say something else of them.
pub fn changed(i18n: I18n, rows: Vec<ChangedRow>, decisions: Decisions) -> impl IntoView {
    let all: Vec<(u64, Decision)> = rows.iter().map(|one| (one.line, Decision::Take(one.person))).collect();
    let take_all = move |()| all.iter().for_each(|(line, decision)| decisions.set(*line, *decision, true));
    let row = move |one: ChangedRow| {
        let line = one.line;
        let name = one.there.display_name();
        let birth = one.there.birth.map(words::partial);
        view! {
            <div class="twins" data-testid="changed">
                <h3>{t!(i18n, desk.i_dup_row, line = line)} " · " {name} " · " {birth}</h3>
                {take(i18n, &one, decisions)}
                {another(i18n, line, decisions)}
            </div>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.i_changed_title) tone=Tone::Warning>
            <p>{t!(i18n, desk.i_changed_text)}</p>
            <div class="actions">
                <Button label=move || t_string!(i18n, desk.i_take_all) on_press=take_all testid="take-all" />
            </div>
            <div class="stack">{rows.into_iter().map(row).collect_view()}</div>
        </Card>
    }
}

//! Says a fact again otherwise: the means of an identity, an answer, an arm, an hour, the person a dose was given to.

use leptos::prelude::*;
use perron_domain::{
    command::{Command, GiveDose},
    fact::{Answered, IdentityMeans, Traceability},
    name::FactName,
    time::Wall,
};

use super::{
    history_line,
    injection::{SITES, site_choices},
    link::Link,
};
use crate::{
    components::{Button, Card, Choice, ChoiceRow, Glyph, SelectField, Weight, YesNo},
    i18n::{label, t_string},
    pages::{
        corrections::OnSave,
        form::{Form, Tick},
        hour::{Hour, HourField},
        words,
    },
};

/// The editor of one fact; nothing for facts that are only withdrawn and said anew.
#[component]
pub fn Editor(
    /// The way to the replica.
    link: Link,
    /// The form of the correction.
    form: Form,
    /// What the fact says now.
    command: Command,
    /// What it is to say.
    on_save: OnSave,
) -> impl IntoView {
    match command {
        Command::CheckIdentity { person, means } => {
            view! { <Means link=link person=person means=means on_save=on_save /> }.into_any()
        }
        Command::Answer { act, answers } => {
            view! { <Answers link=link form=form act=act answers=answers on_save=on_save /> }.into_any()
        }
        Command::Trace { person, means } => {
            view! { <Trace link=link person=person means=means on_save=on_save /> }.into_any()
        }
        Command::NoteAdrenaline { person, at: Some(at) } => {
            view! { <Adrenaline link=link form=form person=person at=at on_save=on_save /> }.into_any()
        }
        Command::Give(give) => view! { <Dose link=link form=form give=give on_save=on_save /> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Means(link: Link, person: FactName, means: IdentityMeans, on_save: OnSave) -> impl IntoView {
    let i18n = link.i18n;
    let choices =
        [IdentityMeans::PaperSeen, IdentityMeans::Declared, IdentityMeans::ThirdParty, IdentityMeans::Discordant]
            .map(|means| Choice::new(means, move || words::identity_word(i18n, means)))
            .to_vec();
    view! {
        <Card>
            <ChoiceRow
                legend=label!(i18n, visit.step_identity)
                choices=choices
                value=Signal::stored(Some(means))
                on_change=move |means| on_save.run(Some(Command::CheckIdentity { person, means }))
                testid="correct-means"
            />
        </Card>
    }
}

#[component]
fn Trace(link: Link, person: FactName, means: Traceability, on_save: OnSave) -> impl IntoView {
    let i18n = link.i18n;
    let choices = [Traceability::VaccinCovid, Traceability::Record, Traceability::Certificate, Traceability::Later]
        .map(|means| Choice::new(means, move || words::trace_word(i18n, means)))
        .to_vec();
    view! {
        <Card>
            <ChoiceRow
                legend=label!(i18n, visit.trace_done)
                choices=choices
                value=Signal::stored(Some(means))
                on_change=move |means| on_save.run(Some(Command::Trace { person, means }))
                testid="correct-trace"
            />
        </Card>
    }
}

/// By which names a form keeps the answers.
const NAMES: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];

#[component]
fn Answers(link: Link, form: Form, act: FactName, answers: Vec<Answered>, on_save: OnSave) -> impl IntoView {
    let i18n = link.i18n;
    // At most six questions are asked of one act; a seventh would be read and not changed.
    let ticks: Vec<Tick> = NAMES.iter().zip(&answers).map(|(name, answer)| form.tick(name, answer.yes)).collect();
    let ticks = StoredValue::new(ticks);
    let first = StoredValue::new(answers.clone());
    let now = Signal::derive(move || {
        let mut now = first.get_value();
        ticks.with_value(|ticks| now.iter_mut().zip(ticks).for_each(|(answer, tick)| answer.yes = tick.get()));
        now
    });
    let one = move |(index, answer): (usize, Answered)| {
        let text = link.glance(|_, common| history_line::question(link, common, &answer.question));
        view! {
            <YesNo
                question=Signal::stored(text)
                value=Signal::derive(move || now.with(|now| now.get(index).map(|answer| answer.yes)))
                on_change=move |yes| {
                    if let Some(tick) = ticks.with_value(|ticks| ticks.get(index).copied()) {
                        tick.set(yes);
                    }
                }
                yes_warns=true
                testid=format!("correct-answer-{index}")
            />
        }
    };
    view! {
        <Card>
            <div class="stack">
                {answers.into_iter().enumerate().map(one).collect_view()}
                <Button
                    label=label!(i18n, visit.save_correction)
                    icon=Glyph::Pen
                    weight=Weight::Primary
                    disabled=Signal::derive(move || now.with(|now| first.with_value(|first| now == first)))
                    on_press=move |()| on_save.run(Some(Command::Answer { act, answers: now.get_untracked() }))
                    testid="correct-save"
                />
            </div>
        </Card>
    }
}

#[component]
fn Adrenaline(link: Link, form: Form, person: Option<FactName>, at: Wall, on_save: OnSave) -> impl IntoView {
    let i18n = link.i18n;
    let text = form.text("hour", link.glance(|_, common| words::field_time(common, at)));
    let hour = Hour::corrected(link, text, at);
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| {
        let at = untrack(|| hour.read());
        wrong.set(at.is_none().then(|| t_string!(i18n, visit.hour_wrong).to_owned()));
        if at.is_some() {
            on_save.run(Some(Command::NoteAdrenaline { person, at }));
        }
    };
    view! {
        <Card>
            <div class="stack">
                <HourField label=label!(i18n, visit.adrenaline) hour=hour error=wrong testid="correct-hour" />
                <Button
                    label=label!(i18n, visit.save_correction)
                    icon=Glyph::Pen
                    weight=Weight::Primary
                    disabled=link.busy
                    on_press=save
                    testid="correct-save"
                />
            </div>
        </Card>
    }
}

#[component]
fn Dose(link: Link, form: Form, give: GiveDose, on_save: OnSave) -> impl IntoView {
    let i18n = link.i18n;
    let site = form.tiles("site", SITES, Some(give.site));
    let hour = form.text("hour", link.glance(|_, common| words::field_time(common, give.done_at)));
    let hour = Hour::corrected(link, hour, give.done_at);
    let hour_wrong = RwSignal::new(None::<String>);
    let act = form.text("act", give.act.to_string());
    // Any act of the round that has no dose yet: the dose may have been written on the wrong person.
    let own = give.act;
    let acts = Signal::derive(move || {
        link.both(|round, common| {
            let mut acts = Vec::new();
            for person in round.people_in_order() {
                let Some(visit) = round.people.get(&person) else { continue };
                for name in &visit.acts {
                    let Some(act) = round.acts.get(name) else { continue };
                    if *name == own || act.given.is_empty() {
                        let product = words::product_short(common, &act.wish.product, link.today());
                        acts.push((name.to_string(), format!("{} · {product}", visit.record.display_name())));
                    }
                }
            }
            acts
        })
    });
    let save = move |()| {
        let done_at = untrack(|| hour.read());
        hour_wrong.set(done_at.is_none().then(|| t_string!(i18n, visit.hour_wrong).to_owned()));
        let Some(done_at) = done_at else { return };
        let act = act.get_untracked().parse().unwrap_or(give.act);
        let site = site.now().unwrap_or(give.site);
        let again = GiveDose { act, site, done_at, ..give.clone() };
        on_save.run(Some(Command::Give(again)));
    };
    view! {
        <Card>
            <div class="stack">
                <ChoiceRow
                    legend=label!(i18n, visit.site)
                    choices=site_choices(link, true)
                    value=move || site.get()
                    on_change=move |chosen| site.set(chosen)
                    testid="correct-site"
                />
                <div class="pair">
                    <HourField
                        label=label!(i18n, visit.done_at)
                        hour=hour
                        error=hour_wrong
                        testid="correct-hour"
                    />
                    <SelectField
                        label=label!(i18n, visit.given_to)
                        value=act
                        options=acts
                        testid="correct-person"
                    />
                </div>
                <Button
                    label=label!(i18n, visit.save_correction)
                    icon=Glyph::Pen
                    weight=Weight::Primary
                    disabled=link.busy
                    on_press=save
                    testid="correct-save"
                />
            </div>
        </Card>
    }
}

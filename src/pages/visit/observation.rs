//! Surveillance: the countdown, and around it what fills the waiting time.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    door::Lifted,
    state::{Act, Given},
};

use super::{
    Door,
    leave::Leave,
    link::{Link, Problem},
    path,
    reaction::Reaction,
    traceability::Trace,
    waiting::{Thanks, Waste},
};
use crate::{
    components::{Button, Card, Countdown, Dialog, Glyph, LinkButton, Notice, Show, TextField, Tone, Weight},
    i18n::{label, t, t_string},
    pages::{emergency::told, words},
};

/// The step after the dose.
#[component]
pub fn Observation(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let doses = Memo::new(move |_| {
        link.round(|round| {
            let acts = round.people.get(&door.person).map(|visit| visit.acts.clone()).unwrap_or_default();
            acts.iter().filter_map(|act| round.acts.get(act)).flat_map(|act| act.given.clone()).collect::<Vec<Given>>()
        })
    });
    // The conditions under which a physician allowed a dose hold for the time after it too.
    let decided = Memo::new(move |_| {
        link.round(|round| {
            let acts = round.people.get(&door.person).map(|visit| visit.acts.clone()).unwrap_or_default();
            let given = acts.iter().filter_map(|act| round.acts.get(act)).filter(|act| !act.given.is_empty());
            let line = |act: &Act| {
                let decided = act.physician.as_ref().filter(|one| one.allow && one.product == act.wish.product)?;
                let lifted = Lifted { physician: &decided.physician, text: &decided.text, reasons: Vec::new() };
                words::decision_line(i18n, &lifted)
            };
            given.filter_map(line).collect::<Vec<_>>()
        })
    });
    let timer =
        Memo::new(move |_| link.round(|round| round.timers().into_iter().find(|timer| timer.person == door.person)));
    let left = move || timer.get().map_or(0, |timer| timer.until.since(link.steady()).div_euclid(1000));
    // After an emergency this is no ordinary watch: what happened stays in sight, with the way back to it.
    let emergency = move || {
        let hours = link.both(|round, common| {
            let adrenaline = told::adrenaline(round, Some(door.person)).into_iter().map(|one| one.at);
            let calls = round.incidents.iter().filter(|one| {
                one.person == Some(door.person) && one.kind == perron_domain::fact::IncidentKind::Emergency
            });
            let hour = |at| words::moment(i18n, common, at, link.now_once());
            let adrenaline: Vec<String> = adrenaline.map(hour).collect();
            (adrenaline.join(", "), calls.map(|one| hour(one.at)).collect::<Vec<_>>().join(", "))
        });
        let (adrenaline, calls) = hours;
        (!adrenaline.is_empty() || !calls.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Danger>
                    <div class="stack" data-testid="after-emergency">
                        {(!adrenaline.is_empty())
                            .then(|| view! { <p>{t_string!(i18n, visit.after_adrenaline, hours = adrenaline)}</p> })}
                        {(!calls.is_empty())
                            .then(|| view! { <p>{t_string!(i18n, visit.after_call, hours = calls)}</p> })}
                        <LinkButton
                            label=label!(i18n, common.urgent)
                            href=format!("/urgence/{}", door.person)
                            testid="back-to-emergency"
                        />
                    </div>
                </Notice>
            }
        })
    };
    let asking = RwSignal::new(false);
    let finish = move |early_reason: Option<String>| {
        let command = Command::EndObservation { person: door.person, early_reason };
        link.write(vec![command], move || asking.set(false));
    };
    let ended = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.observation_ended.clone()));
    let ended_line = move || {
        let (at, early) = ended()?;
        let hour = link.common(|common| words::moment(i18n, common, at, link.now_once()));
        Some(match early {
            Some(reason) => t_string!(i18n, visit.observation_early, hour = hour, reason = reason),
            None => t_string!(i18n, visit.observation_ended, hour = hour),
        })
    };
    let open_acts = move || {
        link.round(|round| round.people.get(&door.person).map(|visit| path::open_acts(round, visit).len())).unwrap_or(0)
    };
    let press = move |()| {
        if untrack(left) > 0 {
            asking.set(true);
        } else {
            finish(None);
        }
    };
    view! {
        {emergency}
        <Card>
            <ul class="stack" data-testid="doses-given">
                {move || doses.get().into_iter().map(|given| view! { <li>{dose_line(link, &given)}</li> }).collect_view()}
            </ul>
            {move || decided.get().into_iter().map(|line| view! { <p data-testid="decided">{line}</p> }).collect_view()}
            <Show
                when=move || timer.with(Option::is_some)
                fallback=move || view! { <p data-testid="observation-ended">{ended_line}</p> }
            >
                <Countdown
                    label=label!(i18n, visit.observation)
                    left=Signal::derive(left)
                    over=move || Some(t_string!(i18n, visit.observation_over).to_owned())
                    ends_well=true
                />
                <div class="pair">
                    <Button
                        label=label!(i18n, visit.end_observation)
                        icon=Glyph::Clock
                        weight=Weight::Primary
                        disabled=link.busy
                        on_press=press
                        testid="end-observation"
                    />
                    <Reaction door=door />
                </div>
            </Show>
            <Show when=move || timer.with(Option::is_none)>
                <Reaction door=door />
            </Show>
        </Card>
        <Trace door=door />
        <Waste link=link />
        <Thanks door=door />
        <Problem link=link />
        <Show when=move || { open_acts() > 0 }>
            <Button
                label=label!(i18n, visit.other_act)
                icon=Glyph::Syringe
                weight=Weight::Primary
                on_press=move |()| door.done.run(())
                testid="other-act"
            />
        </Show>
        <EarlyDialog door=door open=asking on_reason=Callback::new(move |reason: String| finish(Some(reason))) />
        <Leave door=door />
    }
}

/// Returns a dose in one line: product, lot, arm, hour.
#[must_use]
pub fn dose_line(link: Link, given: &Given) -> String {
    let i18n = link.i18n;
    let dose = &given.dose;
    link.both(|round, common| {
        let act = round.acts.values().find(|act| act.given.iter().any(|one| one.name == given.name));
        let mut line = format!(
            "{} · {} · {} · {} · {}",
            words::product_short(common, &dose.product, link.today()),
            act.map(|act| words::rank_text(i18n, round, common, act, dose.rank, link.today())).unwrap_or_default(),
            t_string!(i18n, visit.lot_number, lot = dose.lot.clone()),
            words::site_word(i18n, dose.site),
            words::moment(i18n, common, dose.done_at, link.now_once()),
        );
        if let Some(error) = &dose.error {
            line.push_str(&format!(
                " · {} ({})",
                t_string!(i18n, visit.mistake),
                words::mistake_word(i18n, &error.what)
            ));
        }
        line
    })
}

/// Why before the minutes are over: one tap, or in words.
#[component]
fn EarlyDialog(door: Door, open: RwSignal<bool>, on_reason: Callback<String>) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let words = link.form(format!("visit/{}/early", door.person)).text("words", "");
    let reason = move |index: usize| match index {
        0 => t_string!(i18n, visit.early_leaves),
        1 => t_string!(i18n, visit.early_caregiver),
        _ => t_string!(i18n, visit.early_next),
    };
    view! {
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title=label!(i18n, visit.early_title)
            tone=Tone::Warning
            actions=move || {
                view! {
                    <Button
                        label=label!(i18n, visit.end_observation)
                        weight=Weight::Danger
                        disabled=Signal::derive(move || words.with(|words| words.trim().is_empty()))
                        on_press=move |()| on_reason.run(words.get_untracked())
                        testid="early-confirm"
                    />
                }
            }
        >
            <div class="stack">
                <p>{t!(i18n, visit.early_text)}</p>
                {(0..3)
                    .map(|index| {
                        view! {
                            <Button
                                label=move || reason(index)
                                wide=true
                                on_press=move |()| on_reason.run(reason(index).to_owned())
                                testid=format!("early-{index}")
                            />
                        }
                    })
                    .collect_view()}
                <TextField label=label!(i18n, visit.other_reason) value=words testid="early-words" />
            </div>
        </Dialog>
    }
}

//! «Suivante»: the next person behind this door, or the next door. Leaving an address with a timer running asks.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::{command::Command, name::FactName, state::Round, time::Wall};

use super::{
    Door,
    path::{self, Next},
};
use crate::{
    components::{Button, Dialog, Glyph, MainAction, Tone, Weight, fr},
    i18n::{label, t, t_string},
};

/// Returns who is still observed at a stop, with the seconds left.
#[must_use]
pub fn observed_at(round: &Round, stop: FactName, now: Wall) -> Vec<(FactName, i64)> {
    round
        .timers()
        .into_iter()
        .filter(|timer| timer.until > now)
        .filter(|timer| round.people.get(&timer.person).is_some_and(|visit| visit.stop == stop))
        .map(|timer| (timer.person, timer.until.since(now) / 1000))
        .collect()
}

/// The button «Suivante», as the main one of a screen.
#[component]
pub fn Leave(
    /// The visit.
    door: Door,
    /// What is typed on the screen and not written yet: leaving writes it.
    #[prop(into, optional)]
    unsaved: Option<Callback<(), Vec<Command>>>,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let navigate = use_navigate();
    let asking = RwSignal::new(false);
    let next = Memo::new(move |_| link.round(|round| path::after(round, door.person)));
    let label = move || match next.get() {
        Some(Next::Person(person)) => {
            let name = link.round(|round| round.people.get(&person).map(|visit| visit.record.display_name()));
            t_string!(i18n, visit.next_person, who = name.unwrap_or_default())
        }
        Some(Next::Stop(_)) => t_string!(i18n, visit.next_stop).to_owned(),
        None => t_string!(i18n, visit.back_to_tour).to_owned(),
    };
    let leave = Callback::new(move |()| {
        let href = link.glance(|round, _| match path::after(round, door.person) {
            Some(Next::Person(person)) => format!("/visite/{person}"),
            Some(Next::Stop(stop)) => path::door_href(round, stop),
            None => "/".to_owned(),
        });
        navigate(&href, NavigateOptions::default());
    });
    let observed = move |now: Wall| {
        link.round(|round| {
            let stop = round.people.get(&door.person).map(|visit| visit.stop)?;
            Some(observed_at(round, stop, now))
        })
        .unwrap_or_default()
    };
    let press = move |()| {
        let stays = matches!(next.get_untracked(), Some(Next::Person(_)));
        let on = move || {
            if !stays && !untrack(|| observed(link.steady_once())).is_empty() {
                asking.set(true);
            } else {
                leave.run(());
            }
        };
        match unsaved.map(|unsaved| unsaved.run(())).filter(|commands| !commands.is_empty()) {
            Some(commands) => link.write(commands, on),
            None => on(),
        }
    };
    let untraced = move || {
        let open = link.round(|round| {
            let visit = round.people.get(&door.person);
            visit.is_some_and(|visit| path::dosed(round, visit) && round.traced(door.person).is_none())
        });
        open.then(|| t_string!(i18n, visit.untraced_hint).to_owned())
    };
    view! {
        <Dialog
            open=asking
            on_close=move |()| asking.set(false)
            title=label!(i18n, visit.leaving_title)
            tone=Tone::Warning
            actions=move || {
                view! {
                    <Button
                        label=label!(i18n, visit.stay)
                        weight=Weight::Primary
                        on_press=move |()| asking.set(false)
                        testid="stay"
                    />
                    <Button
                        label=label!(i18n, visit.leave_running)
                        weight=Weight::Danger
                        on_press=move |()| {
                            asking.set(false);
                            let reason = t_string!(i18n, visit.left_before_end).to_owned();
                            let ends: Vec<Command> = untrack(|| observed(link.steady_once()))
                                .into_iter()
                                .map(|(person, _)| Command::EndObservation { person, early_reason: Some(reason.clone()) })
                                .collect();
                            link.write(ends, move || leave.run(()));
                        }
                        testid="leave-anyway"
                    />
                    <Button
                        label=label!(i18n, visit.colleague_stays)
                        on_press=move |()| {
                            asking.set(false);
                            leave.run(());
                        }
                        testid="colleague-stays"
                    />
                }
            }
        >
            <p>{t!(i18n, visit.leaving_text)}</p>
            <ul class="stack">
                {move || {
                    observed(link.steady())
                        .into_iter()
                        .map(|(person, seconds)| {
                            let name = link
                                .round(|round| round.people.get(&person).map(|visit| visit.record.display_name()))
                                .unwrap_or_default();
                            view! {
                                <li class="row-between">
                                    <strong>{name}</strong>
                                    <span class="number">{fr::countdown(i18n.get_locale(), seconds)}</span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </Dialog>
        <MainAction label=label icon=Glyph::Forward busy=link.busy hint=untraced on_press=press testid="next" />
    }
}

//! One door of the round: where, when, who, how it stands; and what may be done with it without opening it.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::name::FactName;

use super::{
    order,
    stop::{door_href, reorder},
};
use crate::{
    components::{Button, Glyph, ListRow, Show, StatusPill, Tone, Weight},
    i18n::{label, t_string},
    pages::{visit::link::Link, words},
};

/// A door, with the buttons that move or postpone it where it is the next one or the order is being changed.
#[component]
pub fn DoorRow(
    /// The way to the replica.
    link: Link,
    /// Which stop.
    stop: FactName,
    /// Whether it is the next one.
    current: Signal<bool>,
    /// Whether the order is being changed.
    ordering: RwSignal<bool>,
    /// The stop whose postponement is asked about.
    postponed: RwSignal<Option<FactName>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let title = Memo::new(move |_| {
        link.round(|round| {
            let stop = round.stops.get(&stop)?;
            Some(stop.place.clone().unwrap_or_else(|| stop.address.line.clone()))
        })
        .unwrap_or_default()
    });
    let detail = Memo::new(move |_| {
        link.both(|round, common| {
            let here = round.stops.get(&stop)?;
            let mut parts: Vec<String> = words::window(link.i18n, here).into_iter().collect();
            match here.people.as_slice() {
                [] => parts.push(t_string!(i18n, tour.nobody_yet).to_owned()),
                [only] => {
                    let visit = round.people.get(only)?;
                    parts.push(words::person_name(visit));
                    let acts = visit.acts.iter().filter_map(|act| round.acts.get(act));
                    let today = link.today();
                    parts.extend(acts.map(|act| product_short(common, &act.wish.product, today)));
                }
                several => {
                    let open = several.iter().filter(|person| round.outcome_of(**person).is_none()).count();
                    parts.push(t_string!(i18n, tour.people_to_see, open = open, all = several.len()));
                    let mut names: Vec<String> = Vec::new();
                    for visit in several.iter().filter_map(|person| round.people.get(person)) {
                        let name = visit.record.used_name.as_ref().unwrap_or(&visit.record.birth_name);
                        if !names.contains(name) {
                            names.push(name.clone());
                        }
                    }
                    names.truncate(3);
                    parts.push(names.join(", "));
                }
            }
            Some(parts.join(" · "))
        })
    });
    let state = Memo::new(move |_| {
        link.both(|round, common| {
            let here = round.stops.get(&stop)?;
            let timed = round.timers().iter().any(|timer| here.people.contains(&timer.person));
            if timed {
                return Some((Tone::Info.name(), Tone::Info, t_string!(i18n, tour.observed).to_owned()));
            }
            if let ([only], true) = (here.people.as_slice(), round.stop_done(here)) {
                let (tone, word) = words::person_state(i18n, round, common, *only, link.now_once());
                return Some((tone.name(), tone, word));
            }
            match (round.stop_done(here), here.arrived.is_some(), here.unplanned) {
                (true, ..) => Some((Tone::Good.name(), Tone::Good, t_string!(i18n, tour.done).to_owned())),
                (false, true, _) => Some((Tone::Info.name(), Tone::Info, t_string!(i18n, tour.begun).to_owned())),
                (false, false, true) => {
                    Some((Tone::Neutral.name(), Tone::Neutral, t_string!(i18n, tour.added).to_owned()))
                }
                // Whoever lives alone and cannot have anything today: known before the stairs.
                _ => match here.people.as_slice() {
                    [only] => words::foreseen(i18n, round, common, *only, link.now_once())
                        .map(|(tone, word)| (tone.name(), tone, word)),
                    _ => None,
                },
            }
        })
    });
    let number =
        move || link.round(|round| round.order.iter().position(|one| *one == stop).map(|at| (at + 1).to_string()));
    let href = Signal::derive(move || link.round(|round| door_href(round, stop)));
    let waits = move || link.round(|round| round.stops.get(&stop).is_some_and(|here| !round.stop_done(here)));
    let shift = move |up: bool| {
        let order = link.glance(|round, _| order::moved(&round.order, &round.next_stops(), stop, up));
        reorder(link, order);
    };
    let later = move |()| {
        let order = link.glance(|round, _| order::later(&round.order, stop));
        reorder(link, order);
    };
    view! {
        <div class="door" class:door-current=current>
            <ListRow
                title=Signal::derive(move || title.get())
                detail=Signal::derive(move || detail.get())
                href=href
                lead=move || view! { <span>{number}</span> }
                trail=move || {
                    move || {
                        state
                            .get()
                            .map(|(_, tone, word)| view! { <StatusPill tone=tone label=Signal::stored(word) /> })
                    }
                }
                current=current
                done=Signal::derive(move || !waits())
                testid="door"
            />
            <Show when=move || waits() && (ordering.get() || current.get())>
                <div class="actions door-actions">
                    <Show when=move || ordering.get()>
                        <Button
                            label=Signal::derive(move || t_string!(i18n, tour.door_up, what = title.get()))
                            icon=Glyph::Up
                            icon_only=true
                            disabled=link.busy
                            on_press=move |()| shift(true)
                            testid="door-up"
                        />
                        <Button
                            label=Signal::derive(move || t_string!(i18n, tour.door_down, what = title.get()))
                            icon=Glyph::Down
                            icon_only=true
                            disabled=link.busy
                            on_press=move |()| shift(false)
                            testid="door-down"
                        />
                    </Show>
                    <Button
                        label=label!(i18n, tour.later)
                        icon=Glyph::Forward
                        weight=Weight::Quiet
                        disabled=link.busy
                        on_press=later
                        testid="door-later"
                    />
                    <Button
                        label=label!(i18n, tour.postpone)
                        icon=Glyph::Calendar
                        weight=Weight::Quiet
                        on_press=move |()| postponed.set(Some(stop))
                        testid="door-postpone"
                    />
                </div>
            </Show>
        </div>
    }
}

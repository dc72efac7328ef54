//! Surveillance: the countdown, and what fills the waiting time: waste, traceability, certificate, next date,
//! satisfaction, «Réaction».

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    date::Day,
    fact::{IncidentKind, Traceability, WasteStream},
    rules::Family,
    state::Given,
};

use super::{
    Door,
    leave::Leave,
    link::{Link, Problem},
    path,
};
use crate::{
    components::{
        Button, Card, Countdown, DateField, Dialog, Fold, Glyph, LinkButton, Show, Stream, Tally, TextField, Tick,
        Tone, Weight, fr,
    },
    i18n::{say, t, t_string},
    pages::words,
};

/// Until this day COVID doses were entered in VACCIN COVID on ameli pro (closed on 28 June 2024).
const VACCIN_COVID_UNTIL: (i32, u32, u32) = (2024, 6, 28);

/// Returns where a dose of a family is entered on a day.
#[must_use]
pub fn usual_trace(family: Option<Family>, on: Day) -> Traceability {
    let (year, month, day) = VACCIN_COVID_UNTIL;
    let open = Day::new(year, month, day).is_some_and(|last| on <= last);
    if family == Some(Family::Covid) && open { Traceability::VaccinCovid } else { Traceability::Record }
}

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
    let timer =
        Memo::new(move |_| link.round(|round| round.timers().into_iter().find(|timer| timer.person == door.person)));
    let left = move || timer.get().map_or(0, |timer| timer.until.since(link.now()).div_euclid(1000));
    let asking = RwSignal::new(false);
    let finish = move |early_reason: Option<String>| {
        let command = Command::EndObservation { person: door.person, early_reason };
        link.write(vec![command], move || asking.set(false));
    };
    let ended = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.observation_ended.clone()));
    let ended_line = move || {
        let (at, early) = ended()?;
        let hour = link.common(|common| words::hour(i18n, common, at));
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
        <Card>
            <ul class="stack" data-testid="doses-given">
                {move || doses.get().into_iter().map(|given| view! { <li>{dose_line(link, &given)}</li> }).collect_view()}
            </ul>
            <Show
                when=move || timer.with(Option::is_some)
                fallback=move || view! { <p data-testid="observation-ended">{ended_line}</p> }
            >
                <Countdown
                    label=say!(i18n, visit.observation)
                    left=Signal::derive(left)
                    over=move || Some(t_string!(i18n, visit.observation_over).to_owned())
                    ends_well=true
                />
                <div class="pair">
                    <Button
                        label=say!(i18n, visit.end_observation)
                        icon=Glyph::Check
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
                label=say!(i18n, visit.other_act)
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
    link.common(|common| {
        let mut line = format!(
            "{} · {} · {} · {} · {}",
            words::product_short(common, &dose.product, link.today()),
            words::rank_text(i18n, dose.rank),
            t_string!(i18n, visit.lot_number, lot = dose.lot.clone()),
            words::site_word(i18n, dose.site),
            words::hour(i18n, common, dose.done_at),
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
            title=say!(i18n, visit.early_title)
            tone=Tone::Warning
            actions=move || {
                view! {
                    <Button
                        label=say!(i18n, visit.end_observation)
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
                <TextField label=say!(i18n, visit.other_reason) value=words testid="early-words" />
            </div>
        </Dialog>
    }
}

/// «Réaction», «Malaise», «AES»: noted in one tap each, and the way to the emergency screen.
#[component]
fn Reaction(door: Door) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let open = RwSignal::new(false);
    let text = link.form(format!("visit/{}/reaction", door.person)).text("text", "");
    let report = move |kind: IncidentKind| {
        let command = Command::Report { person: Some(door.person), kind, text: text.get_untracked() };
        link.write(vec![command], move || {
            text.set(String::new());
            open.set(false);
        });
    };
    let count = move || {
        link.round(|round| round.incidents.iter().filter(|incident| incident.person == Some(door.person)).count())
    };
    let label = move || match count() {
        0 => t_string!(i18n, visit.reaction).to_owned(),
        count => format!("{} ({count})", t_string!(i18n, visit.reaction)),
    };
    view! {
        <Button
            label=label
            icon=Glyph::Triangle
            weight=Weight::Danger
            on_press=move |()| open.set(true)
            testid="reaction"
        />
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title=say!(i18n, visit.reaction)
            tone=Tone::Danger
            actions=move || {
                view! {
                    <LinkButton
                        label=say!(i18n, common.urgent)
                        href=format!("/urgence/{}", door.person)
                        icon=Glyph::Ambulance
                        weight=Weight::Danger
                        testid="reaction-urgent"
                    />
                }
            }
        >
            <div class="stack">
                <TextField label=say!(i18n, visit.what_is_seen) value=text optional=true testid="reaction-text" />
                {[IncidentKind::Reaction, IncidentKind::Faint, IncidentKind::NeedleStick]
                    .into_iter()
                    .enumerate()
                    .map(|(index, kind)| {
                        view! {
                            <Button
                                label=move || words::incident_word(i18n, kind)
                                wide=true
                                on_press=move |()| report(kind)
                                testid=format!("reaction-{index}")
                            />
                        }
                    })
                    .collect_view()}
            </div>
        </Dialog>
    }
}

/// Traceability: the usual place in one tap, others beside it; certificate; next date.
#[component]
fn Trace(door: Door) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let usual = Memo::new(move |_| {
        let on = link.today();
        link.both(|round, common| {
            let visit = round.people.get(&door.person)?;
            let given = visit.acts.iter().filter_map(|act| round.acts.get(act)).find_map(|act| act.given.first())?;
            let family = perron_domain::door::product(common, &given.dose.product, on).map(|product| product.family);
            Some(usual_trace(family, on))
        })
        .unwrap_or(Traceability::Record)
    });
    let done = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.traceability));
    let trace = move |means: Traceability| link.write(vec![Command::Trace { person: door.person, means }], || ());
    let certificate = move || visit.with(|visit| visit.as_ref().is_some_and(|visit| visit.certificate));
    let others = move || {
        [Traceability::VaccinCovid, Traceability::Record, Traceability::Certificate, Traceability::Later]
            .into_iter()
            .filter(|means| *means != usual.get())
            .collect::<Vec<_>>()
    };
    let papers = move || match done() {
        None => t_string!(i18n, visit.trace_in, place = words::trace_word(i18n, usual.get())),
        Some(_) => t_string!(i18n, visit.more_papers).to_owned(),
    };
    view! {
        <Card>
            <div class="pair">
                <Show
                    when=move || done().is_none()
                    fallback=move || {
                        view! {
                            <p class="done-line" data-testid="traced">
                                {move || done().map(|(means, _)| t_string!(i18n, visit.traced, place = words::trace_word(i18n, means)))}
                            </p>
                        }
                    }
                >
                    <Button
                        label=say!(i18n, visit.trace_done)
                        icon=Glyph::Check
                        weight=Weight::Primary
                        disabled=link.busy
                        on_press=move |()| trace(usual.get_untracked())
                        testid="trace"
                    />
                </Show>
                <Tick
                    label=say!(i18n, visit.certificate_given)
                    value=Signal::derive(certificate)
                    on_change=move |given: bool| {
                        if given && !untrack(certificate) {
                            link.write(vec![Command::GiveCertificate(door.person)], || ());
                        }
                    }
                    testid="certificate"
                />
            </div>
            <Fold summary=Signal::derive(papers)>
                <div class="stack">
                    <Show when=move || done().is_none()>
                        <div class="actions">
                            {move || {
                                others()
                                    .into_iter()
                                    .enumerate()
                                    .map(|(index, means)| {
                                        view! {
                                            <Button
                                                label=move || words::trace_word(i18n, means)
                                                on_press=move |()| trace(means)
                                                testid=format!("trace-{index}")
                                            />
                                        }
                                    })
                                    .collect_view()
                            }}
                        </div>
                    </Show>
                    <NextDate door=door />
                </div>
            </Fold>
        </Card>
    }
}

/// The next date.
#[component]
fn NextDate(door: Door) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let form = link.form(format!("visit/{}/next", door.person));
    let typed = form.text(
        "day",
        link.glance(|round, _| round.people.get(&door.person).and_then(|visit| visit.next_date))
            .map(|day| fr::date_short(day.0))
            .unwrap_or_default(),
    );
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| match words::read_day(&typed.get_untracked()) {
        Some(on) => {
            wrong.set(None);
            let product = link.glance(|round, _| {
                let act = round.people.get(&door.person)?.acts.first()?;
                round.acts.get(act).map(|act| act.wish.product.clone())
            });
            link.write(vec![Command::GiveNextDate { person: door.person, on, product }], move || form.done());
        }
        None => wrong.set(Some(t_string!(i18n, visit.date_wrong).to_owned())),
    };
    let known = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.next_date));
    view! {
        <div class="pair">
            <DateField label=say!(i18n, visit.field_next_date) value=typed error=wrong testid="next-date" />
            <Button
                label=move || match known() {
                    Some(day) => t_string!(i18n, visit.next_date_noted, day = words::day(i18n, day)),
                    None => t_string!(i18n, visit.note_next_date).to_owned(),
                }
                icon=Glyph::Calendar
                on_press=save
                testid="next-date-save"
            />
        </div>
    }
}

/// The three pictures: they count by themselves and can be corrected.
#[component]
fn Waste(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    let count = move |stream: WasteStream| {
        Signal::derive(move || link.round(|round| u32::try_from(round.tally(stream).total()).unwrap_or(0)))
    };
    let change = move |stream: WasteStream| {
        move |wanted: u32| {
            let now = link.glance(|round, _| round.tally(stream).total());
            let delta = i32::try_from(wanted).unwrap_or(i32::MAX).saturating_sub(now);
            if let Ok(delta) = i16::try_from(delta)
                && delta != 0
            {
                link.write(vec![Command::Tally { stream, delta }], || ());
            }
        }
    };
    let one = move |(stream, picture, testid): (WasteStream, Stream, &'static str)| {
        let label = move || match stream {
            WasteStream::Sharps => t_string!(i18n, visit.waste_sharps),
            WasteStream::Soft => t_string!(i18n, visit.waste_soft),
            WasteStream::Ordinary => t_string!(i18n, visit.waste_ordinary),
        };
        view! { <Tally stream=picture label=label count=count(stream) on_change=change(stream) testid=testid /> }
    };
    let streams = [
        (WasteStream::Sharps, Stream::Sharps, "tally-sharps"),
        (WasteStream::Soft, Stream::Soft, "tally-soft"),
        (WasteStream::Ordinary, Stream::Ordinary, "tally-ordinary"),
    ];
    view! { <div class="tallies tallies-compact">{streams.map(one).into_iter().collect_view()}</div> }
}

/// Satisfaction in one tap (R40).
#[component]
fn Thanks(door: Door) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let score = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.satisfaction));
    let one = move |value: u8| {
        let glyph = match value {
            1 | 2 => Glyph::Frown,
            3 => Glyph::Neutral,
            _ => Glyph::Smile,
        };
        let pressed = move || (score() == Some(value)).to_string();
        view! {
            <button
                type="button"
                class="button score"
                aria-pressed=pressed
                aria-label=move || t_string!(i18n, visit.score, score = value)
                data-testid=format!("satisfaction-{value}")
                on:click=move |_| link.write(vec![Command::Satisfy { person: door.person, score: value }], || ())
            >
                <crate::components::Icon glyph=glyph />
                <span>{value}</span>
            </button>
        }
    };
    view! {
        <div class="card thanks" role="group" aria-label=say!(i18n, visit.satisfaction)>
            <p>{t!(i18n, visit.satisfaction)}</p>
            <div class="scores">{(1..=5).map(one).collect_view()}</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covid_doses_were_entered_on_ameli_pro_until_the_end_of_june_2024() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(usual_trace(Some(Family::Covid), day("2021-12-16")), Traceability::VaccinCovid);
        assert_eq!(usual_trace(Some(Family::Covid), day("2024-06-28")), Traceability::VaccinCovid);
        assert_eq!(usual_trace(Some(Family::Covid), day("2024-06-29")), Traceability::Record);
        assert_eq!(usual_trace(Some(Family::Influenza), day("2021-12-16")), Traceability::Record);
    }
}

//! Whom a round saw, how it ended, and who waits.

use super::csv;
use crate::components::{Card, DataTable, StatusPill, Tone, fr};
use crate::i18n::{I18n, t, t_string};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ObservationLine, ObservationStage, RoundPerson, RoundView};

/// Persons by outcome and reason.
pub fn outcomes(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.outcomes.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_outcome).to_owned(),
            t_string!(i18n, desk.c_reason).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_count)),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_outcomes) aside=csv(i18n, number, "issues")>
            <DataTable caption=move || t_string!(i18n, desk.l_outcomes) columns=columns>
                {lines
                    .into_iter()
                    .map(|line| {
                        let (tone, word) = words::outcome(i18n, line.outcome);
                        view! {
                            <tr>
                                <td><StatusPill tone=tone label=word /></td>
                                <td>{line.reason}</td>
                                <td class="number">{line.persons}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </DataTable>
        </Card>
    }
}

/// Who was seen and how it ended.
pub fn people(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.people.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_address).to_owned(),
            t_string!(i18n, desk.c_outcome).to_owned(),
            t_string!(i18n, desk.c_reason).to_owned(),
            t_string!(i18n, desk.c_product).to_owned(),
            t_string!(i18n, desk.c_traced).to_owned(),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_people) aside=csv(i18n, number, "personnes")>
            <DataTable caption=move || t_string!(i18n, desk.l_people) columns=columns>
                {lines.into_iter().map(|person| person_row(i18n, person)).collect_view()}
            </DataTable>
        </Card>
    }
}

/// Returns how an observation stands, where somebody at the desk must see it.
fn observation(i18n: I18n, one: ObservationLine) -> Option<(Tone, String)> {
    let hour = words::hour(i18n, one.at);
    Some(match one.stage {
        ObservationStage::Ended => return None,
        ObservationStage::Running => (Tone::Info, words::say!(i18n, desk.l_watched_until, time = hour)),
        ObservationStage::Unfinished => (Tone::Warning, words::say!(i18n, desk.l_watch_unfinished, time = hour)),
        ObservationStage::CutShort => {
            let reason = one.reason.unwrap_or_default();
            (Tone::Warning, words::say!(i18n, desk.l_watch_cut, time = hour, reason = reason))
        }
    })
}

fn person_row(i18n: I18n, person: RoundPerson) -> impl IntoView {
    let (tone, word) = words::outcome(i18n, person.outcome);
    let mut why: Vec<String> = person.reason.into_iter().collect();
    if person.outcome.is_some() && !person.call_again {
        why.push(words::say!(i18n, desk.l_no_call).to_owned());
    }
    why.extend(person.again_on.map(|day| words::say!(i18n, desk.l_again, date = fr::date_short(day.0))));
    let wishes = person.wishes.join(", ");
    let doses = person.doses;
    let vaccines = if doses.is_empty() {
        view! { <span class="muted">{wishes}</span> }.into_any()
    } else {
        doses
            .into_iter()
            .map(|dose| {
                let error = dose.error.clone();
                view! {
                    <div>
                        {dose.product} " · " {dose.lot} " · " {words::hour(i18n, dose.at)}
                        {error
                            .map(|text| {
                                view! {
                                    <StatusPill tone=Tone::Danger label=move || t_string!(i18n, desk.l_error) />
                                    <div class="cell-note">{text}</div>
                                }
                            })}
                    </div>
                }
            })
            .collect_view()
            .into_any()
    };
    // A watching that ended as it should needs no line.
    let watched = person
        .observations
        .into_iter()
        .filter_map(|one| observation(i18n, one))
        .map(|(tone, text)| view! { <div><StatusPill tone=tone label=Signal::stored(text) /></div> })
        .collect_view();
    let traced = match (person.outcome, person.traced) {
        (Some(perron_domain::fact::Outcome::Vaccinated), true) => {
            view! { <StatusPill tone=Tone::Good label=move || t_string!(i18n, desk.l_doneword) /> }.into_any()
        }
        (_, false) => view! { <StatusPill tone=Tone::Warning label=move || t_string!(i18n, desk.l_todo) /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <tr data-testid="round-person">
            <td>
                <strong>{person.name}</strong>
                {person.walk_in.then(|| view! { <div class="cell-note">{t!(i18n, desk.l_walk_in)}</div> })}
            </td>
            <td>{person.address}</td>
            <td class="nowrap"><StatusPill tone=tone label=word /></td>
            <td>{why.join(" · ")}</td>
            <td>{vaccines} {watched}</td>
            <td>{traced}</td>
        </tr>
    }
}

/// People who wait for a later date.
pub fn waiting(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.waiting.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_phone).to_owned(),
            t_string!(i18n, desk.c_proposed).to_owned(),
        ]
    };
    (!lines.is_empty()).then(|| {
        view! {
            <Card title=move || t_string!(i18n, desk.l_waiting) aside=csv(i18n, number, "attente")>
                <DataTable caption=move || t_string!(i18n, desk.l_waiting) columns=columns>
                    {lines
                        .into_iter()
                        .map(|line| {
                            view! {
                                <tr>
                                    <td><strong>{line.name}</strong></td>
                                    <td>{line.phone}</td>
                                    <td>{line.proposed.map(|day| fr::date_short(day.0))}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </DataTable>
            </Card>
        }
    })
}

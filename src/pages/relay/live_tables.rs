//! The tables of a round, each with its export.

use super::words;
use crate::components::{Card, DataTable, Glyph, LinkButton, StatusPill, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string};
use crate::state::desk;
use leptos::prelude::*;
use perron_desk::{GapLine, RoundPerson, RoundView};

/// The export of one table, at the end of its title.
fn csv(i18n: I18n, number: u32, table: &'static str) -> ViewFn {
    ViewFn::from(move || {
        view! {
            <LinkButton
                label=move || t_string!(i18n, desk.l_csv)
                href=desk::export(number, table)
                download=format!("tournee-{number}-{table}.csv")
                icon=Glyph::Download
                weight=Weight::Quiet
                testid=format!("csv-{table}")
            />
        }
    })
}

fn nothing(i18n: I18n) -> impl IntoView {
    view! { <p class="muted">{t!(i18n, desk.l_none)}</p> }
}

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

/// The balance of each lot.
pub fn lots(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.lots.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_lot).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_taken)),
            format!("#{}", t_string!(i18n, desk.c_extra)),
            format!("#{}", t_string!(i18n, desk.c_given)),
            format!("#{}", t_string!(i18n, desk.c_ceded)),
            format!("#{}", t_string!(i18n, desk.c_wasted)),
            format!("#{}", t_string!(i18n, desk.c_returned)),
            format!("#{}", t_string!(i18n, desk.c_left)),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_lots) aside=csv(i18n, number, "lots")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_lots) columns=columns>
                        {lines
                            .into_iter()
                            .map(|line| {
                                view! {
                                    <tr>
                                        <td><strong>{line.lot}</strong> <div class="cell-note">{line.name}</div></td>
                                        <td class="number">{line.taken}</td>
                                        <td class="number">{line.extra}</td>
                                        <td class="number">{line.given}</td>
                                        <td class="number">{line.ceded}</td>
                                        <td class="number">{line.wasted}</td>
                                        <td class="number">{line.returned}</td>
                                        <td class="number"><strong>{line.left}</strong></td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
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
            <td>{vaccines}</td>
            <td>{traced}</td>
        </tr>
    }
}

/// Temperatures of the box.
pub fn temperatures(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.temperatures.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_hour).to_owned(),
            t_string!(i18n, desk.c_temp).to_owned(),
            t_string!(i18n, desk.c_reason).to_owned(),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_temps) aside=csv(i18n, number, "temperatures")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_temps) columns=columns>
                        {lines
                            .into_iter()
                            .map(|line| {
                                let tone = if line.in_range { Tone::Good } else { Tone::Danger };
                                let tenths = i32::from(line.tenths);
                                view! {
                                    <tr>
                                        <td class="nowrap">{words::hour(i18n, line.at)}</td>
                                        <td>
                                            <StatusPill
                                                tone=tone
                                                label=move || fr::celsius(i18n.get_locale(), tenths)
                                            />
                                        </td>
                                        <td>{line.reason}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// Waste containers.
pub fn containers(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.containers.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_kind).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_filled)),
            t_string!(i18n, desk.c_state).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_weight)),
        ]
    };
    let state = move |line: &perron_desk::ContainerLine| match (&line.to, line.closed_at) {
        (Some(to), _) => words::say!(i18n, desk.l_handed_c, to = to.as_str()),
        (None, Some(_)) => words::say!(i18n, desk.l_closed_c).to_owned(),
        (None, None) => words::say!(i18n, desk.l_open_c).to_owned(),
    };
    let row = move |line: perron_desk::ContainerLine| {
        let locale = i18n.get_locale_untracked();
        let volume = fr::number(locale, f64::from(line.volume_dl) / 10.0, 1);
        let weight = line.grams.map(|grams| format!("{}\u{a0}kg", fr::number(locale, f64::from(grams) / 1_000.0, 2)));
        view! {
            <tr>
                <td>{words::container(i18n, line.kind)} " " {volume} "\u{a0}l"</td>
                <td class="number">{line.percent} "\u{a0}%"</td>
                <td>{state(&line)}</td>
                <td class="number">{weight}</td>
            </tr>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_containers) aside=csv(i18n, number, "contenants")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_containers) columns=columns>
                        {lines.into_iter().map(row).collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// Persons seen against entries, per account.
pub fn entries(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.entries.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.e_nurses).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_seen)),
            format!("#{}", t_string!(i18n, desk.c_due)),
            format!("#{}", t_string!(i18n, desk.c_entered)),
        ]
    };
    let entered = move |found: Option<u16>| match found {
        Some(found) => found.to_string(),
        None => words::say!(i18n, desk.l_not_counted).to_owned(),
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_entries) aside=csv(i18n, number, "totaux")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_entries) columns=columns>
                        {lines
                            .into_iter()
                            .map(|line| {
                                view! {
                                    <tr>
                                        <td>{line.name}</td>
                                        <td class="number">{line.seen}</td>
                                        <td class="number">{line.due}</td>
                                        <td class="number">{entered(line.entered)}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// Difficulties and incidents.
pub fn difficulties(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let mut lines: Vec<(perron_domain::time::Wall, String, String)> = Vec::new();
    lines.extend(round.difficulties.iter().map(|said| (said.at, said.by.clone(), said.text.clone())));
    lines.extend(round.incidents.iter().map(|one| {
        let kind = words::incident(i18n, one.kind);
        let whom = one.person.as_ref().map_or_else(|| kind.to_owned(), |person| format!("{kind}, {person}"));
        (one.at, whom, one.text.clone())
    }));
    lines.sort_by_key(|(at, _, _)| *at);
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_hour).to_owned(),
            t_string!(i18n, desk.c_by).to_owned(),
            t_string!(i18n, desk.c_text).to_owned(),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_difficulties) aside=csv(i18n, number, "difficultes")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_difficulties) columns=columns>
                        {lines
                            .into_iter()
                            .map(|(at, by, text)| {
                                view! {
                                    <tr>
                                        <td class="nowrap">{words::hour(i18n, at)}</td>
                                        <td>{by}</td>
                                        <td>{text}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// People who wait for a later date.
pub fn waiting(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
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
            <Card title=move || t_string!(i18n, desk.l_waiting)>
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

/// Differences to explain, once the round was signed.
pub fn gaps(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.gaps.clone();
    let closed = round.closed_at.is_some();
    closed.then(|| {
        let tone = if lines.iter().any(|gap| gap.explained.is_none()) { Tone::Warning } else { Tone::Good };
        view! {
            <Card title=move || t_string!(i18n, desk.g_title) tone=tone>
                {lines.is_empty().then(|| view! { <p>{t!(i18n, desk.g_none)}</p> })}
                <ul class="plain">{lines.into_iter().map(|gap| gap_line(i18n, gap)).collect_view()}</ul>
            </Card>
        }
    })
}

fn gap_line(i18n: I18n, gap: GapLine) -> impl IntoView {
    let figures = gap.figures.iter().map(i32::to_string).collect::<Vec<_>>().join(" / ");
    let about = gap.about;
    let text = match gap.kind.as_str() {
        "entries" => words::say!(i18n, desk.g_entries, about = about, figures = figures),
        "lot" => words::say!(i18n, desk.g_lot, about = about, figures = figures),
        "sharps" => words::say!(i18n, desk.g_sharps, figures = figures),
        "open" => words::say!(i18n, desk.g_open, about = about),
        "two_doses" => words::say!(i18n, desk.g_two, about = about),
        "conflict" => words::say!(i18n, desk.g_conflict, about = about),
        "set_apart" => words::say!(i18n, desk.g_apart, about = about),
        "untraced" => words::say!(i18n, desk.g_untraced, about = about),
        other => format!("{other} {about} {figures}"),
    };
    view! {
        <li>
            {text}
            {gap.explained.map(|text| view! { <div class="cell-note">{t!(i18n, desk.g_explained, text = text)}</div> })}
        </li>
    }
}

/// Every export of a round.
pub fn exports(i18n: I18n, number: u32) -> impl IntoView {
    let tables = move || {
        [
            ("totaux", t_string!(i18n, desk.l_totals)),
            ("personnes", t_string!(i18n, desk.l_people)),
            ("issues", t_string!(i18n, desk.l_outcomes)),
            ("doses", t_string!(i18n, desk.l_doses_list)),
            ("lots", t_string!(i18n, desk.l_lots)),
            ("contenants", t_string!(i18n, desk.l_containers)),
            ("temperatures", t_string!(i18n, desk.l_temps)),
            ("difficultes", t_string!(i18n, desk.l_difficulties)),
        ]
        .into_iter()
        .map(|(table, word)| {
            view! {
                <LinkButton
                    label=word
                    href=desk::export(number, table)
                    download=format!("tournee-{number}-{table}.csv")
                    icon=Glyph::Download
                />
            }
        })
        .collect_view()
    };
    view! { <div class="actions">{tables}</div> }
}

//! What a round said: entries, difficulties, differences.

use super::{csv, nothing};
use crate::components::{Card, DataTable, Tone};
use crate::i18n::{I18n, t, t_string};
use crate::pages::round::gaps::GapList;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::RoundView;

/// Persons seen against entries, per account.
pub fn entries(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.entries.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.h_name).to_owned(),
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
        <Card title=move || t_string!(i18n, desk.l_entries) aside=csv(i18n, number, "saisies")>
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
    lines.extend(round.adrenaline.iter().map(|one| {
        let kind = words::say!(i18n, desk.inc_adrenaline).to_owned();
        let whom = one.person.as_ref().map_or_else(|| kind.clone(), |person| format!("{kind}, {person}"));
        (one.at, whom, String::new())
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

/// Differences to explain, once the round was signed.
pub fn gaps(i18n: I18n, number: u32, round: &RoundView, changed: Callback<()>) -> impl IntoView + use<> {
    let lines = round.gaps.clone();
    let closed = round.closed_at.is_some();
    closed.then(|| {
        let tone = if lines.iter().any(|gap| gap.explained.is_none()) { Tone::Warning } else { Tone::Good };
        view! {
            <Card title=move || t_string!(i18n, desk.g_title) tone=tone aside=csv(i18n, number, "ecarts")>
                {lines.is_empty().then(|| view! { <p>{t!(i18n, desk.g_none)}</p> })}
                <GapList round=number gaps=lines on_changed=changed />
            </Card>
        }
    })
}

//! What a round said: entries, difficulties, differences.

use super::{csv, nothing};
use crate::components::{Button, Card, DataTable, Tone, Weight};
use crate::i18n::{I18n, t, t_string};
use crate::pages::round::follow::{self, Follow, FollowUp};
use crate::pages::round::gaps::GapList;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{RoundView, SaidLine};
use perron_domain::time::Wall;

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

/// A line of what was said, or happened.
struct Line {
    at: Wall,
    whom: String,
    text: String,
    /// Under which code what was done about it is written.
    code: Option<String>,
    followed: Option<SaidLine>,
}

fn lines(i18n: I18n, round: &RoundView) -> Vec<Line> {
    let named = |kind: &str, person: Option<&String>| {
        person.map_or_else(|| kind.to_owned(), |person| format!("{kind}, {person}"))
    };
    let difficulties = round.difficulties.iter().map(|said| Line {
        at: said.at,
        whom: said.by.clone(),
        text: said.text.clone(),
        code: None,
        followed: None,
    });
    let incidents = round.incidents.iter().map(|one| Line {
        at: one.at,
        whom: named(words::incident(i18n, one.kind), one.person.as_ref()),
        text: one.text.clone(),
        code: one.code.clone(),
        followed: one.followed.clone(),
    });
    let adrenaline = round.adrenaline.iter().map(|one| Line {
        at: one.at,
        whom: named(words::say!(i18n, desk.inc_adrenaline), one.person.as_ref()),
        text: String::new(),
        code: one.code.clone(),
        followed: one.followed.clone(),
    });
    let mut lines: Vec<Line> = difficulties.chain(incidents).chain(adrenaline).collect();
    lines.sort_by_key(|line| line.at);
    lines
}

/// Difficulties and incidents, with what was done about those that the relay sees to.
pub fn difficulties(i18n: I18n, number: u32, round: &RoundView, changed: Callback<()>) -> impl IntoView + use<> {
    let lines = lines(i18n, round);
    let asked = RwSignal::new(None::<Follow>);
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_hour).to_owned(),
            t_string!(i18n, desk.c_by).to_owned(),
            t_string!(i18n, desk.c_text).to_owned(),
        ]
    };
    let row = move |line: Line| {
        let followed = line.followed.as_ref().map(|followed| follow::done(i18n, followed));
        let open = line.code.filter(|_| followed.is_none()).map(|code| {
            let one = Follow { round: number, code, what: line.whom.clone() };
            view! {
                <Button
                    label=move || t_string!(i18n, desk.f_do)
                    weight=Weight::Quiet
                    on_press=move |()| asked.set(Some(one.clone()))
                    testid="follow-up"
                />
            }
        });
        view! {
            <tr>
                <td class="nowrap">{words::hour(i18n, line.at)}</td>
                <td>{line.whom}</td>
                <td>
                    {line.text} {followed.map(|text| view! { <div class="cell-note">{text}</div> })} {open}
                </td>
            </tr>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_difficulties) aside=csv(i18n, number, "difficultes")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_difficulties) columns=columns>
                        {lines.into_iter().map(row).collect_view()}
                    </DataTable>
                    <FollowUp asked=asked on_changed=changed />
                }
                    .into_any()
            }}
        </Card>
    }
}

/// Differences to explain: once the round was signed all of them, before those that do not wait.
pub fn gaps(i18n: I18n, number: u32, round: &RoundView, changed: Callback<()>) -> impl IntoView + use<> {
    let lines = round.gaps.clone();
    let shown = round.closed_at.is_some() || !lines.is_empty();
    shown.then(|| {
        let tone = if lines.iter().any(|gap| gap.explained.is_none()) { Tone::Warning } else { Tone::Good };
        view! {
            <Card title=move || t_string!(i18n, desk.g_title) tone=tone aside=csv(i18n, number, "ecarts")>
                {lines.is_empty().then(|| view! { <p>{t!(i18n, desk.g_none)}</p> })}
                <GapList round=number gaps=lines on_changed=changed />
            </Card>
        }
    })
}

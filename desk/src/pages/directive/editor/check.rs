//! What the checks say: problems first and alone; else differences, worked examples, the grid, and the people affected.

use super::in_words::in_words;
use super::keeping::Checked;
use super::names::Names;
use crate::components::{
    Answer, AnswerPill, Button, Card, DataTable, Fold, Glyph, Icon, Notice, StatusPill, Tick, Tone, Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::words::{say, tongue};
use leptos::prelude::*;
use perron_desk_api::{AffectedLine, Changed, Difference, DirectiveProblem, ExampleLine, GridLine};
use perron_domain::rules::Outcome;

/// The results; `on_line` shows a line of the text.
#[component]
pub fn CheckCards(
    /// What they said, and of which text.
    checked: RwSignal<Option<Checked>>,
    /// The names behind the codes.
    names: Names,
    /// A line of the text is to be shown.
    #[prop(into)]
    on_line: Callback<u32>,
    /// Where a worked example that does not hold may be left out: those that are, by name.
    #[prop(optional, into)]
    leave_out: Option<RwSignal<Vec<String>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let Checked { text, check } = checked.get()?;
        if !check.problems.is_empty() {
            return Some(problems(i18n, &text, check.problems, on_line).into_any());
        }
        Some(
            view! {
                {differences(i18n, names, check.differences)}
                {examples(i18n, check.examples, on_line, leave_out)}
                {grid(i18n, check.findings)}
                {affected(i18n, check.affected)}
            }
            .into_any(),
        )
    }
}

fn problems(i18n: I18n, text: &str, problems: Vec<DirectiveProblem>, on_line: Callback<u32>) -> impl IntoView {
    let count = problems.len();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let problem = move |one: DirectiveProblem| {
        let said = one.line.map(|line| {
            let wording = usize::try_from(line).ok().and_then(|line| lines.get(line.checked_sub(1)?)).cloned();
            view! {
                <p class="code-line">
                    <code>{wording}</code>
                </p>
                <Button label=say!(i18n, desk.dc_to_line, line = line) on_press=move |()| on_line.run(line) />
            }
        });
        view! {
            <li class="problem" data-testid="problem">
                <p><strong>{one.place}</strong></p>
                <p>{tongue(i18n, one.fr, one.en)}</p>
                {said}
            </li>
        }
    };
    view! {
        <Card title=say!(i18n, desk.dc_problems, count = count) tone=Tone::Danger>
            <p>{t!(i18n, desk.dc_problems_text)}</p>
            <ul class="plain">{problems.into_iter().map(problem).collect_view()}</ul>
        </Card>
    }
}

/// Returns what a difference is about.
fn what(i18n: I18n, code: &str) -> String {
    let word = match code {
        "rule" => say!(i18n, desk.df_rule),
        "agreement" => say!(i18n, desk.df_agreement),
        "question" => say!(i18n, desk.df_question),
        "product" => say!(i18n, desk.c_product),
        "version" => say!(i18n, desk.de_version),
        "from" => say!(i18n, desk.de_from),
        "until" => say!(i18n, desk.de_until_last),
        "territory" => say!(i18n, desk.h_territory),
        "families" => say!(i18n, desk.de_families),
        "title" => say!(i18n, desk.ms_heading),
        "source" => say!(i18n, desk.de_source),
        "observation_minutes" => say!(i18n, desk.de_minutes),
        "traceability" => say!(i18n, desk.df_traceability),
        other => return other.to_owned(),
    };
    word.to_owned()
}

pub fn differences(i18n: I18n, names: Names, list: Vec<Difference>) -> impl IntoView {
    let none = list.is_empty();
    let columns = move || {
        vec![
            t_string!(i18n, desk.dc_what).to_owned(),
            t_string!(i18n, desk.dc_before).to_owned(),
            t_string!(i18n, desk.dc_after).to_owned(),
        ]
    };
    let row = move |one: Difference| {
        let (tone, word, glyph) = match one.changed {
            Changed::Added => (Tone::Good, say!(i18n, desk.dc_added), Glyph::Plus),
            Changed::Removed => (Tone::Danger, say!(i18n, desk.dc_removed), Glyph::Minus),
            Changed::Altered => (Tone::Warning, say!(i18n, desk.dc_altered), Glyph::Swap),
        };
        view! {
            <tr data-testid="difference">
                <td>
                    <strong>{what(i18n, &one.what)}</strong>
                    <div class="cell-note"><code>{one.code}</code></div>
                    <StatusPill tone=tone label=word glyph=Signal::stored(Some(glyph)) />
                </td>
                <td class="as-written">{one.before.map(|text| in_words(i18n, names, &text))}</td>
                <td class="as-written">{one.after.map(|text| in_words(i18n, names, &text))}</td>
            </tr>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.dc_differences)>
            {if none {
                view! { <p class="muted">{t!(i18n, desk.dc_same)}</p> }.into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.dc_differences) columns=columns>
                        {list.into_iter().map(row).collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// An answer in a line: shape and word.
fn pill(outcome: Outcome) -> impl IntoView {
    view! { <AnswerPill answer=Answer::from(outcome) /> }
}

fn examples(
    i18n: I18n,
    list: Vec<ExampleLine>,
    on_line: Callback<u32>,
    leave_out: Option<RwSignal<Vec<String>>>,
) -> impl IntoView {
    let (good, bad): (Vec<_>, Vec<_>) = list.into_iter().partition(|one| one.holds);
    let (none, failing, holding) = (good.is_empty() && bad.is_empty(), bad.len(), good.len());
    let row = move |one: ExampleLine| {
        let line = one.line.map(|line| {
            view! {
                <Button
                    label=say!(i18n, desk.dc_line, line = line)
                    weight=Weight::Quiet
                    on_press=move |()| on_line.run(line)
                />
            }
        });
        let other_reason = (!one.holds && one.expected == one.found).then(|| {
            view! { <div class="cell-note">{say!(i18n, desk.dc_other_reason)}</div> }
        });
        let out = leave_out.map(|left| {
            let (mine, name) = (one.name.clone(), one.name.clone());
            view! {
                <Tick
                    label=say!(i18n, desk.se_leave_out)
                    value=Signal::derive(move || left.with(|left| left.contains(&mine)))
                    on_change=move |on| left.update(|left| {
                        left.retain(|known| *known != name);
                        if on {
                            left.push(name.clone());
                        }
                    })
                    testid="leave-out"
                />
            }
        });
        view! {
            <tr data-testid=if one.holds { "example" } else { "example-fails" }>
                <td>{one.name}</td>
                <td>{pill(one.expected)}</td>
                <td>{pill(one.found)} {other_reason}</td>
                <td>{(!one.holds).then_some((out, line))}</td>
            </tr>
        }
    };
    let columns = move || {
        vec![
            t_string!(i18n, desk.dc_example).to_owned(),
            t_string!(i18n, desk.dc_expected).to_owned(),
            t_string!(i18n, desk.dc_found).to_owned(),
            String::new(),
        ]
    };
    let table = move |rows: Vec<ExampleLine>| {
        view! {
            <DataTable caption=move || t_string!(i18n, desk.dc_examples) columns=columns>
                {rows.into_iter().map(row).collect_view()}
            </DataTable>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.dc_examples)>
            {none.then(|| view! { <p class="muted">{t!(i18n, desk.dc_no_example)}</p> })}
            {(failing > 0)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Danger title=Some(say!(i18n, desk.dc_fail, count = failing))>
                            <p>
                                {move || {
                                    if leave_out.is_some() {
                                        t_string!(i18n, desk.se_fail_text)
                                    } else {
                                        t_string!(i18n, desk.dc_fail_text)
                                    }
                                }}
                            </p>
                        </Notice>
                        {table(bad)}
                    }
                })}
            {(holding > 0)
                .then(|| {
                    view! { <Fold summary=say!(i18n, desk.dc_hold, count = holding)>{table(good)}</Fold> }
                })}
        </Card>
    }
}

fn grid(i18n: I18n, list: Vec<GridLine>) -> impl IntoView {
    let none = list.is_empty();
    let columns = move || {
        vec![
            t_string!(i18n, desk.dc_fault).to_owned(),
            t_string!(i18n, desk.c_product).to_owned(),
            t_string!(i18n, desk.dc_who).to_owned(),
            t_string!(i18n, desk.d_rules).to_owned(),
        ]
    };
    let row = move |one: GridLine| {
        let fault = match one.fault.as_str() {
            "gap" => say!(i18n, desk.dc_gap),
            "overlap" => say!(i18n, desk.dc_overlap),
            _ => say!(i18n, desk.dc_questions),
        };
        let ages = if one.ages.0 == one.ages.1 {
            say!(i18n, desk.years, count = one.ages.0)
        } else {
            say!(i18n, desk.dc_ages, from = one.ages.0, to = one.ages.1)
        };
        let locale = i18n.get_locale_untracked();
        let rank = match one.rank {
            Some(rank) => say!(i18n, desk.dc_dose, rank = fr::rank(locale, u32::from(rank))),
            None => say!(i18n, desk.rank_unknown).to_owned(),
        };
        let risk = one.at_risk.then(|| say!(i18n, desk.tr_at_risk));
        view! {
            <tr data-testid="grid">
                <td><StatusPill tone=Tone::Warning label=fault /></td>
                <td>{one.product} <div class="cell-note">{fr::date_short(one.on.0)}</div></td>
                <td>{ages} ", " {rank} <div class="cell-note">{risk}</div></td>
                <td><code>{one.about}</code></td>
            </tr>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.dc_grid)>
            {if none {
                view! { <p class="muted">{t!(i18n, desk.dc_grid_good)}</p> }.into_any()
            } else {
                view! {
                    <p>{t!(i18n, desk.dc_grid_text)}</p>
                    <DataTable caption=move || t_string!(i18n, desk.dc_grid) columns=columns>
                        {list.into_iter().map(row).collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

fn affected(i18n: I18n, list: Vec<AffectedLine>) -> impl IntoView {
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_round).to_owned(),
            t_string!(i18n, desk.dc_change).to_owned(),
            t_string!(i18n, desk.c_reason).to_owned(),
        ]
    };
    let row = move |one: AffectedLine| {
        let href = format!("/relais/tournees/{}", one.round);
        let change = if one.before == one.after {
            pill(one.after).into_any()
        } else {
            view! {
                <span class="change">
                    {pill(one.before)} <Icon glyph=Glyph::Forward label=say!(i18n, desk.dc_becomes) /> {pill(one.after)}
                </span>
            }
            .into_any()
        };
        view! {
            <tr data-testid="affected">
                <td><strong>{one.person}</strong> <div class="cell-note">{one.product}</div></td>
                <td>
                    <a class="cell-link" href=href>{one.label}</a>
                    <div class="cell-note">{fr::date_short(one.on.0)}</div>
                    {one.left.then(|| view! { <div class="cell-note">{say!(i18n, desk.dc_left)}</div> })}
                </td>
                <td>
                    {change}
                    <div class="cell-note">{say!(i18n, desk.d_observation, minutes = one.observation_minutes)}</div>
                </td>
                <td>{tongue(i18n, one.fr, one.en)}</td>
            </tr>
        }
    };
    let table = move |rows: Vec<AffectedLine>| {
        view! {
            <DataTable caption=move || t_string!(i18n, desk.dc_affected) columns=columns>
                {rows.into_iter().map(row).collect_view()}
            </DataTable>
        }
    };
    let (same, other): (Vec<_>, Vec<_>) = list.into_iter().partition(|one| one.before == one.after);
    let (same_count, same_answer) = (same.len(), other.is_empty());
    view! {
        <Card title=move || t_string!(i18n, desk.dc_affected)>
            {same_answer.then(|| view! { <p class="muted">{t!(i18n, desk.dc_nobody)}</p> })}
            {(!same_answer).then(|| table(other))}
            {(same_count > 0)
                .then(|| {
                    view! {
                        <Fold summary=say!(i18n, desk.dc_other_minutes, count = same_count)>{table(same)}</Fold>
                    }
                })}
        </Card>
    }
}

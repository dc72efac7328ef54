//! What a list would do: figures, bad rows with their reasons, likely duplicates side by side.

use crate::browser::prefs::{Language, use_prefs};
use crate::components::{Button, Card, DataTable, Fold, Glyph, KeyFigure, Notice, Tick, Tone, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{BadLine, DuplicatePair, ImportPreview, PersonBrief, RowProblem};
use std::collections::BTreeSet;

/// The preview.
#[component]
pub fn Preview(
    /// What the hub read.
    preview: ImportPreview,
    /// The lines of likely duplicates that go in all the same.
    keep: RwSignal<BTreeSet<u64>>,
    /// Something is being sent.
    busy: RwSignal<bool>,
    /// «Ajouter».
    on_commit: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    if !preview.missing_columns.is_empty() {
        return missing(i18n, &preview).into_any();
    }
    let sure = preview.rows.saturating_sub(preview.duplicate_rows);
    let adding = Signal::derive(move || sure + u32::try_from(keep.with(BTreeSet::len)).unwrap_or(0));
    let word = move || match adding.get() {
        0 => t_string!(i18n, desk.i_nothing).to_owned(),
        1 => t_string!(i18n, desk.i_commit_one, count = 1),
        count => t_string!(i18n, desk.i_commit_several, count = count),
    };
    let figure = |tone: Tone, count: u32| if count == 0 { Tone::Neutral } else { tone };
    let unread = preview.unknown_columns.join(", ");
    view! {
        {(!unread.is_empty())
            .then(|| {
                view! {
                    <Notice
                        tone=Tone::Warning
                        title=move || Some(t_string!(i18n, desk.i_unread_columns, names = unread.as_str()))
                    >
                        <p data-testid="unread-columns">{t!(i18n, desk.i_unread_text)}</p>
                    </Notice>
                }
            })}
        <div class="figures">
            <KeyFigure
                value=move || adding.get().to_string()
                label=move || t_string!(i18n, desk.i_ready)
                tone=Tone::Good
                icon=Glyph::PersonPlus
            />
            <KeyFigure
                value=preview.bad_total.to_string()
                label=move || t_string!(i18n, desk.i_bad)
                tone=figure(Tone::Danger, preview.bad_total)
            />
            <KeyFigure
                value=preview.duplicate_rows.to_string()
                label=move || t_string!(i18n, desk.i_dups)
                tone=figure(Tone::Warning, preview.duplicate_rows)
            />
            <KeyFigure value=preview.already_known.to_string() label=move || t_string!(i18n, desk.i_known) />
            <KeyFigure value=preview.repaired.to_string() label=move || t_string!(i18n, desk.i_repaired) />
        </div>
        <div class="actions">
            <Button
                label=word
                weight=Weight::Primary
                icon=Glyph::Check
                disabled=Signal::derive(move || busy.get() || adding.get() == 0)
                on_press=on_commit
                testid="import-commit"
            />
        </div>
        {(!preview.bad.is_empty()).then(|| bad_rows(i18n, preview.bad.clone()))}
        {(!preview.duplicates.is_empty()).then(|| duplicates(i18n, preview.duplicates.clone(), keep))}
        {(!preview.remarks.is_empty()).then(|| remarks(i18n, preview.remarks.clone(), preview.remarks_total))}
        {(!preview.sample.is_empty()).then(|| sample(i18n, &preview))}
        {file(i18n, preview)}
    }
    .into_any()
}

fn missing(i18n: I18n, preview: &ImportPreview) -> impl IntoView {
    let names = preview.missing_columns.join(", ");
    let unknown = preview.unknown_columns.join(", ");
    view! {
        <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, desk.i_missing, names = names.as_str()))>
            <p>{t!(i18n, desk.i_missing_text)}</p>
            {(!unknown.is_empty()).then(|| view! { <p>{t!(i18n, desk.i_unknown, names = unknown)}</p> })}
        </Notice>
    }
}

/// The hub says it in both languages.
fn said(language: Language, problem: &RowProblem) -> String {
    match language {
        Language::Fr => problem.fr.clone(),
        Language::En => problem.en.clone(),
    }
}

fn bad_rows(i18n: I18n, rows: Vec<BadLine>) -> impl IntoView {
    let language = use_prefs().language;
    let columns = move || {
        vec![
            format!("#{}", t_string!(i18n, desk.i_line)),
            t_string!(i18n, desk.i_reason).to_owned(),
            t_string!(i18n, desk.i_excerpt).to_owned(),
        ]
    };
    let row = move |bad: BadLine| {
        let problems = bad.problems;
        let reasons = move || {
            let language = language.get();
            problems.iter().map(|one| view! { <div>{said(language, one)}</div> }).collect_view()
        };
        view! {
            <tr data-testid="bad-row">
                <td class="number">{bad.line}</td>
                <td>{reasons}</td>
                <td class="cell-note">{bad.excerpt}</td>
            </tr>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.i_bad_title) tone=Tone::Danger>
            <p>{t!(i18n, desk.i_bad_text)}</p>
            <DataTable caption=move || t_string!(i18n, desk.i_bad_title) columns=columns>
                {rows.into_iter().map(row).collect_view()}
            </DataTable>
        </Card>
    }
}

fn duplicates(i18n: I18n, pairs: Vec<DuplicatePair>, keep: RwSignal<BTreeSet<u64>>) -> impl IntoView {
    view! {
        <Card title=move || t_string!(i18n, desk.i_dup_title) tone=Tone::Warning>
            <p>{t!(i18n, desk.i_dup_text)}</p>
            <div class="stack">{pairs.into_iter().map(|pair| duplicate(i18n, pair, keep)).collect_view()}</div>
        </Card>
    }
}

fn duplicate(i18n: I18n, pair: DuplicatePair, keep: RwSignal<BTreeSet<u64>>) -> impl IntoView {
    let line = pair.line;
    let alike: Vec<&str> = pair.likenesses.iter().map(|code| words::likeness(i18n, *code)).collect();
    let other_line = pair.other_line;
    let other_title = move || match other_line {
        Some(line) => t_string!(i18n, desk.i_dup_line, line = line),
        None => t_string!(i18n, desk.i_dup_known).to_owned(),
    };
    let differs = |mine: &str, theirs: &str| mine != theirs;
    let (mine, theirs) = (pair.row, pair.other);
    view! {
        <div class="twins" data-testid="duplicate">
            <p class="twins-alike">{alike.join(" · ")}</p>
            <div class="pair">
                <div class="twin">
                    <h3>{t!(i18n, desk.i_dup_row, line = line)}</h3>
                    {brief(&mine, &theirs, differs)}
                </div>
                <div class="twin">
                    <h3>{other_title}</h3>
                    {brief(&theirs, &mine, differs)}
                </div>
            </div>
            <Tick
                label=move || t_string!(i18n, desk.i_dup_keep)
                value=move || keep.with(|lines| lines.contains(&line))
                on_change=move |on| {
                    keep.update(|lines| {
                        if on {
                            lines.insert(line);
                        } else {
                            lines.remove(&line);
                        }
                    })
                }
                testid=format!("keep-{line}")
            />
        </div>
    }
}

/// One of two people; what differs from the other stands out.
fn brief(one: &PersonBrief, other: &PersonBrief, differs: fn(&str, &str) -> bool) -> impl IntoView + use<> {
    let birth = |brief: &PersonBrief| brief.birth.map(words::partial).unwrap_or_default();
    let used = |brief: &PersonBrief| brief.used_name.clone().unwrap_or_default();
    let phone = |brief: &PersonBrief| brief.phone.as_deref().map(words::phone).unwrap_or_default();
    let lines = [
        (format!("{} {}", one.birth_name, one.given_names), format!("{} {}", other.birth_name, other.given_names)),
        (used(one), used(other)),
        (birth(one), birth(other)),
        (phone(one), phone(other)),
        (one.address.clone(), other.address.clone()),
        (one.wishes.join(", "), other.wishes.join(", ")),
    ];
    lines
        .into_iter()
        .filter(|(mine, theirs)| !(mine.is_empty() && theirs.is_empty()))
        .map(|(mine, theirs)| {
            let class = if differs(&mine, &theirs) { "twin-line twin-differs" } else { "twin-line" };
            let mine = if mine.is_empty() { "–".to_owned() } else { mine };
            view! { <p class=class>{mine}</p> }
        })
        .collect_view()
}

fn remarks(i18n: I18n, remarks: Vec<RowProblem>, total: u32) -> impl IntoView {
    let language = use_prefs().language;
    let line = move |remark: RowProblem| {
        let number = remark.line;
        view! { <li>{t!(i18n, desk.i_line)} " " {number} " · " {move || said(language.get(), &remark)}</li> }
    };
    view! {
        <Fold summary=move || t_string!(i18n, desk.i_remarks, count = total)>
            <ul class="plain">{remarks.into_iter().map(line).collect_view()}</ul>
        </Fold>
    }
}

fn sample(i18n: I18n, preview: &ImportPreview) -> impl IntoView + use<> {
    let columns = move || {
        vec![
            format!("#{}", t_string!(i18n, desk.i_line)),
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_birth).to_owned(),
            t_string!(i18n, desk.c_address).to_owned(),
            t_string!(i18n, desk.c_phone).to_owned(),
            t_string!(i18n, desk.c_wishes).to_owned(),
        ]
    };
    let rows = preview.sample.clone();
    view! {
        <Card title=move || t_string!(i18n, desk.i_sample)>
            <DataTable caption=move || t_string!(i18n, desk.i_sample) columns=columns>
                {rows
                    .into_iter()
                    .map(|row| {
                        view! {
                            <tr>
                                <td class="number">{row.line}</td>
                                <td><strong>{row.person.birth_name} " " {row.person.given_names}</strong></td>
                                <td class="nowrap">{row.person.birth.map(words::partial)}</td>
                                <td>{row.person.address}</td>
                                <td class="nowrap">{row.person.phone.as_deref().map(words::phone)}</td>
                                <td>{row.person.wishes.join(", ")}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </DataTable>
        </Card>
    }
}

fn file(i18n: I18n, preview: ImportPreview) -> impl IntoView {
    let encoding = match preview.encoding.as_str() {
        "utf8" => "UTF-8",
        "windows1252" => "Windows-1252",
        "utf16" => "UTF-16",
        _ => "UTF-8 + Windows-1252",
    };
    let separator = preview.separator.clone();
    let separator = move || match separator.as_str() {
        "tab" => t_string!(i18n, desk.i_tab).to_owned(),
        other => format!("« {other} »").replace("« ", "«\u{a0}").replace(" »", "\u{a0}»"),
    };
    let unknown = preview.unknown_columns.join(", ");
    let count = preview.columns.len();
    let column = |one: perron_desk_api::ColumnFound| view! { <li>{one.heading} " → " {one.title}</li> };
    view! {
        <Fold summary=move || t_string!(i18n, desk.i_columns, count = count)>
            <p>{move || t_string!(i18n, desk.i_encoding, encoding = encoding, separator = separator())}</p>
            {(!unknown.is_empty()).then(|| view! { <p>{t!(i18n, desk.i_unknown, names = unknown)}</p> })}
            <ul class="plain">{preview.columns.into_iter().map(column).collect_view()}</ul>
        </Fold>
    }
}

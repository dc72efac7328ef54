//! What a list would do: figures, bad rows with their reasons, likely duplicates side by side.

use crate::browser::prefs::use_prefs;
use crate::components::{Button, Card, DataTable, Fold, Glyph, KeyFigure, Notice, Tone, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::import::decisions::Decisions;
use crate::pages::import::known::known;
use crate::pages::import::mend::BadRows;
use crate::pages::import::said::said;
use crate::pages::import::twins;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{ImportPreview, PeopleFile, RowProblem};

/// The preview.
#[component]
pub fn Preview(
    /// What the hub read.
    preview: ImportPreview,
    /// What is decided of doubtful rows, and mended of refused ones.
    decisions: Decisions,
    /// The file as it is sent.
    #[prop(into)]
    file: Callback<(), Option<PeopleFile>>,
    /// A refused row was mended.
    on_mended: Callback<()>,
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
    let adding = Signal::derive(move || sure + decisions.counts().0);
    let taking = Signal::derive(move || decisions.counts().1);
    let word = move || {
        let add = match adding.get() {
            0 => None,
            1 => Some(t_string!(i18n, desk.i_commit_one, count = 1)),
            count => Some(t_string!(i18n, desk.i_commit_several, count = count)),
        };
        let take = match taking.get() {
            0 => None,
            1 => Some(t_string!(i18n, desk.i_commit_change_one, count = 1)),
            count => Some(t_string!(i18n, desk.i_commit_change_several, count = count)),
        };
        match (add, take) {
            (None, None) => t_string!(i18n, desk.i_nothing).to_owned(),
            (add, take) => add.into_iter().chain(take).collect::<Vec<_>>().join(" · "),
        }
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
        {(!preview.told.is_empty()).then(|| told(i18n, preview.told.clone()))}
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
            <KeyFigure
                value=preview.changed_rows.to_string()
                label=move || t_string!(i18n, desk.i_changed)
                tone=figure(Tone::Warning, preview.changed_rows)
            />
            <KeyFigure value=preview.already_known.to_string() label=move || t_string!(i18n, desk.i_known) />
            <KeyFigure value=preview.repaired.to_string() label=move || t_string!(i18n, desk.i_repaired) />
        </div>
        <div class="actions">
            <Button
                label=word
                weight=Weight::Primary
                icon=Glyph::PersonPlus
                disabled=Signal::derive(move || busy.get() || (adding.get() == 0 && taking.get() == 0))
                on_press=on_commit
                testid="import-commit"
            />
        </div>
        {(!preview.bad.is_empty())
            .then(|| view! { <BadRows rows=preview.bad.clone() decisions=decisions file=file on_mended=on_mended /> })}
        {(!preview.changed.is_empty()).then(|| twins::changed(i18n, preview.changed.clone(), decisions))}
        {(!preview.duplicates.is_empty()).then(|| twins::duplicates(i18n, preview.duplicates.clone(), decisions))}
        {known(i18n, preview.known.clone(), preview.already_known)}
        {(!preview.remarks.is_empty()).then(|| remarks(i18n, preview.remarks.clone(), preview.remarks_total))}
        {(!preview.sample.is_empty()).then(|| sample(i18n, &preview))}
        {how_read(i18n, preview)}
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

/// What is to be known of the file as a whole.
fn told(i18n: I18n, told: Vec<RowProblem>) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning title=move || Some(t_string!(i18n, desk.i_told).to_owned())>
            <ul class="plain" data-testid="told">{lines(i18n, told)}</ul>
        </Notice>
    }
}

fn lines(i18n: I18n, problems: Vec<RowProblem>) -> impl IntoView {
    let language = use_prefs().language;
    let line = move |problem: RowProblem| {
        let number = problem.line;
        view! { <li>{t!(i18n, desk.i_line)} " " {number} " · " {move || said(language.get(), &problem)}</li> }
    };
    problems.into_iter().map(line).collect_view()
}

fn remarks(i18n: I18n, remarks: Vec<RowProblem>, total: u32) -> impl IntoView {
    view! {
        <Fold summary=move || t_string!(i18n, desk.i_remarks, count = total)>
            <ul class="plain">{lines(i18n, remarks)}</ul>
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

fn how_read(i18n: I18n, preview: ImportPreview) -> impl IntoView {
    let encoding = match preview.encoding.as_str() {
        "utf8" => "UTF-8",
        "windows1252" => "Windows-1252",
        "latin9" => "Latin-9",
        "macroman" => "Mac",
        "cp850" => "DOS (850)",
        "utf16" => "UTF-16",
        _ => "UTF-8 + 8 bits",
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

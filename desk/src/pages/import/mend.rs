//! Rows that cannot go in: why, mended here or taken away as a file.

use crate::browser::download;
use crate::browser::prefs::use_prefs;
use crate::client::{ask, routes};
use crate::components::{Button, Card, DataTable, Glyph, TextField, Tone, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::import::decisions::Decisions;
use crate::pages::import::said::said;
use crate::pages::parts::Work;
use leptos::prelude::*;
use perron_desk_api::{BadCell, BadLine, PeopleFile};

/// The refused rows.
#[component]
pub fn BadRows(
    /// The first of them.
    rows: Vec<BadLine>,
    /// What was mended so far.
    decisions: Decisions,
    /// The file as it is sent.
    #[prop(into)]
    file: Callback<(), Option<PeopleFile>>,
    /// Something was mended: the list is looked at again.
    on_mended: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let away = move |()| {
        let Some(sent) = file.run(()) else { return };
        work.run(ask(routes::REFUSED_ROWS, (), sent), |csv| {
            // What the browser refuses to save it says itself.
            let _ = download::save("lignes-refusees.csv", "text/csv;charset=utf-8", &csv.bytes);
        });
    };
    let columns = move || {
        vec![
            format!("#{}", t_string!(i18n, desk.i_line)),
            t_string!(i18n, desk.i_reason).to_owned(),
            t_string!(i18n, desk.i_excerpt).to_owned(),
            String::new(),
        ]
    };
    let row = move |bad: BadLine| view! { <BadRow bad=bad decisions=decisions on_mended=on_mended /> };
    view! {
        <Card title=move || t_string!(i18n, desk.i_bad_title) tone=Tone::Danger>
            <p>{t!(i18n, desk.i_bad_text)}</p>
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.i_bad_away)
                    icon=Glyph::Paper
                    disabled=work.busy
                    on_press=away
                    testid="refused-rows"
                />
            </div>
            {work.failure(i18n)}
            <DataTable caption=move || t_string!(i18n, desk.i_bad_title) columns=columns>
                {rows.into_iter().map(row).collect_view()}
            </DataTable>
        </Card>
    }
}

#[component]
fn BadRow(bad: BadLine, decisions: Decisions, on_mended: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let language = use_prefs().language;
    let open = RwSignal::new(false);
    let BadLine { line, problems, excerpt, cells } = bad;
    let reasons = move || {
        let language = language.get();
        problems.iter().map(|one| view! { <div>{said(language, one)}</div> }).collect_view()
    };
    view! {
        <tr data-testid="bad-row">
            <td class="number">{line}</td>
            <td>{reasons}</td>
            <td class="cell-note">{excerpt}</td>
            <td>
                <Button
                    label=move || t_string!(i18n, desk.i_mend)
                    on_press=move |()| open.update(|open| *open = !*open)
                    testid=format!("mend-{line}")
                />
            </td>
        </tr>
        <Show when=move || open.get()>
            <tr>
                <td colspan="4">{form(i18n, line, cells.clone(), decisions, on_mended)}</td>
            </tr>
        </Show>
    }
}

/// The cells of a row; those that are wrong stand first.
fn form(
    i18n: I18n,
    line: u64,
    mut cells: Vec<BadCell>,
    decisions: Decisions,
    on_mended: Callback<()>,
) -> impl IntoView + use<> {
    cells.sort_by_key(|cell| (!cell.wrong, cell.at));
    let fields: Vec<(u32, RwSignal<String>, String)> =
        cells.iter().map(|cell| (cell.at, RwSignal::new(cell.value.clone()), cell.value.clone())).collect();
    let sent = fields.clone();
    let save = move |()| {
        let changed = sent.iter().filter_map(|(at, now, was)| {
            let now = now.get_untracked();
            (now != *was).then_some((*at, now))
        });
        decisions.mend(line, changed.collect());
        on_mended.run(());
    };
    let field = move |(cell, (_, value, _)): (BadCell, (u32, RwSignal<String>, String))| {
        let heading = cell.heading.clone();
        let label = move || match heading.as_str() {
            "" => t_string!(i18n, desk.i_no_heading).to_owned(),
            heading => heading.to_owned(),
        };
        let wrong = move || cell.wrong.then(|| t_string!(i18n, desk.i_mend_here).to_owned());
        view! { <TextField label=label value=value error=wrong testid=format!("cell-{line}-{}", cell.at) /> }
    };
    view! {
        <div class="form-grid">{cells.into_iter().zip(fields).map(field).collect_view()}</div>
        <div class="actions">
            <Button
                label=move || t_string!(i18n, desk.i_look_again)
                weight=Weight::Primary
                on_press=save
                testid=format!("mended-{line}")
            />
        </div>
    }
}

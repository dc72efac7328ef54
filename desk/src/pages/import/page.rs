//! «Importer une liste»: choose, look, add. Nothing goes in before the preview was seen.

use crate::browser::files::{self, FileError};
use crate::client::{ask, routes};
use crate::components::{Card, Glyph, Icon, LinkButton, Notice, PageHeader, Tone, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::import::decisions::Decisions;
use crate::pages::import::known::known;
use crate::pages::import::preview::Preview;
use crate::pages::parts::Work;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_desk_api::{ImportDone, ImportPreview, PeopleFile};
use std::sync::Arc;

/// As much as the hub reads.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A file that was chosen and read.
#[derive(Clone)]
struct Chosen {
    name: String,
    bytes: Arc<Vec<u8>>,
}

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let chosen = RwSignal::new(None::<Chosen>);
    let preview = RwSignal::new(None::<ImportPreview>);
    let done = RwSignal::new(None::<ImportDone>);
    let wrong = RwSignal::new(None::<FileError>);
    let decisions = Decisions::new();
    let sent = move || {
        let file = chosen.get_untracked()?;
        Some(PeopleFile { file: Vec::clone(&file.bytes), mended: decisions.mended(), kept: decisions.kept() })
    };
    let look = move || {
        let Some(sent) = sent() else { return };
        work.run(ask(routes::PREVIEW_IMPORT, (), sent), move |found| preview.set(Some(found)));
    };

    let choose = move |event: leptos::ev::Event| {
        wrong.set(None);
        spawn_local(async move {
            match files::chosen(&event, LARGEST).await {
                Ok(file) => {
                    let file = Chosen { name: file.name, bytes: Arc::new(file.bytes) };
                    chosen.set(Some(file));
                    preview.set(None);
                    done.set(None);
                    decisions.clear();
                    look();
                }
                Err(FileError::None) => {}
                Err(error) => wrong.set(Some(error)),
            }
        });
    };
    let commit = Callback::new(move |()| {
        let Some(sent) = sent() else { return };
        work.run(ask(routes::IMPORT, (), sent), move |result| {
            done.set(Some(result));
            preview.set(None);
        });
    });
    let choose_word = move || {
        if chosen.with(Option::is_some) { t_string!(i18n, desk.i_other) } else { t_string!(i18n, desk.i_choose) }
    };
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.i_title)
            subtitle=move || chosen.with(|file| file.as_ref().map(|file| file.name.clone()))
        >
            <LinkButton
                label=move || t_string!(i18n, desk.i_model)
                href=routes::IMPORT_MODEL.entry.path
                icon=Glyph::Paper
                download="modele-personnes.csv"
            />
        </PageHeader>
        <Card>
            <div class="file-line">
                <label class="button button-primary file-button">
                    <Icon glyph=Glyph::Upload />
                    <span>{choose_word}</span>
                    <input
                        type="file"
                        class="visually-hidden"
                        accept=".csv,.txt,text/csv,text/plain"
                        disabled=move || work.busy.get()
                        on:change=choose
                        data-testid="file"
                    />
                </label>
                <p class="muted">{t!(i18n, desk.i_intro)}</p>
            </div>
            {move || {
                wrong.get().map(|error| {
                    let words = match error {
                        FileError::TooLarge { .. } => t_string!(i18n, desk.i_too_large),
                        _ => t_string!(i18n, desk.i_file_error),
                    };
                    view! { <Notice tone=Tone::Danger><p>{words}</p></Notice> }
                })
            }}
            <Show when=move || work.busy.get()>
                <p role="status">{t!(i18n, desk.i_reading)}</p>
            </Show>
            {work.failure(i18n)}
        </Card>
        {move || {
            preview
                .get()
                .map(|preview| {
                    view! {
                        <Preview
                            preview=preview
                            decisions=decisions
                            file=move |()| sent()
                            on_mended=Callback::new(move |()| look())
                            busy=work.busy
                            on_commit=commit
                        />
                    }
                })
        }}
        {move || {
            done.get().map(|done| {
                view! {
                    <Notice tone=Tone::Good title=move || Some(t_string!(i18n, desk.i_done, added = done.added))>
                        <p>
                            {t!(
                                i18n, desk.i_done_text, known = done.already_known, changed = done.changed, left = done
                                .left_out, bad = done.bad
                            )}
                        </p>
                        {known(i18n, done.known.clone(), done.already_known)}
                        <div class="actions">
                            <LinkButton
                                label=move || t_string!(i18n, desk.i_to_rounds)
                                href="/relais/tournees"
                                weight=Weight::Primary
                                icon=Glyph::Route
                            />
                            <LinkButton
                                label=move || t_string!(i18n, desk.i_to_people)
                                href="/relais/personnes"
                                icon=Glyph::People
                            />
                        </div>
                    </Notice>
                }
            })
        }}
    }
}

//! «Charger un fichier de directives»: chosen or pasted, checked, then adopted.

use super::adopt::{AdoptCard, Adopted, adopted_card};
use crate::browser::files::{self, FileError};
use crate::client::{ask, routes};
use crate::components::{Button, Card, Glyph, Icon, Notice, PageHeader, TextField, Tone, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::directive::editor::check::CheckCards;
use crate::pages::directive::editor::keeping::Checked;
use crate::pages::directive::editor::names::Names;
use crate::pages::directive::editor::text::TextCard;
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::Work;
use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use perron_desk_api::DirectiveFile;
use perron_domain::fact::Origin;

/// No file of directives is nearly as large.
const LARGEST: u64 = 1024 * 1024;

/// Why a file that was chosen is not on the page.
#[derive(Clone, Copy)]
enum Wrong {
    TooLarge,
    Unreadable,
    NoText,
}

/// The page.
#[component]
pub fn DirectiveFilePage() -> impl IntoView {
    let i18n = use_i18n();
    let adopted = RwSignal::new(None::<Adopted>);
    view! {
        <PageHeader
            title=move || t_string!(i18n, desk.sf_title)
            subtitle=move || Some(t_string!(i18n, desk.sf_sub).to_owned())
            back="/relais/directives"
        />
        {move || match adopted.get() {
            Some(one) => adopted_card(i18n, one).into_any(),
            None => view! { <Sheet adopted=adopted /> }.into_any(),
        }}
    }
}

#[component]
fn Sheet(adopted: RwSignal<Option<Adopted>>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let names = Names::read(i18n);
    let (text, checked) = (RwSignal::new(String::new()), RwSignal::new(None::<Checked>));
    let (name, given_by) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kept = Fields::of("directive-file").texts([("text", text), ("name", name), ("given_by", given_by)]).keep();
    let wrong = RwSignal::new(None::<Wrong>);
    let jump = RwSignal::new(None::<u32>);
    let results = NodeRef::<html::Div>::new();
    let clean = Signal::derive(move || {
        checked.with(|checked| checked.as_ref().is_some_and(|one| text.with(|text| *text == one.text)))
    });
    let origin = Signal::derive(move || {
        let (name, given_by) = (name.get().trim().to_owned(), given_by.get().trim().to_owned());
        (!name.is_empty() && !given_by.is_empty()).then_some(Origin::File { name, given_by })
    });
    let check = move |()| {
        let typed = text.get_untracked();
        checked.set(None);
        work.run(ask(routes::SEASON_FILE, (), DirectiveFile { text: typed.clone() }), move |answer| {
            // Its version has a name of this relay's now; what was typed meanwhile stays.
            if text.with_untracked(|now| *now == typed) {
                text.set(answer.text.clone());
            }
            checked.set(Some(Checked { text: answer.text, check: answer.check }));
            request_animation_frame(move || {
                if let Some(line) = results.get_untracked() {
                    line.scroll_into_view_with_bool(true);
                }
            });
        });
    };
    let choose = move |event: leptos::ev::Event| {
        wrong.set(None);
        spawn_local(async move {
            let why = match files::chosen(&event, LARGEST).await {
                Ok(file) => match String::from_utf8(file.bytes) {
                    Ok(read) => {
                        name.set(file.name);
                        text.set(read.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
                        checked.set(None);
                        return;
                    }
                    Err(_) => Wrong::NoText,
                },
                Err(FileError::None) => return,
                Err(FileError::TooLarge { .. }) => Wrong::TooLarge,
                Err(FileError::Unreadable(_)) => Wrong::Unreadable,
            };
            wrong.set(Some(why));
        });
    };
    let failed = move || {
        wrong.get().map(|why| {
            let word = match why {
                Wrong::TooLarge => t_string!(i18n, desk.sf_too_large),
                Wrong::Unreadable => t_string!(i18n, desk.i_file_error),
                Wrong::NoText => t_string!(i18n, desk.sf_no_text),
            };
            view! { <Notice tone=Tone::Danger><p>{word}</p></Notice> }
        })
    };
    view! {
        <Card title=move || t_string!(i18n, desk.sf_file)>
            <div class="file-line">
                <label class="button button-primary file-button">
                    <Icon glyph=Glyph::Upload />
                    <span>{t!(i18n, desk.sf_choose)}</span>
                    <input
                        type="file"
                        class="visually-hidden"
                        accept=".toml,.txt,text/plain,application/toml"
                        disabled=move || work.busy.get()
                        on:change=choose
                        data-testid="file"
                    />
                </label>
                <p class="muted">{t!(i18n, desk.sf_intro)}</p>
            </div>
            {failed}
            <KeptLine kept=kept />
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.sf_name) value=name testid="file-name" />
                <TextField
                    label=move || t_string!(i18n, desk.sf_given_by)
                    value=given_by
                    hint=move || Some(t_string!(i18n, desk.sf_given_by_hint).to_owned())
                    testid="given-by"
                />
            </div>
        </Card>
        <TextCard text=text checked=checked jump=jump />
        <div class="check-line" node_ref=results>
            <Button
                label=move || t_string!(i18n, desk.de_check)
                weight=Weight::Primary
                icon=Glyph::Search
                disabled=Signal::derive(move || work.busy.get() || text.with(|text| text.trim().is_empty()))
                on_press=check
                testid="check"
            />
            {move || work.busy.get().then(|| view! { <span role="status">{t!(i18n, desk.de_checking)}</span> })}
        </div>
        {work.failure(i18n)}
        <CheckCards checked=checked names=names on_line=move |line| jump.set(Some(line)) />
        <AdoptCard checked=checked clean=clean origin=origin on_adopted=move |one| {
                kept.settle();
                adopted.set(Some(one));
            } />
    }
}

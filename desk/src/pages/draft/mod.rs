//! Preparing a round: five things in order, each saved as soon as it is changed.

mod frame;
mod hours;
mod keeping;
mod lots;
mod odd;
mod order;
mod publish;

pub use keeping::Editor;
use keeping::Other;

use crate::client::{ask, routes};
use crate::components::{Card, ErrorBlock, Notice, PageHeader, StatusPill, Tone};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::draft::order::Order;
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::people::picker::Picker;
use crate::pages::together::{Choose, Differs};
use crate::pages::words;
use frame::FrameCard;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use lots::LotsCard;
use perron_desk_api::AddPeople;
use perron_domain::name::FactName;
use publish::PublishCard;
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn RoundEditor() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|map| map.get("number").and_then(|text| text.parse::<u32>().ok())));
    let editor = Editor::new();
    Effect::new(move |_| {
        if let Some(number) = number.get() {
            editor.load(number);
        }
    });
    let there = Memo::new(move |_| editor.view.with(|view| view.as_ref().map(|view| view.draft.number)));
    view! {
        {move || match there.get() {
            Some(number) => view! { <Sheet editor=editor number=number /> }.into_any(),
            None => {
                view! {
                    <PageHeader title=move || t_string!(i18n, desk.r_title) back="/relais/tournees" />
                    {move || match editor.error.get() {
                        Some(error) => {
                            view! {
                                <ErrorBlock
                                    message=move || words::sentence(i18n, &error)
                                    on_retry=move |()| {
                                        if let Some(number) = number.get_untracked() {
                                            editor.load(number);
                                        }
                                    }
                                />
                            }
                                .into_any()
                        }
                        None => view! { <p class="muted" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
                    }}
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Sheet(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || editor.view.with(|view| view.as_ref().map(|view| view.draft.label.clone()).unwrap_or_default());
    // «Enregistré» stands only while all that is on the page is at the hub.
    let saved = move || {
        let held = editor.error.with(Option::is_some) || editor.other.with(Option::is_some);
        if held || !editor.unread.with(BTreeSet::is_empty) {
            (Tone::Warning, t_string!(i18n, desk.e_unread))
        } else if editor.saving.get() {
            (Tone::Neutral, t_string!(i18n, desk.e_saving))
        } else {
            (Tone::Good, t_string!(i18n, desk.e_saved))
        }
    };
    let differs = move || {
        editor.other.get().map(|Other { there, names }| {
            let here = editor.draft.get_untracked().unwrap_or_else(|| there.draft.clone());
            view! {
                <Choose
                    differs=Differs::all(i18n, &names, &here, &there.draft)
                    busy=editor.saving.into()
                    on_choose=move |here| editor.choose(here)
                />
            }
        })
    };
    let people = Signal::derive(move || {
        editor.view.with(|view| {
            view.as_ref().map_or(0, |view| view.draft.stops.iter().map(|stop| stop.people.len()).sum::<usize>())
        })
    });
    let day = Signal::derive(move || editor.view.with(|view| view.as_ref().map(|view| view.draft.on)));
    let published = Memo::new(move |_| editor.view.with(|view| view.as_ref().is_some_and(|view| view.published)));
    let version = Memo::new(move |_| u32::try_from(people.get()).unwrap_or(0));
    let ticked = RwSignal::new(BTreeSet::<FactName>::new());
    let kept = Fields::of(format!("round-{number}-ticked")).with("ticked", ticked).keep();
    Effect::new(move |_| editor.reads("ticked", ticked.with(BTreeSet::is_empty)));
    view! {
        <PageHeader
            title=label
            subtitle=move || {
                let word = if published.get() { t_string!(i18n, desk.e_change_sub) } else { t_string!(i18n, desk.e_sub) };
                Some(word.to_owned())
            }
            back=Signal::derive(move || {
                if published.get() { format!("/relais/tournees/{number}") } else { "/relais/tournees".to_owned() }
            })
        >
            <StatusPill tone=Signal::derive(move || saved().0) label=Signal::derive(move || saved().1.to_owned()) />
        </PageHeader>
        {move || {
            editor.error.get().map(|error| {
                view! {
                    <ErrorBlock
                        message=move || words::sentence(i18n, &error)
                        on_retry=move |()| editor.retry(number)
                    />
                }
            })
        }}
        {differs}
        <Show when=move || { editor.joined.get() > 0 }>
            <Notice tone=Tone::Info><p data-testid="joined">{t!(i18n, desk.t_joined)}</p></Notice>
        </Show>
        {move || {
            // Filled anew whenever another window's changes were taken over.
            editor.joined.get();
            view! { <FrameCard editor=editor /> }
        }}
        <div class="desk-columns">
            <Card title=move || t_string!(i18n, desk.e_people)>
                <KeptLine kept=kept />
                <Picker
                    busy=editor.saving.into()
                    version=version.into()
                    day=day
                    ticked=ticked
                    on_add=Callback::new(move |people| editor.ask(ask(routes::ADD_PEOPLE, (number,), AddPeople { people })))
                />
            </Card>
            <Card title=move || t_string!(i18n, desk.e_order)>
                <Order editor=editor number=number />
            </Card>
        </div>
        <LotsCard editor=editor number=number />
        <PublishCard editor=editor number=number />
    }
}

//! Choosing several of a list: ticks where there are few, names to be added and taken away where there are many.

use super::fields::Codes;
use super::names::{Options, word_of};
use crate::components::{Button, Glyph, SelectField, Tick};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

fn toggle(list: &mut Vec<String>, code: &str, on: bool) {
    list.retain(|known| known != code);
    if on {
        list.push(code.to_owned());
    }
}

/// A few, each with its box.
#[component]
pub fn TickList(
    /// What is asked.
    #[prop(into)]
    legend: Signal<String>,
    /// Codes and their words.
    options: Options,
    /// The codes that are ticked.
    value: Codes,
    /// `data-testid`, followed by the code.
    #[prop(optional)]
    testid: &'static str,
) -> impl IntoView {
    let tick = move |(code, word): (String, String)| {
        let (mine, id) = (code.clone(), (!testid.is_empty()).then(|| format!("{testid}-{code}")));
        view! {
            <Tick
                label=word
                value=Signal::derive(move || value.with(|list| list.contains(&mine)))
                on_change=move |on| value.update(|list| toggle(list, &code, on))
                testid=id.unwrap_or_default()
            />
        }
    };
    view! {
        <fieldset class="ticks">
            <legend>{move || legend.get()}</legend>
            <div class="ticks-row">{options.into_iter().map(tick).collect_view()}</div>
        </fieldset>
    }
}

/// Many: those chosen by name, a list to add one.
#[component]
pub fn PickList(
    /// What is asked.
    #[prop(into)]
    legend: Signal<String>,
    /// What it means that none is chosen.
    #[prop(into)]
    none: Signal<String>,
    /// The words on the list that adds one.
    #[prop(into)]
    add: Signal<String>,
    /// Codes and their words.
    #[prop(into)]
    options: Signal<Options>,
    /// The codes that are chosen.
    value: Codes,
) -> impl IntoView {
    let i18n = use_i18n();
    let adding = RwSignal::new(String::new());
    let left = Signal::derive(move || {
        let chosen = value.get();
        options.get().into_iter().filter(|(code, _)| !chosen.contains(code)).collect::<Options>()
    });
    let take = move |code: String| {
        if !code.is_empty() {
            value.update(|list| toggle(list, &code, true));
            adding.set(String::new());
        }
    };
    let chip = move |code: String| {
        let (word, gone) = (code.clone(), code.clone());
        let word = Signal::derive(move || options.with(|options| word_of(options, &word)));
        view! {
            <li class="chip">
                <span>{move || word.get()} <code class="chip-code">{code}</code></span>
                <Button
                    label=move || t_string!(i18n, desk.de_without, what = word.get())
                    icon=Glyph::Cross
                    icon_only=true
                    on_press=move |()| value.update(|list| toggle(list, &gone, false))
                />
            </li>
        }
    };
    view! {
        <fieldset class="ticks">
            <legend>{move || legend.get()}</legend>
            <Show
                when=move || value.with(|list| !list.is_empty())
                fallback=move || view! { <p class="muted">{move || none.get()}</p> }
            >
                <ul class="chips">
                    <For each=move || value.get() key=String::clone children=chip />
                </ul>
            </Show>
            <SelectField label=add value=adding options=left on_change=take />
        </fieldset>
    }
}

//! Choices made with one tap: yes/no pairs, tiles, a switch.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::live::{Show, live};
use crate::i18n::{t, use_i18n};

/// Returns an id that no other control of this page has: labels point at controls by id.
pub(super) fn next_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A question answered by yes or no; unanswered until touched.
#[component]
pub fn YesNo(
    /// The question.
    #[prop(into)]
    question: Signal<String>,
    /// The answer so far.
    #[prop(into)]
    value: Signal<Option<bool>>,
    /// The answer given.
    #[prop(into)]
    on_change: Callback<bool>,
    /// A drawing of what it is about.
    #[prop(optional_no_strip)]
    picture: Option<Glyph>,
    /// What stands under the question.
    #[prop(into, optional)]
    under: ViewFn,
    /// Whether «oui» is the answer that stops or worries: it then takes the colour of a warning.
    #[prop(optional)]
    yes_warns: bool,
    /// `data-testid` of the group; the buttons add `-yes` and `-no`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = next_id("question");
    // Not a fieldset: WebKit does not lay a legend out beside anything.
    let asked = format!("{id}-asked");
    let by = asked.clone();
    let option = move |answer: bool| {
        let chosen = move || value.get() == Some(answer);
        view! {
            <label class="yesno-option" class:yesno-warns=yes_warns && answer>
                <input
                    type="radio"
                    class="visually-hidden"
                    name=id.clone()
                    prop:checked=chosen
                    data-testid=testid.as_ref().map(|id| format!("{id}-{}", if answer { "yes" } else { "no" }))
                    on:change=move |_| on_change.run(answer)
                />
                <Icon glyph=if answer { Glyph::Check } else { Glyph::Cross } />
                {if answer { t!(i18n, common.yes).into_any() } else { t!(i18n, common.no).into_any() }}
            </label>
        }
    };
    view! {
        <div class="yesno" role="radiogroup" aria-labelledby=by>
            <div class="yesno-question" id=asked>
                {picture.map(|glyph| view! { <Icon glyph=glyph /> })}
                <span class="yesno-text">
                    <span>{move || question.get()}</span>
                    {live(move || under.run())}
                </span>
            </div>
            <div class="yesno-pair">{option(false)} {option(true)}</div>
        </div>
    }
}

/// One tile of a [`ChoiceRow`].
#[derive(Clone)]
pub struct Choice<T> {
    /// What it means.
    pub value: T,
    /// The word on it.
    pub label: Signal<String>,
    /// A line under the word.
    pub note: Signal<Option<String>>,
    /// A drawing.
    pub glyph: Option<Glyph>,
    /// Not to be chosen now.
    pub disabled: Signal<bool>,
}

impl<T> Choice<T> {
    /// Returns a tile with a word.
    pub fn new<M>(value: T, label: impl IntoReactiveValue<Signal<String>, M>) -> Self {
        Self {
            value,
            label: label.into_reactive_value(),
            note: Signal::stored(None),
            glyph: None,
            disabled: Signal::stored(false),
        }
    }

    /// Adds a drawing.
    #[must_use]
    pub fn glyph(mut self, glyph: Glyph) -> Self {
        self.glyph = Some(glyph);
        self
    }

    /// Adds a line under the word.
    #[must_use]
    pub fn note<M>(mut self, note: impl IntoReactiveValue<Signal<String>, M>) -> Self {
        let note = note.into_reactive_value();
        self.note = Signal::derive(move || Some(note.get()));
        self
    }

    /// Greys the tile while the signal holds.
    #[must_use]
    pub fn disabled<M>(mut self, disabled: impl IntoReactiveValue<Signal<bool>, M>) -> Self {
        self.disabled = disabled.into_reactive_value();
        self
    }
}

/// Big radio tiles: one of a few.
#[component]
pub fn ChoiceRow<T>(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// The tiles.
    #[prop(into)]
    choices: Signal<Vec<Choice<T>>>,
    /// The one chosen so far.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// The one tapped.
    #[prop(into)]
    on_change: Callback<T>,
    /// One under the other instead of side by side.
    #[prop(optional)]
    column: bool,
    /// The legend is only for screen readers: the page's title says it already.
    #[prop(optional)]
    quiet_legend: bool,
    /// `data-testid` of the group; each tile adds `-0`, `-1` …
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let id = next_id("choice");
    let tiles = move || {
        choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, choice)| {
                let Choice { value: this, label, note, glyph, disabled } = choice;
                let chosen = {
                    let this = this.clone();
                    move || value.with(|value| value.as_ref() == Some(&this))
                };
                view! {
                    <label class="tile">
                        <input
                            type="radio"
                            class="visually-hidden"
                            name=id.clone()
                            prop:checked=chosen
                            disabled=move || disabled.get()
                            data-testid=testid.as_ref().map(|id| format!("{id}-{index}"))
                            on:change=move |_| on_change.run(this.clone())
                        />
                        {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
                        <span class="tile-text">
                            <span>{move || label.get()}</span>
                            <Show when=move || note.with(Option::is_some)>
                                <span class="tile-note">{move || note.get()}</span>
                            </Show>
                        </span>
                        <Icon glyph=Glyph::Check />
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="tiles" class:tiles-column=column>
            <legend class:visually-hidden=quiet_legend>{move || legend.get()}</legend>
            <div class="tiles-row">{tiles}</div>
        </fieldset>
    }
}

/// A box to tick: present in the kit, read, given.
#[component]
pub fn Tick(
    /// What it says when ticked.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// The new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// A line under the word.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
    /// `data-testid`.
    #[prop(into, optional)]
    testid: Option<String>,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input
                type="checkbox"
                class="visually-hidden"
                prop:checked=move || value.get()
                data-testid=testid
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="tick-box">
                <Icon glyph=Glyph::Check />
            </span>
            <span class="tile-text">
                <span>{move || label.get()}</span>
                <Show when=move || note.with(Option::is_some)>
                    <span class="tile-note">{move || note.get()}</span>
                </Show>
            </span>
        </label>
    }
}

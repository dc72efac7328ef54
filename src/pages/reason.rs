//! Why something is done: the usual reasons at one tap, for hands in gloves, and words of one's own.

use leptos::prelude::*;

use crate::{
    components::{Choice, ChoiceRow, TextField},
    i18n::{label, use_i18n},
};

/// A reason: the usual ones at one tap, and words of one's own.
#[component]
pub fn ReasonField(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The usual ones.
    usual: Vec<Signal<String>>,
    /// The words.
    value: RwSignal<String>,
    /// `data-testid` of the field; the tiles add `-usual-0` …
    testid: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let tiles = Signal::derive(move || {
        usual.iter().map(|word| Choice::new(word.get(), *word)).collect::<Vec<Choice<String>>>()
    });
    view! {
        <ChoiceRow
            legend=label
            choices=tiles
            value=move || Some(value.get())
            on_change=move |word| value.set(word)
            testid=format!("{testid}-usual")
        />
        <TextField label=label!(i18n, stock.in_words) value=value testid=testid />
    }
}

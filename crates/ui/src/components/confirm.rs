//! A question with two answers: leave it as it is, which is the safe one, or do it.

use leptos::prelude::*;

use super::{
    button::{Button, Weight},
    dialog::Dialog,
    status::Tone,
};
use crate::i18n::{label, use_i18n};

/// The question.
#[component]
pub fn Confirm(
    /// Whether it is asked.
    #[prop(into)]
    open: Signal<bool>,
    /// It is left as it is.
    #[prop(into)]
    on_close: Callback<()>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What it asks for.
    #[prop(optional, default = Tone::Warning)]
    tone: Tone,
    /// What is done, in the words of its button.
    #[prop(into)]
    does: Signal<String>,
    /// It cannot be done yet.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_do: Callback<()>,
    /// `data-testid` of both buttons, with `-keep` and `-do`.
    testid: &'static str,
    /// What is at stake.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            open=open
            on_close=on_close
            title=title
            tone=Signal::stored(tone)
            actions=move || {
                view! {
                    <Button
                        label=label!(i18n, common.back)
                        weight=Weight::Primary
                        on_press=on_close
                        testid=format!("{testid}-keep")
                    />
                    <Button
                        label=does
                        weight=Weight::Danger
                        disabled=disabled
                        on_press=on_do
                        testid=format!("{testid}-do")
                    />
                }
            }
            children=children
        />
    }
}

//! One question before something is done that is not taken back: what it means, and a reason in words.

use crate::components::{Button, Dialog, TextField, Tone, Weight};
use crate::i18n::{t_string, use_i18n};
use crate::pages::parts::Work;
use leptos::prelude::*;

/// The dialog; it forgets the reason when it closes.
#[component]
pub fn AskReason(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What it means.
    #[prop(into, optional)]
    text: Signal<Option<String>>,
    /// What the reason is called.
    #[prop(into)]
    label: Signal<String>,
    /// The word on the button that does it.
    #[prop(into)]
    word: Signal<String>,
    /// Whether something is lost by it.
    #[prop(optional)]
    danger: bool,
    /// The sending, whose failure is shown.
    work: Work,
    /// Closed without doing it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The reason, trimmed and never empty.
    #[prop(into)]
    on_go: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let reason = RwSignal::new(String::new());
    Effect::new(move |_| {
        if !open.get() {
            reason.set(String::new());
            work.error.set(None);
        }
    });
    let empty = move || reason.with(|text| text.trim().is_empty());
    let (tone, weight) = if danger { (Tone::Danger, Weight::Danger) } else { (Tone::Info, Weight::Primary) };
    view! {
        <Dialog
            open=open
            on_close=on_close
            title=title
            tone=tone
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=on_close />
                    <Button
                        label=word
                        weight=weight
                        disabled=Signal::derive(move || work.busy.get() || empty())
                        on_press=move |()| on_go.run(reason.get_untracked().trim().to_owned())
                        testid="reason-go"
                    />
                }
            }
        >
            {move || text.get().map(|text| view! { <p>{text}</p> })}
            <TextField label=label value=reason testid="reason" />
            {work.failure(i18n)}
        </Dialog>
    }
}

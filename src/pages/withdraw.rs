//! Taking back what was written: asked about, with the reason, because what depends on it remains to be explained.

use leptos::prelude::*;
use perron_domain::command::Command;

use super::{
    reason::ReasonField,
    visit::link::{Link, Problem},
};
use crate::{
    components::{Button, Confirm, Glyph, Tone, Weight},
    i18n::{label, t},
};

/// The button «Retirer» and its question.
#[component]
pub fn Withdraw(
    /// The way to the replica.
    link: Link,
    /// What is taken back, in words.
    what: Signal<String>,
    /// Why; kept with the form that the button stands under.
    reason: RwSignal<String>,
    /// It cannot be taken back here.
    disabled: Signal<bool>,
    /// Takes it back.
    on_withdraw: Callback<Option<Command>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let asking = RwSignal::new(false);
    let missing = move || reason.with(|reason| reason.trim().is_empty());
    view! {
        <Button
            label=label!(i18n, close.withdraw)
            icon=Glyph::Cross
            weight=Weight::Danger
            disabled=disabled
            on_press=move |()| asking.set(true)
            testid="correct-withdraw"
        />
        <Confirm
            open=asking
            on_close=move |()| asking.set(false)
            title=label!(i18n, close.withdraw_title)
            tone=Tone::Danger
            does=label!(i18n, close.withdraw)
            disabled=Signal::derive(move || link.busy.get() || missing())
            on_do=move |()| on_withdraw.run(None)
            testid="withdraw"
        >
            <p><strong>{move || what.get()}</strong></p>
            <p>{t!(i18n, close.withdraw_text)}</p>
            <ReasonField
                label=label!(i18n, close.withdraw_why)
                usual=vec![
                    label!(i18n, close.withdraw_other_person),
                    label!(i18n, close.withdraw_twice),
                    label!(i18n, close.withdraw_never),
                ]
                value=reason
                testid="withdraw-reason"
            />
            <Problem link=link />
        </Confirm>
    }
}

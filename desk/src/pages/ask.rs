//! One question before something is done that is not taken back: what it means, and a reason in words.

use crate::components::{Button, Dialog, TextField, Tone, Weight};
use crate::i18n::{t_string, use_i18n};
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::Work;
use leptos::prelude::*;

/// The dialog. The reason is kept as it is typed, under what it is about, until it was sent or thrown away.
#[component]
pub fn AskReason(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Under which key the reason is kept: what is asked and about what, without anybody's name.
    #[prop(into)]
    about: Signal<String>,
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
            {
                // Each time it opens it is another form.
                reason.set(String::new());
                let form = Fields::of(form_key(&about.get_untracked())).texts([("reason", reason)]).keep();
                work.sends(form);
                view! { <KeptLine kept=form /> }
            }
            {work.failure(i18n)}
        </Dialog>
    }
}

/// Returns the key of a form out of what it is about: what a key may not hold is a low line, and what is too long is cut.
pub fn form_key(about: &str) -> String {
    let plain = |one: char| if one.is_ascii_alphanumeric() || matches!(one, '-' | '.') { one } else { '_' };
    about.chars().map(plain).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_desk_api::is_form;

    #[test]
    fn whatever_a_question_is_about_the_hub_takes_its_key() {
        assert_eq!(form_key("gap-3-entries:1-45"), "gap-3-entries_1-45");
        for about in ["gap-3-lot:comirnaty:FL 2517/é", "lot-isolate-ÀÉÎ", &"x".repeat(200)] {
            assert!(is_form(&form_key(about)), "{about}");
        }
        assert_ne!(form_key("round-3-cancel"), form_key("round-4-cancel"));
    }
}

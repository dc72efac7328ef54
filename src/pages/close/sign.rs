//! The question before a round is signed with differences that nobody explained.

use leptos::prelude::*;
use perron_domain::state::close::Gap;

use super::{super::visit::link::Link, gap::gap_words};
use crate::{
    components::{Confirm, Tone},
    i18n::{label, t},
};

/// The question: which differences go to the head of the relay.
#[component]
pub fn AskGaps(
    /// The way to the replica.
    link: Link,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// What nobody explained.
    left: Signal<Vec<Gap>>,
    /// Signs.
    #[prop(into)]
    on_sign: Callback<()>,
) -> impl IntoView {
    let i18n = link.i18n;
    let words = move || {
        link.both(|round, common| left.get().iter().map(|gap| gap_words(i18n, round, common, gap)).collect::<Vec<_>>())
    };
    view! {
        <Confirm
            open=open
            on_close=move |()| open.set(false)
            title=label!(i18n, close.sign_with_gaps_title)
            tone=Tone::Warning
            does=label!(i18n, close.sign_with_gaps)
            disabled=link.busy
            on_do=on_sign
            testid="sign-gaps"
        >
            <ul class="plain" data-testid="sign-gaps-left">
                {move || words().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
            </ul>
            <p>{t!(i18n, close.sign_with_gaps_text)}</p>
        </Confirm>
    }
}

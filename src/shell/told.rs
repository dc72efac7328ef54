//! A notice that somebody reads and closes.

use leptos::prelude::*;

use crate::{
    components::{Button, Notice, Show, Tone, Weight},
    i18n::{label, use_i18n},
};

/// A notice of one sentence that somebody reads and closes. It shows while it has a title.
#[component]
pub fn Told(
    tone: Tone,
    #[prop(into)] title: Signal<Option<String>>,
    #[prop(into)] text: Signal<String>,
    /// The sentence's test id; the button's is the same with «-close».
    testid: &'static str,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || title.with(Option::is_some)>
            <Notice tone=tone title=title>
                <p data-testid=testid>{move || text.get()}</p>
                <Button
                    label=label!(i18n, common.close)
                    weight=Weight::Quiet
                    on_press=on_close
                    testid=format!("{testid}-close")
                />
            </Notice>
        </Show>
    }
}

//! An address that leads nowhere: says so, and shows the way back.

use leptos::prelude::*;

use crate::{
    components::{EmptyState, Glyph, LinkButton, Weight},
    i18n::{label, t_string, use_i18n},
};

/// The page of an unknown address.
#[component]
pub fn NotFound() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page">
            <h1 class="visually-hidden">{move || t_string!(i18n, common.not_found_title)}</h1>
            <EmptyState
                glyph=Glyph::Door
                title=label!(i18n, common.not_found_title)
                text=move || Some(t_string!(i18n, common.not_found_text).to_owned())
            >
                <LinkButton
                    label=label!(i18n, common.go_home)
                    href="/"
                    icon=Glyph::Steps
                    weight=Weight::Primary
                />
            </EmptyState>
        </main>
    }
}

//! An address that leads nowhere: says so, and shows the way back.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    components::{EmptyState, Glyph, LinkButton, Weight},
    i18n::{label, t_string, use_i18n},
};

/// The page of an unknown address.
#[component]
pub fn NotFound() -> impl IntoView {
    let i18n = use_i18n();
    // Each app begins elsewhere: whoever got lost at the desk is not led to a tablet.
    let at_the_desk = use_location().pathname.with_untracked(|path| path.starts_with("/relais"));
    let home = if at_the_desk { "/relais/tournees" } else { "/" };
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
                    href=home
                    icon=Glyph::Steps
                    weight=Weight::Primary
                />
            </EmptyState>
        </main>
    }
}

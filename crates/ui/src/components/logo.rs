//! The house's sign.

use leptos::prelude::*;

/// The house's sign: a door at the top of its steps.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="4 5 56 54" aria-hidden="true" focusable="false">
            <path class="logo-door" d="M35 35V19a9.5 9.5 0 0 1 19 0v16z" />
            <circle class="logo-knob" cx="39.5" cy="26" r="2" />
            <path class="logo-steps" d="M8 54v-6.5h9V41h9v-6h30v19z" />
            <path class="logo-treads" d="M17 47.5h39M26 41h30" />
        </svg>
    }
}

//! «Prêt à partir hors ligne», in words: whole, without the browser's promise, or what is still missing.

use leptos::prelude::*;

use crate::{
    components::{Glyph, Icon, Show, StatusPill, Tone},
    i18n::{I18n, t, t_string, use_i18n},
    state::{Copies, Readiness, use_replica},
};

/// Returns the word for what is stored.
#[must_use]
pub fn ready_word(i18n: I18n, ready: Readiness) -> &'static str {
    match (ready.ready(), ready.persisted) {
        (true, true) => t_string!(i18n, tour.ready),
        (true, false) => t_string!(i18n, tour.ready_not_kept),
        (false, _) => t_string!(i18n, tour.not_ready),
    }
}

/// Returns the tone for what is stored.
#[must_use]
pub const fn ready_tone(ready: Readiness) -> Tone {
    match (ready.ready(), ready.persisted) {
        (true, true) => Tone::Good,
        (true, false) => Tone::Warning,
        (false, _) => Tone::Neutral,
    }
}

/// The word as a pill.
#[component]
pub fn ReadyPill() -> impl IntoView {
    let i18n = use_i18n();
    let ready = use_replica().readiness();
    view! {
        <span data-testid="ready" data-ready=move || ready.get().ready().to_string()>
            <StatusPill
                tone=Signal::derive(move || ready_tone(ready.get()))
                label=Signal::derive(move || ready_word(i18n, ready.get()).to_owned())
            />
        </span>
    }
}

/// Every piece, one under the other, each with whether it is stored.
#[component]
pub fn ReadyList() -> impl IntoView {
    let i18n = use_i18n();
    let (ready, copies) = (use_replica().readiness(), use_replica().copies());
    let line = move |stored: fn(Readiness) -> bool, word: fn(I18n) -> &'static str| {
        let has = move || stored(ready.get());
        view! {
            <li class="ready-line" class:ready-yes=has>
                <Icon glyph=Signal::derive(move || if has() { Glyph::Check } else { Glyph::Clock }) />
                <span>{move || word(i18n)}</span>
                <span class="visually-hidden">
                    {move || if has() { t_string!(i18n, tour.piece_stored) } else { t_string!(i18n, tour.piece_awaited) }}
                </span>
            </li>
        }
    };
    view! {
        <ul class="ready-list" data-testid="ready-list">
            {line(|ready| ready.shell, |i18n| t_string!(i18n, tour.piece_shell))}
            {line(|ready| ready.round, |i18n| t_string!(i18n, tour.piece_round))}
            {line(|ready| ready.directives, |i18n| t_string!(i18n, tour.piece_directives))}
            {line(|ready| ready.products, |i18n| t_string!(i18n, tour.piece_products))}
            {line(|ready| ready.persisted, |i18n| t_string!(i18n, tour.piece_kept))}
            {line(|ready| ready.two_copies, |i18n| t_string!(i18n, tour.piece_copies))}
        </ul>
        <Show when=move || copies.get() == Copies::One>
            <p class="muted" data-testid="one-copy">{t!(i18n, tour.one_copy)}</p>
        </Show>
    }
}

//! The app's own drawings: 24 × 24, one stroke, so that they stay readable with wet glasses on.
use leptos::prelude::*;

/// What a drawing shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Glyph {
    /// Back.
    Back,
}

/// A drawing; decorative, so hidden from screen readers: the word beside it speaks.
#[component]
pub fn Icon(
    /// What to show.
    glyph: Glyph,
) -> impl IntoView {
    let _ = glyph;
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html="<path d='M15 5l-7 7 7 7'/>" /> }
}

//! States said three times: a word, a shape, a colour.

use leptos::prelude::*;

use super::{
    button::{Button, Weight},
    icon::{Glyph, Icon},
    live::Show,
};
use crate::i18n::{label, t, use_i18n};

/// What a state asks of the person who sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing: it is only said.
    #[default]
    Neutral,
    /// It is well.
    Good,
    /// To know.
    Info,
    /// To look at soon.
    Warning,
    /// To act upon now.
    Danger,
}

impl Tone {
    /// Returns the value of `data-tone` that the style sheets read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "good",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    /// Returns the shape that goes with the colour.
    #[must_use]
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Neutral => Glyph::Dots,
            Self::Good => Glyph::Check,
            Self::Info => Glyph::Info,
            Self::Warning => Glyph::Triangle,
            Self::Danger => Glyph::Octagon,
        }
    }
}

/// A short state beside a name: «Vacciné», «À isoler», «Absente».
#[component]
pub fn StatusPill(
    /// What it asks for.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The word.
    #[prop(into)]
    label: Signal<String>,
    /// A shape of its own; the tone's when nothing is said.
    #[prop(into, optional)]
    glyph: Signal<Option<Glyph>>,
) -> impl IntoView {
    let shape = Signal::derive(move || glyph.get().unwrap_or_else(|| tone.get().glyph()));
    view! {
        <span class="pill" data-tone=move || tone.get().name()>
            <Icon glyph=shape />
            <span>{move || label.get()}</span>
        </span>
    }
}

/// A message in the flow of the page.
#[component]
pub fn Notice(
    /// What it asks for.
    #[prop(into)]
    tone: Signal<Tone>,
    /// What is said in a few words.
    #[prop(into, optional)]
    title: Signal<Option<String>>,
    /// The sentence, and what can be done.
    children: Children,
) -> impl IntoView {
    let shape = Signal::derive(move || tone.get().glyph());
    let urgent = move || matches!(tone.get(), Tone::Danger | Tone::Warning);
    view! {
        <div class="notice" data-tone=move || tone.get().name() role=move || if urgent() { "alert" } else { "status" }>
            <Icon glyph=shape />
            <div class="notice-text">
                <Show when=move || title.with(Option::is_some)>
                    <p class="notice-title">{move || title.get()}</p>
                </Show>
                {children()}
            </div>
        </div>
    }
}

/// What could not be loaded or done: the sentence, that nothing is lost, and the way to try again.
#[component]
pub fn ErrorBlock(
    /// The sentence.
    #[prop(into)]
    message: Signal<String>,
    /// Tries again.
    #[prop(into, optional)]
    on_retry: Option<Callback<()>>,
    /// Nobody knows whether something is lost.
    #[prop(optional)]
    unsure: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="notice" data-tone="danger" role="alert">
            <Icon glyph=Glyph::Octagon />
            <div class="notice-text">
                <p class="notice-title">{t!(i18n, common.error_title)}</p>
                <p>{move || message.get()}</p>
                {(!unsure).then(|| view! { <p>{t!(i18n, common.nothing_lost)}</p> })}
                {on_retry
                    .map(|on_retry| {
                        view! {
                            <Button
                                label=label!(i18n, common.retry)
                                icon=Glyph::Sync
                                weight=Weight::Secondary
                                on_press=on_retry
                            />
                        }
                    })}
            </div>
        </div>
    }
}

/// A short confirmation over the page («Enregistré»), which goes away by itself when its owner clears it.
#[component]
pub fn Toast(
    /// What is said; nothing shows while it is `None`.
    #[prop(into)]
    message: Signal<Option<(Tone, String)>>,
) -> impl IntoView {
    view! {
        <div class="toast-place" aria-live="polite">
            {move || {
                message
                    .get()
                    .map(|(tone, text)| {
                        view! {
                            <p class="toast" data-tone=tone.name()>
                                <Icon glyph=tone.glyph() />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// A number that matters, with its unit: doses left, persons seen, °C.
#[component]
pub fn KeyFigure(
    /// The number, already written as French does.
    #[prop(into)]
    value: Signal<String>,
    /// What it counts.
    #[prop(into)]
    label: Signal<String>,
    /// What it asks for.
    #[prop(into, optional)]
    tone: Signal<Tone>,
    /// A drawing.
    #[prop(optional, into)]
    icon: Option<Glyph>,
) -> impl IntoView {
    view! {
        <div class="figure" data-tone=move || tone.get().name()>
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span class="figure-value">{move || value.get()}</span>
            <span class="figure-label">{move || label.get()}</span>
        </div>
    }
}

/// How far something has come: 0 to 100 percent, with a sentence.
#[component]
pub fn Progress(
    /// Percent done.
    #[prop(into)]
    percent: Signal<u8>,
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// What it asks for; a container that fills up turns to `Warning`.
    #[prop(into, optional)]
    tone: Signal<Tone>,
) -> impl IntoView {
    view! {
        <div class="progress" data-tone=move || tone.get().name()>
            <span class="progress-label">{move || label.get()}</span>
            <div
                class="progress-track"
                role="progressbar"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent.get().to_string()
                aria-label=move || label.get()
            >
                <div class="progress-fill" style:width=move || format!("{}%", percent.get().min(100)) />
            </div>
        </div>
    }
}

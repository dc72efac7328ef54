//! The observations under way, in a bar on every screen, and countdowns of use-by times.

use leptos::prelude::*;

use super::{
    fr,
    icon::{Glyph, Icon},
    live::{For, Show},
    status::Tone,
};
use crate::i18n::{label, t, t_string, use_i18n};

/// One observation under way, as the bar shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimerView {
    /// What tells it from the others.
    pub key: String,
    /// Who is observed: the given name is enough.
    pub who: String,
    /// Seconds left; zero or less when it is over.
    pub left: i64,
    /// Where a tap leads.
    pub href: String,
    /// It runs on another round than the one that is open: a tap opens that one.
    pub elsewhere: bool,
}

/// The bar of observations; nothing at all while none runs.
#[component]
pub fn TimerBar(
    /// The observations, the one that ends first at the front.
    #[prop(into)]
    timers: Signal<Vec<TimerView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let keys = Memo::new(move |_| timers.with(|all| all.iter().map(|timer| timer.key.clone()).collect::<Vec<_>>()));
    let one = move |key: String| {
        let timer = Memo::new(move |_| timers.with(|all| all.iter().find(|timer| timer.key == key).cloned()));
        let left = move || timer.with(|timer| timer.as_ref().map_or(0, |timer| timer.left));
        let over = move || left() <= 0;
        let elsewhere = move || timer.with(|timer| timer.as_ref().is_some_and(|timer| timer.elsewhere));
        view! {
            <li>
                <a
                    class="timer"
                    class:timer-over=over
                    href=move || timer.with(|timer| timer.as_ref().map(|timer| timer.href.clone()))
                    data-testid="timer"
                >
                    <Icon glyph=Signal::derive(move || match (over(), elsewhere()) {
                        (true, _) => Glyph::Check,
                        (false, true) => Glyph::Route,
                        (false, false) => Glyph::Stopwatch,
                    }) />
                    <span class="timer-who">
                        {move || timer.with(|timer| timer.as_ref().map(|timer| timer.who.clone()))}
                    </span>
                    <span class="timer-left">
                        {move || {
                            if over() { t_string!(i18n, common.timer_over).to_owned() } else { fr::countdown(i18n.get_locale(), left()) }
                        }}
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <Show when=move || keys.with(|keys| !keys.is_empty())>
            <section class="timers" aria-label=label!(i18n, common.timers)>
                <h2 class="visually-hidden">{t!(i18n, common.timers)}</h2>
                <ul>
                    <For each=move || keys.get() key=Clone::clone children=one />
                </ul>
            </section>
        </Show>
    }
}

/// A countdown in large figures: observation, use-by of a vial. Turns to a warning, then to a danger.
#[component]
pub fn Countdown(
    /// What ends.
    #[prop(into)]
    label: Signal<String>,
    /// Seconds left; zero or less when it is over.
    #[prop(into)]
    left: Signal<i64>,
    /// From how many seconds on it warns.
    #[prop(default = 0)]
    warn_below: i64,
    /// What is said when it is over, instead of `0:00`.
    #[prop(into, optional)]
    over: Signal<Option<String>>,
    /// Its end is good news (an observation) instead of a loss (a use-by time).
    #[prop(optional)]
    ends_well: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = move || match (left.get(), ends_well) {
        (..=0, true) => Tone::Good,
        (..=0, false) => Tone::Danger,
        (left, _) if left < warn_below => Tone::Warning,
        _ => Tone::Neutral,
    };
    let glyph = Signal::derive(move || match tone() {
        Tone::Neutral => Glyph::Clock,
        other => other.glyph(),
    });
    let figures = move || match (left.get(), over.get()) {
        (..=0, Some(words)) => words,
        (left, _) => fr::countdown(i18n.get_locale(), left),
    };
    view! {
        <div class="countdown" data-tone=move || tone().name()>
            <Icon glyph=glyph />
            <span class="countdown-label">{move || label.get()}</span>
            <span class="countdown-left" role="timer">
                {figures}
            </span>
        </div>
    }
}

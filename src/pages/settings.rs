//! «Réglages»: theme, hand, language; kept on this device only.

use leptos::prelude::*;

use crate::{
    browser::prefs::{Hand, Language, Theme, use_prefs},
    components::{Button, Card, Choice, ChoiceRow, Glyph, Notice, PageHeader, Show, SyncBadge, Tone, fr},
    i18n::{label, t, t_string, use_i18n},
    shell::ShellState,
    state::{Phase, use_replica},
};

/// How this tablet's clock stands to the relay's, as the last contact found it; nothing before the first one.
#[component]
fn ClockLine() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let text = move || {
        let offset_ms = replica.hub_offset().get()?;
        let time = fr::duration(i18n.get_locale(), offset_ms / 1000);
        Some(match offset_ms {
            ..=-60_000 => t_string!(i18n, common.clock_ahead, time = time),
            60_000.. => t_string!(i18n, common.clock_behind, time = time),
            _ => t_string!(i18n, common.clock_same).to_owned(),
        })
    };
    view! {
        <Show when=move || text().is_some()>
            <Card>
                <p data-testid="clock-line">{text}</p>
            </Card>
        </Show>
    }
}

/// How much of this tablet's room is taken, by both copies of what is saved and the app itself, and how much is left.
#[component]
fn RoomLine() -> impl IntoView {
    let i18n = use_i18n();
    let room = use_replica().room();
    let text = move || {
        let room = room.get()?;
        let (used, left) = (fr::bytes(i18n.get_locale(), room.used), fr::bytes(i18n.get_locale(), room.left()));
        Some(t_string!(i18n, common.room_line, used = used, left = left))
    };
    view! {
        <Show when=move || text().is_some()>
            <Card>
                <p data-testid="room-line">{text}</p>
            </Card>
        </Show>
    }
}

/// What waits to be sent, and the button that tries now: where a touch on the strip's badge leads.
#[component]
fn SyncLine() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let sync = ShellState::find().sync;
    view! {
        <Show when=move || replica.phase().get() == Phase::Ready>
            <Card>
                <div class="row-between">
                    <SyncBadge state=sync />
                    <Button
                        label=label!(i18n, tour.sync_now)
                        icon=Glyph::Sync
                        on_press=move |()| replica.sync_now()
                        testid="settings-sync"
                    />
                </div>
            </Card>
        </Show>
    }
}

/// The page of settings.
#[component]
pub fn Settings(
    /// At a computer: nobody holds it in one hand.
    desk: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let prefs = use_prefs();
    let themes = vec![
        Choice::new(Theme::Light, move || t_string!(i18n, common.theme_light))
            .glyph(Glyph::Lamp)
            .note(move || t_string!(i18n, common.theme_light_note)),
        Choice::new(Theme::Dark, move || t_string!(i18n, common.theme_dark))
            .glyph(Glyph::Moon)
            .note(move || t_string!(i18n, common.theme_dark_note)),
        Choice::new(Theme::Sun, move || t_string!(i18n, common.theme_sun))
            .glyph(Glyph::Sun)
            .note(move || t_string!(i18n, common.theme_sun_note)),
    ];
    let hands = vec![
        Choice::new(Hand::Left, move || t_string!(i18n, common.hand_left)).glyph(Glyph::Back),
        Choice::new(Hand::Right, move || t_string!(i18n, common.hand_right)).glyph(Glyph::Forward),
    ];
    // Each language in its own words, so that it is found by those who cannot read the other.
    let languages = vec![Choice::new(Language::Fr, "Français"), Choice::new(Language::En, "English")];
    let hand = (!desk).then(|| {
        view! {
            <Card>
                <ChoiceRow
                    legend=label!(i18n, common.settings_hand)
                    choices=hands
                    value=move || Some(prefs.hand.get())
                    on_change=move |hand| prefs.hand.set(hand)
                    testid="hand"
                />
                <p class="muted">{t!(i18n, common.settings_hand_note)}</p>
            </Card>
        }
    });
    view! {
        <PageHeader title=label!(i18n, common.settings_title) />
        <Card>
            <ChoiceRow
                legend=label!(i18n, common.settings_theme)
                choices=themes
                value=move || Some(prefs.theme.get())
                on_change=move |theme| prefs.theme.set(theme)
                testid="theme"
            />
        </Card>
        {(!desk).then(|| view! { <SyncLine /> <ClockLine /> <RoomLine /> })}
        {hand}
        <Card>
            <ChoiceRow
                legend=label!(i18n, common.settings_language)
                choices=languages
                value=move || Some(prefs.language.get())
                on_change=move |language| prefs.language.set(language)
                testid="language"
            />
        </Card>
        <p class="muted">{t!(i18n, common.settings_kept)}</p>
        <Notice tone=Tone::Info>
            <p>{t!(i18n, common.device_notice)}</p>
        </Notice>
    }
}

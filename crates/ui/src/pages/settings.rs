//! «Réglages»: theme, hand, language; kept on this device only.

use leptos::prelude::*;

use crate::{
    browser::prefs::{Hand, Language, Theme, use_prefs},
    components::{Card, Choice, ChoiceRow, Glyph, Notice, PageHeader, Tone},
    i18n::{label, t, t_string, use_i18n},
};

/// The page of settings.
#[component]
pub fn Settings(
    /// Held in one hand; a computer is not.
    held: bool,
    /// What the app says of itself, below how the screen is lit.
    #[prop(optional)]
    children: Option<Children>,
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
    let hand = held.then(|| {
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
        {children.map(|children| children())}
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

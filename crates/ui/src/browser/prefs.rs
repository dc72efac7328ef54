//! What one tablet or one desk prefers: theme, hand, language, address of the hub. Never a person's data.
//!
//! Kept in the browser's local storage; where that is denied, the choice lasts until the app is closed.

use super::{local, texts};
use leptos::prelude::*;
use std::collections::BTreeMap;

const KEY: &str = "perron.prefs";

/// How the screen is lit. `Sun` keeps every contrast at 7:1 or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// Indoors.
    #[default]
    Light,
    /// A dark stairwell, the evening.
    Dark,
    /// Outdoors, in full light.
    Sun,
}

impl Theme {
    /// Returns the value of `data-theme` that the style sheets read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Sun => "sun",
        }
    }

    /// Returns the colour of the browser's own bars, the same as the strip's.
    const fn bar(self) -> &'static str {
        match self {
            Self::Light => "#073943",
            Self::Dark => "#0a3540",
            Self::Sun => "#00323d",
        }
    }
}

/// The side of the main button, which is the side of the thumb.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Hand {
    /// Main button on the left.
    Left,
    /// Main button on the right.
    #[default]
    Right,
}

impl Hand {
    /// Returns the value of `data-hand` that the style sheets read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// The language of the screens.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// French, which speaks first.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// Returns its code.
    const fn name(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// The preferences as they are stored.
#[derive(Clone, Default)]
struct Stored {
    theme: Theme,
    hand: Hand,
    language: Language,
    hub: Option<String>,
    waste: Option<String>,
}

impl Stored {
    /// Reads stored texts. What is missing or unknown, in a version before or after this one, is as at the start.
    fn of(texts: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| texts.get(name).map(String::as_str);
        Self {
            theme: [Theme::Light, Theme::Dark, Theme::Sun]
                .into_iter()
                .find(|one| text("theme") == Some(one.name()))
                .unwrap_or_default(),
            hand: [Hand::Left, Hand::Right]
                .into_iter()
                .find(|one| text("hand") == Some(one.name()))
                .unwrap_or_default(),
            language: [Language::Fr, Language::En]
                .into_iter()
                .find(|one| text("language") == Some(one.name()))
                .unwrap_or_default(),
            hub: text("hub").map(ToOwned::to_owned),
            waste: text("waste").map(ToOwned::to_owned),
        }
    }

    fn texts(&self) -> BTreeMap<String, String> {
        let fixed = [("theme", self.theme.name()), ("hand", self.hand.name()), ("language", self.language.name())];
        let mut texts = BTreeMap::new();
        let free = [("hub", self.hub.as_deref()), ("waste", self.waste.as_deref())];
        let free = free.into_iter().filter_map(|(name, text)| text.map(|text| (name, text)));
        for (name, text) in fixed.into_iter().chain(free) {
            texts.insert(name.to_owned(), text.to_owned());
        }
        texts
    }
}

/// The preferences as signals: set one, and it is applied and stored.
#[derive(Clone, Copy)]
pub struct Prefs {
    /// The theme.
    pub theme: RwSignal<Theme>,
    /// The side of the main button.
    pub hand: RwSignal<Hand>,
    /// The language.
    pub language: RwSignal<Language>,
    /// The hub's address when it is not where the app came from.
    pub hub: RwSignal<Option<String>>,
    /// At the desk: how much clinical waste the relay makes, by the class of the law.
    pub waste: RwSignal<Option<String>>,
}

/// Reads the stored preferences, applies them, keeps them applied and stored, and gives them to the components below.
pub fn provide_prefs() -> Prefs {
    let stored: Stored = read().unwrap_or_default();
    apply(&stored);
    let prefs = Prefs {
        theme: RwSignal::new(stored.theme),
        hand: RwSignal::new(stored.hand),
        language: RwSignal::new(stored.language),
        hub: RwSignal::new(stored.hub),
        waste: RwSignal::new(stored.waste),
    };
    Effect::new(move |first: Option<()>| {
        let now = Stored {
            theme: prefs.theme.get(),
            hand: prefs.hand.get(),
            language: prefs.language.get(),
            hub: prefs.hub.get(),
            waste: prefs.waste.get(),
        };
        if first.is_some() {
            apply(&now);
            if write(&now).is_none() {
                leptos::logging::warn!("preferences could not be stored");
            }
        }
    });
    provide_context(prefs);
    prefs
}

fn read() -> Option<Stored> {
    texts::read(&local::get(KEY)?).map(|texts| Stored::of(&texts))
}

fn write(stored: &Stored) -> Option<()> {
    local::set(KEY, &texts::write(&stored.texts())?)
}

/// Returns the preferences of this device; outside the app, passing defaults.
#[must_use]
pub fn use_prefs() -> Prefs {
    use_context().unwrap_or_else(|| Prefs {
        theme: RwSignal::default(),
        hand: RwSignal::default(),
        language: RwSignal::default(),
        hub: RwSignal::default(),
        waste: RwSignal::default(),
    })
}

/// Writes theme, hand and language on the document's root, where the style sheets and the browser read them.
fn apply(stored: &Stored) {
    let document = document();
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("data-theme", stored.theme.name());
        let _ = root.set_attribute("data-hand", stored.hand.name());
        let _ = root.set_attribute("lang", stored.language.name());
        let _ = root.set_attribute("dir", "ltr");
    }
    if let Ok(Some(meta)) = document.query_selector("meta[name=theme-color]") {
        let _ = meta.set_attribute("content", stored.theme.bar());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_of_an_older_version_are_still_read() {
        let texts = [("theme", "sun"), ("colour", "red")].map(|(name, text)| (name.to_owned(), text.to_owned()));
        let stored = Stored::of(&texts.into());
        assert_eq!(stored.theme, Theme::Sun);
        assert_eq!(stored.hand, Hand::Right);
    }
}

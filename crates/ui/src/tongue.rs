//! Keeps the words in the preferred language.

use leptos::prelude::*;

use crate::{
    browser::prefs::{Language, use_prefs},
    i18n::{Locale, use_i18n},
};

/// Keeps the words in the preferred language: French unless English was chosen, whatever the browser's own is.
#[component]
pub fn Tongue() -> impl IntoView {
    let i18n = use_i18n();
    let prefs = use_prefs();
    let locale = |language| match language {
        Language::Fr => Locale::fr,
        Language::En => Locale::en,
    };
    i18n.set_locale(locale(prefs.language.get_untracked()));
    Effect::new(move |_| i18n.set_locale(locale(prefs.language.get())));
}

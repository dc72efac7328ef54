//! The root: contexts, router and the two shells.

use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

use crate::{
    browser::prefs::{Language, provide_prefs},
    i18n::{I18nContextProvider, Locale, use_i18n},
    pages::{not_found::NotFound, settings::Settings},
};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_prefs();
    view! {
        <I18nContextProvider>
            <Tongue />
            <Router>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Settings />
                    <Route path=path!("/reglages") view=Settings />
                </Routes>
            </Router>
        </I18nContextProvider>
    }
}

/// Keeps the words in the preferred language: French unless English was chosen, whatever the browser's own is.
#[component]
fn Tongue() -> impl IntoView {
    let i18n = use_i18n();
    let prefs = crate::browser::prefs::use_prefs();
    let locale = move |language| match language {
        Language::Fr => Locale::fr,
        Language::En => Locale::en,
    };
    i18n.set_locale(locale(prefs.language.get_untracked()));
    Effect::new(move |_| i18n.set_locale(locale(prefs.language.get())));
}

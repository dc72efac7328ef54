//! «Réglages»: theme, hand, language; kept on this tablet only.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The page of settings.
#[component]
pub fn Settings() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, common.settings_title)}</h1> }
}

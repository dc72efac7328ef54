//! The pages that both apps have.

use leptos::prelude::*;

#[cfg(debug_assertions)]
mod gallery;
mod not_found;
mod settings;

pub use not_found::NotFound;
pub use settings::{Settings, SettingsProps};

/// Every widget in every state, in debug builds only; elsewhere the address leads nowhere.
#[component]
pub fn Gallery() -> impl IntoView {
    #[cfg(debug_assertions)]
    {
        gallery::Gallery()
    }
    #[cfg(not(debug_assertions))]
    {
        NotFound()
    }
}

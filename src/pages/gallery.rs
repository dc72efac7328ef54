//! Every widget in its states, to be looked at. Only in debug builds.
use crate::components::{Glyph, Icon};
use leptos::prelude::*;
/// The gallery.
#[component]
pub fn Gallery() -> impl IntoView {
    Glyph::ALL.iter().map(|glyph| view! { <Icon glyph=*glyph large=true /> }).collect_view()
}

//! «Plus»: the places that are not needed at each door.

use leptos::prelude::*;

use crate::{
    components::{Glyph, Icon, ListRow, PageHeader},
    i18n::{t_string, use_i18n},
};

/// The page of the other places.
#[component]
pub fn More() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeader title=move || t_string!(i18n, common.nav_more) />
        <nav class="list" aria-label=move || t_string!(i18n, common.nav_more)>
            <ListRow
                title=move || t_string!(i18n, common.urgent)
                href="/urgence"
                lead=|| view! { <Icon glyph=Glyph::Ambulance /> }
                testid="more-urgent"
            />
            <ListRow
                title=move || t_string!(i18n, close.title)
                href="/cloture"
                lead=|| view! { <Icon glyph=Glyph::Pen /> }
                testid="more-close"
            />
            <ListRow
                title=move || t_string!(i18n, close.late)
                href="/apres-coup"
                lead=|| view! { <Icon glyph=Glyph::List /> }
                testid="more-late"
            />
            <ListRow
                title=move || t_string!(i18n, tour.waiting)
                href="/attente"
                lead=|| view! { <Icon glyph=Glyph::Clock /> }
                testid="more-waiting"
            />
            <ListRow
                title=move || t_string!(i18n, tour.departure)
                href="/depart"
                lead=|| view! { <Icon glyph=Glyph::Route /> }
                testid="more-departure"
            />
            <ListRow
                title=move || t_string!(i18n, tour.choose_title)
                href="/choix"
                lead=|| view! { <Icon glyph=Glyph::People /> }
                testid="more-choice"
            />
            <ListRow
                title=move || t_string!(i18n, common.settings_title)
                href="/reglages"
                lead=|| view! { <Icon glyph=Glyph::Gear /> }
                testid="more-settings"
            />
        </nav>
    }
}

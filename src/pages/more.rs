//! «Plus»: the places that are not needed at each door.

use leptos::prelude::*;

use crate::{
    components::{Glyph, Icon, ListRow, PageHeader},
    i18n::{I18n, label, t_string},
    pages::{
        close::Vacations,
        visit::link::{Link, Problem},
    },
};

/// A place: its word, its address, its drawing, its `data-testid`.
type Place = (fn(I18n) -> &'static str, &'static str, Glyph, &'static str);

/// The one that may be needed at once stands first.
const PLACES: [Place; 7] = [
    (|i18n| t_string!(i18n, common.urgent), "/urgence", Glyph::Ambulance, "more-urgent"),
    (|i18n| t_string!(i18n, close.title), "/cloture", Glyph::Pen, "more-close"),
    (|i18n| t_string!(i18n, close.late), "/apres-coup", Glyph::List, "more-late"),
    (|i18n| t_string!(i18n, tour.waiting), "/attente", Glyph::Clock, "more-waiting"),
    (|i18n| t_string!(i18n, tour.departure), "/depart", Glyph::Route, "more-departure"),
    (|i18n| t_string!(i18n, tour.choose_title), "/choix", Glyph::People, "more-choice"),
    (|i18n| t_string!(i18n, common.settings_title), "/reglages", Glyph::Gear, "more-settings"),
];

/// The page of the other places.
#[component]
pub fn More() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let row = move |(title, href, glyph, testid): Place| {
        view! {
            <ListRow
                title=move || title(i18n)
                href=href
                lead=move || view! { <Icon glyph=glyph /> }
                testid=testid
            />
        }
    };
    view! {
        <PageHeader title=label!(i18n, common.nav_more) />
        <nav class="list" aria-label=label!(i18n, common.nav_more)>
            {PLACES.map(row).into_iter().collect_view()}
        </nav>
        <Vacations link=link />
        <Problem link=link />
    }
}

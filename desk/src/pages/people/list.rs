//! «Personnes à visiter»: everybody the relay was asked to see, with filters.

use crate::browser::sight;
use crate::client::{ask, routes};
use crate::components::{
    Button, DataTable, EmptyState, Glyph, LinkButton, Notice, PageHeader, Show, StatusPill, Tone, Weight,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::address::{open_in_address, remember_for_the_way_back};
use crate::pages::parts::{loaded, on_news};
use crate::pages::people::add::AddPerson;
use crate::pages::people::known;
use crate::pages::people::picker::{Filters, FiltersBar};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{PeoplePage as Page, PersonLine, PersonState};

const SHOWN: usize = 200;

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let i18n = use_i18n();
    let filters = Filters::new(None);
    remember_for_the_way_back();
    let page = LocalResource::new(move || ask(routes::PEOPLE, (), filters.get(SHOWN)));
    on_news(move || page.refetch());
    let adding = open_in_address("ajouter");
    let added = RwSignal::new(false);
    let subtitle = move || match page.get() {
        Some(Ok(page)) if page.total > 0 => {
            Some(t_string!(i18n, desk.people_sub, found = page.found, total = page.total))
        }
        _ => None,
    };
    let facets = Signal::derive(move || page.get().and_then(Result::ok));
    view! {
        <PageHeader title=move || t_string!(i18n, desk.people_title) subtitle=subtitle>
            <Button
                label=move || t_string!(i18n, desk.people_add)
                icon=Glyph::PersonPlus
                on_press=move |()| adding.update(|open| *open = !*open)
                testid="add-person"
            />
            <LinkButton label=move || t_string!(i18n, desk.l_waiting) href="/relais/attente" icon=Glyph::Clock />
            <LinkButton
                label=move || t_string!(i18n, desk.people_import)
                href="/relais/import"
                icon=Glyph::Upload
                weight=Weight::Primary
            />
        </PageHeader>
        <Show when=move || adding.get()>
            <AddPerson on_added=move |()| {
                adding.set(false);
                added.set(true);
                sight::to_top();
                page.refetch();
            } />
        </Show>
        <Show when=move || added.get() && !adding.get()>
            <Notice tone=Tone::Good>
                <p data-testid="person-added">{t!(i18n, desk.people_added)}</p>
            </Notice>
        </Show>
        <FiltersBar filters=filters facets=facets with_state=true />
        {loaded(i18n, page, move |page| table(i18n, page, filters))}
    }
}

fn table(i18n: I18n, page: Page, filters: Filters) -> AnyView {
    if page.total == 0 {
        return view! {
            <EmptyState
                glyph=Glyph::People
                title=move || t_string!(i18n, desk.people_none)
                text=move || Some(t_string!(i18n, desk.people_none_text).to_owned())
            >
                <LinkButton
                    label=move || t_string!(i18n, desk.people_import)
                    href="/relais/import"
                    icon=Glyph::Upload
                    weight=Weight::Primary
                />
            </EmptyState>
        }
        .into_any();
    }
    if page.persons.is_empty() {
        return view! {
            <EmptyState glyph=Glyph::People title=move || t_string!(i18n, desk.f_none_found)>
                <Button label=move || t_string!(i18n, desk.f_clear) on_press=move |()| filters.clear() />
            </EmptyState>
        }
        .into_any();
    }
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.c_birth).to_owned(),
            t_string!(i18n, desk.c_address).to_owned(),
            t_string!(i18n, desk.c_phone).to_owned(),
            t_string!(i18n, desk.c_wishes).to_owned(),
            t_string!(i18n, desk.c_state).to_owned(),
        ]
    };
    let cut = page.found as usize > page.persons.len();
    let shown = page.persons.len();
    view! {
        <DataTable caption=move || t_string!(i18n, desk.people_title) columns=columns>
            {page.persons.into_iter().map(|person| row(i18n, person)).collect_view()}
        </DataTable>
        {cut.then(|| view! { <p class="muted">{t!(i18n, desk.more_shown, count = shown)}</p> })}
    }
    .into_any()
}

fn row(i18n: I18n, person: PersonLine) -> impl IntoView {
    let (tone, state) = words::state(i18n, &person.state);
    let round = match &person.state {
        PersonState::Planned { label, .. } => Some(label.clone()),
        _ => None,
    };
    let birth = words::birth(i18n, &person);
    let pills = known::pills(i18n, &person, false);
    let href = format!("/relais/personnes/{}", person.id);
    let priorities: Vec<&str> = person.priorities.iter().map(|one| words::priority(i18n, *one)).collect();
    let wishes: Vec<String> = person.wishes.iter().map(|wish| wish.name.clone()).collect();
    let other_name = (person.name.split(' ').next() != person.birth_name.split(' ').next())
        .then(|| format!(" ({})", person.birth_name));
    view! {
        <tr data-testid="person">
            <td>
                <a class="cell-link" href=href>{person.name}</a>
                {other_name}
                {(!priorities.is_empty()).then(|| view! { <div class="cell-note">{priorities.join(" · ")}</div> })}
                {pills}
            </td>
            <td class="nowrap">{birth}</td>
            <td>{person.address} <div class="cell-note">{person.town}</div></td>
            <td class="nowrap">{person.phone.as_deref().map(words::phone)}</td>
            <td>{wishes.join(", ")}</td>
            <td><StatusPill tone=tone label=state /> {round.map(|label| view! { <div class="cell-note">{label}</div> })}</td>
        </tr>
    }
}

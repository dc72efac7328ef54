//! Finding people: the filters of the list, and the list with boxes to tick that fills a round.

use crate::client::{ask, routes};
use crate::components::{Button, EmptyState, Glyph, SelectField, TextField, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::address::in_address;
use crate::pages::parts::{loaded, on_news};
use crate::pages::people::known;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{Facet, PeoplePage, PeopleQuery, PersonLine};
use perron_domain::date::Day;
use perron_domain::name::FactName;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

const SHOWN: usize = 300;

/// What a list is filtered by.
#[derive(Clone, Copy)]
pub struct Filters {
    q: RwSignal<String>,
    state: RwSignal<String>,
    priority: RwSignal<String>,
    audience: RwSignal<String>,
    product: RwSignal<String>,
    street: RwSignal<String>,
    iris: RwSignal<String>,
}

impl Filters {
    /// Starts with everybody, or with those in `only` and no others. Filters stand in the page's address; what is typed in the
    /// search stays in this tab.
    pub fn new(only: Option<&'static str>) -> Self {
        let state = only.map_or_else(|| in_address("situation"), |only| RwSignal::new(only.to_owned()));
        Self {
            q: searched(only.unwrap_or_default()),
            state,
            priority: in_address("priorite"),
            audience: in_address("public"),
            product: in_address("vaccin"),
            street: in_address("rue"),
            iris: in_address("iris"),
        }
    }

    /// Returns what to ask the hub for.
    pub fn get(self, limit: usize) -> PeopleQuery {
        PeopleQuery {
            q: self.q.get(),
            state: self.state.get(),
            priority: self.priority.get(),
            audience: self.audience.get(),
            product: self.product.get(),
            street: self.street.get(),
            iris: self.iris.get(),
            on: None,
            offset: 0,
            limit: Some(limit),
        }
    }

    /// Asks for everybody again.
    pub fn clear(self) {
        for one in [self.q, self.state, self.priority, self.audience, self.product, self.street, self.iris] {
            one.set(String::new());
        }
    }
}

thread_local! {
    /// What was searched last in this tab, by list; it may be a name, and stands nowhere else.
    static SEARCHED: RefCell<BTreeMap<&'static str, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Returns what is searched in a list, as it was left in this tab.
fn searched(list: &'static str) -> RwSignal<String> {
    let typed = RwSignal::new(SEARCHED.with_borrow(|all| all.get(list).cloned().unwrap_or_default()));
    Effect::new(move |_| {
        let text = typed.get();
        SEARCHED.with_borrow_mut(|all| all.insert(list, text));
    });
    typed
}

/// The fields of the filters.
#[component]
pub fn FiltersBar(
    /// What they change.
    filters: Filters,
    /// What there is to choose from.
    facets: Signal<Option<PeoplePage>>,
    /// Whether the situation may be chosen.
    #[prop(optional)]
    with_state: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    // The choices stay while the next list is on its way: a list that closes under the hand is worse than an old one.
    let kept = RwSignal::new(None::<PeoplePage>);
    Effect::new(move |_| {
        if let Some(page) = facets.get() {
            kept.set(Some(page));
        }
    });
    let choices = move |pick: fn(&PeoplePage) -> &Vec<Facet>, word: fn(I18n, &Facet) -> String| {
        Signal::derive(move || {
            kept.with(|page| {
                let facets = page.iter().flat_map(|page| pick(page).iter());
                facets
                    .map(|one| (one.value.clone(), format!("{} ({})", word(i18n, one), one.count)))
                    .collect::<Vec<_>>()
            })
        })
    };
    let label = |_: I18n, facet: &Facet| facet.label.clone();
    let all = Signal::derive(move || t_string!(i18n, desk.f_all).to_owned());
    let states = move || {
        [
            ("open", t_string!(i18n, desk.f_open)),
            ("planned", t_string!(i18n, desk.f_planned)),
            ("seen", t_string!(i18n, desk.f_seen)),
            ("never", t_string!(i18n, desk.f_never)),
        ]
        .map(|(key, word)| (key.to_owned(), word.to_owned()))
        .to_vec()
    };
    view! {
        <div class="filters" role="search">
            <TextField
                label=move || t_string!(i18n, desk.f_search)
                placeholder=move || t_string!(i18n, desk.f_search_hint).to_owned()
                value=filters.q
                testid="search"
            />
            {with_state
                .then(|| view! { <SelectField label=move || t_string!(i18n, desk.f_state) value=filters.state empty=all options=states /> })}
            <SelectField
                label=move || t_string!(i18n, desk.f_street)
                value=filters.street
                empty=all
                options=choices(|page| &page.streets, label)
            />
            <SelectField
                label=move || t_string!(i18n, desk.f_priority)
                value=filters.priority
                empty=all
                options=choices(|page| &page.priorities, |i18n, one| words::priority_code(i18n, &one.value))
            />
            <SelectField
                label=move || t_string!(i18n, desk.f_product)
                value=filters.product
                empty=all
                options=choices(|page| &page.products, label)
            />
            <SelectField
                label=move || t_string!(i18n, desk.f_audience)
                value=filters.audience
                empty=all
                options=choices(|page| &page.audiences, |i18n, one| words::audience_code(i18n, &one.value))
            />
            <SelectField
                label=move || t_string!(i18n, desk.f_iris)
                value=filters.iris
                empty=all
                options=choices(|page| &page.iris, label)
            />
        </div>
    }
}

/// People who may be put in a round, to be ticked.
#[component]
pub fn Picker(
    /// Something is being sent.
    busy: Signal<bool>,
    /// Changes when the round got other people: the list is then read again.
    version: Signal<u32>,
    /// The round's day: what the rules would answer then is shown beside each name.
    day: Signal<Option<Day>>,
    /// Who is ticked and not added yet.
    ticked: RwSignal<BTreeSet<FactName>>,
    /// The people ticked.
    on_add: Callback<Vec<FactName>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let filters = Filters::new(Some("open"));
    let page = LocalResource::new(move || {
        version.track();
        ask(routes::PEOPLE, (), PeopleQuery { on: day.get(), ..filters.get(SHOWN) })
    });
    on_news(move || page.refetch());
    let facets = Signal::derive(move || page.get().and_then(Result::ok));
    let add = move |()| {
        on_add.run(ticked.get_untracked().into_iter().collect());
        ticked.set(BTreeSet::new());
    };
    view! {
        <FiltersBar filters=filters facets=facets />
        {loaded(i18n, page, move |page| list(i18n, page, ticked))}
        <div class="actions">
            <Button
                label=move || t_string!(i18n, desk.e_pick, count = ticked.with(BTreeSet::len))
                weight=Weight::Primary
                icon=Glyph::Plus
                disabled=Signal::derive(move || busy.get() || ticked.with(BTreeSet::is_empty))
                on_press=add
                testid="add-ticked"
            />
        </div>
    }
}

fn list(i18n: I18n, page: PeoplePage, ticked: RwSignal<BTreeSet<FactName>>) -> AnyView {
    if page.persons.is_empty() {
        return view! { <EmptyState glyph=Glyph::People title=move || t_string!(i18n, desk.f_none_found) /> }
            .into_any();
    }
    let shown = page.persons.len();
    let cut = page.found as usize > shown;
    // Whoever must not be called, or would be sent away, is ticked by hand or not at all.
    let all: Vec<FactName> = page.persons.iter().filter(|person| !person.pass_over).map(|person| person.id).collect();
    let whole = all.clone();
    let nobody = all.is_empty();
    let all_ticked = Signal::derive(move || !nobody && ticked.with(|set| whole.iter().all(|one| set.contains(one))));
    let toggle_all = move |()| {
        let untick = all_ticked.get_untracked();
        ticked.update(|set| {
            for one in &all {
                if untick {
                    set.remove(one);
                } else {
                    set.insert(*one);
                }
            }
        });
    };
    let toggle_word = move || {
        if all_ticked.get() { t_string!(i18n, desk.e_none_all) } else { t_string!(i18n, desk.e_all) }
    };
    view! {
        <div class="row-between">
            <span class="muted">
                {t!(i18n, desk.people_sub, found = page.found, total = page.total)} " · "
                {t!(i18n, desk.e_who_is_shown)}
            </span>
            <Button
                label=toggle_word
                weight=Weight::Quiet
                disabled=nobody
                on_press=toggle_all
                testid="tick-all"
            />
        </div>
        <ul class="picker" data-testid="picker">
            {page.persons.into_iter().map(|person| entry(i18n, person, ticked)).collect_view()}
        </ul>
        {cut.then(|| view! { <p class="muted">{t!(i18n, desk.more_shown, count = shown)}</p> })}
    }
    .into_any()
}

fn entry(i18n: I18n, person: PersonLine, ticked: RwSignal<BTreeSet<FactName>>) -> impl IntoView {
    let id = person.id;
    let mut details = vec![words::birth(i18n, &person), person.address.clone()];
    details.extend(person.priorities.iter().map(|one| words::priority(i18n, *one).to_owned()));
    details.extend(person.wishes.iter().map(|wish| wish.name.clone()));
    details.retain(|one| !one.is_empty());
    let pills = known::pills(i18n, &person, true);
    let name = person.name.clone();
    // What somebody wrote by hand, «refuse» or «décédée» among it, no rule reads: it is read by who chooses.
    let notes = person.notes.clone().filter(|notes| !notes.trim().is_empty());
    // Nobody goes to who died, moved or refused for good: her page says how that is put right.
    let forbidden = person.standing.as_ref().is_some_and(|one| one.forbids);
    view! {
        <li>
            <label class="pick">
                <input
                    type="checkbox"
                    disabled=forbidden
                    prop:checked=move || ticked.with(|set| set.contains(&id))
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        ticked.update(|set| {
                            if on {
                                set.insert(id);
                            } else {
                                set.remove(&id);
                            }
                        });
                    }
                />
                <span>
                    <strong>{name}</strong>
                    <span class="cell-note">{details.join(" · ")}</span>
                    {notes.map(|notes| view! { <span class="pick-note" data-testid="pick-note">{notes}</span> })}
                    {pills}
                </span>
            </label>
        </li>
    }
}

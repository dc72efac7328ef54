//! «Liste d’attente» (R7): people met on the way for whom no dose was free, with the date proposed to them.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{
    command::Command,
    name::FactName,
    order,
    people::{Origin, PersonRecord, Wish},
};

use super::{
    address::with_listed,
    already_here::{AlreadyHere, AlreadyHereNotice},
    visit::{
        link::{Link, Problem},
        place::tel,
    },
    whole_name::{WholeName, WholeNameTick},
    words,
};
use crate::{
    components::{
        Button, Card, DateField, EmptyState, Fold, Glyph, Icon, Keys, LinkButton, ListRow, PageHeader, SelectField,
        Show, TextField, Weight,
    },
    i18n::{label, t, t_string},
};

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    fact: FactName,
    name: String,
    detail: String,
    phone: Option<String>,
    /// Where she is added once a dose is free: at the address where she was met, or at one that is typed.
    add: String,
}

/// The page of the waiting list: `/attente`.
#[component]
pub fn Waiting() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let lines = Memo::new(move |_| {
        link.both(|round, common| {
            let mut lines = Vec::new();
            for (fact, listed) in &round.waiting {
                let place = listed.stop.and_then(|stop| round.stops.get(&stop.name(fact.device)));
                let mut parts: Vec<String> = Vec::new();
                parts.extend(listed.proposed.map(|day| t_string!(i18n, tour.proposed_on, day = words::day(i18n, day))));
                parts
                    .extend(listed.record.wishes.iter().map(|wish| product_short(common, &wish.product, link.today())));
                parts.extend(place.map(|stop| stop.address.line.clone()));
                let met = place.and(listed.stop).map(|stop| stop.name(fact.device));
                let path =
                    met.map_or_else(|| "/nouvelle-adresse".to_owned(), |stop| format!("/adresse/{stop}/ajouter"));
                lines.push(Line {
                    add: with_listed(path, Some(*fact)),
                    fact: *fact,
                    name: listed.record.display_name(),
                    detail: parts.join(" · "),
                    phone: listed.record.phone.clone().filter(|phone| !phone.trim().is_empty()),
                });
            }
            lines
        })
    });
    let withdraw = move |fact: FactName| {
        let why = t_string!(i18n, tour.taken_off).to_owned();
        link.write(vec![Command::Correct { fact, by: None, reason: Some(why) }], || ());
    };
    let row = move |line: Line| {
        let fact = line.fact;
        view! {
            <ListRow
                title=Signal::stored(line.name)
                detail=Signal::stored(Some(line.detail).filter(|detail| !detail.is_empty()))
                lead=|| view! { <Icon glyph=Glyph::Person /> }
                trail=move || {
                    let phone = line.phone.clone();
                    view! {
                        <LinkButton
                            label=label!(i18n, tour.waiting_take)
                            href=line.add.clone()
                            icon=Glyph::Plus
                            testid="waiting-take"
                        />
                        {phone
                            .map(|phone| {
                                view! {
                                    <LinkButton
                                        label=label!(i18n, tour.call)
                                        href=tel(&phone)
                                        icon=Glyph::Phone
                                        testid="waiting-call"
                                    />
                                }
                            })}
                        <Button
                            label=label!(i18n, tour.take_off)
                            icon=Glyph::Cross
                            weight=Weight::Quiet
                            disabled=link.busy
                            on_press=move |()| withdraw(fact)
                            testid="waiting-remove"
                        />
                    }
                }
                testid="waiting-person"
            />
        }
    };
    view! {
        <PageHeader
            title=label!(i18n, tour.waiting)
            subtitle=move || Some(t_string!(i18n, tour.waiting_text).to_owned())
            back=Signal::stored("/".to_owned())
        />
        <Show
            when=move || lines.with(|lines| !lines.is_empty())
            fallback=move || view! { <EmptyState glyph=Glyph::Clock title=label!(i18n, tour.waiting_empty) /> }
        >
            <div class="list">{move || lines.get().into_iter().map(row).collect_view()}</div>
        </Show>
        <Fold summary=label!(i18n, tour.waiting_add)>
            <AddWaiting link=link />
        </Fold>
        <Problem link=link />
    }
}

#[component]
fn AddWaiting(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    let form = link.form("tour/waiting");
    let birth_name = form.text("birth_name", "");
    let given_names = form.text("given_names", "");
    let phone = form.text("phone", "");
    let product = form.text("product", "");
    let proposed = form.text("proposed", "");
    let wrong = RwSignal::new(None::<String>);
    let products = Signal::derive(move || {
        link.both(|round, common| {
            let mut codes: Vec<String> =
                round.plan.iter().flat_map(|plan| plan.lots.iter().map(|lot| lot.product.clone())).collect();
            codes.extend(round.acts.values().map(|act| act.wish.product.clone()));
            order::sort_and_dedup(&mut codes);
            codes
                .into_iter()
                .map(|code| (code.clone(), words::product_name(common, &code, link.today())))
                .collect::<Vec<_>>()
        })
    });
    // No birth date is asked here: the same names are enough to ask.
    let here = AlreadyHere::of(link, move || {
        let (name, given) = (birth_name.get(), given_names.get());
        let filled = !name.trim().is_empty() && !given.trim().is_empty();
        filled.then(|| PersonRecord { birth_name: name, given_names: given, ..PersonRecord::default() })
    });
    let whole = WholeName::of(form, move || {
        let name = birth_name.get();
        if name.trim().is_empty() { Vec::new() } else { vec![format!("{} {}", given_names.get().trim(), name.trim())] }
    });
    let save = move |()| {
        let typed = proposed.get_untracked();
        let day = words::read_day(&typed);
        if day.is_none() && !typed.trim().is_empty() {
            wrong.set(Some(t_string!(i18n, tour.date_wrong).to_owned()));
            return;
        }
        wrong.set(None);
        let wish = Some(product.get_untracked()).filter(|code| !code.is_empty());
        let record = PersonRecord {
            birth_name: birth_name.get_untracked().trim().to_owned(),
            given_names: given_names.get_untracked().trim().to_owned(),
            phone: Some(phone.get_untracked().trim().to_owned()).filter(|phone| !phone.is_empty()),
            origin: Some(Origin::Relay),
            wishes: wish.into_iter().map(|product| Wish { product, rank: None }).collect(),
            ..PersonRecord::default()
        };
        link.write(vec![Command::List { record, proposed: day, stop: None }], move || {
            for field in [birth_name, given_names, phone, product, proposed] {
                field.set(String::new());
            }
            form.done();
        });
    };
    view! {
        <Card>
            <div class="stack">
                <div class="pair">
                    <TextField label=label!(i18n, tour.birth_name) value=birth_name testid="waiting-name" />
                    <TextField
                        label=label!(i18n, tour.given_names)
                        value=given_names
                        testid="waiting-given"
                    />
                </div>
                <div class="pair">
                    <TextField
                        label=label!(i18n, tour.phone)
                        value=phone
                        keys=Keys::Phone
                        optional=true
                        testid="waiting-phone"
                    />
                    <DateField
                        label=label!(i18n, tour.proposed)
                        value=proposed
                        error=wrong
                        optional=true
                        testid="waiting-day"
                    />
                </div>
                <SelectField
                    label=label!(i18n, tour.product)
                    value=product
                    options=products
                    optional=true
                    testid="waiting-product"
                />
                <AlreadyHereNotice here=here />
                <WholeNameTick name=whole />
                <div class="actions">
                    <Button
                        label=label!(i18n, tour.waiting_save)
                        icon=Glyph::Clock
                        weight=Weight::Primary
                        disabled=Signal::derive(move || link.busy.get() || here.waits() || whole.waits())
                        on_press=save
                        testid="waiting-save"
                    />
                </div>
                <p class="muted">{t!(i18n, tour.waiting_note)}</p>
            </div>
        </Card>
    }
}

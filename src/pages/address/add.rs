//! «Ajouter une personne ici» (R7): if a dose is free; otherwise the waiting list, with a date proposed, or a dose that others
//! wait for, with a reason.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::{
    aboard,
    command::Command,
    name::FactName,
    people::{Origin, PersonRecord, Sex, Wish},
};

use super::{listed::listed_of_page, stop_of_page};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, DateField, EmptyState, Glyph, Keys, MainAction, Notice, PageHeader, Show,
        Stepper, TextField, Tick, Tone, fr, live,
    },
    i18n::{label, t_string},
    pages::{
        already_here::{AlreadyHere, AlreadyHereNotice},
        taking::{Taking, TakingDialog},
        visit::{
            SEXES,
            link::{Link, Problem},
        },
        whole_name::{WholeName, WholeNameTick},
        words,
    },
};

/// The page that adds somebody at an address: `/adresse/:stop/ajouter`.
#[component]
pub fn AddPersonPage() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let named = stop_of_page();
    let known = Memo::new(move |_| named.get().filter(|stop| link.round(|round| round.stops.contains_key(stop))));
    live(move || match known.get() {
        Some(stop) => view! { <AddPerson link=link stop=stop /> }.into_any(),
        None => view! { <EmptyState glyph=Glyph::Pin title=label!(i18n, visit.unknown_address) /> }.into_any(),
    })
}

#[component]
fn AddPerson(link: Link, stop: FactName) -> impl IntoView {
    let i18n = link.i18n;
    let navigate = use_navigate();
    // Whoever waited on the list is not typed again.
    let listed = listed_of_page(link);
    let known = listed.as_ref().map(|one| one.record.clone()).unwrap_or_default();
    let proposed_before = listed.as_ref().and_then(|one| one.proposed);
    let from_list = listed.map(|one| one.fact);
    let form = link.form(match from_list {
        Some(fact) => format!("address/{stop}/add/{fact}"),
        None => format!("address/{stop}/add"),
    });
    let birth_name = form.text("birth_name", known.birth_name);
    let given_names = form.text("given_names", known.given_names);
    let birth = form.text("birth", known.birth.map(words::partial).unwrap_or_default());
    let phone = form.text("phone", known.phone.unwrap_or_default());
    let day = proposed_before.map(|day| fr::date_short(day.0)).unwrap_or_default();
    let proposed = form.text("proposed", day);
    let product = form.text("product", known.wishes.into_iter().next().map(|wish| wish.product).unwrap_or_default());
    let sex = form.tiles("sex", SEXES, Some(known.sex).filter(|sex| *sex != Sex::default()));
    let rank = form.count("rank", 1);
    let unknown = form.tick("rank_unknown", false);
    let wrong_birth = RwSignal::new(None::<String>);
    let wrong_day = RwSignal::new(None::<String>);

    let aboard = Memo::new(move |_| {
        let now = link.steady_once();
        link.both(|round, common| {
            let one = |code: String| {
                let free = aboard::free(round, common, &code, now);
                let held = aboard::aboard(round, common, &code, now);
                (code, free, held.doses(), words::why_none(i18n, &held))
            };
            aboard::products(round).into_iter().map(one).collect::<Vec<_>>()
        })
    });
    let free = move || {
        product.with(|product| {
            aboard.with(|aboard| aboard.iter().find(|(code, ..)| code == product).map(|(_, free, ..)| *free))
        })
    };
    // Doses are there, and others of the round wait for each of them.
    let awaited = move || {
        product.with(|product| {
            aboard.with(|aboard| aboard.iter().any(|(code, free, doses, _)| code == product && *free < 1 && *doses > 0))
        })
    };
    let chosen = move || product.with(|code| !code.is_empty());
    let waits = move || free().is_none_or(|free| free < 1);
    let tiles = Signal::derive(move || {
        aboard
            .get()
            .into_iter()
            .map(|(code, free, _, why)| {
                let name = link.common(|common| words::product_short(common, &code, link.today()));
                let note = if free > 0 {
                    t_string!(i18n, visit.free_doses, count = free)
                } else {
                    // Doses that cannot be used say why; doses that others wait for are simply not free.
                    why.unwrap_or_else(|| t_string!(i18n, visit.no_free_dose).to_owned())
                };
                Choice::new(code, Signal::stored(name)).note(Signal::stored(note))
            })
            .collect::<Vec<_>>()
    });
    let here = AlreadyHere::of(link, move || {
        let born = words::read_partial(&birth.get())?;
        let name = birth_name.get();
        (!name.trim().is_empty()).then(|| PersonRecord {
            birth_name: name,
            given_names: given_names.get(),
            birth: Some(born),
            ..PersonRecord::default()
        })
    });
    let sexes = [Sex::Female, Sex::Male].map(|sex| Choice::new(sex, move || words::sex_word(i18n, sex))).to_vec();

    let taking = Taking::of(link, form);
    let whole = WholeName::of(form, move || {
        let name = birth_name.get();
        if name.trim().is_empty() { Vec::new() } else { vec![format!("{} {}", given_names.get().trim(), name.trim())] }
    });
    let waits_for_words = move || here.waits() || whole.waits();
    let record = move || {
        let typed = birth.get_untracked();
        let born = words::read_partial(&typed);
        wrong_birth.set((born.is_none()).then(|| t_string!(i18n, visit.birth_needed).to_owned()));
        let day = words::read_day(&proposed.get_untracked());
        let bad_day = untrack(waits) && day.is_none() && !proposed.with_untracked(|text| text.trim().is_empty());
        wrong_day.set(bad_day.then(|| t_string!(i18n, visit.date_wrong).to_owned()));
        if born.is_none() || bad_day {
            return None;
        }
        let code = product.get_untracked();
        let wishes = if code.is_empty() {
            Vec::new()
        } else {
            let rank = (!unknown.now()).then(|| u8::try_from(rank.now()).unwrap_or(u8::MAX));
            vec![Wish { product: code, rank }]
        };
        let address =
            link.glance(|round, _| round.stops.get(&stop).map(|stop| stop.address.clone())).unwrap_or_default();
        let phone = phone.get_untracked();
        let record = PersonRecord {
            birth_name: birth_name.get_untracked().trim().to_owned(),
            given_names: given_names.get_untracked().trim().to_owned(),
            birth: born,
            sex: sex.now().unwrap_or_default(),
            phone: (!phone.trim().is_empty()).then_some(phone),
            address,
            origin: Some(Origin::Relay),
            wishes,
            ..PersonRecord::default()
        };
        Some((record, day))
    };
    let write = Callback::new(move |command: Command| {
        let listed = matches!(command, Command::List { .. });
        let navigate = navigate.clone();
        let mut commands = vec![command];
        commands.extend(from_list.map(|fact| {
            let why = if listed { t_string!(i18n, visit.listed_again) } else { t_string!(i18n, visit.listed_added) };
            Command::Correct { fact, by: None, reason: Some(why.to_owned()) }
        }));
        link.write(commands, move || {
            form.done();
            // Whoever was added is at the door: her visit begins.
            let added = link.glance(|round, _| round.stops.get(&stop).and_then(|stop| stop.people.last().copied()));
            let to = match added.filter(|_| !listed) {
                Some(person) => format!("/visite/{person}"),
                None => format!("/adresse/{stop}"),
            };
            navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    });
    let add = Callback::new(move |despite: Option<String>| {
        if let Some((record, _)) = record() {
            write.run(Command::AddPerson { stop, record, despite });
        }
    });
    let save = move |()| {
        if !untrack(waits) {
            add.run(None);
        } else if let Some((record, proposed)) = record() {
            write.run(Command::List { record, proposed, stop: Some(stop) });
        }
    };
    let label =
        move || if waits() { t_string!(i18n, visit.put_on_list) } else { t_string!(i18n, visit.add_here_short) };
    view! {
        <PageHeader
            title=label!(i18n, visit.add_here)
            back=Signal::stored(format!("/adresse/{stop}"))
        />
        <Card>
            <div class="stack">
                <div class="pair">
                    <TextField label=label!(i18n, visit.birth_name) value=birth_name testid="add-birth-name" />
                    <TextField label=label!(i18n, visit.given_names) value=given_names testid="add-given-names" />
                    <DateField
                        label=label!(i18n, visit.birth_date)
                        value=birth
                        partial=true
                        error=wrong_birth
                        testid="add-birth"
                    />
                    <TextField
                        label=label!(i18n, visit.field_phone)
                        value=phone
                        keys=Keys::Phone
                        optional=true
                        testid="add-phone"
                    />
                </div>
                <ChoiceRow
                    legend=label!(i18n, visit.sex)
                    quiet_legend=true
                    choices=sexes
                    value=move || sex.get()
                    on_change=move |chosen| sex.set(chosen)
                    testid="add-sex"
                />
                <ChoiceRow
                    legend=label!(i18n, visit.field_product)
                    choices=tiles
                    value=Signal::derive(move || Some(product.get()))
                    on_change=move |code| product.set(code)
                    testid="add-product"
                />
                <div class="row-between">
                    <Stepper
                        label=label!(i18n, visit.rank)
                        value=rank.signal()
                        min=1
                        max=Signal::stored(9)
                        on_change=move |value| rank.set(value)
                        testid="add-rank"
                    />
                    <Tick
                        label=label!(i18n, visit.rank_unknown)
                        value=Signal::derive(move || unknown.get())
                        on_change=move |value| unknown.set(value)
                        testid="add-rank-unknown"
                    />
                </div>
            </div>
        </Card>
        <Show when=move || waits() && chosen()>
            <Notice tone=Tone::Info>
                <p>
                    {move || {
                        if awaited() {
                            t_string!(i18n, visit.awaited_note)
                        } else {
                            t_string!(i18n, visit.waiting_note)
                        }
                    }}
                </p>
                <div class="pair">
                <DateField
                    label=label!(i18n, visit.proposed_date)
                    value=proposed
                    error=wrong_day
                    optional=true
                    testid="add-proposed"
                />
                <Show when=awaited>
                    <Button
                        label=label!(i18n, visit.take_awaited)
                        icon=Glyph::Vial
                        disabled=Signal::derive(move || waits_for_words() || link.busy.get())
                        on_press=move |()| {
                            if record().is_some() {
                                taking.take(&product.get_untracked(), add);
                            }
                        }
                        testid="add-take"
                    />
                </Show>
                </div>
            </Notice>
        </Show>
        <TakingDialog taking=taking />
        <AlreadyHereNotice here=here />
        <WholeNameTick name=whole />
        <Problem link=link />
        <MainAction
            label=label
            icon=Glyph::PersonPlus
            busy=link.busy
            hint=move || {
                if here.waits() {
                    Some(t_string!(i18n, visit.already_here_hint).to_owned())
                } else if whole.waits() {
                    Some(t_string!(i18n, visit.name_unfinished).to_owned())
                } else {
                    (!chosen()).then(|| t_string!(i18n, visit.no_product_note).to_owned())
                }
            }
            disabled=Signal::derive(move || waits_for_words() || birth_name.with(|name| name.trim().is_empty()))
            on_press=save
            testid="add-save"
        />
    }
}

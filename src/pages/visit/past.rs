//! Antécédents: what the dossier does not know and a rule reads, and nothing else. One touch says «jamais» or «non» to all
//! that is on the screen; what nobody knows is said too, and then judged.

use std::collections::BTreeSet;

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    door,
    fact::AccountNo,
    name::FactName,
    people::{History, INFECTIONS, Infection, Known, LIVE, ListKnown, PersonRecord, PriorDose, TraitKnown},
    rules::{Family, Item},
    state::{Common, Round},
    time::Wall,
};

use super::{Door, link::Problem, path, seen::Seen};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, DateField, EmptyState, For, Glyph, MainAction, SelectField, Show, TextField,
        Weight, fr,
    },
    i18n::{label, t_string},
    pages::words,
};

/// Returns what a dose of the person's open vaccines waits for, each once, in the order of the screen.
#[must_use]
pub fn asked(round: &Round, common: &Common, person: FactName, nurse: AccountNo, now: Wall) -> Vec<Item> {
    let Some(visit) = round.people.get(&person) else { return Vec::new() };
    let mut items: Vec<Item> = path::open_acts(round, visit)
        .into_iter()
        .filter_map(|act| door::answer(round, common, act, nurse, now))
        .flat_map(|(_, answer)| answer.history)
        .collect();
    perron_domain::order::sort_and_dedup(&mut items);
    items
}

/// Returns what can be told of a person whatever the rules read: for corrections.
#[must_use]
pub fn all_of(round: &Round, common: &Common, person: FactName, now: Wall) -> Vec<Item> {
    let on = door::today(round, common, now);
    let acts =
        round.people.get(&person).into_iter().flat_map(|visit| &visit.acts).filter_map(|act| round.acts.get(act));
    let families = acts.filter_map(|act| door::product(common, &act.wish.product, on)).map(|product| product.family);
    let mut items: Vec<Item> = families.map(Item::Doses).collect();
    items.extend([Item::Live, Item::Infections]);
    items.extend(perron_domain::rules::Trait::ASKED.map(Item::Trait));
    perron_domain::order::sort_and_dedup(&mut items);
    items
}

/// Returns what the record says of an item; none when nobody asked.
#[must_use]
pub fn told(record: &PersonRecord, item: Item) -> Option<Known> {
    let list = |name: &str, something: bool| {
        record.list(name).map(|complete| match (complete, something) {
            (false, _) => Known::NotKnown,
            (true, true) => Known::Yes,
            (true, false) => Known::No,
        })
    };
    match item {
        Item::Trait(which) => record.knows(which),
        Item::Infections => list(INFECTIONS, !record.infections.is_empty()),
        Item::Live => list(LIVE, false),
        Item::Doses(family) => list(family.code(), false),
    }
}

/// Returns what is learned when an item is answered by «non», «jamais», or by «ne sait pas».
#[must_use]
pub fn learned(items: &[Item], known: Known) -> History {
    let mut history = History::default();
    for item in items {
        let complete = known != Known::NotKnown;
        let list = |list: &str| ListKnown { list: list.to_owned(), complete };
        match item {
            Item::Trait(which) => history.traits.push(TraitKnown { which: *which, known }),
            Item::Infections => history.lists.push(list(INFECTIONS)),
            Item::Live => history.lists.push(list(LIVE)),
            Item::Doses(family) => history.lists.push(list(family.code())),
        }
    }
    history
}

/// The step of the history.
#[component]
pub fn Past(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let record =
        Memo::new(move |_| visit.with(|visit| visit.as_ref().map(|visit| visit.record.clone())).unwrap_or_default());
    let needed = Memo::new(move |_| {
        let nurse = link.account();
        link.both(|round, common| asked(round, common, door.person, nurse, link.now_once()))
    });
    let everything = RwSignal::new(false);
    // What was asked stays on the screen once it is answered, so that a slip is seen and mended.
    let shown = Memo::new(move |before: Option<&Vec<Item>>| {
        let mut items = before.cloned().unwrap_or_default();
        let mut more = needed.get();
        if everything.get() || items.is_empty() && more.is_empty() {
            more.extend(link.both(|round, common| all_of(round, common, door.person, link.now_once())));
        }
        items.extend(more.into_iter().filter(|item| !items.contains(item)).collect::<Vec<_>>());
        items
    });
    let seen = Seen::nothing();
    let all_seen = move || seen.all(needed.get().into_iter().map(|item| format!("{item:?}")));
    let write = move |history: History, then: Callback<()>| {
        link.write(vec![Command::NoteHistory { person: door.person, history }], move || then.run(()));
    };
    // A «oui» that nobody has finished is no «jamais»: the big button waits for it.
    let unfinished = RwSignal::new(BTreeSet::<Item>::new());
    let one = move |item: Item| {
        let node = seen.watch(format!("{item:?}"));
        view! {
            <div node_ref=node>
                <Row
                    door=door
                    item=item
                    record=record
                    unfinished=unfinished
                    write=Callback::new(move |(history, then)| write(history, then))
                />
            </div>
        }
    };
    let half = move || unfinished.with(|items| !items.is_empty());
    let waits = move || half() || !all_seen();
    let hint = move || {
        if half() {
            Some(t_string!(i18n, visit.past_unfinished).to_owned())
        } else {
            waits().then(|| t_string!(i18n, visit.read_all_first).to_owned())
        }
    };
    let label = move || {
        if needed.with(Vec::is_empty) { t_string!(i18n, visit.go_on) } else { t_string!(i18n, visit.past_none) }
    };
    let press = move |()| {
        let open = needed.get_untracked();
        if open.is_empty() {
            door.done.run(());
        } else {
            // What follows from these answers may have to be asked too: the page stays until nothing is left.
            write(
                learned(&open, Known::No),
                Callback::new(move |()| {
                    if untrack(|| needed.with(Vec::is_empty)) {
                        door.done.run(());
                    }
                }),
            );
        }
    };
    view! {
        <Show
            when=move || shown.with(|shown| !shown.is_empty())
            fallback=move || view! { <EmptyState glyph=Glyph::Question title=label!(i18n, visit.past_nothing) /> }
        >
            <div class="card stack questions">
                <For each=move || shown.get() key=|item| format!("{item:?}") children=one />
            </div>
        </Show>
        <Problem link=link />
        <MainAction
            label=label
            icon=Glyph::Forward
            busy=link.busy
            disabled=Signal::derive(waits)
            hint=hint
            on_press=press
            testid="past-none"
        >
            <Show when=move || !everything.get()>
                <Button
                    label=label!(i18n, visit.past_more)
                    weight=Weight::Quiet
                    on_press=move |()| everything.set(true)
                    testid="past-more"
                />
            </Show>
        </MainAction>
    }
}

/// Writes what is learned, then calls back where it was saved.
type Write = Callback<(History, Callback<()>)>;

/// One thing that is asked, with what is known of it.
#[component]
fn Row(
    door: Door,
    item: Item,
    record: Memo<PersonRecord>,
    unfinished: RwSignal<BTreeSet<Item>>,
    write: Write,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let adding = Signal::derive(move || unfinished.with(|items| items.contains(&item)));
    let add = move |begun: bool| {
        unfinished.update(|items| {
            let _ = if begun { items.insert(item) } else { items.remove(&item) };
        });
    };
    on_cleanup(move || {
        let _ = unfinished.try_update(|items| items.remove(&item));
    });
    let doses = move || record.with(|record| doses_of(door, record, item));
    let is_list = !matches!(item, Item::Trait(_));
    // Of a list «oui» is what one touches to add another: what is known of it stands below, and is all there is.
    let known = move || match record.with(|record| told(record, item)) {
        Some(Known::Yes) if is_list => Some(Known::No),
        told => told,
    };
    let never = move || {
        if !is_list {
            t_string!(i18n, common.no)
        } else if doses().is_empty() {
            t_string!(i18n, visit.past_never)
        } else {
            t_string!(i18n, visit.past_no_other)
        }
    };
    let yes = move || {
        if !is_list {
            t_string!(i18n, common.yes)
        } else if doses().is_empty() {
            t_string!(i18n, visit.past_yes)
        } else {
            t_string!(i18n, visit.past_another)
        }
    };
    let choices = vec![
        Choice::new(Known::No, never),
        Choice::new(Known::Yes, yes),
        Choice::new(Known::NotKnown, move || t_string!(i18n, visit.past_not_known)),
    ];
    let lines = move || doses().into_iter().map(|line| view! { <p class="tile-note">{line}</p> }).collect_view();
    let change = move |chosen: Known| match (chosen, is_list) {
        (Known::Yes, true) => add(true),
        _ => {
            add(false);
            write.run((learned(&[item], chosen), Callback::new(|()| ())));
        }
    };
    view! {
        <div class="stack">
            <ChoiceRow
                legend=move || fr::capital(&words::item_word(i18n, item))
                choices=choices
                value=move || if adding.get() { Some(Known::Yes) } else { known() }
                on_change=change
                testid=format!("past-{}", key(item))
            />
            {lines}
            <Show when=move || adding.get()>
                <Event door=door item=item record=record write=write close=Callback::new(move |()| add(false)) />
            </Show>
        </div>
    }
}

/// A dose or an infection, entered by product and day, or about when.
#[component]
fn Event(door: Door, item: Item, record: Memo<PersonRecord>, write: Write, close: Callback<()>) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{}/past/{}", door.person, key(item)));
    let (product, on, lot) = (form.text("product", ""), form.text("on", ""), form.text("lot", ""));
    let options = link.both(|_, common| products(door, common, item));
    let is_dose = item != Item::Infections;
    let wrong = move || {
        let unread = on.with(|text| !text.trim().is_empty() && words::read_partial(text).is_none());
        unread.then(|| t_string!(i18n, visit.date_wrong).to_owned())
    };
    let incomplete = move || wrong().is_some() || is_dose && product.with(String::is_empty);
    let add = move |()| {
        if incomplete() {
            return;
        }
        let day = on.with_untracked(|text| words::read_partial(text));
        let mut history = learned(&[item], Known::Yes);
        record.with_untracked(|record| {
            if is_dose {
                let lot = Some(lot.get_untracked()).filter(|lot| !lot.trim().is_empty());
                let dose = PriorDose { product: product.get_untracked(), on: day, lot };
                history.doses = Some(record.doses.iter().cloned().chain([dose]).collect());
            } else {
                let infection = Infection { on: day, proof: false };
                history.infections = Some(record.infections.iter().cloned().chain([infection]).collect());
            }
        });
        // What is refused, a date before the birth for one, stays as it was typed.
        let then = Callback::new(move |()| {
            form.done();
            close.run(());
        });
        write.run((history, then));
    };
    view! {
        <Card>
            <div class="stack">
                <Show when=move || is_dose>
                    <SelectField
                        label=label!(i18n, visit.past_product)
                        value=product
                        options=Signal::stored(options.clone())
                        testid="past-product"
                    />
                </Show>
                <div class="pair">
                    <DateField
                        label=label!(i18n, visit.past_when)
                        value=on
                        partial=true
                        error=Signal::derive(wrong)
                        testid="past-on"
                    />
                    <Show when=move || is_dose>
                        <TextField label=label!(i18n, visit.past_lot) value=lot optional=true testid="past-lot" />
                    </Show>
                </div>
                <Button
                    label=label!(i18n, visit.past_add)
                    icon=Glyph::Plus
                    disabled=Signal::derive(incomplete)
                    on_press=add
                    testid="past-add"
                />
            </div>
        </Card>
    }
}

/// Returns the word of an item in an address of a test or a draft.
fn key(item: Item) -> String {
    match item {
        Item::Doses(family) => family.code().to_owned(),
        Item::Live => LIVE.to_owned(),
        Item::Infections => INFECTIONS.to_owned(),
        Item::Trait(which) => format!("{which:?}").to_lowercase(),
    }
}

/// Returns what the dossier already knows of an item, a line each.
fn doses_of(door: Door, record: &PersonRecord, item: Item) -> Vec<String> {
    let link = door.link;
    let undated = || t_string!(link.i18n, visit.date_unknown).to_owned();
    link.common(|common| match item {
        Item::Infections => record.infections.iter().map(|one| one.on.map_or_else(undated, words::partial)).collect(),
        Item::Trait(_) => Vec::new(),
        Item::Doses(_) | Item::Live => {
            let counts = |dose: &&PriorDose| is_of(common, item, &dose.product);
            let line = |dose: &PriorDose| {
                let name = words::product_name(common, &dose.product, link.today());
                format!("{name} · {}", dose.on.map_or_else(undated, words::partial))
            };
            record.doses.iter().filter(counts).map(line).collect()
        }
    })
}

/// Says whether a product belongs to the list of an item.
fn is_of(common: &Common, item: Item, code: &str) -> bool {
    let known = common.directives.iter().flat_map(|directive| &directive.products).find(|product| product.code == code);
    match item {
        Item::Doses(family) => known.map(|product| product.family).or_else(|| Family::of_any(code)) == Some(family),
        Item::Live => {
            known.map_or_else(|| Family::of_any(code).is_some_and(Family::is_live), |product| product.live_attenuated)
        }
        Item::Infections | Item::Trait(_) => false,
    }
}

/// Returns the products that a dose of an item can be: those that are known, then each family without a product.
fn products(door: Door, common: &Common, item: Item) -> Vec<(String, String)> {
    let mut codes: Vec<String> = common
        .directives
        .iter()
        .flat_map(|directive| &directive.products)
        .filter(|product| is_of(common, item, &product.code))
        .map(|product| product.code.clone())
        .collect();
    perron_domain::order::sort_and_dedup(&mut codes);
    let any = Family::ALL.into_iter().map(Family::any).filter(|code| is_of(common, item, code));
    codes.extend(any);
    let name = |code: String| {
        let name = words::product_name(common, &code, door.link.today());
        (code, name)
    };
    codes.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::rules::Trait;

    #[test]
    fn one_touch_says_never_to_lists_and_no_to_traits() {
        let items = [Item::Doses(Family::Covid), Item::Infections, Item::Trait(Trait::Pregnant)];
        let mut record = PersonRecord::default();
        record.learn(&learned(&items, Known::No));
        for item in items {
            assert_eq!(told(&record, item), Some(Known::No), "{item:?}");
        }
        assert_eq!(told(&record, Item::Live), None, "nobody asked");
    }

    #[test]
    fn what_nobody_knows_is_no_no() {
        let mut record = PersonRecord::default();
        record.learn(&learned(&[Item::Infections, Item::Trait(Trait::AtRisk)], Known::NotKnown));
        assert_eq!(told(&record, Item::Infections), Some(Known::NotKnown));
        assert_eq!(told(&record, Item::Trait(Trait::AtRisk)), Some(Known::NotKnown));
    }
}

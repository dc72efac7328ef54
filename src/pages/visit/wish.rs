//! Which vaccine: for somebody whose visit has none yet, or one more on the same day.

use leptos::prelude::*;
use perron_domain::{aboard::Aboard, command::Command, people::Wish};

use super::{Door, link::Problem};
use crate::{
    components::{Button, Card, Choice, ChoiceRow, EmptyState, Glyph, MainAction, Show, Stepper, Tick, Weight},
    i18n::{label, t_string},
    pages::{
        taking::{Taking, TakingDialog},
        words,
    },
};

/// The screen that adds a vaccine.
#[component]
pub fn AddWish(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{}/wish", door.person));
    let product = form.text("product", "");
    let rank = form.count("rank", 1);
    let taking = Taking::of(link, form);
    let unknown = form.tick("rank_unknown", false);
    let aboard = Memo::new(move |_| door.aboard());
    let tiles = Signal::derive(move || {
        aboard
            .get()
            .into_iter()
            .filter(|(_, held)| !held.usable.is_empty())
            .map(|(code, held)| {
                let name = link.common(|common| words::product_short(common, &code, link.today()));
                Choice::new(code, Signal::stored(name))
                    .note(Signal::stored(t_string!(i18n, visit.doses_left, count = held.doses())))
                    .glyph(Glyph::Vial)
            })
            .collect::<Vec<_>>()
    });
    // What is aboard and cannot be given, with the reason: it is not simply missing from the list.
    let none = move || {
        let line = |(code, held): (String, Aboard)| {
            let why = words::why_none(i18n, &held)?;
            let name = link.common(|common| words::product_short(common, &code, link.today()));
            Some(view! { <p class="muted" data-testid="wish-none">{format!("{name} · {why}")}</p> })
        };
        aboard.get().into_iter().filter_map(line).collect_view()
    };
    let save = move |()| {
        let product = product.get_untracked();
        let rank = (!unknown.now()).then(|| u8::try_from(rank.now()).unwrap_or(u8::MAX));
        let wish = Wish { product: product.clone(), rank };
        let add = move |despite| {
            let command = Command::AddAct { person: door.person, wish: wish.clone(), despite };
            link.write(vec![command], move || {
                form.done();
                door.done.run(());
            });
        };
        taking.take(&product, Callback::new(add));
    };
    view! {
        <Show
            when=move || aboard.with(|aboard| aboard.iter().any(|(_, held)| !held.usable.is_empty()))
            fallback=move || {
                view! { <EmptyState glyph=Glyph::Vial title=label!(i18n, visit.nothing_aboard) /> }
            }
        >
            <Card>
                <div class="stack">
                    <ChoiceRow
                        legend=label!(i18n, visit.field_product)
                        quiet_legend=true
                        column=true
                        choices=tiles
                        value=Signal::derive(move || Some(product.get()))
                        on_change=move |code| product.set(code)
                        testid="wish"
                    />
                    <Stepper
                        label=label!(i18n, visit.rank)
                        value=rank.signal()
                        min=1
                        max=Signal::stored(9)
                        on_change=move |value| rank.set(value)
                        testid="wish-rank"
                    />
                    <Tick
                        label=label!(i18n, visit.rank_unknown)
                        value=Signal::derive(move || unknown.get())
                        on_change=move |value| unknown.set(value)
                        testid="wish-rank-unknown"
                    />
                </div>
            </Card>
        </Show>
        {none}
        <TakingDialog taking=taking />
        <Problem link=link />
        <MainAction
            label=label!(i18n, visit.add_vaccine)
            icon=Glyph::Plus
            busy=link.busy
            disabled=Signal::derive(move || product.with(String::is_empty))
            on_press=save
            testid="wish-save"
        >
            <Button
                label=label!(i18n, common.back)
                weight=Weight::Quiet
                on_press=move |()| door.done.run(())
                testid="wish-back"
            />
        </MainAction>
    }
}

//! Another vaccine in place of the one that was planned: with how many are left, and asked about where others wait for them.

use leptos::prelude::*;
use perron_domain::{command::Command, name::FactName, people::Wish};

use super::Door;
use crate::{
    components::{Button, Glyph, Weight},
    i18n::t_string,
    pages::taking::Taking,
};

/// The question of the buttons of one card.
#[must_use]
pub fn question(door: Door, act: FactName) -> Taking {
    Taking::of(door.link, door.link.form(format!("visit/{act}/instead")))
}

/// The button that uses one product for an act.
#[component]
pub fn Instead(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
    /// The question of the card.
    taking: Taking,
    /// The product, by code and name.
    product: (String, String),
    /// The doses that can be used.
    doses: i32,
    /// How much it stands out.
    weight: Weight,
    /// Its place among the buttons.
    index: usize,
) -> impl IntoView {
    let link = door.link;
    let (code, name) = product;
    let press = move |()| {
        let rank = link.glance(|round, _| round.acts.get(&act).and_then(|act| act.wish.rank));
        let wish = Wish { product: code.clone(), rank };
        let change = move |despite| {
            link.write(vec![Command::ChangeAct { act, wish: wish.clone(), despite }], move || door.done.run(()));
        };
        taking.take(&code, Callback::new(change));
    };
    view! {
        <Button
            label=Signal::stored(t_string!(link.i18n, visit.use_instead, product = name, count = doses))
            icon=Glyph::Swap
            weight=weight
            wide=true
            disabled=link.busy
            on_press=press
            testid=format!("use-instead-{index}")
        />
    }
}

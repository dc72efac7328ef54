//! A round that the relay gave up is no longer in the list: it is said, with the reason, until somebody has read it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{Button, Notice, Show, Tone, Weight},
    i18n::{label, t_string, use_i18n},
    pages::words,
    state::use_replica,
};

/// The notice; nothing while nothing was given up.
#[component]
pub fn GivenUp() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let rounds = replica.given_up();
    let open = replica.round_number();
    let read = move |()| {
        let numbers = rounds.with_untracked(|rounds| rounds.iter().map(|round| round.number).collect());
        spawn_local(async move { replica.read_given_up(numbers).await });
    };
    let lines = move || {
        rounds
            .get()
            .into_iter()
            .map(|round| {
                let (label, reason) = (round.label, round.cancelled.unwrap_or_default());
                let day = words::day_long(i18n, round.on);
                let said = t_string!(i18n, tour.given_up_line, round = label, day = day, reason = reason);
                // Whoever has begun it, without hearing of it, goes on with it on the screen.
                let begun = (open.get() == Some(round.number)).then(|| t_string!(i18n, tour.given_up_begun));
                view! { <p data-testid="round-given-up">{said} " " {begun}</p> }
            })
            .collect_view()
    };
    view! {
        <Show when=move || rounds.with(|rounds| !rounds.is_empty())>
            <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, tour.given_up_title).to_owned())>
                {lines}
                <Button
                    label=label!(i18n, common.close)
                    weight=Weight::Quiet
                    on_press=read
                    testid="round-given-up-close"
                />
            </Notice>
        </Show>
    }
}

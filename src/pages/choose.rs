//! Which round, and who works: chosen once, changed when the tablet changes hands.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::fact::{AccountNo, Role};

use super::{
    visit::link::{Link, Problem},
    words,
};
use crate::{
    components::{Card, Choice, ChoiceRow, EmptyState, Glyph, MainAction, Notice, PageHeader, Show, Tone},
    i18n::{say, t, t_string},
    state::use_replica,
};

/// The tiles of the nurses of the open round; of every nurse of the relay where the round names none.
#[component]
pub fn AccountChoice(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let nurses = Memo::new(move |_| {
        link.both(|round, common| {
            let planned: Vec<AccountNo> = round.plan.as_ref().map(|plan| plan.nurses.clone()).unwrap_or_default();
            let of_relay =
                || common.accounts.values().filter(|one| one.roles.contains(&Role::Nurse)).map(|one| one.account);
            let numbers = if planned.is_empty() { of_relay().collect() } else { planned };
            numbers.into_iter().map(|number| (number, common.account_name(number))).collect::<Vec<_>>()
        })
    });
    let choices = Signal::derive(move || {
        nurses
            .get()
            .into_iter()
            .map(|(number, name)| Choice::new(number, Signal::stored(name)).glyph(Glyph::Person))
            .collect::<Vec<_>>()
    });
    let choose = move |account: AccountNo| {
        spawn_local(async move {
            link.problem.set(replica.set_author(account).await.err());
        });
    };
    view! {
        <ChoiceRow
            legend=say!(i18n, tour.who_works)
            choices=choices
            value=move || Some(link.account()).filter(|account| account.0 > 0)
            on_change=choose
            column=true
            testid="account"
        />
    }
}

/// The tiles of the rounds that this tablet holds.
#[component]
pub fn RoundChoice(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let choices = Signal::derive(move || {
        replica
            .rounds()
            .get()
            .into_iter()
            .map(|round| {
                let day = round.on;
                Choice::new(round.number, Signal::stored(round.label))
                    .glyph(Glyph::Route)
                    .note(Signal::derive(move || words::day_long(i18n, day)))
            })
            .collect::<Vec<_>>()
    });
    let choose = move |number: u32| {
        spawn_local(async move {
            link.problem.set(replica.open_round(number).await.err());
        });
    };
    view! {
        <ChoiceRow
            legend=say!(i18n, tour.which_round)
            choices=choices
            value=move || replica.round_number().get()
            on_change=choose
            column=true
            testid="round"
        />
    }
}

/// The page of the two choices: `/choix`.
#[component]
pub fn Choose() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let ready = move || link.account().0 > 0 && replica.round_number().get().is_some();
    view! {
        <PageHeader title=say!(i18n, tour.choose_title) back=Signal::stored("/".to_owned()) />
        <Show
            when=move || replica.rounds().with(|rounds| !rounds.is_empty())
            fallback=move || {
                view! {
                    <EmptyState
                        glyph=Glyph::Route
                        title=say!(i18n, tour.no_round)
                        text=move || Some(t_string!(i18n, tour.no_round_text).to_owned())
                    />
                }
            }
        >
            <Card>
                <RoundChoice link=link />
            </Card>
            <Card>
                <AccountChoice link=link />
            </Card>
            <Notice tone=Tone::Info>
                <p>{t!(i18n, tour.account_note)}</p>
            </Notice>
        </Show>
        <Problem link=link />
        <MainAction
            label=say!(i18n, tour.open_tour)
            icon=Glyph::Steps
            disabled=Signal::derive(move || !ready())
            hint=move || (!ready()).then(|| t_string!(i18n, tour.choose_hint).to_owned())
            on_press=move |()| navigate("/", NavigateOptions::default())
            testid="open-tour"
        />
    }
}

//! Ma tournée: the next doors, what is left in the box, what must be used soon, and what may change on the way.

mod changed;
mod door;
mod figures;
mod messages;
pub mod order;
mod postpone;
mod soon;
mod stop;
pub mod use_by;

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use perron_domain::{date::Day, name::FactName, state::close};

use self::{
    changed::Changed,
    door::DoorRow,
    figures::Figures,
    messages::{Messages, ReadMessages},
    postpone::Postpone,
    soon::Soon,
    stop::door_href,
};
use super::{
    ready::ReadyPill,
    visit::link::{Link, Problem},
    words,
};
use crate::{
    components::{
        Button, Card, EmptyState, ErrorBlock, Fold, For, Glyph, Icon, LinkButton, ListRow, MainAction, Notice,
        PageHeader, Show, Tone, Weight, fr, live,
    },
    i18n::{label, t, t_string},
    state::{Failure, Phase, use_replica},
};

/// Returns the day that the rules look at, where it is not today: that of a demonstration's story. Boxes and days of use are
/// then those of the story too, and nobody should take them for today's.
fn story_day(link: Link) -> Option<Day> {
    link.common(|common| {
        let zone = words::zone(common);
        Some(link.today())
            .filter(|day| *day != zone.day(link.now_once()) && common.relay.as_ref().is_some_and(|one| one.demo))
    })
}

/// What the page shows.
#[derive(Clone, PartialEq)]
enum Shown {
    Opening,
    Failed(String),
    NoRound,
    Round(u32),
}

/// The first page of the tablet.
#[component]
pub fn Tour() -> impl IntoView {
    let replica = use_replica();
    let link = Link::find();
    let i18n = link.i18n;
    let navigate = use_navigate();
    Effect::new(move |_| {
        if replica.phase().get() == Phase::NotEnrolled {
            navigate("/enrolement", NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let shown = Memo::new(move |_| match replica.phase().get() {
        Phase::Opening | Phase::NotEnrolled => Shown::Opening,
        Phase::Failed(error) => {
            let failure = Failure::Store(error);
            Shown::Failed(link.common(|common| words::failure_text(i18n, common, &failure)))
        }
        Phase::Ready => replica.round_number().get().map_or(Shown::NoRound, Shown::Round),
    });
    live(move || match shown.get() {
        Shown::Opening => view! {
            <PageHeader title=label!(i18n, tour.title) />
            <p class="muted">{t!(i18n, common.loading)}</p>
        }
        .into_any(),
        Shown::Failed(message) => view! {
            <PageHeader title=label!(i18n, tour.title) />
            <ErrorBlock message=message unsure=true on_retry=Callback::new(move |()| replica.retry()) />
        }
        .into_any(),
        Shown::NoRound => view! {
            <PageHeader title=label!(i18n, tour.title) />
            <EmptyState
                glyph=Glyph::Route
                title=label!(i18n, tour.no_round)
                text=move || Some(t_string!(i18n, tour.no_round_text).to_owned())
            >
                <Button
                    label=label!(i18n, tour.sync_now)
                    icon=Glyph::Sync
                    on_press=move |()| replica.sync_now()
                    testid="sync-now"
                />
            </EmptyState>
        }
        .into_any(),
        Shown::Round(_) => view! { <OneRound link=link /> }.into_any(),
    })
}

/// What the main button does next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Account,
    Depart,
    Open(FactName),
    Close,
    Closed,
}

#[component]
fn OneRound(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    let replica = use_replica();
    let navigate = use_navigate();
    let ordering = RwSignal::new(false);
    let postponed = RwSignal::new(None::<FactName>);
    let subtitle = move || {
        link.round(|round| {
            let plan = round.plan.as_ref()?;
            Some(format!("{} · {}", plan.label, words::day_long(i18n, plan.on)))
        })
    };
    // Who works, without the profession: «Nour Sarriette».
    let worker = move || {
        let account = link.account();
        if account.0 == 0 {
            return t_string!(i18n, tour.change_round).to_owned();
        }
        let name = link.common(|common| common.account_name(account));
        name.split(", ").next().unwrap_or(&name).to_owned()
    };
    let open = Memo::new(move |_| link.round(|round| round.next_stops()));
    let done = Memo::new(move |_| {
        link.round(|round| {
            let done = |stop: &&FactName| round.stops.get(stop).is_some_and(|stop| round.stop_done(stop));
            round.order.iter().filter(done).copied().collect::<Vec<_>>()
        })
    });
    let next = Memo::new(move |_| {
        let (departed, closed) = link.round(|round| (round.departed.is_some(), round.closed_at.is_some()));
        let first = open.with(|open| open.first().copied());
        match first {
            _ if link.account().0 == 0 => Next::Account,
            _ if closed => Next::Closed,
            _ if !departed => Next::Depart,
            Some(stop) => Next::Open(stop),
            None => Next::Close,
        }
    });
    let label = move || match next.get() {
        Next::Account => t_string!(i18n, tour.who_works),
        Next::Depart => t_string!(i18n, tour.prepare_departure),
        Next::Open(_) => t_string!(i18n, tour.next_visit),
        Next::Close => t_string!(i18n, tour.close_round),
        Next::Closed => t_string!(i18n, tour.closed),
    };
    let start = move |()| {
        let to = match next.get_untracked() {
            Next::Account => "/choix".to_owned(),
            Next::Depart => "/depart".to_owned(),
            Next::Open(stop) => link.glance(|round, _| door_href(round, stop)),
            Next::Close | Next::Closed => "/cloture".to_owned(),
        };
        navigate(&to, NavigateOptions::default());
    };
    let differences = Memo::new(move |_| link.both(|round, common| close::differences(round, common).len()));
    let waiting = Memo::new(move |_| link.round(|round| round.waiting.len()));
    let row = move |stop: FactName, current: Signal<bool>| {
        view! { <DoorRow link=link stop=stop current=current ordering=ordering postponed=postponed /> }
    };
    let current = move |stop: FactName| Signal::derive(move || open.with(|open| open.first() == Some(&stop)));
    let count = move |several: String, single: String, n: usize| {
        if fr::several(i18n.get_locale(), u32::try_from(n).unwrap_or(u32::MAX)) { several } else { single }
    };
    view! {
        <PageHeader title=label!(i18n, tour.title) subtitle=Signal::derive(subtitle)>
            <LinkButton
                label=Signal::derive(worker)
                href="/choix"
                icon=Glyph::Person
                weight=Weight::Quiet
                testid="change-round"
            />
        </PageHeader>
        <Messages link=link />
        <Changed link=link />
        <Show when=move || { differences.get() > 0 }>
            <Notice tone=Tone::Danger>
                <div class="row-between">
                    <p>
                        {move || {
                            let n = differences.get();
                            count(
                                t_string!(i18n, tour.differences_several, count = n),
                                t_string!(i18n, tour.differences_single, count = n),
                                n,
                            )
                        }}
                    </p>
                    <LinkButton
                        label=label!(i18n, tour.look)
                        href="/apres-coup"
                        testid="differences"
                    />
                </div>
            </Notice>
        </Show>
        {move || {
            story_day(link)
                .filter(|_| next.get() == Next::Depart)
                .map(|day| {
                    let said = t_string!(i18n, tour.story_day, day = words::day(i18n, day));
                    view! { <Notice tone=Tone::Info><p data-testid="story-day">{said}</p></Notice> }
                })
        }}
        <Show when=move || next.get() == Next::Depart>
            <Card title=Signal::derive(move || t_string!(i18n, tour.before_departure).to_owned())>
                <div class="row-between">
                    <ReadyPill />
                    <p class="muted">
                        {move || {
                            link.round(|round| {
                                round
                                    .plan
                                    .as_ref()
                                    .map(|plan| {
                                        format!("{} · {}", plan.start_place, words::minute(i18n, plan.start_minute))
                                    })
                            })
                        }}
                    </p>
                </div>
            </Card>
        </Show>
        <Show when=move || link.round(|round| !round.loads.is_empty())>
            <Figures link=link />
        </Show>
        <Soon link=link />
        <Show
            when=move || open.with(|open| !open.is_empty())
            fallback=move || {
                view! {
                    <EmptyState
                        glyph=Glyph::Steps
                        title=label!(i18n, tour.all_done)
                        text=move || Some(t_string!(i18n, tour.all_done_text).to_owned())
                    />
                }
            }
        >
            <div class="list" data-testid="doors">
                <For each=move || open.get() key=|stop| *stop children=move |stop| row(stop, current(stop)) />
            </div>
        </Show>
        <div class="actions">
            <Show when=move || open.with(|open| open.len() > 1)>
                <Button
                    label=move || {
                        if ordering.get() {
                            t_string!(i18n, tour.order_done)
                        } else {
                            t_string!(i18n, tour.change_order)
                        }
                    }
                    icon=Glyph::Swap
                    on_press=move |()| ordering.update(|ordering| *ordering = !*ordering)
                    testid="order"
                />
            </Show>
            <LinkButton
                label=label!(i18n, tour.add_stop)
                href="/nouvelle-adresse"
                icon=Glyph::Plus
                testid="add-stop"
            />
            <LinkButton
                label=Signal::derive(move || t_string!(i18n, tour.waiting_link, count = waiting.get()))
                href="/attente"
                icon=Glyph::Clock
                testid="waiting"
            />
        </div>
        <Problem link=link />
        <Show when=move || done.with(|done| !done.is_empty())>
            <Fold summary=Signal::derive(move || {
                t_string!(i18n, tour.done_doors, count = done.with(Vec::len))
            })>
                <div class="list">
                    <For
                        each=move || done.get()
                        key=|stop| *stop
                        children=move |stop| row(stop, Signal::stored(false))
                    />
                </div>
            </Fold>
        </Show>
        <ReadMessages link=link />
        <Show when=move || link.round(|round| round.departed.is_some()) && next.get() != Next::Close>
            <ListRow
                title=label!(i18n, tour.close_round)
                href="/cloture"
                lead=|| view! { <Icon glyph=Glyph::Pen /> }
                testid="to-close"
            />
        </Show>
        <Postpone link=link stop=postponed />
        <MainAction
            label=label
            icon=Glyph::Steps
            on_press=start
            hint=move || {
                (replica.round_number().get().is_some() && next.get() == Next::Account)
                    .then(|| t_string!(i18n, tour.who_works_hint).to_owned())
            }
            testid="next"
        />
    }
}

//! «Doses»: each vial or syringe batch: what is left, until when, «Céder»; then the balance of every lot.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{aboard, lot::LotId};

use super::{
    Desk,
    item::{Bar, Item, relay_bar},
    words::{form_word, one},
};
use crate::{
    components::{
        Card, EmptyState, Fold, For, Glyph, Icon, LinkButton, PageHeader, Show, StatusPill, Tone, Weight, fr,
    },
    i18n::{I18n, label, t_string},
    pages::words,
};

/// The list.
#[component]
pub fn Doses(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let items = Memo::new(move |_| {
        link.both(|round, common| {
            Item::all(
                round,
                |loaded| relay_bar(common, loaded),
                |load| aboard::holds(round, link.device(), load),
                link.today(),
            )
        })
    });
    let (open, done) = (
        Memo::new(move |_| items.get().into_iter().filter(|item| item.left != 0).collect::<Vec<_>>()),
        Memo::new(move |_| items.get().into_iter().filter(|item| item.left == 0).collect::<Vec<_>>()),
    );
    // What can be used now, product by product, and how much of it nobody on the round waits for.
    let products = move || {
        link.both(|round, common| {
            let now = link.steady_once();
            let one = |code: String| {
                let doses = aboard::aboard(round, common, &code, now);
                let free = aboard::free(round, common, &code, now);
                let why = words::why_none(i18n, &doses);
                (product_short(common, &code, link.today()), doses.doses(), free, why)
            };
            aboard::products(round).into_iter().map(one).collect::<Vec<_>>()
        })
    };
    view! {
        <PageHeader title=label!(i18n, stock.title)>
            <LinkButton
                label=label!(i18n, stock.correct)
                href="/doses/corriger"
                icon=Glyph::Pen
                weight=Weight::Quiet
                testid="doses-correct"
            />
        </PageHeader>
        <Show
            when=move || items.with(|items| !items.is_empty())
            fallback=move || {
                view! {
                    <EmptyState
                        glyph=Glyph::Vial
                        title=label!(i18n, stock.no_doses)
                        text=move || Some(t_string!(i18n, stock.no_doses_text).to_owned())
                    />
                }
            }
        >
            <ul class="aboard" data-testid="aboard">
                {move || {
                    products()
                        .into_iter()
                        .map(|(name, aboard, free, why)| {
                            let tone = if free < 0 { Tone::Warning } else { Tone::Neutral };
                            view! {
                                <li data-tone=tone.name()>
                                    <strong>{aboard}</strong>
                                    <span>{name}</span>
                                    <span class="muted">{why.unwrap_or_else(|| free_words(i18n, free))}</span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <div class="sources">
                <For each=move || open.get() key=|item| format!("{item:?}") children=move |item| view! { <Source desk=desk item=item /> } />
            </div>
            <Show when=move || done.with(|done| !done.is_empty())>
                <Fold summary=Signal::derive(move || t_string!(i18n, stock.used_up, count = done.with(Vec::len)))>
                    <div class="sources">
                        <For each=move || done.get() key=|item| format!("{item:?}") children=move |item| view! { <Source desk=desk item=item /> } />
                    </div>
                </Fold>
            </Show>
            <Balance desk=desk />
        </Show>
        <LinkButton
            label=label!(i18n, stock.receive)
            href="/doses/recevoir"
            icon=Glyph::Download
            wide=true
            testid="doses-receive"
        />
    }
}

/// Returns the word behind what is left; what is to be destroyed is counted as lost already, here as in the balance.
fn left_word(i18n: I18n, bar: Bar, left: i32) -> &'static str {
    match (bar == Bar::ToDestroy, one(left)) {
        (false, true) => t_string!(i18n, stock.left_single),
        (false, false) => t_string!(i18n, stock.left_several),
        (true, true) => t_string!(i18n, stock.lost_single),
        (true, false) => t_string!(i18n, stock.lost_several),
    }
}

const fn time_glyph(left: i64) -> Glyph {
    if left > 0 { Glyph::Clock } else { Glyph::Octagon }
}

fn free_words(i18n: I18n, free: i32) -> String {
    match free {
        0 => t_string!(i18n, stock.free_none).to_owned(),
        1 => t_string!(i18n, stock.free_some_single, count = free),
        2.. => t_string!(i18n, stock.free_some_several, count = free),
        _ => t_string!(i18n, stock.free_short, count = -free),
    }
}

/// Returns the word for what stands in the way of using doses.
#[must_use]
pub fn bar_word(i18n: I18n, bar: Bar) -> Option<&'static str> {
    Some(match bar {
        Bar::None => return None,
        Bar::SetApart => t_string!(i18n, stock.set_apart),
        Bar::ToDestroy => t_string!(i18n, stock.to_destroy),
        Bar::LotIsolated => t_string!(i18n, stock.lot_isolated),
        Bar::LotDoubtful => t_string!(i18n, stock.lot_doubtful),
        Bar::Expired => t_string!(i18n, stock.expired),
        Bar::BelowZero => t_string!(i18n, stock.below_zero),
    })
}

/// Returns what it is, in a line: container and when it was opened.
#[must_use]
pub fn container_line(desk: Desk, item: &Item) -> String {
    let link = desk.link;
    let i18n = link.i18n;
    link.common(|common| match (item.opened, item.units) {
        (Some(at), _) => t_string!(i18n, stock.vial_opened, hour = words::moment(i18n, common, at, link.now_once())),
        (None, Some(units)) if one(units) => t_string!(i18n, stock.vials_closed_single, count = units),
        (None, Some(units)) => t_string!(i18n, stock.vials_closed_several, count = units),
        (None, None) => form_word(i18n, item.form).to_owned(),
    })
}

/// One vial, batch or load.
#[component]
fn Source(desk: Desk, item: Item) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let name = item.name;
    let usable = item.bar == Bar::None && !item.elsewhere && item.left > 0;
    let title = link.common(|common| words::product_name(common, &item.product, link.today()));
    let detail = format!("{} · {}", t_string!(i18n, stock.lot, lot = item.lot.clone()), container_line(desk, &item));
    let until = item.use_by.map(|use_by| link.common(|common| words::moment(i18n, common, use_by, link.now_once())));
    let expiry = words::day(i18n, item.expiry);
    let shown = item.clone();
    let tone = Memo::new({
        let item = item.clone();
        // Only what has a use-by follows the seconds.
        move |_| {
            if item.left == 0 {
                Tone::Neutral
            } else {
                item.tone(if item.ends.is_some() { link.steady() } else { link.steady_once() })
            }
        }
    });
    let time = move || {
        match (
        shown.seconds_left(if shown.ends.is_some() && shown.left > 0 { link.steady() } else { link.steady_once() }),
        until.clone(),
    ) {
        _ if shown.left <= 0 => ().into_any(),
        (Some(left), Some(until)) => view! {
            <span class="source-time" data-tone=tone.get().name()>
                <Icon glyph=time_glyph(left) />
                <strong role="timer">
                    {if left > 0 { fr::countdown(i18n.get_locale(), left) } else { t_string!(i18n, stock.time_over).to_owned() }}
                </strong>
                <span>{t_string!(i18n, stock.before, hour = until)}</span>
            </span>
        }
        .into_any(),
        _ => view! {
            <span class="source-time">
                <span>{t_string!(i18n, stock.until_day)}</span>
                <span>{expiry.clone()}</span>
            </span>
        }
        .into_any(),
    }
    };
    let word = bar_word(i18n, item.bar);
    let elsewhere = item.elsewhere;
    let unopened = item.unopened();
    let spent = item.opened.is_some() && item.left <= 0;
    view! {
        <article class="source" data-tone=move || tone.get().name()>
            <a class="source-main" href=format!("/doses/{name}") data-testid="source">
                <span class="source-left">
                    <strong data-testid="source-left">{item.left}</strong>
                    <span>{left_word(i18n, item.bar, item.left)}</span>
                </span>
                <span class="row-text">
                    <span class="row-title">{title}</span>
                    <span class="row-detail">{detail}</span>
                    {word.map(|word| view! { <StatusPill tone=Tone::Danger label=Signal::stored(word.to_owned()) /> })}
                    {item.to_confirm
                        .then(|| {
                            view! { <StatusPill tone=Tone::Warning label=label!(i18n, visit.phone_to_confirm) /> }
                        })}
                    {elsewhere
                        .then(|| {
                            view! { <StatusPill tone=Tone::Info label=label!(i18n, stock.other_tablet) /> }
                        })}
                </span>
                {time}
                <Icon glyph=Glyph::Forward />
            </a>
            <Show when=move || usable || (spent && !elsewhere)>
                <div class="source-actions">
                    {(usable && unopened)
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=label!(i18n, stock.open)
                                    href=format!("/doses/{name}/ouvrir")
                                    icon=Glyph::Vial
                                    weight=Weight::Primary
                                    testid="source-open"
                                />
                            }
                        })}
                    {(!elsewhere && (item.opened.is_some()))
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=label!(i18n, stock.drawn)
                                    href=format!("/doses/{name}/tirees")
                                    icon=Glyph::Syringe
                                    testid="source-draw"
                                />
                            }
                        })}
                    {usable
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=label!(i18n, stock.cede)
                                    href=format!("/doses/{name}/ceder")
                                    icon=Glyph::Swap
                                    testid="source-cede"
                                />
                            }
                        })}
                </div>
            </Show>
        </article>
    }
}

/// Taken + extra drawn = given + ceded + wasted + returned + left, per lot.
#[component]
fn Balance(desk: Desk) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let rows = move || {
        link.both(|round, common| {
            let one = |(lot, balance): (LotId, perron_domain::state::LotBalance)| {
                let name = product_short(common, &lot.product, link.today());
                (format!("{name} · {}", t_string!(i18n, stock.lot, lot = round.printed(&lot))), balance)
            };
            round.lot_balances().into_iter().map(one).collect::<Vec<_>>()
        })
    };
    let cells = move |balance: perron_domain::state::LotBalance| {
        [
            (t_string!(i18n, stock.column_taken), balance.taken),
            (t_string!(i18n, stock.column_extra), balance.extra),
            (t_string!(i18n, stock.column_given), balance.given),
            (t_string!(i18n, stock.column_ceded), balance.ceded),
            (t_string!(i18n, stock.column_wasted), balance.wasted),
            (t_string!(i18n, stock.column_returned), balance.returned),
            (t_string!(i18n, stock.column_left), balance.left),
        ]
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, stock.balance).to_owned()) icon=Glyph::Chart>
            <p class="muted">{move || t_string!(i18n, stock.balance_caption)}</p>
            {move || {
                rows()
                    .into_iter()
                    .map(|(lot, balance)| {
                        view! {
                            <section class="balance" class:balance-wrong=balance.left.is_negative() data-testid="balance">
                                <h3>{lot}</h3>
                                <dl>
                                    {cells(balance)
                                        .map(|(word, count)| {
                                            view! {
                                                <div>
                                                    <dt>{word}</dt>
                                                    <dd>{count}</dd>
                                                </div>
                                            }
                                        })
                                        .into_iter()
                                        .collect_view()}
                                </dl>
                            </section>
                        }
                    })
                    .collect_view()
            }}
        </Card>
    }
}

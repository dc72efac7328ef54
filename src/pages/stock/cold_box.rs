//! «Boîte»: the last temperature and its hour, «Relever», and the doses that a reading outside 2–8 °C set apart.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{
    aboard,
    command::Command,
    fact::Role,
    name::FactName,
    order,
    state::{DecidedBy, Isolation},
    temperature::{COLD_MAX, COLD_MIN},
};

use super::{
    Desk,
    parts::{read_tenths, said},
    words::{call_line, doses, one},
};
use crate::{
    components::{
        Button, Card, Confirm, Fold, Glyph, Icon, KeyFigure, LinkButton, ListRow, MainAction, Notice, NumberField,
        PageHeader, Show, StatusPill, TextField, Tone, Weight, fr,
    },
    i18n::{I18n, label, t, t_string},
    pages::{
        hour::{Hour, HourField},
        reason::ReasonField,
        visit::link::Problem,
        words,
    },
};

/// The page.
#[component]
pub fn ColdBox(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form("box/reading");
    let degrees = form.text("degrees", "");
    let hour = Hour::done(link, form.text("hour", ""));
    let reason = form.text("reason", "");
    let wrong = RwSignal::new(None::<String>);
    let hour_wrong = RwSignal::new(None::<String>);
    let saved = RwSignal::new(false);
    let last = Memo::new(move |_| {
        link.round(|round| round.readings.iter().max_by_key(|reading| reading.read.at).map(|one| one.read.clone()))
    });
    let typed = Memo::new(move |_| degrees.with(|text| read_tenths(text)));
    let outside = Memo::new(move |_| typed.get().is_some_and(|tenths| !(COLD_MIN..=COLD_MAX).contains(&tenths)));
    // What a reading of now would set apart: an opened vial may keep where a closed one does not.
    let concerned = Memo::new(move |_| {
        let Some(tenths) = typed.get() else { return 0 };
        link.round(|round| {
            let own = |load| aboard::holds(round, link.device(), load);
            let sources = round.concerned(tenths, link.now_once(), own);
            sources.into_iter().map(|source| round.doses_apart(source)).sum::<i32>()
        })
    });
    let value = move || {
        last.with(|last| last.as_ref().map(|read| fr::celsius(i18n.get_locale(), i32::from(read.tenths))))
            .unwrap_or_else(|| "–".to_owned())
    };
    let tone = move || match last.with(|last| last.as_ref().map(|read| read.in_range())) {
        Some(true) => Tone::Good,
        Some(false) => Tone::Danger,
        None => Tone::Warning,
    };
    let save = move |()| {
        let Some(tenths) = typed.get_untracked() else {
            wrong.set(Some(t_string!(i18n, stock.degrees_wrong).to_owned()));
            return;
        };
        let at = untrack(|| hour.read());
        if at.is_none() && !untrack(|| hour.is_empty()) {
            hour_wrong.set(Some(t_string!(i18n, stock.hour_wrong).to_owned()));
            return;
        }
        wrong.set(None);
        hour_wrong.set(None);
        let why = if outside.get_untracked() { said(&reason.get_untracked()) } else { None };
        link.write(vec![Command::ReadTemperature { tenths, at, reason: why }], move || {
            // The form stays on the page for the next reading, and is kept empty.
            for field in [degrees, hour.text, reason] {
                field.set(String::new());
            }
            saved.set(true);
        });
    };
    let flip = move |()| {
        degrees.update(|text| {
            let trimmed = text.trim().to_owned();
            *text = trimmed.strip_prefix(['-', '\u{2212}']).map_or_else(|| format!("-{trimmed}"), str::to_owned);
        });
    };
    let reason_missing = move || outside.get() && reason.with(|reason| reason.trim().is_empty());
    view! {
        <PageHeader title=label!(i18n, stock.box_title)>
            <LinkButton
                label=label!(i18n, stock.correct)
                href="/boite/corriger"
                icon=Glyph::Pen
                weight=Weight::Quiet
                testid="box-correct"
            />
        </PageHeader>
        <div class="figures" data-testid="box-last">
            <KeyFigure
                value=value
                label=move || match tone() {
                    Tone::Good => t_string!(i18n, stock.in_range),
                    Tone::Danger => t_string!(i18n, stock.out_of_range),
                    _ => t_string!(i18n, stock.never_read),
                }
                tone=Signal::derive(tone)
                icon=Glyph::Thermometer
            />
            <KeyFigure
                value=move || {
                    last.with(|last| last.as_ref().map(|read| link.common(|common| words::moment(i18n, common, read.at, link.now_once()))))
                        .unwrap_or_else(|| "–".to_owned())
                }
                label=label!(i18n, stock.last_reading)
                icon=Glyph::Clock
            />
        </div>
        <Card>
            <div class="reading">
                <NumberField
                    label=label!(i18n, stock.temperature)
                    value=degrees
                    unit=Signal::stored("°C".to_owned())
                    error=wrong
                    testid="box-degrees"
                />
                <Button
                    label=label!(i18n, stock.below_zero_sign)
                    on_press=flip
                    testid="box-sign"
                />
                <HourField
                    label=label!(i18n, stock.hour)
                    hour=hour
                    hint=move || Some(t_string!(i18n, stock.empty_is_now).to_owned())
                    error=hour_wrong
                    testid="box-hour"
                />
            </div>
            <Show when=move || outside.get()>
                <Notice tone=Tone::Danger title=move || Some(t_string!(i18n, stock.out_of_range).to_owned())>
                    <p data-testid="box-will-set-apart">
                        {move || will_set_apart(i18n, concerned.get())}
                    </p>
                </Notice>
                <ReasonField
                    label=label!(i18n, stock.why_outside)
                    usual=vec![
                        Signal::derive(move || t_string!(i18n, stock.outside_open).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.outside_packs).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.outside_heat).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.outside_probe).to_owned()),
                    ]
                    value=reason
                    testid="box-reason"
                />
            </Show>
            <Show when=move || saved.get() && typed.get().is_none()>
                <p class="done-line" data-testid="box-saved">
                    <Icon glyph=Glyph::Check />
                    {t!(i18n, common.saved)}
                </p>
            </Show>
        </Card>
        <Problem link=link />
        <SetApart desk=desk />
        <Readings desk=desk />
        <MainAction
            label=label!(i18n, stock.take_reading)
            icon=Glyph::Thermometer
            busy=link.busy
            disabled=Signal::derive(move || typed.get().is_none() || reason_missing())
            hint=move || reason_missing().then(|| t_string!(i18n, stock.reason_needed).to_owned())
            on_press=save
            testid="box-save"
        />
    }
}

fn will_set_apart(i18n: I18n, held: i32) -> String {
    if one(held) {
        t_string!(i18n, stock.will_set_apart_single, count = held)
    } else {
        t_string!(i18n, stock.will_set_apart_several, count = held)
    }
}

/// One load or vial that a reading set apart, as the list shows it.
#[derive(Clone, PartialEq)]
struct Apart {
    source: FactName,
    usable: Option<bool>,
    to_confirm: bool,
    title: String,
    detail: String,
}

/// What is set apart, and what was decided, at the desk or by telephone.
#[component]
fn SetApart(desk: Desk) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let all = Memo::new(move |_| {
        link.both(|round, common| {
            let one = |(source, isolation): (FactName, &Isolation)| {
                let load = round.loads.get(&round.load_of(source))?;
                let product = product_short(common, &load.loaded.product, link.today());
                let opened = round.vials.get(&source).map(|vial| {
                    t_string!(
                        i18n,
                        stock.vial_opened,
                        hour = words::moment(i18n, common, vial.opened_at, link.now_once())
                    )
                });
                let call = match isolation.decided {
                    Some(DecidedBy::Phone(name)) => round.phone_decisions.get(&name),
                    _ => None,
                };
                let what = [Some(doses(i18n, round.doses_apart(source))), opened];
                let call = call.map(|call| call_line(i18n, common, &call.noted));
                Some(Apart {
                    source,
                    usable: isolation.usable,
                    to_confirm: round.to_confirm(source).is_some(),
                    title: format!("{product} · {}", load.loaded.lot),
                    detail: what.into_iter().flatten().chain(call).collect::<Vec<_>>().join(" · "),
                })
            };
            round.isolated().into_iter().filter_map(one).collect::<Vec<_>>()
        })
    });
    let waits = move || {
        let held = |source| link.round(|round| aboard::holds(round, link.device(), source));
        all.with(|all| all.iter().any(|one| one.usable.is_none() && held(one.source)))
    };
    let head = Memo::new(move |_| {
        link.common(|common| {
            common.accounts.get(&link.account()).is_some_and(|account| account.roles.contains(&Role::Head))
        })
    });
    let deciding = RwSignal::new(None::<FactName>);
    let form = link.form("box/isolation");
    let why = form.text("why", "");
    let destroying = RwSignal::new(false);
    let missing = move || why.with(|why| why.trim().is_empty());
    let doses_of = move || {
        deciding.get().map(|source| doses(i18n, link.round(|round| round.doses_apart(source)))).unwrap_or_default()
    };
    let decide = move |usable: bool| {
        let Some(load) = deciding.get_untracked() else { return };
        link.write(vec![Command::DecideIsolation { load, usable, reason: why.get_untracked(), by: None }], move || {
            deciding.set(None);
            destroying.set(false);
            form.done();
            why.set(String::new());
        });
    };
    let row = move |one: Apart| {
        let (tone, word) = match one.usable {
            None => (Tone::Danger, t_string!(i18n, stock.set_apart)),
            Some(_) if one.to_confirm => (Tone::Warning, t_string!(i18n, visit.phone_to_confirm)),
            Some(true) => (Tone::Good, t_string!(i18n, stock.released)),
            Some(false) => (Tone::Danger, t_string!(i18n, stock.to_destroy)),
        };
        let trail = move || view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> };
        let name = one.source;
        let press = Callback::new(move |()| {
            if head.get_untracked() {
                deciding.set(Some(name));
            } else {
                desk.go.run(format!("/doses/{name}"));
            }
        });
        view! {
            <ListRow
                title=Signal::stored(one.title)
                detail=Signal::stored(Some(one.detail))
                trail=trail
                on_press=press
                testid="set-apart"
            />
        }
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <Card
                title=Signal::derive(move || t_string!(i18n, stock.set_apart).to_owned())
                icon=Glyph::Octagon
                tone=Signal::stored(Tone::Danger)
            >
                <p>{t!(i18n, stock.set_apart_text)}</p>
                <div class="list">{move || all.get().into_iter().map(row).collect_view()}</div>
                <Show when=waits>
                    <LinkButton
                        label=label!(i18n, visit.note_call)
                        href="/boite/appel"
                        icon=Glyph::Phone
                        wide=true
                        testid="note-call"
                    />
                </Show>
                <Show when=move || deciding.get().is_some()>
                    <TextField label=label!(i18n, stock.decision_reason) value=why testid="isolation-reason" />
                    <div class="actions">
                        <Button
                            label=label!(i18n, stock.released)
                            icon=Glyph::Hands
                            on_press=move |()| decide(true)
                            testid="isolation-usable"
                        />
                        <Button
                            label=label!(i18n, stock.to_destroy)
                            icon=Glyph::Cross
                            weight=Weight::Danger
                            disabled=Signal::derive(missing)
                            on_press=move |()| destroying.set(true)
                            testid="isolation-destroy"
                        />
                    </div>
                    <Confirm
                        open=destroying
                        on_close=move |()| destroying.set(false)
                        title=label!(i18n, stock.destroy_title)
                        tone=Tone::Danger
                        does=label!(i18n, stock.to_destroy)
                        disabled=link.busy
                        on_do=move |()| decide(false)
                        testid="destroy"
                    >
                        <p>{move || t_string!(i18n, stock.destroy_text, doses = doses_of(), who = link.common(|common| common.account_name(link.account())), why = why.get())}</p>
                    </Confirm>
                </Show>
            </Card>
        </Show>
    }
}

/// Every reading of the round, the latest first.
#[component]
fn Readings(desk: Desk) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let readings = Memo::new(move |_| {
        link.round(|round| {
            let mut readings = round.readings.clone();
            order::sort_by_key(&mut readings, |reading| std::cmp::Reverse(reading.read.at));
            readings
        })
    });
    let row = move |reading: perron_domain::state::Reading| {
        let good = reading.read.in_range();
        let hour = link.common(|common| words::moment(i18n, common, reading.read.at, link.now_once()));
        let title = format!("{hour} · {}", fr::celsius(i18n.get_locale(), i32::from(reading.read.tenths)));
        let reason = reading.read.reason.clone();
        let trail = move || {
            let (tone, word) = if good {
                (Tone::Good, t_string!(i18n, stock.in_range_short))
            } else {
                (Tone::Danger, t_string!(i18n, stock.out_of_range_short))
            };
            view! { <StatusPill tone=tone label=Signal::stored(word.to_owned()) /> }
        };
        view! {
            <ListRow
                title=Signal::stored(title)
                detail=Signal::stored(reason)
                href=Signal::stored(format!("/boite/corriger/{}", reading.name))
                trail=trail
                testid="reading"
            />
        }
    };
    view! {
        <Show when=move || readings.with(|readings| !readings.is_empty())>
            <Fold summary=Signal::derive(move || t_string!(i18n, stock.readings, count = readings.with(Vec::len)))>
                <div class="list">{move || readings.get().into_iter().map(row).collect_view()}</div>
            </Fold>
        </Show>
    }
}

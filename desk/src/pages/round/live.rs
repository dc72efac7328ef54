//! A published round as it happens, and its figures once it is over.

use crate::client::{ask, get, routes};
use crate::components::{Button, Fold, Glyph, KeyFigure, Notice, PageHeader, StatusPill, Tick, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::ask::AskReason;
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::round::changes::{self, Change};
use crate::pages::round::cold::{CallCards, decisions};
use crate::pages::round::{held, tables};
use crate::pages::stock::apart::ApartCards;
use crate::pages::words;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use perron_desk_api::{AssignTablets, Because, CopyLine, RoundStage, RoundView};
use perron_domain::name::DeviceId;

/// The page.
#[component]
pub fn RoundLive() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|map| map.get("number").and_then(|text| text.parse::<u32>().ok())));
    let round = LocalResource::new(move || {
        let number = number.get().unwrap_or(0);
        async move { ask(routes::ROUND, (number,), ()).await }
    });
    on_news(move || round.refetch());
    // A round that is still a draft is prepared, not watched.
    let draft = LocalResource::new(move || {
        let failed = matches!(round.get(), Some(Err(_)));
        let number = number.get().filter(|_| failed);
        async move {
            match number {
                Some(number) => ask(routes::DRAFT, (number,), ()).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let is_draft = move || matches!((round.get(), draft.get()), (Some(Err(_)), Some(Ok(Some(_)))));
    view! {
        <Show when=is_draft>
            <Redirect path=format!("/relais/tournees/{}/preparer", number.get().unwrap_or(0)) />
        </Show>
        {loaded(i18n, round, move |view| page(i18n, view, Callback::new(move |()| round.refetch())))}
    }
}

fn page(i18n: I18n, round: RoundView, on_changed: Callback<()>) -> impl IntoView {
    let line = round.line.clone();
    let number = line.number;
    let day = line.on.0;
    let (tone, stage) = words::stage(i18n, line.stage);
    let team = [line.team.clone(), round.nurses.join(", ")].join(" · ");
    let subtitle = move || Some(format!("{} · {team}", fr::date_long(i18n.get_locale(), day)));
    let news = line.last_news;
    let news = move || match news {
        Some(at) => t_string!(i18n, desk.l_news, time = words::moment(i18n, at)),
        None => t_string!(i18n, desk.l_no_news).to_owned(),
    };
    let may_cancel = matches!(line.stage, RoundStage::Published);
    let may_change = matches!(line.stage, RoundStage::Published | RoundStage::Departed);
    view! {
        <PageHeader title=line.label subtitle=subtitle back="/relais/tournees">
            <StatusPill tone=tone label=stage />
            {may_change.then(|| view! { <Change number=number /> })}
        </PageHeader>
        {changes::cancelled(i18n, &round)}
        <p class="muted" role="status">{news} {travel(i18n, &round)}</p>
        {changes::told(i18n, &round)}
        {figures(i18n, &round)}
        {departed_without(i18n, &round)}
        {copies_mended(i18n, &round)}
        {held::custodies(i18n, number, &round, on_changed)}
        {changes::short(i18n, &round)}
        <CallCards decisions=round.cold_decisions.clone() on_answered=on_changed />
        <ApartCards apart=round.apart.clone() on_decided=on_changed />
        {tables::gaps(i18n, number, &round, on_changed)}
        <div class="desk-columns">
            {tables::outcomes(i18n, number, &round)}
            {tables::entries(i18n, number, &round)}
        </div>
        {tables::lots(i18n, number, &round)}
        {tables::people(i18n, number, &round)}
        <div class="desk-columns">
            {tables::temperatures(i18n, number, &round)}
            {tables::containers(i18n, number, &round)}
        </div>
        {decisions(i18n, t_string!(i18n, desk.call_decisions), round.cold_decisions.clone(), on_changed)}
        {tables::difficulties(i18n, number, &round, on_changed)}
        {held::held(i18n, number, &round, on_changed)}
        {tables::waiting(i18n, number, &round)}
        <Fold summary=move || t_string!(i18n, desk.l_tablets_title)>
            <Assign number=number devices=round.devices.clone() on_changed=on_changed />
        </Fold>
        <Fold summary=move || t_string!(i18n, desk.l_exports)>{tables::exports(i18n, number)}</Fold>
        {may_cancel.then(|| view! { <Cancel number=number on_changed=on_changed /> })}
    }
}

fn travel(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let (departed, closed) = (round.departed_at, round.closed_at);
    let tablets = round.tablets.join(", ");
    move || {
        let mut parts = Vec::new();
        if !tablets.is_empty() {
            parts.push(t_string!(i18n, desk.l_tablets, names = tablets.as_str()));
        }
        parts.extend(departed.map(|at| t_string!(i18n, desk.l_left, time = words::hour(i18n, at))));
        parts.extend(closed.map(|at| t_string!(i18n, desk.l_closed, time = words::hour(i18n, at))));
        parts.into_iter().map(|part| format!(" · {part}")).collect::<String>()
    }
}

fn figures(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let totals = round.totals.clone();
    let seen = totals.persons.saturating_sub(totals.pending);
    let tone = |good| if good { Tone::Good } else { Tone::Danger };
    let last = round.temperatures.last().map(|line| (i32::from(line.tenths), tone(line.in_range)));
    let open = round.gaps.iter().filter(|gap| gap.explained.is_none()).count();
    let gaps_tone = if open > 0 { Tone::Warning } else { Tone::Good };
    let closed = round.closed_at.is_some();
    view! {
        <div class="figures">
            <KeyFigure
                value=format!("{seen} / {}", totals.persons)
                label=move || t_string!(i18n, desk.l_seen)
                icon=Glyph::People
            />
            <KeyFigure
                value=totals.vaccinated.to_string()
                label=move || t_string!(i18n, desk.l_vaccinated)
                tone=Tone::Good
                icon=Glyph::Shield
            />
            <KeyFigure
                value=totals.doses.to_string()
                label=move || t_string!(i18n, desk.l_doses)
                icon=Glyph::Syringe
            />
            {last
                .map(|(tenths, tone)| {
                    view! {
                        <KeyFigure
                            value=move || fr::celsius(i18n.get_locale(), tenths)
                            label=move || t_string!(i18n, desk.l_temp)
                            tone=tone
                            icon=Glyph::Thermometer
                        />
                    }
                })}
            {totals
                .satisfaction_x100
                .map(|mean| {
                    view! {
                        <KeyFigure
                            value=move || format!("{} / 5", fr::rounded(i18n.get_locale(), f64::from(mean) / 100.0, 1))
                            label=move || t_string!(i18n, desk.l_satisfaction)
                        />
                    }
                })}
            {closed
                .then(|| {
                    view! {
                        <KeyFigure
                            value=open.to_string()
                            label=move || t_string!(i18n, desk.l_gaps)
                            tone=gaps_tone
                        />
                    }
                })}
        </div>
    }
}

fn departed_without(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let items = round.missing.clone();
    let reason = round.missing_reason.clone();
    (!items.is_empty()).then(|| {
        let names = move || {
            let names: Vec<&str> = items.iter().map(|item| words::kit(i18n, *item)).collect();
            t_string!(i18n, desk.l_missing, items = names.join(", "))
        };
        view! {
            <Notice tone=Tone::Warning>
                <p>{names}</p>
                {reason.map(|reason| view! { <p>{t!(i18n, desk.l_reason, reason = reason)}</p> })}
            </Notice>
        }
    })
}

/// Copies of a tablet's store that were made anew: what was lost with them is to be asked about.
fn copies_mended(i18n: I18n, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.copies.clone();
    (!lines.is_empty()).then(|| {
        let line = move |copy: CopyLine| {
            let unsure = copy.lost > 0 || copy.first;
            let tone = if unsure { Tone::Warning } else { Tone::Info };
            let words = move || {
                let (name, time) = (copy.tablet.as_str(), words::moment(i18n, copy.at));
                if unsure {
                    t_string!(i18n, desk.l_copy_lost, name = name, time = time)
                } else {
                    t_string!(i18n, desk.l_copy_mended, name = name, time = time)
                }
            };
            view! {
                <Notice tone=tone>
                    <p data-testid="copy-mended">{words}</p>
                </Notice>
            }
        };
        lines.into_iter().map(line).collect_view()
    })
}

/// Which tablets hold the round; each change is sent at once.
#[component]
fn Assign(number: u32, devices: Vec<DeviceId>, on_changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let tablets = LocalResource::new(|| get(routes::TABLETS));
    let held = StoredValue::new(devices);
    let change = move |device: DeviceId, on: bool| {
        let mut devices = held.get_value();
        devices.retain(|known| *known != device);
        if on {
            devices.push(device);
        }
        work.run(ask(routes::ASSIGN_ROUND, (number,), AssignTablets { devices }), move |_| on_changed.run(()));
    };
    view! {
        {loaded(
            i18n,
            tablets,
            move |found| {
                found
                    .tablets
                    .into_iter()
                    .filter(|tablet| tablet.retired.is_none())
                    .map(|tablet| {
                        let device = tablet.device;
                        let holds = held.with_value(|devices| devices.contains(&device));
                        view! {
                            <Tick label=tablet.label value=holds on_change=move |on| change(device, on) />
                        }
                    })
                    .collect_view()
            },
        )}
        {work.failure(i18n)}
    }
}

#[component]
fn Cancel(number: u32, on_changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let cancel = move |reason: String| {
        work.run(ask(routes::CANCEL_ROUND, (number,), Because { reason }), move |_| {
            asking.set(false);
            on_changed.run(());
        });
    };
    view! {
        <div class="actions">
            <Button
                label=move || t_string!(i18n, desk.l_cancel)
                weight=Weight::Quiet
                on_press=move |()| asking.set(true)
            />
        </div>
        <AskReason
            open=asking
            about=format!("round-{number}-cancel")
            title=move || t_string!(i18n, desk.l_cancel)
            text=move || Some(t_string!(i18n, desk.l_cancel_text).to_owned())
            label=move || t_string!(i18n, desk.l_cancel_why)
            word=move || t_string!(i18n, desk.l_cancel_do)
            danger=true
            work=work
            on_close=move |()| asking.set(false)
            on_go=cancel
        />
    }
}

//! The doses: what the relay planned is loaded with one tap; anything else by a form.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{
    command::Command,
    date::Day,
    door,
    fact::{DoseForm, DosesLoaded, PlannedLot},
    lot::LotId,
    state::{Common, Round},
};

use super::load::LoadForm;
use crate::{
    components::{Button, Card, Glyph, ListRow, Show, StatusPill, Tone, Weight, fr},
    i18n::{label, t_string},
    pages::{loading::usual_form, stock::doses, visit::link::Link},
};

/// Returns the load that a planned lot asks for: whole vials, enough for its doses. None for an unknown product.
#[must_use]
pub fn planned_load(common: &Common, planned: &PlannedLot, on: Day) -> Option<DosesLoaded> {
    let product = door::product(common, &planned.product, on)?;
    let form = usual_form(product.form);
    let per_unit = if form == DoseForm::Vial { product.doses_per_vial.max(1) } else { 1 };
    Some(DosesLoaded {
        product: planned.product.clone(),
        lot: planned.lot.clone(),
        expiry: planned.expiry,
        form,
        units: planned.doses.div_ceil(u16::from(per_unit)),
        doses_per_unit: per_unit,
        preparation: None,
        received_from: None,
        range: None,
        confirmed: None,
    })
}

/// Returns the doses of a planned lot that are aboard.
fn aboard(round: &Round, planned: &PlannedLot) -> i32 {
    let same = round.loads.values().filter(|load| load.lot().is(&planned.product, &planned.lot));
    same.map(perron_domain::state::Load::taken).sum()
}

/// One planned lot as the card shows it.
#[derive(Clone, PartialEq)]
struct Line {
    product: String,
    detail: String,
    planned: u16,
    aboard: i32,
    blocked: Option<String>,
    load: Option<DosesLoaded>,
}

/// The card of the doses.
#[component]
pub fn LotsCard(
    /// The way to the replica.
    link: Link,
    /// Whether a load was begun and is not aboard.
    begun: RwSignal<bool>,
) -> impl IntoView {
    let i18n = link.i18n;
    let open = RwSignal::new(false);
    let lines = Memo::new(move |_| {
        link.both(|round, common| {
            let today = link.today();
            let Some(plan) = &round.plan else { return Vec::new() };
            let line = |lot: &PlannedLot| Line {
                product: product_short(common, &lot.product, today),
                detail: t_string!(i18n, tour.lot_line, lot = lot.lot.clone(), day = fr::date_short(lot.expiry.0)),
                planned: lot.doses,
                aboard: aboard(round, lot),
                blocked: match common.isolation(&lot.product, &lot.lot) {
                    Some(_) => Some(t_string!(i18n, tour.lot_isolated).to_owned()),
                    None if lot.expiry < today => Some(t_string!(i18n, tour.lot_expired).to_owned()),
                    None => None,
                },
                load: planned_load(common, lot, today),
            };
            plan.lots.iter().map(line).collect()
        })
    });
    let others = Memo::new(move |_| {
        link.both(|round, common| {
            let planned =
                |lot: &LotId| round.plan.iter().flat_map(|plan| &plan.lots).any(|one| lot.is(&one.product, &one.lot));
            let other = round.loads.values().filter(|load| !planned(&load.lot()));
            other
                .map(|load| {
                    format!(
                        "{} · {} · {}",
                        product_short(common, &load.loaded.product, link.today()),
                        load.loaded.lot,
                        load.taken()
                    )
                })
                .collect::<Vec<_>>()
        })
    });
    let pending = Memo::new(move |_| {
        let waits = |line: &Line| line.aboard == 0 && line.blocked.is_none();
        lines.with(|lines| {
            lines.iter().filter(|line| waits(line)).filter_map(|line| line.load.clone()).collect::<Vec<_>>()
        })
    });
    let units = move |load: &DosesLoaded| match load.form {
        DoseForm::Vial => {
            t_string!(
                i18n,
                tour.take_vials,
                doses = doses(i18n, i32::from(load.units) * i32::from(load.doses_per_unit)),
                vials = load.units
            )
        }
        _ => doses(i18n, i32::from(load.units)),
    };
    let row = move |(index, line): (usize, Line)| {
        let trail = move || match (&line.blocked, line.aboard, &line.load) {
            (Some(why), ..) => view! { <StatusPill tone=Tone::Danger label=Signal::stored(why.clone()) /> }.into_any(),
            (None, 0, Some(load)) => {
                let load = load.clone();
                let counted = load.clone();
                view! {
                    <Button
                        label=Signal::derive(move || units(&counted))
                        icon=Glyph::Plus
                        disabled=link.busy
                        on_press=move |()| link.write(vec![Command::Load(load.clone())], || ())
                        testid=format!("load-{index}")
                    />
                }
                .into_any()
            }
            (None, 0, None) => {
                view! { <StatusPill tone=Tone::Warning label=label!(i18n, tour.product_unknown) /> }.into_any()
            }
            (None, aboard, _) => {
                let tone = if aboard >= i32::from(line.planned) { Tone::Good } else { Tone::Info };
                let label = Signal::derive(move || t_string!(i18n, tour.aboard, count = aboard));
                view! { <StatusPill tone=tone label=label /> }.into_any()
            }
        };
        view! {
            <ListRow
                title=Signal::stored(line.product.clone())
                detail=Signal::stored(Some(line.detail.clone()))
                trail=trail
                testid="planned-lot"
            />
        }
    };
    view! {
        <Card
            title=Signal::derive(move || t_string!(i18n, tour.doses_title).to_owned())
            aside=move || {
                view! {
                    <Button
                        label=move || {
                            if open.get() { t_string!(i18n, tour.load_other_close) } else { t_string!(i18n, tour.load_other) }
                        }
                        icon=Glyph::Syringe
                        weight=Weight::Quiet
                        on_press=move |()| open.update(|open| *open = !*open)
                        testid="load-other"
                    />
                    <Show when=move || pending.with(|pending| !pending.is_empty())>
                        <Button
                            label=label!(i18n, tour.load_all)
                            icon=Glyph::CoolBox
                            weight=Weight::Primary
                            disabled=link.busy
                            on_press=move |()| {
                                let commands = pending.get_untracked().into_iter().map(Command::Load).collect();
                                link.write(commands, || ());
                            }
                            testid="load-all"
                        />
                    </Show>
                }
            }
        >
            <div class="list list-inside">{move || lines.get().into_iter().enumerate().map(row).collect_view()}</div>
            {move || {
                others
                    .get()
                    .into_iter()
                    .map(|text| view! { <p class="done-line" data-testid="other-load">{text}</p> })
                    .collect_view()
            }}
            <Show when=move || open.get()>
                <LoadForm link=link begun=begun done=Callback::new(move |()| open.set(false)) />
            </Show>
        </Card>
    }
}

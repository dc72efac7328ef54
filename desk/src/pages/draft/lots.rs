//! «4. Doses à emporter»: lots, and what is wished against what is taken.

use super::Editor;
use super::odd::OddLines;
use crate::client::{ask, routes};
use crate::components::{Button, Card, Glyph, NumberField, SelectField, StatusPill, Tone, Weight, fr};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::kept::{Fields, KeptLine};
use leptos::prelude::*;
use perron_desk_api::{OddOf, OnDay, StockLine, StockView};
use perron_domain::fact::PlannedLot;
use perron_domain::lot::LotId;

/// The card.
#[component]
pub fn LotsCard(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let on = Memo::new(move |_| editor.draft.with(|draft| draft.as_ref().map(|draft| draft.on)));
    let stock = LocalResource::new(move || ask(routes::STOCK, (), OnDay { on: on.get() }));
    let found = Signal::derive(move || stock.get().and_then(Result::ok));
    let (lot, doses) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kept = Fields::of(format!("round-{number}-lot")).texts([("lot", lot), ("doses", doses)]).keep();
    // What is chosen and not added is no part of the round: it says so before the round goes.
    Effect::new(move |_| editor.reads("lot", lot.with(String::is_empty) && doses.with(|text| text.trim().is_empty())));
    let options = move || found.with(|stock| stock.as_ref().map(|stock| lot_options(i18n, stock)).unwrap_or_default());
    let count = Signal::derive(move || doses.with(|text| text.trim().parse::<u16>().ok()).filter(|count| *count > 0));
    let left = move || {
        found.with(|stock| {
            let mut lines = stock.iter().flat_map(|stock| &stock.lots);
            lot.with(|lot| lines.find(|line| key(line) == *lot).map(|line| line.left))
        })
    };
    let wrong = move || match (count.get(), left()) {
        (Some(count), Some(left)) if i32::from(count) > left => {
            Some(t_string!(i18n, visit.refusal_not_enough, left = left.max(0)))
        }
        (None, _) if doses.with(|text| !text.trim().is_empty()) => {
            Some(t_string!(i18n, desk.e_lot_wrong, most = u16::MAX))
        }
        _ => None,
    };
    let add = move |()| {
        let Some(doses_wanted) = count.get_untracked() else { return };
        let line = found.with_untracked(|stock| {
            stock.iter().flat_map(|stock| &stock.lots).find(|line| key(line) == lot.get_untracked()).cloned()
        });
        let Some(line) = line else { return };
        let planned = PlannedLot { product: line.product, lot: line.lot, expiry: line.expiry, doses: doses_wanted };
        editor.change(|draft| {
            let same = LotId::new(&planned.product, &planned.lot);
            draft.lots.retain(|known| !same.is(&known.product, &known.lot));
            draft.lots.push(planned);
        });
        lot.set(String::new());
        doses.set(String::new());
        kept.settle();
    };
    let needs = move || {
        editor.view.with(|view| {
            let needs = view.iter().flat_map(|view| &view.needs);
            needs
                .map(|need| {
                    let tone = if need.taken < need.needed { Tone::Warning } else { Tone::Good };
                    let label = t_string!(
                        i18n,
                        desk.e_need,
                        name = need.name.as_str(),
                        needed = need.needed,
                        taken = need.taken
                    );
                    view! { <StatusPill tone=tone label=label /> }
                })
                .collect_view()
        })
    };
    let chosen = move || {
        let names = found.with(|stock| {
            let lots = stock.iter().flat_map(|stock| stock.lots.iter());
            lots.map(|line| (line.product.clone(), line.name.clone())).collect::<Vec<_>>()
        });
        let lots = editor.draft.with(|draft| draft.as_ref().map(|draft| draft.lots.clone()).unwrap_or_default());
        if lots.is_empty() {
            return view! { <li class="muted">{t!(i18n, desk.e_lot_none)}</li> }.into_any();
        }
        lots.into_iter()
            .map(|planned| {
                let name = names.iter().find(|(code, _)| *code == planned.product).map(|(_, name)| name.clone());
                let number = LotId::new(&planned.product, &planned.lot);
                let title = format!("{} · {}", name.unwrap_or(planned.product), planned.lot);
                let what = title.clone();
                view! {
                    <li class="chosen-lot">
                        <span>{title}</span>
                        <strong>{planned.doses} " " {move || t_string!(i18n, desk.e_lot_doses).to_lowercase()}</strong>
                        <Button
                            label=move || t_string!(i18n, desk.e_remove, name = what.as_str())
                            icon=Glyph::Cross
                            icon_only=true
                            weight=Weight::Quiet
                            on_press=move |()| {
                                let number = number.clone();
                                editor.change(|draft| draft.lots.retain(|known| !number.is(&known.product, &known.lot)));
                            }
                        />
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <Card title=move || t_string!(i18n, desk.e_doses)>
            <div class="actions">{needs}</div>
            <ul class="plain">{chosen}</ul>
            <OddLines editor=editor about=OddOf::Lot />
            <KeptLine kept=kept />
            <div class="form-grid form-line">
                <SelectField label=move || t_string!(i18n, desk.e_lot_pick) value=lot options=options testid="lot" />
                <NumberField label=move || t_string!(i18n, desk.e_lot_doses) value=doses whole=true error=wrong testid="lot-doses" />
                <Button
                    label=move || t_string!(i18n, desk.e_lot_add)
                    icon=Glyph::Plus
                    disabled=Signal::derive(move || lot.with(String::is_empty) || count.get().is_none() || wrong().is_some())
                    on_press=add
                    testid="lot-add"
                />
            </div>
        </Card>
    }
}

/// Returns what tells a lot from the others in the list: two products may have the same number.
fn key(line: &StockLine) -> String {
    LotId::new(&line.product, &line.lot).to_string()
}

/// Lots that may be taken on the day of the round.
fn lot_options(i18n: I18n, stock: &StockView) -> Vec<(String, String)> {
    stock
        .lots
        .iter()
        .filter(|line| !line.expired && line.isolated.is_none())
        .map(|line| {
            let expiry = fr::date_short(line.expiry.0);
            let label = t_string!(
                i18n,
                desk.e_lot_option,
                name = line.name.as_str(),
                lot = line.lot.as_str(),
                expiry = expiry,
                left = line.left
            );
            (key(line), label)
        })
        .collect()
}

//! Lots of the relay: what came in, what is out on rounds, what must not be used.

use super::cold::{apart, decisions};
use super::relay::Relay;
use perron_desk::{ProductLine, RoundDraft, RoundStage, StockLine, StockView};
use perron_domain::date::Day;
use perron_domain::rules::Product;
use std::collections::BTreeMap;

/// Returns the stock of the relay, for taking on the day `on`.
///
/// What is left is a sum of movements: received, minus what rounds took, plus what they brought back. What is planned
/// has not moved yet and is shown beside.
#[must_use]
pub fn stock(relay: &Relay<'_>, drafts: &[RoundDraft], on: Day) -> StockView {
    let mut out: BTreeMap<&str, i32> = BTreeMap::new();
    let mut planned: BTreeMap<&str, i32> = BTreeMap::new();
    for (_, round) in relay.planned() {
        for load in round.loads.values().filter(|load| load.loaded.received_from.is_none()) {
            let back = i32::from(load.returned) * i32::from(load.loaded.doses_per_unit);
            *out.entry(load.loaded.lot.as_str()).or_default() += load.taken() - back;
        }
        if relay.stage(round) == RoundStage::Published {
            for lot in round.plan.iter().flat_map(|plan| &plan.lots) {
                *planned.entry(lot.lot.as_str()).or_default() += i32::from(lot.doses);
            }
        }
    }
    for lot in drafts.iter().flat_map(|draft| &draft.lots) {
        *planned.entry(lot.lot.as_str()).or_default() += i32::from(lot.doses);
    }
    let mut lots: Vec<StockLine> = relay
        .common
        .lots
        .iter()
        .map(|(number, lot)| {
            let taken = out.get(number.as_str()).copied().unwrap_or(0);
            StockLine {
                product: lot.product.clone(),
                name: relay.product_name(&lot.product),
                lot: number.clone(),
                expiry: lot.expiry,
                expired: lot.expiry < on,
                isolated: lot.isolated.clone(),
                received: lot.received,
                out: taken,
                planned: planned.get(number.as_str()).copied().unwrap_or(0),
                left: i32::try_from(lot.received).unwrap_or(i32::MAX).saturating_sub(taken),
            }
        })
        .collect();
    lots.sort_by(|a, b| (&a.name, a.expiry, &a.lot).cmp(&(&b.name, b.expiry, &b.lot)));
    let catalogue = relay.products();
    let lines = |wanted: &dyn Fn(&Product) -> bool| {
        let wanted = catalogue.values().filter(|product| wanted(product));
        let mut lines: Vec<ProductLine> = wanted
            .map(|product| ProductLine {
                code: product.code.clone(),
                name: product.name_fr.clone(),
                doses_per_unit: product.doses_per_vial,
            })
            .collect();
        lines.sort_by(|a, b| a.name.cmp(&b.name));
        lines
    };
    StockView {
        lots,
        products: lines(&|product| product.takeable(on)),
        known: lines(&|_| true),
        apart: relay.planned().flat_map(|(number, round)| apart(relay, number, round)).collect(),
        cold_decisions: relay.planned().flat_map(|(number, round)| decisions(relay, number, round)).collect(),
    }
}

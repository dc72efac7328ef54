//! Lots of the relay: what came in, what is out on rounds, what must not be used.

use crate::desk::relay::Relay;
use crate::desk::round::cold::{apart, decisions};
use perron_desk_api::{IsolatedLine, ProductLine, RoundDraft, RoundStage, StockLine, StockView};
use perron_domain::date::Day;
use perron_domain::lot::{LotId, LotKey};
use perron_domain::rules::Product;
use std::collections::BTreeMap;

/// Returns the stock of the relay, for taking on the day `on`.
///
/// What is left is a sum of movements: received, minus what rounds took, plus what they brought back. What is planned
/// has not moved yet and is shown beside.
#[must_use]
pub fn stock(relay: &Relay<'_>, drafts: &[RoundDraft], on: Day) -> StockView {
    let mut out: BTreeMap<LotId, i32> = BTreeMap::new();
    let mut planned: BTreeMap<LotId, i32> = BTreeMap::new();
    let mut seen: BTreeMap<LotId, (String, Day)> = BTreeMap::new();
    for (_, round) in relay.planned() {
        for load in round.loads.values().filter(|load| load.loaded.received_from.is_none()) {
            let back = i32::from(load.returned) * i32::from(load.loaded.doses_per_unit);
            *out.entry(load.lot()).or_default() += load.taken() - back;
            seen.entry(load.lot()).or_insert_with(|| (load.loaded.lot.clone(), load.loaded.expiry));
        }
        if relay.stage(round) == RoundStage::Published {
            for lot in round.plan.iter().flat_map(|plan| &plan.lots) {
                *planned.entry(LotId::new(&lot.product, &lot.lot)).or_default() += i32::from(lot.doses);
            }
        }
    }
    for lot in drafts.iter().flat_map(|draft| &draft.lots) {
        *planned.entry(LotId::new(&lot.product, &lot.lot)).or_default() += i32::from(lot.doses);
    }
    let line = |id: &LotId, printed: &str, expiry: Day, received: u32| {
        let taken = out.get(id).copied().unwrap_or(0);
        StockLine {
            product: id.product.clone(),
            name: relay.product_name(&id.product),
            lot: printed.to_owned(),
            expiry,
            expired: expiry < on,
            isolated: relay.common.isolated(id).map(str::to_owned),
            received,
            out: taken,
            planned: planned.get(id).copied().unwrap_or(0),
            left: i32::try_from(received).unwrap_or(i32::MAX).saturating_sub(taken),
        }
    };
    let known = &relay.common.lots;
    let mut lots: Vec<StockLine> =
        known.iter().map(|(id, lot)| line(id, &lot.printed, lot.expiry, lot.received)).collect();
    // Doses that left the relay without having come in are a difference, and are shown as one.
    let unknown = seen.iter().filter(|(id, _)| !known.contains_key(*id));
    lots.extend(unknown.map(|(id, (printed, expiry))| line(id, printed, *expiry, 0)));
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
        today: relay.today(),
        lots,
        isolated: isolated(relay),
        products: lines(&|product| product.takeable(on)),
        known: lines(&|_| true),
        apart: relay.planned().flat_map(|(number, round)| apart(relay, number, round)).collect(),
        cold_decisions: relay.planned().flat_map(|(number, round)| decisions(relay, number, round)).collect(),
    }
}

/// Returns the lots that must not be used and never came in.
fn isolated(relay: &Relay<'_>) -> Vec<IsolatedLine> {
    let never_received = relay.common.known_lots().into_iter().filter(|one| one.expiry.is_none());
    never_received
        .map(|one| {
            let number = LotKey::of(&one.lot);
            let product = one.product.clone().unwrap_or_default();
            let reason = relay.common.isolated(&LotId { product, number }).unwrap_or_default().to_owned();
            let name = one.product.as_deref().map(|code| relay.product_name(code));
            IsolatedLine { product: one.product, name, lot: one.lot, reason }
        })
        .collect()
}

//! Lots of the relay: what came in, what is out on rounds, what must not be used.

use crate::desk::relay::Relay;
use crate::desk::round::cold::{apart, decisions};
use perron_desk_api::{IsolatedLine, ProductLine, RoundDraft, RoundStage, StockLine, StockView};
use perron_domain::date::Day;
use perron_domain::fact::PlannedLot;
use perron_domain::lot::{LotId, LotKey};
use perron_domain::rules::Product;
use std::collections::BTreeMap;

/// Where the doses of each lot went, or are to go.
#[derive(Debug, Default)]
pub struct Moves {
    /// Taken on rounds, what came back deducted.
    out: BTreeMap<LotId, i32>,
    /// Counted on by rounds that have not left.
    planned: BTreeMap<LotId, i32>,
    /// Lots met on rounds, as they were printed there.
    seen: BTreeMap<LotId, (String, Day)>,
}

impl Moves {
    /// Adds up rounds and drafts.
    #[must_use]
    pub fn of(relay: &Relay<'_>, drafts: &[RoundDraft]) -> Self {
        let mut moves = Self::default();
        for (_, round) in relay.planned() {
            for load in round.loads.values().filter(|load| load.loaded.received_from.is_none()) {
                let back = i32::from(load.returned) * i32::from(load.loaded.doses_per_unit);
                *moves.out.entry(load.lot()).or_default() += load.taken() - back;
                moves.seen.entry(load.lot()).or_insert_with(|| (load.loaded.lot.clone(), load.loaded.expiry));
            }
            if relay.stage(round) == RoundStage::Published {
                moves.count_on(round.plan.iter().flat_map(|plan| &plan.lots));
            }
        }
        // A published round that is being changed is counted as it is published.
        let drafts = drafts.iter().filter(|draft| !relay.planned().any(|(number, _)| number == draft.number));
        moves.count_on(drafts.flat_map(|draft| &draft.lots));
        moves
    }

    fn count_on<'l>(&mut self, lots: impl Iterator<Item = &'l PlannedLot>) {
        for lot in lots {
            *self.planned.entry(LotId::new(&lot.product, &lot.lot)).or_default() += i32::from(lot.doses);
        }
    }

    /// Returns the doses of a lot at the relay: received, minus what rounds took, plus what they brought back.
    #[must_use]
    pub fn left(&self, relay: &Relay<'_>, id: &LotId) -> i32 {
        let received = relay.common.lots.get(id).map_or(0, |lot| lot.received);
        i32::try_from(received).unwrap_or(i32::MAX).saturating_sub(self.out.get(id).copied().unwrap_or(0))
    }

    /// Returns the doses of a lot that rounds count on.
    #[must_use]
    pub fn planned(&self, id: &LotId) -> i32 {
        self.planned.get(id).copied().unwrap_or(0)
    }
}

/// Returns the stock of the relay, for taking on the day `on`.
///
/// What is left is a sum of movements: received, minus what rounds took, plus what they brought back. What is planned
/// has not moved yet and is shown beside.
#[must_use]
pub fn stock(relay: &Relay<'_>, drafts: &[RoundDraft], on: Day) -> StockView {
    let moves = Moves::of(relay, drafts);
    let line = |id: &LotId, printed: &str, expiry: Day, received: u32| StockLine {
        product: id.product.clone(),
        name: relay.product_name(&id.product),
        lot: printed.to_owned(),
        expiry,
        expired: expiry < on,
        isolated: relay.common.isolated(id).map(str::to_owned),
        received,
        out: moves.out.get(id).copied().unwrap_or(0),
        planned: moves.planned(id),
        left: moves.left(relay, id),
    };
    let known = &relay.common.lots;
    let mut lots: Vec<StockLine> =
        known.iter().map(|(id, lot)| line(id, &lot.printed, lot.expiry, lot.received)).collect();
    // Doses that left the relay without having come in are a difference, and are shown as one.
    let unknown = moves.seen.iter().filter(|(id, _)| !known.contains_key(*id));
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

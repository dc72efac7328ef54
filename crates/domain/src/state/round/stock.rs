//! Doses of a round: what was taken, opened, given, lost, ceded, brought back, and what is left.
//!
//! Taken + extra drawn = given + ceded + wasted + returned + left, per lot, always. `left` is what the equation
//! leaves: below zero it is a difference to explain, never hidden.

use super::Round;
use super::apart::Isolation;
use crate::fact::{Body, DoseForm, DosesLoaded};
use crate::lot::{KnownLot, LotId};
use crate::name::{DeviceId, FactName};
use crate::state::{Common, Effective};
use crate::temperature::TemperatureRange;
use crate::time::Wall;
use serde::Serialize;
use std::collections::BTreeMap;

/// Doses taken aboard, as vials or syringes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Load {
    /// What was taken.
    pub loaded: DosesLoaded,
    /// When.
    pub taken_at: Wall,
    /// Vials opened out of it.
    pub opened: u16,
    /// Vials or syringes brought back.
    pub returned: u16,
    /// Doses given directly out of it (syringes).
    pub given: u16,
    /// Doses lost without having been opened.
    pub wasted: u16,
    /// Doses ceded unopened.
    pub ceded: u16,
    /// Whether what is unopened in it is set apart, and with it the vials that follow it.
    pub isolation: Option<Isolation>,
    /// The fact by which another number took it over; none while whoever took it aboard holds it.
    pub taken_over: Option<FactName>,
    /// To whom that fact gave it, where the relay's desk wrote it for another.
    pub handed_to: Option<DeviceId>,
}

impl Load {
    /// Returns the lot that its doses are of.
    #[must_use]
    pub fn lot(&self) -> LotId {
        LotId::new(&self.loaded.product, &self.loaded.lot)
    }

    /// Returns the doses taken.
    #[must_use]
    pub fn taken(&self) -> i32 {
        i32::from(self.loaded.units) * i32::from(self.loaded.doses_per_unit)
    }

    /// Returns the unopened doses left.
    #[must_use]
    pub fn left(&self) -> i32 {
        let units = i32::from(self.loaded.units) - i32::from(self.opened) - i32::from(self.returned);
        units * i32::from(self.loaded.doses_per_unit)
            - i32::from(self.given)
            - i32::from(self.wasted)
            - i32::from(self.ceded)
    }
}

/// An opened vial.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Vial {
    /// Out of which load.
    pub load: FactName,
    /// When it was opened.
    pub opened_at: Wall,
    /// Whether it was diluted.
    pub diluted: bool,
    /// To be used before.
    pub use_by: Wall,
    /// Doses it is expected to give.
    pub expected: u8,
    /// Doses drawn, where counted.
    pub drawn: Option<u8>,
    /// Doses given.
    pub given: u16,
    /// Doses lost.
    pub wasted: u16,
    /// Doses ceded.
    pub ceded: u16,
    /// Between which temperatures it may be kept; none: it follows its load.
    pub range: Option<TemperatureRange>,
    /// Whether it is set apart by itself.
    pub isolation: Option<Isolation>,
}

impl Vial {
    /// Returns the doses drawn beyond what was expected.
    #[must_use]
    pub fn extra(&self) -> i32 {
        (i32::from(self.drawn.unwrap_or(self.expected)) - i32::from(self.expected)).max(0)
    }

    /// Returns the doses that the vial did not give.
    #[must_use]
    pub fn short(&self) -> i32 {
        (i32::from(self.expected) - i32::from(self.drawn.unwrap_or(self.expected))).max(0)
    }

    /// Returns the doses left in it.
    #[must_use]
    pub fn left(&self) -> i32 {
        i32::from(self.expected) + self.extra()
            - self.short()
            - i32::from(self.given)
            - i32::from(self.wasted)
            - i32::from(self.ceded)
    }
}

/// The balance of one lot.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct LotBalance {
    /// Doses taken.
    pub taken: i32,
    /// Doses drawn beyond what vials are expected to give.
    pub extra: i32,
    /// Doses given.
    pub given: i32,
    /// Doses ceded.
    pub ceded: i32,
    /// Doses lost, those to be destroyed among them.
    pub wasted: i32,
    /// Doses brought back.
    pub returned: i32,
    /// Doses left; below zero is a difference.
    pub left: i32,
}

impl LotBalance {
    /// Says whether the equation holds; it does by the way `left` is counted, and tests hold it to that.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.taken + self.extra == self.given + self.ceded + self.wasted + self.returned + self.left
    }
}

impl Round {
    /// Returns the lots that the relay knows, and those that it planned for this round.
    #[must_use]
    pub fn known_lots(&self, common: &Common) -> Vec<KnownLot> {
        let mut known = common.known_lots();
        for lot in self.plan.iter().flat_map(|plan| &plan.lots) {
            let id = LotId::new(&lot.product, &lot.lot);
            if !common.lots.contains_key(&id) {
                known.push(KnownLot {
                    product: Some(lot.product.clone()),
                    lot: lot.lot.clone(),
                    expiry: Some(lot.expiry),
                    isolated: common.isolated(&id).is_some(),
                });
            }
        }
        known
    }

    /// Returns the balance of every lot. What is to be destroyed counts as lost from the decision on, whether a team has
    /// thrown it away yet or not: no dose waits for somebody to enter it twice.
    #[must_use]
    pub fn lot_balances(&self) -> BTreeMap<LotId, LotBalance> {
        let mut lots: BTreeMap<LotId, LotBalance> = BTreeMap::new();
        let condemned = |source: FactName, left: i32| if self.to_destroy(source) { left.max(0) } else { 0 };
        for (name, load) in &self.loads {
            let destroyed = condemned(*name, load.left());
            let balance = lots.entry(load.lot()).or_default();
            balance.taken += load.taken();
            balance.given += i32::from(load.given);
            balance.wasted += i32::from(load.wasted) + destroyed;
            balance.ceded += i32::from(load.ceded);
            balance.returned += i32::from(load.returned) * i32::from(load.loaded.doses_per_unit);
            balance.left += load.left() - destroyed;
        }
        for (name, vial) in &self.vials {
            let destroyed = condemned(*name, vial.left());
            let Some(load) = self.loads.get(&vial.load) else { continue };
            let balance = lots.entry(load.lot()).or_default();
            balance.extra += vial.extra();
            balance.given += i32::from(vial.given);
            balance.wasted += i32::from(vial.wasted) + vial.short() + destroyed;
            balance.ceded += i32::from(vial.ceded);
            balance.left += vial.left() - destroyed;
        }
        for (lot, given) in &self.given_elsewhere {
            let balance = lots.entry(lot.clone()).or_default();
            balance.given += i32::from(*given);
            balance.left -= i32::from(*given);
        }
        lots
    }

    /// Returns the doses left of a load, closed and in its opened vials.
    #[must_use]
    pub fn doses_in(&self, load: FactName) -> i32 {
        let vials = self.vials.values().filter(|vial| vial.load == load).map(|vial| vial.left().max(0));
        vials.sum::<i32>() + self.loads.get(&load).map_or(0, |known| known.left().max(0))
    }

    /// Returns the number of a lot of this round as it was first written here.
    #[must_use]
    pub fn printed(&self, lot: &LotId) -> String {
        self.written_lots.get(lot).cloned().unwrap_or_else(|| lot.number.to_string())
    }

    pub(super) fn step_stock(&mut self, effective: &Effective<'_>, body: &Body) {
        let (fact, device) = (effective.fact, effective.device);
        match body {
            Body::DosesLoaded(loaded) => {
                let lot = LotId::new(&loaded.product, &loaded.lot);
                self.written_lots.entry(lot).or_insert_with(|| loaded.lot.clone());
                self.loads.insert(
                    fact.name,
                    Load {
                        loaded: loaded.clone(),
                        taken_at: fact.wall,
                        opened: 0,
                        returned: 0,
                        given: 0,
                        wasted: 0,
                        ceded: 0,
                        isolation: None,
                        taken_over: None,
                        handed_to: None,
                    },
                );
            }
            Body::VialOpened(opened) => {
                let load_name = opened.load.name(device);
                let Some(load) = self.loads.get_mut(&load_name) else { return };
                load.opened = load.opened.saturating_add(1);
                self.vials.insert(
                    fact.name,
                    Vial {
                        load: load_name,
                        opened_at: opened.at,
                        diluted: opened.diluted,
                        use_by: opened.use_by,
                        expected: load.loaded.doses_per_unit,
                        drawn: None,
                        given: 0,
                        wasted: 0,
                        ceded: 0,
                        range: opened.range,
                        isolation: None,
                    },
                );
            }
            Body::VialDrawn(drawn) => {
                if let Some(vial) = self.vials.get_mut(&drawn.vial.name(device)) {
                    vial.drawn = Some(drawn.drawn);
                }
            }
            Body::DosesReturned(returned) => {
                if let Some(load) = self.loads.get_mut(&returned.load.name(device)) {
                    load.returned = load.returned.saturating_add(returned.units);
                }
            }
            Body::DosesWasted(wasted) => {
                self.take(wasted.source.name(device), wasted.count, |load| &mut load.wasted, |vial| &mut vial.wasted);
            }
            Body::DosesCeded(ceded) => {
                self.take(ceded.source.name(device), ceded.count, |load| &mut load.ceded, |vial| &mut vial.ceded);
            }
            Body::DoseGiven(given) => {
                let source = given.source.map(|source| source.name(device));
                let taken =
                    source.is_some_and(|source| self.take(source, 1, |load| &mut load.given, |vial| &mut vial.given));
                if !taken {
                    let lot = LotId::new(&given.product, &given.lot);
                    self.written_lots.entry(lot.clone()).or_insert_with(|| given.lot.clone());
                    *self.given_elsewhere.entry(lot).or_default() += 1;
                }
            }
            _ => {}
        }
    }

    /// Counts doses out of a vial or a load; says whether the source is known.
    fn take(
        &mut self,
        source: FactName,
        count: u16,
        of_load: fn(&mut Load) -> &mut u16,
        of_vial: fn(&mut Vial) -> &mut u16,
    ) -> bool {
        let counter = match (self.vials.get_mut(&source), self.loads.get_mut(&source)) {
            (Some(vial), _) => of_vial(vial),
            (None, Some(load)) => of_load(load),
            (None, None) => return false,
        };
        *counter = counter.saturating_add(count);
        true
    }

    /// Says whether doses of this form are opened on the way, vial by vial.
    #[must_use]
    pub fn opens(&self, load: &Load) -> bool {
        load.loaded.form == DoseForm::Vial
    }
}

//! One vial, syringe batch or unopened load, as the pages of doses show it.

use perron_domain::{
    date::Day,
    fact::{DoseForm, DosesLoaded},
    name::FactName,
    order,
    state::{Common, Isolation, Load, Round, Vial},
    time::Wall,
};

use crate::components::Tone;

/// From how many seconds before its use-by on a vial or syringe warns.
pub const SOON: i64 = 30 * 60;

/// What stands in the way of using doses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bar {
    /// Nothing.
    None,
    /// Set apart until the head of the relay decides.
    SetApart,
    /// The head of the relay decided that they are to be destroyed.
    ToDestroy,
    /// The relay set the lot apart.
    LotIsolated,
    /// The lot looks like one that the relay set apart, and nobody confirmed that it is another one.
    LotDoubtful,
    /// The lot is past its day.
    Expired,
    /// More was taken out than was in: a difference to explain.
    BelowZero,
}

/// One thing that doses come out of.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// Its fact.
    pub name: FactName,
    /// The load that it belongs to: itself, unless it is an opened vial.
    pub load: FactName,
    /// Product code.
    pub product: String,
    /// Lot.
    pub lot: String,
    /// Last day, unopened.
    pub expiry: Day,
    /// How it travels.
    pub form: DoseForm,
    /// When it was opened.
    pub opened: Option<Wall>,
    /// To be used before.
    pub use_by: Option<Wall>,
    /// The same on the scale of the hub, for countdowns.
    pub ends: Option<Wall>,
    /// Doses left.
    pub left: i32,
    /// Units left unopened, for vials that are not opened yet.
    pub units: Option<i32>,
    /// What stands in the way.
    pub bar: Bar,
    /// Whether it is usable by a decision by telephone that the desk has not answered.
    pub to_confirm: bool,
    /// Whether another tablet holds it.
    pub elsewhere: bool,
}

impl Item {
    /// Returns the item of that name.
    #[must_use]
    pub fn find(
        round: &Round,
        barred: impl Fn(&DosesLoaded) -> Option<Bar>,
        held: impl Fn(FactName) -> bool,
        today: Day,
        name: FactName,
    ) -> Option<Self> {
        let vial = round.vials.get(&name);
        let load_name = vial.map_or(name, |vial| vial.load);
        let load = round.loads.get(&load_name)?;
        let loaded = &load.loaded;
        let left = vial.map_or_else(|| load.left(), Vial::left);
        let unopened = vial.is_none() && loaded.form == DoseForm::Vial;
        Some(Self {
            name,
            load: load_name,
            product: loaded.product.clone(),
            lot: loaded.lot.clone(),
            expiry: loaded.expiry,
            form: loaded.form,
            opened: vial.map(|vial| vial.opened_at),
            use_by: vial.map(|vial| vial.use_by).or(loaded.preparation.as_ref().map(|prepared| prepared.use_by)),
            ends: round.ends_at(name),
            left,
            units: unopened.then(|| left / i32::from(loaded.doses_per_unit.max(1))),
            bar: bar(load, round.isolation(name), left, barred(loaded), today),
            to_confirm: round.to_confirm(name).is_some_and(|(_, decision)| decision.noted.usable),
            elsewhere: !held(load_name),
        })
    }

    /// Returns everything of the round: what ends first at the front, then what is unopened.
    #[must_use]
    pub fn all(
        round: &Round,
        barred: impl Fn(&DosesLoaded) -> Option<Bar>,
        held: impl Fn(FactName) -> bool,
        today: Day,
    ) -> Vec<Self> {
        let names = round.vials.keys().chain(round.loads.keys());
        let mut items: Vec<Self> = names.filter_map(|name| Self::find(round, &barred, &held, today, *name)).collect();
        order::sort_by_key(&mut items, |item| {
            (item.elsewhere, item.use_by.unwrap_or(Wall(i64::MAX)), item.expiry, item.name)
        });
        items
    }

    /// Says whether it is a closed vial, to be opened on the way.
    #[must_use]
    pub const fn unopened(&self) -> bool {
        self.units.is_some()
    }

    /// Returns the seconds until its use-by at `now`, on the scale of the hub.
    #[must_use]
    pub fn seconds_left(&self, now: Wall) -> Option<i64> {
        self.ends.map(|ends| (ends.since(now) + 999).div_euclid(1000))
    }

    /// Returns what it asks of the person who sees it.
    #[must_use]
    pub fn tone(&self, now: Wall) -> Tone {
        match (self.bar, self.seconds_left(now)) {
            (Bar::None, None) => Tone::Neutral,
            (Bar::None, Some(left)) if left > SOON => Tone::Neutral,
            (Bar::None, Some(1..)) => Tone::Warning,
            _ => Tone::Danger,
        }
    }
}

/// Returns what the relay has against the lot of a load.
#[must_use]
pub fn relay_bar(common: &Common, loaded: &DosesLoaded) -> Option<Bar> {
    if common.isolation(&loaded.product, &loaded.lot).is_some() {
        return Some(Bar::LotIsolated);
    }
    common.is_doubtful(loaded).then_some(Bar::LotDoubtful)
}

fn bar(load: &Load, isolation: Option<&Isolation>, left: i32, barred: Option<Bar>, today: Day) -> Bar {
    let decided = isolation.map(|isolation| isolation.usable);
    match decided {
        _ if left < 0 => Bar::BelowZero,
        Some(None) => Bar::SetApart,
        Some(Some(false)) => Bar::ToDestroy,
        _ if load.loaded.expiry < today && barred.is_none() => Bar::Expired,
        _ => barred.unwrap_or(Bar::None),
    }
}

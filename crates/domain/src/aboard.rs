//! What doses of a product can be used now, and why the others cannot: one answer for every screen and every decision.
//!
//! `now` is everywhere on the scale of the hub, as [`crate::state::Clocks::steady`] gives it: a clock that was set opens no
//! vial that is past its time, and closes none before.

use crate::date::Day;
use crate::fact::AccountNo;
use crate::name::{DeviceId, FactName};
use crate::rules::Outcome;
use crate::state::{Common, Load, Round, RoundState, Vial};
use crate::time::Wall;
use crate::{door, order};
use std::collections::BTreeMap;

/// Why doses aboard cannot be used, the reason that somebody can still change first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Set apart after a temperature, until somebody who may decides.
    SetApart,
    /// The relay set the lot apart.
    LotIsolated,
    /// The lot looks like one that the relay set apart, until somebody reads the box again.
    LotDoubtful,
    /// Another tablet of the team holds them.
    OtherTablet,
    /// To be destroyed, as was decided after a temperature.
    ToDestroy,
    /// The lot is past its day.
    Expired,
    /// The opened vial or the prepared syringe is past its time.
    TimeOver,
    /// All were given.
    AllGiven,
    /// All were given, lost, ceded or brought back.
    AllGone,
    /// None was taken aboard.
    NoneTaken,
}

/// The doses of a product aboard.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Aboard {
    /// What can be used, by source (opened vial or load), with the doses left.
    pub usable: Vec<(FactName, i32)>,
    /// Why nothing else can, each reason once, with the doses that it holds back (0 where none are left).
    pub barred: Vec<(Why, i32)>,
}

impl Aboard {
    /// Returns the doses that can be used.
    #[must_use]
    pub fn doses(&self) -> i32 {
        self.usable.iter().map(|(_, left)| left).sum()
    }

    /// Returns why no dose can be used; nothing while one can.
    #[must_use]
    pub fn why_none(&self) -> &[(Why, i32)] {
        if self.usable.is_empty() { &self.barred } else { &[] }
    }
}

/// Returns the doses of a product on a round at `now`, whichever tablet of the team holds them.
#[must_use]
pub fn aboard(round: &Round, common: &Common, product: &str, now: Wall) -> Aboard {
    among(round, common, product, now, &|_| true)
}

/// Returns the doses of a product at `now` that this tablet can give; those of another tablet are barred.
#[must_use]
pub fn held(round: &RoundState, common: &Common, device: DeviceId, product: &str, now: Wall) -> Aboard {
    among(round, common, product, now, &|source| holds(round, device, source))
}

fn among(round: &Round, common: &Common, product: &str, now: Wall, held: &dyn Fn(FactName) -> bool) -> Aboard {
    let today = door::today(round, common, now);
    let loads: Vec<(FactName, &Load)> = of_product(round, product).collect();
    let vials = round.vials.iter().filter(|(_, vial)| loads.iter().any(|(load, _)| *load == vial.load));
    let sources: Vec<FactName> = vials.map(|(name, _)| *name).chain(loads.iter().map(|(name, _)| *name)).collect();
    let mut found = Aboard::default();
    let bar = |found: &mut Aboard, why: Why, left: i32| match found.barred.iter_mut().find(|(one, _)| *one == why) {
        Some((_, doses)) => *doses += left,
        None => found.barred.push((why, left)),
    };
    for source in sources {
        let left = left(round, source);
        if left <= 0 {
            continue;
        }
        match why(round, common, source, today, now) {
            Some(reason) => bar(&mut found, reason, left),
            None if !held(source) => bar(&mut found, Why::OtherTablet, left),
            None => found.usable.push((source, left)),
        }
    }
    if loads.is_empty() {
        found.barred.push((Why::NoneTaken, 0));
    } else if found.barred.is_empty() {
        found.barred.push((gone(round, &loads), 0));
    }
    order::sort_by_key(&mut found.barred, |(why, _)| *why);
    found
}

/// Returns why the doses of a load or an opened vial cannot be used at `now`, whoever holds them.
#[must_use]
pub fn why(round: &Round, common: &Common, source: FactName, today: Day, now: Wall) -> Option<Why> {
    let load = round.loads.get(&round.load_of(source))?;
    let ends = round.ends_at(source);
    match round.isolation(source).map(|isolation| isolation.usable) {
        Some(None) => Some(Why::SetApart),
        Some(Some(false)) => Some(Why::ToDestroy),
        _ if common.isolation(&load.loaded.product, &load.loaded.lot).is_some() => Some(Why::LotIsolated),
        _ if common.is_doubtful(&load.loaded) => Some(Why::LotDoubtful),
        _ if load.loaded.expiry < today => Some(Why::Expired),
        _ if ends.is_some_and(|ends| ends <= now) => Some(Why::TimeOver),
        _ => None,
    }
}

/// Returns the doses of a product that no act still waiting on this round needs; below zero when too few are aboard.
#[must_use]
pub fn free(round: &Round, common: &Common, product: &str, now: Wall) -> i32 {
    let needed = expecting(round, common, product, now).len();
    aboard(round, common, product, now).doses() - i32::try_from(needed).unwrap_or(i32::MAX)
}

/// Returns the acts that wait for a dose of a product and may have it today, in the order of the round's doors.
#[must_use]
pub fn expecting(round: &Round, common: &Common, product: &str, now: Wall) -> Vec<FactName> {
    let visits = round.people_in_order().into_iter().filter_map(|person| round.people.get(&person));
    let acts = visits.flat_map(|visit| &visit.acts).copied();
    let wanted = |act: &FactName| round.acts.get(act).is_some_and(|act| act.wish.product == product);
    acts.filter(wanted).filter(|act| may_have(round, common, *act, now)).collect()
}

/// Returns the acts that wait for a dose of a product of which too few are aboard: those behind the last doors.
#[must_use]
pub fn without(round: &Round, common: &Common, product: &str, now: Wall) -> Vec<FactName> {
    let doses = usize::try_from(aboard(round, common, product, now).doses()).unwrap_or_default();
    expecting(round, common, product, now).into_iter().skip(doses).collect()
}

/// Returns the act that would go without if one dose more of a product were taken: none while a dose is free, nor where no
/// dose can be used at all.
#[must_use]
pub fn costs(round: &Round, common: &Common, product: &str, now: Wall) -> Option<FactName> {
    let doses = usize::try_from(aboard(round, common, product, now).doses()).ok()?;
    expecting(round, common, product, now).get(doses.checked_sub(1)?).copied()
}

/// What the people of a round still expect of a product, and what is there for them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    /// The code of the product.
    pub product: String,
    /// How many acts wait for it.
    pub waiting: i32,
    /// The doses aboard that can be used.
    pub usable: i32,
}

impl Need {
    /// Says whether not everybody who expects the product can have it.
    #[must_use]
    pub const fn is_short(&self) -> bool {
        self.usable < self.waiting
    }
}

/// Returns, for every product that somebody of the round still expects and may have today, how many do and how many doses can
/// be used at `now`.
#[must_use]
pub fn needs(round: &Round, common: &Common, now: Wall) -> Vec<Need> {
    let mut waits: BTreeMap<&str, i32> = BTreeMap::new();
    for (name, act) in &round.acts {
        if may_have(round, common, *name, now) {
            *waits.entry(&act.wish.product).or_default() += 1;
        }
    }
    let need = |(product, waiting): (&str, i32)| Need {
        product: product.to_owned(),
        waiting,
        usable: aboard(round, common, product, now).doses(),
    };
    waits.into_iter().map(need).collect()
}

/// Says whether an act still waits for a dose (not given, not ended, nor the whole visit) that the rules, a physician and the
/// nurse do not deny today: nobody's dose is kept for somebody who cannot have it.
fn may_have(round: &Round, common: &Common, name: FactName, now: Wall) -> bool {
    let Some(act) = round.acts.get(&name) else { return false };
    let goes_on = round.people.get(&act.person).is_some_and(|visit| visit.ended.is_none());
    act.given.is_empty() && act.ended.is_none() && goes_on && denied(round, common, name, now).is_none()
}

/// Returns what denies an act its dose today: the answer of the rules, or what a physician or the nurse decided.
fn denied(round: &Round, common: &Common, name: FactName, now: Wall) -> Option<Outcome> {
    let act = round.acts.get(&name)?;
    let nurse = round.plan.as_ref().and_then(|plan| plan.nurses.first().copied()).unwrap_or(AccountNo(0));
    let (_, answer) = door::answer(round, common, name, nurse, now)?;
    door::stopped(act, &answer).then_some(answer.outcome)
}

/// Returns what already stands against every dose that a person waits for, before her door is opened; nothing where one of
/// them may be given. Of several, the first that was wished counts.
#[must_use]
pub fn foreseen(round: &Round, common: &Common, person: FactName, now: Wall) -> Option<Outcome> {
    let visit = round.people.get(&person)?;
    let waits = |act: &&FactName| round.acts.get(act).is_some_and(|act| act.given.is_empty() && act.ended.is_none());
    let acts = visit.acts.iter().filter(waits);
    let answers: Option<Vec<Outcome>> = acts.map(|act| denied(round, common, *act, now)).collect();
    answers?.into_iter().next()
}

/// Returns the vial or load that is opened or prepared, can be used, is not used up and ends first.
#[must_use]
pub fn first_to_end(round: &Round, common: &Common, now: Wall) -> Option<FactName> {
    let today = door::today(round, common, now);
    let names = round.vials.keys().chain(round.loads.keys()).copied();
    let usable = |source: &FactName| left(round, *source) > 0 && why(round, common, *source, today, now).is_none();
    names.filter(usable).filter_map(|source| Some((round.ends_at(source)?, source))).min().map(|(_, source)| source)
}

/// Returns the codes of the products that were taken aboard.
#[must_use]
pub fn products(round: &Round) -> Vec<String> {
    let mut codes: Vec<String> = round.loads.values().map(|load| load.loaded.product.clone()).collect();
    order::sort_and_dedup(&mut codes);
    codes
}

/// Says whether a load or an opened vial is in the custody of a tablet, under its number or the one it goes on under
/// after a fork.
#[must_use]
pub fn holds(round: &RoundState, device: DeviceId, source: FactName) -> bool {
    round.log().numbering(round.holder(round.load_of(source))).was(device)
}

fn of_product<'a>(round: &'a Round, product: &str) -> impl Iterator<Item = (FactName, &'a Load)> {
    round.loads.iter().filter(move |(_, load)| load.loaded.product == product).map(|(name, load)| (*name, load))
}

fn left(round: &Round, source: FactName) -> i32 {
    let of_load = || round.loads.get(&source).map_or(0, Load::left);
    round.vials.get(&source).map_or_else(of_load, Vial::left)
}

/// Says whether what was taken was all given, or went otherwise in part.
fn gone(round: &Round, loads: &[(FactName, &Load)]) -> Why {
    let taken: i32 = loads.iter().map(|(_, load)| load.taken()).sum();
    let of_loads: i32 = loads.iter().map(|(_, load)| i32::from(load.given)).sum();
    let of_vials = round.vials.values().filter(|vial| loads.iter().any(|(load, _)| *load == vial.load));
    let given = of_loads + of_vials.map(|vial| i32::from(vial.given)).sum::<i32>();
    if given >= taken { Why::AllGiven } else { Why::AllGone }
}

//! The cold box of a round: what a reading sets apart, and what was decided about it, at the desk or by telephone.
//!
//! A reading sets apart only what it concerns: what this device held when it was read, was there already, still has doses,
//! and may not be kept at that temperature in the state it was in. An opened vial that keeps at 2–30 °C stays usable at
//! 9 °C; what was taken aboard afterwards was not in the box.

use super::apart::{DecidedBy, Isolation};
use super::{Given, Reading, Round};
use crate::fact::{AccountNo, Body, Fact, IsolationDecided, PhoneDecisionNoted, TemperatureRead};
use crate::name::{FactName, Numbering};
use crate::state::Effective;
use crate::temperature::TemperatureRange;
use crate::time::Wall;
use serde::Serialize;

/// A decision in writing about a load or vial set apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WrittenDecision {
    /// What was decided.
    pub decided: IsolationDecided,
    /// About which load or vial.
    pub source: FactName,
    /// Who wrote it.
    pub by: AccountNo,
    /// When.
    pub at: Wall,
}

/// A decision by telephone, as the team noted it and as the desk answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PhoneDecision {
    /// What was noted.
    pub noted: PhoneDecisionNoted,
    /// The loads and vials that it is about.
    pub sources: Vec<FactName>,
    /// Who noted it.
    pub noted_by: AccountNo,
    /// When it was noted.
    pub noted_at: Wall,
    /// What the desk answered.
    pub answer: Option<PhoneAnswer>,
}

/// What the desk answered to a decision by telephone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PhoneAnswer {
    /// Confirmed; otherwise contradicted.
    pub confirmed: bool,
    /// Who answered.
    pub by: AccountNo,
    /// When.
    pub at: Wall,
    /// Why, when contradicted.
    pub reason: Option<String>,
}

/// A dose given after a reading that nobody had entered yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct GivenWarm {
    /// The dose.
    pub dose: FactName,
    /// Of which act.
    pub act: FactName,
    /// The reading.
    pub reading: FactName,
    /// What it read, in tenths of a degree Celsius.
    pub tenths: i16,
}

impl Round {
    /// Returns the source whose isolation counts for a load or an opened vial. A vial follows its load where the product
    /// says no range of its own for it, and where it was still closed when the box was read.
    #[must_use]
    pub fn isolated_as(&self, source: FactName) -> FactName {
        match self.vials.get(&source) {
            Some(vial) if vial.isolation.is_none() && (vial.range.is_none() || self.opened_since(vial)) => vial.load,
            _ => source,
        }
    }

    /// Says whether a vial was opened after the reading that set its load apart.
    fn opened_since(&self, vial: &super::Vial) -> bool {
        let isolation = self.loads.get(&vial.load).and_then(|load| load.isolation.as_ref());
        let read = isolation.and_then(|one| self.readings.iter().find(|reading| reading.name == one.reading));
        read.is_some_and(|reading| reading.read.at < vial.opened_at)
    }

    /// Returns why a load or an opened vial is or was set apart.
    #[must_use]
    pub fn isolation(&self, source: FactName) -> Option<&Isolation> {
        let source = self.isolated_as(source);
        match self.vials.get(&source) {
            Some(vial) => vial.isolation.as_ref(),
            None => self.loads.get(&source)?.isolation.as_ref(),
        }
    }

    /// Says whether the doses of a load or an opened vial must not be used after a reading.
    #[must_use]
    pub fn set_apart(&self, source: FactName) -> bool {
        self.isolation(source).is_some_and(Isolation::holds)
    }

    /// Returns the decision by telephone that a load or vial stands on while the desk has not answered it.
    #[must_use]
    pub fn to_confirm(&self, source: FactName) -> Option<(FactName, &PhoneDecision)> {
        match self.isolation(source)?.decided? {
            DecidedBy::Phone(name) => {
                let decision = self.phone_decisions.get(&name)?;
                decision.answer.is_none().then_some((name, decision))
            }
            DecidedBy::Written(_) => None,
        }
    }

    /// Says whether the doses of a load or vial are to be destroyed, as was decided: they are lost, whoever holds them.
    #[must_use]
    pub fn to_destroy(&self, source: FactName) -> bool {
        self.isolation(source).is_some_and(|isolation| isolation.usable == Some(false))
    }

    /// Says whether a decision is the one that counts for any of its loads and vials.
    #[must_use]
    pub fn counts(&self, decision: FactName) -> bool {
        let this = [DecidedBy::Written(decision), DecidedBy::Phone(decision)];
        self.isolated().iter().any(|(_, isolation)| isolation.decided.is_some_and(|one| this.contains(&one)))
    }

    /// Returns every load and vial that is or was set apart by itself, loads first.
    #[must_use]
    pub fn isolated(&self) -> Vec<(FactName, &Isolation)> {
        let loads = self.loads.iter().filter_map(|(name, load)| Some((*name, load.isolation.as_ref()?)));
        let vials = self.vials.iter().filter_map(|(name, vial)| Some((*name, vial.isolation.as_ref()?)));
        loads.chain(vials).collect()
    }

    /// Returns the doses left in a load or vial, with those of the vials that follow the load.
    #[must_use]
    pub fn doses_apart(&self, source: FactName) -> i32 {
        if let Some(vial) = self.vials.get(&source) {
            return vial.left().max(0);
        }
        let follows = self.vials.iter().filter(|(name, _)| self.isolated_as(**name) == source);
        let in_vials: i32 = follows.map(|(_, vial)| vial.left().max(0)).sum();
        in_vials + self.loads.get(&source).map_or(0, |load| load.left().max(0))
    }

    /// Returns the load that a source is, or was opened out of.
    #[must_use]
    pub fn load_of(&self, source: FactName) -> FactName {
        self.vials.get(&source).map_or(source, |vial| vial.load)
    }

    /// Returns the loads and vials that a reading of `tenths` at `at` sets apart among those that are `held`.
    #[must_use]
    pub fn concerned(&self, tenths: i16, at: Wall, held: impl Fn(FactName) -> bool) -> Vec<FactName> {
        let out = |range: Option<TemperatureRange>| !range.unwrap_or(TemperatureRange::FRIDGE).contains(tenths);
        let aboard = |name: FactName, load: &super::Load| held(name) && load.taken_at <= at;
        // A vial opened since was still closed when the box was read: it follows its load.
        let own = |vial: &super::Vial| vial.range.is_some() && vial.opened_at <= at;
        let loads = self.loads.iter().filter(|(name, load)| {
            let follow =
                |load: FactName| self.vials.values().any(|one| one.load == load && one.left() > 0 && !own(one));
            out(load.loaded.range) && aboard(**name, load) && (load.left() > 0 || follow(**name))
        });
        let vials = self.vials.iter().filter(|(_, vial)| {
            let of = || self.loads.get(&vial.load).is_some_and(|load| aboard(vial.load, load));
            own(vial) && out(vial.range) && vial.left() > 0 && of()
        });
        loads.map(|(name, _)| *name).chain(vials.map(|(name, _)| *name)).collect()
    }

    /// Returns the doses that were given after a reading that would have set them apart, had it been entered when it was
    /// read, each with the first such reading. One that somebody who may has since found usable is none of them.
    #[must_use]
    pub fn given_warm(&self) -> Vec<GivenWarm> {
        let given = self.acts.iter().flat_map(|(act, known)| known.given.iter().map(move |given| (*act, given)));
        let warm = |(act, given): (FactName, &Given)| {
            let reading = self.spoilt_by(given)?;
            Some(GivenWarm { dose: given.name, act, reading: reading.name, tenths: reading.read.tenths })
        };
        given.filter_map(warm).collect()
    }

    /// Returns the first reading before a dose was given that its source could not stand, and that nobody who may has settled.
    fn spoilt_by(&self, given: &Given) -> Option<&Reading> {
        let source = given.source?;
        let load_name = self.load_of(source);
        let load = self.loads.get(&load_name)?;
        let vial = self.vials.get(&source);
        let done = self.clocks.done(given.name, given.dose.done_at, given.entered_at);
        self.readings.iter().find(|reading| {
            // A vial opened since was still closed when the box was read.
            let vial = vial.filter(|vial| vial.opened_at <= reading.read.at);
            let range = vial.and_then(|vial| vial.range).or(load.loaded.range).unwrap_or(TemperatureRange::FRIDGE);
            if range.contains(reading.read.tenths) || !reading.held.contains(&load_name) {
                return false;
            }
            let read = self.clocks.true_time(reading.name, reading.read.at);
            // Whoever decided before it was entered did not know of it.
            let known = read.max(self.clocks.true_time(reading.name, reading.entered));
            read < done && !self.found_usable(source, known)
        })
    }

    /// Says whether somebody who may found a load or vial usable at `since` or later, in writing or by telephone.
    fn found_usable(&self, source: FactName, since: Wall) -> bool {
        let about = |one: &FactName| *one == source || *one == self.load_of(source);
        let after = |name: &FactName, at: Wall| self.clocks.true_time(*name, at) >= since;
        let written = || self.written_decisions.iter().filter(|(_, one)| about(&one.source));
        let desks = |name: &FactName| name.device.is_hub();
        // What the desk found spoilt is not made good by what a tablet holds.
        let spoilt = written().any(|(name, one)| desks(name) && !one.decided.usable);
        let counts = |name: &FactName, at: Wall| after(name, at) && (desks(name) || !spoilt);
        let mut phoned = self.phone_decisions.iter();
        written().any(|(name, one)| one.decided.usable && counts(name, one.at))
            || phoned.any(|(name, one)| {
                let contradicted = one.answer.as_ref().is_some_and(|answer| !answer.confirmed);
                one.noted.usable && !contradicted && one.sources.iter().any(about) && counts(name, one.noted_at)
            })
    }

    /// Notes a reading, and sets apart what it concerns until somebody who may decides.
    pub(super) fn step_reading(&mut self, fact: &Fact, chain: Numbering<'_>, read: &TemperatureRead) {
        let held = self.loads.iter();
        let held = held.filter(|(load, taken)| self.is_held_by(chain, **load) && taken.taken_at <= read.at);
        let held = held.map(|(load, _)| *load).collect();
        let name = fact.name;
        self.readings.push(Reading { name, entered: fact.wall, read: read.clone(), held });
        for source in self.concerned(read.tenths, read.at, |load| self.is_held_by(chain, load)) {
            if let Some(isolation) = self.isolation_mut(source) {
                Isolation::begin(isolation, name);
            }
        }
    }

    fn isolation_mut(&mut self, source: FactName) -> Option<&mut Option<Isolation>> {
        match self.vials.get_mut(&source) {
            Some(vial) => Some(&mut vial.isolation),
            None => self.loads.get_mut(&source).map(|load| &mut load.isolation),
        }
    }

    pub(super) fn step_cold(&mut self, effective: &Effective<'_>, body: &Body) {
        let (fact, device) = (effective.fact, effective.device);
        match body {
            Body::IsolationDecided(decided) => {
                let source = decided.load.name(device);
                // A tablet that did not know of it, or whose clock is ahead, does not overrule what the desk decided.
                if let Some(Some(isolation)) = self.isolation_mut(source)
                    && (fact.name.device.is_hub() || !isolation.decided_at_the_desk())
                {
                    isolation.usable = Some(decided.usable);
                    isolation.decided = Some(DecidedBy::Written(fact.name));
                }
                let (by, at) = (fact.author, fact.wall);
                let written = WrittenDecision { decided: decided.clone(), source, by, at };
                self.written_decisions.insert(fact.name, written);
            }
            Body::PhoneDecisionNoted(noted) => {
                let sources: Vec<FactName> = noted.sources.iter().map(|source| source.name(device)).collect();
                for source in &sources {
                    // What was decided in writing stands above a call.
                    if let Some(Some(isolation)) = self.isolation_mut(*source)
                        && !matches!(isolation.decided, Some(DecidedBy::Written(_)))
                    {
                        isolation.usable = Some(noted.usable);
                        isolation.decided = Some(DecidedBy::Phone(fact.name));
                    }
                }
                let noted = noted.clone();
                let (noted_by, noted_at) = (fact.author, fact.wall);
                let decision = PhoneDecision { noted, sources, noted_by, noted_at, answer: None };
                self.phone_decisions.insert(fact.name, decision);
            }
            Body::PhoneDecisionAnswered(answered) => {
                let name = answered.decision.name(device);
                let Some(decision) = self.phone_decisions.get_mut(&name) else { return };
                decision.answer = Some(PhoneAnswer {
                    confirmed: answered.confirmed,
                    by: fact.author,
                    at: fact.wall,
                    reason: answered.reason.clone(),
                });
                if answered.confirmed {
                    return;
                }
                for source in decision.sources.clone() {
                    if let Some(Some(isolation)) = self.isolation_mut(source)
                        && isolation.decided == Some(DecidedBy::Phone(name))
                    {
                        isolation.usable = None;
                        isolation.decided = None;
                    }
                }
            }
            _ => {}
        }
    }
}

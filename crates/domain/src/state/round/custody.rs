//! Who holds the doses of a round: whoever took them aboard, or whoever took them over since.
//!
//! A tablet that lost its store is enrolled under a new number, with the same doses in the same box. The new number says
//! so in a fact ([`crate::fact::CustodyTaken`]), which lists the loads. The last such fact about a load counts, in the order
//! of all facts; each load keeps it, so that facts that take from each other in a circle end with the last one.

use super::Round;
use crate::fact::{Body, CustodyTaken, Fact};
use crate::hour::AHEAD_MS;
use crate::name::{DeviceId, FactName, Numbering};
use crate::state::RoundState;
use crate::time::Wall;
use serde::Serialize;

/// The doses of a number whose store was lost were taken over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Custody {
    /// The fact that says so.
    pub name: FactName,
    /// Who holds the loads since, until somebody else takes them over: the device of that fact, or whom it names.
    pub to: DeviceId,
    /// When, by the wall clock.
    pub at: Wall,
    /// The number before.
    pub from: DeviceId,
    /// The loads that were taken over.
    pub loads: Vec<FactName>,
}

impl Round {
    /// Returns the fact that the custody of a load stands on: the last that took it over, or the load itself.
    fn held_since(&self, load: FactName) -> FactName {
        self.loads.get(&load).and_then(|known| known.taken_over).unwrap_or(load)
    }

    /// Returns the number under which a load came into the custody that it is in.
    #[must_use]
    pub fn holder(&self, load: FactName) -> DeviceId {
        let handed_to = self.loads.get(&load).and_then(|known| known.handed_to);
        handed_to.unwrap_or_else(|| self.held_since(load).device)
    }

    /// Says whether the device behind a chain holds a load, under this number or under one before.
    #[must_use]
    pub fn is_held_by(&self, chain: Numbering<'_>, load: FactName) -> bool {
        match self.loads.get(&load).and_then(|known| known.handed_to) {
            Some(holder) => chain.was(holder),
            None => chain.wrote(self.held_since(load)),
        }
    }

    pub(super) fn step_custody(&mut self, fact: &Fact, chain: Numbering<'_>, taken: &CustodyTaken) {
        // For another only the relay's desk says it.
        let handed_to = taken.to.filter(|_| fact.name.device.is_hub());
        let to = handed_to.unwrap_or(fact.name.device);
        if to == taken.device || handed_to.is_none() && chain.was(taken.device) {
            return;
        }
        let mut loads: Vec<FactName> = Vec::new();
        for name in taken.loads.iter().map(|load| load.name(chain)) {
            if let Some(load) = self.loads.get_mut(&name)
                && load.taken_over != Some(fact.name)
            {
                load.taken_over = Some(fact.name);
                load.handed_to = handed_to;
                loads.push(name);
            }
        }
        if loads.is_empty() {
            return;
        }
        self.custodies.push(Custody { name: fact.name, to, at: fact.wall, from: taken.device, loads });
    }
}

impl RoundState {
    /// Returns the loads that a device holds, under this number or under one before.
    #[must_use]
    pub fn loads_of(&self, device: DeviceId) -> Vec<FactName> {
        let chain = self.log().numbering(device);
        self.loads.keys().copied().filter(|load| self.is_held_by(chain, *load)).collect()
    }

    /// Returns the loads that `own` may take over from `device`: what that number holds, once. What was taken over before and
    /// is back, because the relay withdrew it or the other took it back, stays there; so does what the number took aboard
    /// since, for then it is a tablet of its own.
    #[must_use]
    pub fn to_take(&self, own: DeviceId, device: DeviceId) -> Vec<FactName> {
        let own = self.log().numbering(own);
        let (mut first, mut before) = (None, Vec::new());
        for fact in self.log().iter().filter(|fact| own.wrote(fact.name)) {
            if let Body::CustodyTaken(taken) = &fact.body
                && taken.device == device
            {
                first.get_or_insert((fact.hlc, fact.name));
                let chain = self.log().reading(fact.name);
                before.extend(taken.loads.iter().map(|load| load.name(chain)));
            }
        }
        let since = |load: FactName| {
            let held = self.log().get(self.held_since(load)).map(|fact| (fact.hlc, fact.name));
            first.is_some_and(|first| held > Some(first))
        };
        let mut loads = self.loads_of(device);
        loads.retain(|load| !before.contains(load) && !since(*load));
        loads
    }

    /// Returns who took loads over from this device and holds them still: it may have them in its own box.
    #[must_use]
    pub fn taken_from(&self, own: DeviceId) -> Option<&Custody> {
        let chain = self.log().numbering(own);
        let is_anothers = |custody: &&Custody| chain.was(custody.from) && !chain.was(custody.to);
        let mut last = self.custodies.iter().rev().filter(is_anothers);
        last.find(|custody| custody.loads.iter().any(|load| self.held_since(*load) == custody.name))
    }

    /// Returns those of a tablet's former numbers whose doses it is still to take over. Where one of them is the branch of
    /// another, the branch stands for both: what the other wrote since they parted was not this tablet's.
    #[must_use]
    pub fn to_take_over(&self, own: DeviceId, former: &[DeviceId]) -> Vec<DeviceId> {
        let goes_on =
            |number: DeviceId| former.iter().any(|other| *other != number && self.log().numbering(*other).was(number));
        let open = |number: &DeviceId| !goes_on(*number) && !self.to_take(own, *number).is_empty();
        former.iter().copied().filter(open).collect()
    }

    /// Returns when the number before last wrote after its doses were taken over; none as long as it did not. Then there are
    /// two tablets, and somebody must say which of them has the doses. What comes later in the order of all facts counts, and
    /// so does what is clearly later on the scale of the hub: a taker whose clock is ahead hides nothing.
    #[must_use]
    pub fn wrote_since(&self, custody: &Custody) -> Option<Wall> {
        let taken = self.log().get(custody.name)?;
        let hour = |fact: &Fact| self.clocks.true_time(fact.name, fact.wall);
        let at = hour(taken);
        let later = |fact: &Fact| (fact.hlc, fact.name) > (taken.hlc, taken.name) || hour(fact).since(at) > AHEAD_MS;
        let mut theirs =
            self.log().iter().rev().filter(|fact| self.log().numbering(fact.name.device).was(custody.from));
        theirs.find(|fact| later(fact)).map(|fact| fact.wall)
    }
}

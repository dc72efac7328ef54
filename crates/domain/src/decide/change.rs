//! The relay changes a round that is published: who is visited, when, in which order, with which lots, by whom. Only what differs
//! is written; the tablets hear it at their next contact. What a team did stays.

use super::returned::corrected;
use super::{Desk, filled};
use crate::command::{ChangedRound, PlannedStop};
use crate::fact::{ActPlanned, Body, DossierAdded, PersonTakenOut, RoundPublished, StopPlanned, StopsOrdered};
use crate::name::{FactName, FactRef};
use crate::refusal::{Field, Refusal};
use crate::state::Stop;

/// A stop of the new order: one that is there, or the one that stands in the facts to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    There(FactName),
    New(FactRef),
}

impl Desk<'_> {
    pub(super) fn change_round(&self, changed: ChangedRound) -> Result<Vec<Body>, Refusal> {
        let ChangedRound { plan, stops, out } = changed;
        self.not_over()?;
        filled(&plan.label, Field::Label)?;
        let mut facts: Vec<Body> = Vec::new();
        if self.round.plan.as_ref() != Some(&plan) {
            facts.push(plan.into());
        }
        let mut order = Vec::new();
        for planned in stops {
            order.push(self.change_stop(planned, &mut facts)?);
        }
        for dossier in out {
            let visit = self.person(dossier)?;
            if self.round.begun(dossier) {
                return Err(Refusal::AlreadyBegun { name: visit.record.display_name() });
            }
            facts.push(PersonTakenOut { person: self.reference(dossier) }.into());
        }
        if !self.in_order(&order) {
            let reference = |place: Place| match place {
                Place::There(stop) => self.reference(stop),
                Place::New(reference) => reference,
            };
            facts.push(StopsOrdered { order: order.into_iter().map(reference).collect() }.into());
        }
        if !facts.is_empty() {
            facts.push(RoundPublished { by: self.context.author }.into());
        }
        Ok(facts)
    }

    /// Refuses to change or give up a round that is signed or given up already.
    pub(super) fn not_over(&self) -> Result<(), Refusal> {
        let over = self.round.closed_at.is_some() || self.round.cancelled.is_some();
        if over { Err(Refusal::RoundOver) } else { Ok(()) }
    }

    /// Writes what is new at one address, and returns where it stands.
    fn change_stop(&self, planned: PlannedStop, facts: &mut Vec<Body>) -> Result<Place, Refusal> {
        let round = self.round;
        let dossier_of = |person: Option<FactName>| {
            let person = person?;
            let there = round.people.iter().find(|(_, visit)| visit.person == Some(person));
            there.map(|(dossier, visit)| (*dossier, visit.stop, None)).or_else(|| {
                let out = round.taken_out.iter().find(|(_, out)| out.visit.person == Some(person));
                out.map(|(dossier, out)| (*dossier, out.visit.stop, Some(out.name)))
            })
        };
        let known = planned.people.iter().find_map(|one| dossier_of(one.person)).map(|(_, stop, _)| stop);
        let known = known.and_then(|name| Some((name, round.stops.get(&name)?)));
        let place = match known {
            Some((name, stop)) => {
                if let Some(new) = told_otherwise(stop, &planned.stop) {
                    facts.push(corrected(round.log(), name, Some(new.into()), self.context));
                }
                Place::There(name)
            }
            None => {
                let place = Place::New(self.reference_to_next(facts.len()));
                facts.push(planned.stop.into());
                place
            }
        };
        for one in planned.people {
            match dossier_of(one.person) {
                Some((_, _, None)) => {}
                Some((_, _, Some(out))) => facts.push(corrected(round.log(), out, None, self.context)),
                None => {
                    self.plausible(&one.record)?;
                    self.one_of_each_family(&[], &one.record.wishes)?;
                    let stop = match place {
                        Place::There(stop) => self.reference(stop),
                        Place::New(reference) => reference,
                    };
                    let dossier = self.reference_to_next(facts.len());
                    let wishes = one.record.wishes.clone();
                    let person = one.person.map(|name| (name.device.0, name.number));
                    facts.push(DossierAdded { stop, person, record: one.record, walk_in: false }.into());
                    facts.extend(
                        wishes.into_iter().map(|wish| ActPlanned { person: dossier, wish, despite: None }.into()),
                    );
                }
            }
        }
        Ok(place)
    }

    /// Says whether the addresses stand in this order already; those that a team added on the way stay behind them.
    fn in_order(&self, order: &[Place]) -> bool {
        let now = self.round.order.iter().map(|stop| Place::There(*stop));
        now.filter(|place| order.contains(place)).eq(order.iter().copied())
    }
}

/// Returns an address with its hours and its name as they are to be; none where they are so already.
fn told_otherwise(stop: &Stop, planned: &StopPlanned) -> Option<StopPlanned> {
    let same = stop.from_minute == planned.from_minute
        && stop.until_minute == planned.until_minute
        && stop.place == planned.place;
    (!same).then(|| StopPlanned {
        address: stop.address.clone(),
        from_minute: planned.from_minute,
        until_minute: planned.until_minute,
        place: planned.place.clone(),
        unplanned: stop.unplanned,
    })
}

//! Decisions about the plan: publishing, and what the tablet changes on the way (R7).

use super::{Desk, filled, is_called, optional};
use crate::command::PlannedStop;
use crate::date::{Day, PartialDate};
use crate::fact::{
    ActChanged, ActPlanned, Body, DossierAdded, RoundCancelled, RoundPlanned, RoundPublished, StopPlanned,
    StopsOrdered, WaitingListed,
};
use crate::name::{FactName, FactRef};
use crate::people::{PersonRecord, Wish};
use crate::refusal::{Field, Needing, Refusal};
use crate::rules::Family;
use crate::state::{Act, Given, Visit};
use crate::{aboard, door};

/// Most people at one address.
const MOST_PEOPLE: usize = 40;

impl Desk<'_> {
    pub(super) fn publish(&self, plan: RoundPlanned, stops: Vec<PlannedStop>) -> Result<Vec<Body>, Refusal> {
        filled(&plan.label, Field::Label)?;
        let author = self.context.author;
        let mut facts: Vec<Body> = vec![plan.into()];
        let mut order = Vec::with_capacity(stops.len());
        let next = |facts: &Vec<Body>| self.reference_to_next(facts.len());
        for planned in stops {
            if planned.people.is_empty() || planned.people.len() > MOST_PEOPLE {
                return Err(Refusal::TooManyPeople);
            }
            // «From 14:00 until 12:00» is no time at which anybody could come.
            if planned.stop.from_minute.zip(planned.stop.until_minute).is_some_and(|(from, until)| until < from) {
                return Err(Refusal::EndsBeforeItBegan);
            }
            let stop = next(&facts);
            order.push(stop);
            facts.push(planned.stop.into());
            for one in planned.people {
                self.plausible(&one.record)?;
                self.one_of_each_family(&[], &one.record.wishes)?;
                let dossier = next(&facts);
                let wishes = one.record.wishes.clone();
                let person = one.person.map(|name| (name.device.0, name.number));
                facts.push(DossierAdded { stop, person, record: one.record, walk_in: false }.into());
                facts.extend(wishes.into_iter().map(|wish| ActPlanned { person: dossier, wish, despite: None }.into()));
            }
        }
        facts.push(StopsOrdered { order }.into());
        facts.push(RoundPublished { by: author }.into());
        Ok(facts)
    }

    /// Gives a round up whose team has not left: whoever is on the way is called back first.
    pub(super) fn cancel(&self, reason: String) -> Result<Vec<Body>, Refusal> {
        self.not_over()?;
        if self.round.departed.is_some() {
            return Err(Refusal::TeamLeft);
        }
        Ok(vec![RoundCancelled { reason: filled(&reason, Field::Reason)? }.into()])
    }

    pub(super) fn order(&self, order: Vec<FactName>) -> Result<Vec<Body>, Refusal> {
        let order: Result<Vec<FactRef>, Refusal> =
            order.into_iter().map(|stop| self.stop(stop).map(|_| self.reference(stop))).collect();
        Ok(vec![StopsOrdered { order: order? }.into()])
    }

    pub(super) fn add_stop(&self, stop: StopPlanned) -> Result<Vec<Body>, Refusal> {
        filled(&stop.address.line, Field::Address)?;
        Ok(vec![StopPlanned { unplanned: true, ..stop }.into()])
    }

    pub(super) fn add_person(
        &self,
        stop: FactName,
        record: PersonRecord,
        despite: Option<String>,
    ) -> Result<Vec<Body>, Refusal> {
        if self.stop(stop)?.people.len() >= MOST_PEOPLE {
            return Err(Refusal::TooManyPeople);
        }
        filled(&record.birth_name, Field::BirthName)?;
        is_called(&record)?;
        self.plausible(&record)?;
        self.possible_past(&record)?;
        self.one_of_each_family(&[], &record.wishes)?;
        let despite = optional(despite);
        let mut acts = Vec::with_capacity(record.wishes.len());
        for wish in &record.wishes {
            self.product(&wish.product)?;
            if aboard::aboard(self.round, self.common, &wish.product, self.steady_now()).usable.is_empty() {
                return Err(Refusal::NoFreeDose);
            }
            acts.push((wish.clone(), self.despite(&wish.product, despite.clone())?));
        }
        let dossier = self.reference_to_next(0);
        let added = DossierAdded { stop: self.reference(stop), person: None, record, walk_in: true };
        let mut facts: Vec<Body> = vec![added.into()];
        facts.extend(acts.into_iter().map(|(wish, despite)| ActPlanned { person: dossier, wish, despite }.into()));
        Ok(facts)
    }

    /// Returns the reason for taking a dose of a product that somebody else of the round waits for; none where one is free, or
    /// where none is there to be taken.
    fn despite(&self, product: &str, reason: Option<String>) -> Result<Option<String>, Refusal> {
        match (aboard::costs(self.round, self.common, product, self.steady_now()), reason) {
            (None, _) => Ok(None),
            (Some(_), None) => Err(Refusal::ReasonNeeded { what: Needing::TakenDose }),
            (Some(_), reason) => Ok(reason),
        }
    }

    pub(super) fn list(
        &self,
        record: PersonRecord,
        proposed: Option<Day>,
        stop: Option<FactName>,
    ) -> Result<Vec<Body>, Refusal> {
        filled(&record.birth_name, Field::BirthName)?;
        is_called(&record)?;
        self.plausible(&record)?;
        let stop = stop.map(|stop| self.stop(stop).map(|_| self.reference(stop))).transpose()?;
        Ok(vec![WaitingListed { record, proposed, stop }.into()])
    }

    pub(super) fn add_act(&self, person: FactName, wish: Wish, despite: Option<String>) -> Result<Vec<Body>, Refusal> {
        let visit = self.person(person)?;
        self.product(&wish.product)?;
        self.one_of_each_family(&self.standing_wishes(visit, None), std::slice::from_ref(&wish))?;
        let despite = self.despite(&wish.product, optional(despite))?;
        Ok(vec![ActPlanned { person: self.reference(person), wish, despite }.into()])
    }

    pub(super) fn change_act(&self, act: FactName, wish: Wish, despite: Option<String>) -> Result<Vec<Body>, Refusal> {
        let known = self.act(act)?;
        if !known.given.is_empty() {
            return Err(Refusal::AlreadyGiven);
        }
        self.product(&wish.product)?;
        let others = self.standing_wishes(self.person(known.person)?, Some(act));
        self.one_of_each_family(&others, std::slice::from_ref(&wish))?;
        // Another rank of the same vaccine takes nobody's dose.
        let despite =
            if known.wish.product == wish.product { None } else { self.despite(&wish.product, optional(despite))? };
        Ok(vec![ActChanged { act: self.reference(act), wish, despite }.into()])
    }

    pub(super) fn product(&self, code: &str) -> Result<&crate::rules::Product, Refusal> {
        let on = door::today(self.round, self.common, self.context.now);
        door::product(self.common, code, on).ok_or_else(|| Refusal::UnknownProduct { product: code.to_owned() })
    }

    /// Returns the wishes of a visit that stand or were given, but for one act. What was given incomplete may be given
    /// again, if the rules and a physician allow it.
    fn standing_wishes(&self, visit: &Visit, but: Option<FactName>) -> Vec<Wish> {
        let acts = visit.acts.iter().filter(|name| Some(**name) != but).filter_map(|name| self.round.acts.get(name));
        let incomplete = |act: &Act| {
            let whole = |given: &Given| given.dose.error.as_ref().is_none_or(|error| !error.is_incomplete());
            !act.given.is_empty() && !act.given.iter().any(whole)
        };
        acts.filter(|act| act.ended.is_none() && !incomplete(act)).map(|act| act.wish.clone()).collect()
    }

    /// Refuses two vaccines of one family on one visit.
    pub(super) fn one_of_each_family(&self, standing: &[Wish], new: &[Wish]) -> Result<(), Refusal> {
        let on = door::today(self.round, self.common, self.context.now);
        let family = |wish: &Wish| {
            let known = door::product(self.common, &wish.product, on).map(|product| product.family);
            // Of a family that nobody names, only the same product is the same.
            known.filter(|family| *family != Family::Other).ok_or_else(|| wish.product.clone())
        };
        let mut seen: Vec<_> = standing.iter().map(family).collect();
        for wish in new {
            let own = family(wish);
            if seen.contains(&own) {
                return Err(Refusal::SameFamily);
            }
            seen.push(own);
        }
        Ok(())
    }

    /// Refuses a birth date that has not come yet, or of more than 130 years ago.
    pub(super) fn plausible(&self, record: &PersonRecord) -> Result<(), Refusal> {
        let today = door::today(self.round, self.common, self.context.now);
        if record.may_be_born(today) { Ok(()) } else { Err(Refusal::ImpossibleBirth) }
    }

    /// Refuses dates of a person's past that lie before the birth, or have not come yet.
    pub(super) fn possible_past(&self, record: &PersonRecord) -> Result<(), Refusal> {
        let today = door::today(self.round, self.common, self.context.now);
        let impossible = |date: PartialDate| {
            date.earliest() > today || record.birth.is_some_and(|birth| date.latest() < birth.earliest())
        };
        if record.past().any(impossible) {
            return Err(Refusal::ImpossiblePast);
        }
        Ok(())
    }
}

//! Correcting the hour at which something was done, where the command that says it takes the present: a departure, a
//! vacation, the end of an observation, an incident, a waste container. Everything else that was said stays.

use super::amend::{candidates, last, may_correct, now, with};
use super::{Desk, optional};
use crate::fact::{Body, Corrected};
use crate::name::{FactName, FactRef};
use crate::refusal::Refusal;
use crate::state::Round;
use crate::time::Wall;

/// Returns the hour of what was done, where it is corrected by itself ([`crate::Command::CorrectHour`]).
#[must_use]
pub fn hour_apart(body: &Body) -> Option<Wall> {
    own_hour(&mut body.clone()).copied()
}

/// Lends that hour.
fn own_hour(body: &mut Body) -> Option<&mut Wall> {
    match body {
        Body::Departed(fact) => Some(&mut fact.at),
        Body::VacationStarted(fact) => Some(&mut fact.at),
        Body::VacationEnded(fact) => Some(&mut fact.at),
        Body::ObservationEnded(fact) => Some(&mut fact.at),
        Body::IncidentReported(fact) => Some(&mut fact.at),
        Body::ContainerOpened(fact) => Some(&mut fact.at),
        Body::ContainerClosed(fact) => Some(&mut fact.at),
        Body::ContainerHandedOver(fact) => Some(&mut fact.at),
        _ => None,
    }
}

/// Leaves that hour as it counted before, where the command that corrects cannot say it: correcting a weight in the evening
/// does not move the handing over to the evening.
pub(super) fn keep_hour(before: &Body, new: &mut Body) {
    if before.kind() == new.kind()
        && let (Some(before), Some(new)) = (hour_apart(before), own_hour(new))
    {
        *new = before;
    }
}

impl Desk<'_> {
    /// Decides the hour of a fact anew. What ends may not end before it began.
    pub(super) fn correct_hour(&self, fact: FactName, at: Wall, reason: Option<String>) -> Result<Vec<Body>, Refusal> {
        let log = self.round.log();
        let original = log.get(fact).ok_or(Refusal::Unknown { fact })?;
        let named = candidates(log, fact);
        may_correct(original, &named, self.context.device)?;
        let at = self.past(Some(at))?;
        let mut body = now(log, original, &named).ok_or(Refusal::CannotCorrect)?;
        let (theirs, ours) = (log.reading(last(log, original, &named).name), self.numbering());
        let anew = |reference: FactRef| FactRef::to(reference.name(theirs), ours);
        *own_hour(&mut body).ok_or(Refusal::CannotCorrect)? = at;
        match &mut body {
            Body::ObservationEnded(fact) => fact.person = anew(fact.person),
            Body::IncidentReported(fact) => fact.person = fact.person.map(anew),
            Body::ContainerClosed(fact) => fact.container = anew(fact.container),
            Body::ContainerHandedOver(fact) => fact.container = anew(fact.container),
            _ => {}
        }
        let of = named.into_iter().map(|name| FactRef::to(name, ours)).collect();
        let corrected: Body =
            Corrected { of, kind: Some(body.kind()), body: Some(body.to_cbor().into()), reason: optional(reason) }
                .into();
        let tried = with(self.round, corrected.clone(), self.context.device);
        if crossed(&tried) > crossed(self.round) { Err(Refusal::EndsBeforeItBegan) } else { Ok(vec![corrected]) }
    }
}

/// Returns how many vacations, containers and observations end before they began.
fn crossed(round: &Round) -> usize {
    let vacations = round.vacations.iter().filter(|one| one.ended.is_some_and(|ended| ended < one.started));
    let containers = round.containers.values().filter(|one| {
        let ends = one.closed_at.into_iter().chain(one.handed_over.as_ref().map(|(at, ..)| *at));
        ends.min().is_some_and(|ended| ended < one.opened_at)
    });
    let observations = round.people.values().filter(|visit| {
        let given = visit.acts.iter().filter_map(|act| round.acts.get(act)).flat_map(|act| &act.given);
        let first = given.map(|given| given.dose.done_at).min();
        visit.observations.iter().any(|end| first.is_some_and(|first| end.at < first))
    });
    vacations.count() + containers.count() + observations.count()
}

//! Whom the relay took out of a round after it was published. Nobody counts her, calls at her door or keeps a dose for her; but
//! what a team did with her, before it heard of it or in spite of it, brings her back: nothing that was done is hidden.

use super::{Act, Round, Visit};
use crate::fact::{AccountNo, Body, Fact};
use crate::name::FactName;
use crate::state::Effective;
use crate::time::Wall;
use serde::Serialize;

/// The round was released to the tablets, or changed since.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Release {
    /// The fact that says so.
    pub name: FactName,
    /// Who.
    pub by: AccountNo,
    /// When.
    pub at: Wall,
}

/// Somebody whom the relay took out.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TakenOut {
    /// The fact that says so.
    pub name: FactName,
    /// Who took her out.
    pub by: AccountNo,
    /// When.
    pub at: Wall,
    /// Her visit as it stood.
    pub visit: Visit,
    /// Her acts as they stood.
    pub acts: Vec<(FactName, Act)>,
}

impl Round {
    /// Says whether a team has begun with somebody: what it did stands, whatever the relay decides since.
    #[must_use]
    pub fn begun(&self, dossier: FactName) -> bool {
        let Some(visit) = self.people.get(&dossier) else { return false };
        let mut acts = visit.acts.iter().filter_map(|act| self.acts.get(act));
        let by_team = |name: FactName| !name.device.is_hub();
        let done = |act: &Act| {
            !act.given.is_empty()
                || !act.answers.is_empty()
                || !act.consents.is_empty()
                || !act.objections.is_empty()
                || act.ended.as_ref().is_some_and(|ended| by_team(ended.name))
        };
        visit.identity.is_some() || visit.ended.as_ref().is_some_and(|ended| by_team(ended.name)) || acts.any(done)
    }

    pub(super) fn step_out(&mut self, fact: &Fact, dossier: FactName) {
        if self.begun(dossier) {
            return;
        }
        let Some(visit) = self.people.remove(&dossier) else { return };
        if let Some(stop) = self.stops.get_mut(&visit.stop) {
            stop.people.retain(|one| *one != dossier);
            // Nobody goes to a door behind which nobody is expected.
            if stop.people.is_empty() && !stop.unplanned {
                self.order.retain(|one| *one != visit.stop);
            }
        }
        let acts = visit.acts.iter().filter_map(|act| Some((*act, self.acts.remove(act)?))).collect();
        let out = TakenOut { name: fact.name, by: fact.author, at: fact.wall, visit, acts };
        self.taken_out.insert(dossier, out);
    }

    /// Puts somebody back whom the next fact is about.
    pub(super) fn put_back(&mut self, next: &Effective<'_>) {
        if self.taken_out.is_empty() || matches!(next.body.as_ref(), Body::PersonTakenOut(_)) {
            return;
        }
        let Some(subject) = next.body.subject().map(|subject| subject.name(next.device)) else { return };
        let meant = |(dossier, out): (&FactName, &TakenOut)| {
            (*dossier == subject || out.acts.iter().any(|(act, _)| *act == subject)).then_some(*dossier)
        };
        let Some(dossier) = self.taken_out.iter().find_map(meant) else { return };
        let Some(out) = self.taken_out.remove(&dossier) else { return };
        if let Some(stop) = self.stops.get_mut(&out.visit.stop) {
            stop.people.push(dossier);
            if !self.order.contains(&out.visit.stop) {
                self.order.push(out.visit.stop);
            }
        }
        self.acts.extend(out.acts);
        self.people.insert(dossier, out.visit);
    }
}

//! The right to erasure: the bytes of what was said of a person go, their places and leaves stay as the trace of it.
//!
//! A dose or an incident makes a care record, which the law keeps for twenty years: that is not erased here. Corrections
//! of a fact go with it, those that do not count too.

use super::Desk;
use crate::fact::{Body, Erasure};
use crate::name::FactName;
use crate::order::gather;
use crate::refusal::Refusal;
use crate::state::RoundState;
use std::collections::BTreeSet;

impl Desk<'_> {
    pub(super) fn erase(&self, name: FactName) -> Result<Vec<Body>, Refusal> {
        let mut facts = BTreeSet::new();
        if self.round.waiting.contains_key(&name) {
            facts.insert(name);
        } else {
            let out = self.round.taken_out.contains_key(&name);
            if !out {
                self.person(name)?;
            }
            if !out && self.round.closed_at.is_none() && self.round.cancelled.is_none() {
                return Err(Refusal::StillPlanned);
            }
            if must_keep(self.round, name) {
                return Err(Refusal::MustKeep);
            }
            facts.extend(about(self.round, name));
        }
        let log = self.round.log();
        let family: BTreeSet<FactName> = gather(facts.iter().flat_map(|name| log.family(*name)).map(|one| one.name));
        Ok(vec![Erasure::of(family.into_iter().map(|name| self.reference(name)).collect()).into()])
    }
}

/// Says whether a dossier is a care record: a dose was given, or something happened to the person. A dose that was noted
/// on her and moved to somebody else counts too: erasing it would take the other's with it.
#[must_use]
pub fn must_keep(round: &RoundState, dossier: FactName) -> bool {
    let dose = round.acts.values().any(|act| act.person == dossier && !act.given.is_empty());
    let incident = || round.incidents.iter().any(|incident| incident.person == Some(dossier));
    let noted = || {
        let care =
            |body: &Body| matches!(body, Body::DoseGiven(_) | Body::IncidentReported(_) | Body::AdrenalineGiven(_));
        let log = round.log();
        log.iter()
            .filter(|fact| care(&fact.body))
            .any(|fact| fact.body.subject().is_some_and(|subject| subject.name(log.reading(fact.name)) == dossier))
    };
    dose || incident() || noted()
}

/// Returns every fact of a round that is about a dossier, the dossier's own among them, without corrections.
fn about(round: &RoundState, dossier: FactName) -> Vec<FactName> {
    let log = round.log();
    let out = round.taken_out.get(&dossier).into_iter().flat_map(|out| out.acts.iter().map(|(act, _)| *act));
    let acts: BTreeSet<FactName> =
        gather(round.acts.iter().filter(|(_, act)| act.person == dossier).map(|(act, _)| *act).chain(out));
    let is_about = |name: FactName| name == dossier || acts.contains(&name);
    log.iter()
        .filter(|fact| {
            let subject = fact.body.subject().map(|subject| subject.name(log.reading(fact.name)));
            is_about(fact.name) || subject.is_some_and(is_about)
        })
        .map(|fact| fact.name)
        .collect()
}

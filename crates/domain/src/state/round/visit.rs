//! People of a round: what was seen, said, agreed and done at the door.

use super::Round;
use crate::date::Day;
use crate::fact::{
    AccountNo, Body, ConsentBy, ConsentGiven, DoseGiven, IdentityMeans, IncidentKind, NurseJudged, ObjectionRaised,
    Outcome, PhysicianDecided, PrescriptionSeen, Traceability,
};
use crate::name::FactName;
use crate::order;
use crate::people::{PersonRecord, Wish};
use crate::state::Effective;
use crate::time::Wall;
use serde::Serialize;
use std::collections::BTreeMap;

/// How a visit, or one of its acts, ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Ended {
    /// The fact that says so.
    pub name: FactName,
    /// How.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<String>,
    /// Whether the relay may call again.
    pub call_again: bool,
    /// When to come again.
    pub again_on: Option<Day>,
}

/// One person of the round.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Visit {
    /// The address.
    pub stop: FactName,
    /// The person in the relay's people; none for somebody met on the spot.
    pub person: Option<FactName>,
    /// What is known, identity corrected at the door included.
    pub record: PersonRecord,
    /// Whether met on the spot.
    pub walk_in: bool,
    /// How the identity was checked.
    pub identity: Option<IdentityMeans>,
    /// Who stood at the door: the account of the latest fact about the visit.
    pub seen_by: Option<AccountNo>,
    /// Acts, in order.
    pub acts: Vec<FactName>,
    /// The latest answer to each question, for whichever vaccine it was asked.
    pub answers: BTreeMap<String, bool>,
    /// How the visit ended, when recorded for the whole person.
    pub ended: Option<Ended>,
    /// When the observation ended, and why early; none while one runs.
    pub observation_ended: Option<(Wall, Option<String>)>,
    /// Every end of an observation that was noted, in order: a later dose begins another one.
    pub observations: Vec<ObservationEnd>,
    /// Every entry of what was given that was noted, in order; [`Round::traced`] says which vouches for what stands.
    pub traces: Vec<Traced>,
    /// Every handing over of a certificate; [`Round::certified`] says whether one vouches for what stands.
    pub certificates: Vec<FactName>,
    /// Next date.
    pub next_date: Option<Day>,
    /// Satisfaction, 1 to 5.
    pub satisfaction: Option<u8>,
}

/// An entry of what was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Traced {
    /// Its fact.
    pub name: FactName,
    /// Where.
    pub means: Traceability,
    /// On whose account.
    pub account: AccountNo,
}

/// The end of an observation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ObservationEnd {
    /// Its fact.
    pub name: FactName,
    /// When.
    pub at: Wall,
    /// Why before the minutes were over.
    pub early_reason: Option<String>,
}

/// A dose given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Given {
    /// Its fact.
    pub name: FactName,
    /// What was given.
    pub dose: DoseGiven,
    /// The vial or load it came from.
    pub source: Option<FactName>,
    /// When it was entered.
    pub entered_at: Wall,
}

/// A vaccine for a person on this visit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Act {
    /// The dossier.
    pub person: FactName,
    /// Product and rank, as they stand now.
    pub wish: Wish,
    /// Why it takes a dose that others of the round waited for; none where one was free.
    pub despite: Option<String>,
    /// Answers by question.
    pub answers: BTreeMap<String, bool>,
    /// Agreements.
    pub consents: BTreeMap<FactName, ConsentGiven>,
    /// Objections.
    pub objections: BTreeMap<FactName, ObjectionRaised>,
    /// Prescription.
    pub prescription: Option<PrescriptionSeen>,
    /// The physician's decision.
    pub physician: Option<PhysicianDecided>,
    /// The nurse's judgement.
    pub judged: Option<NurseJudged>,
    /// Doses given for it; more than one is a difference to explain.
    pub given: Vec<Given>,
    /// How it ended, when without a dose.
    pub ended: Option<Ended>,
}

impl Act {
    /// Says whether a quality objects.
    #[must_use]
    pub fn objected_by(&self, by: ConsentBy) -> bool {
        self.objections.values().any(|objection| objection.by == by)
    }
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Incident {
    /// Its fact.
    pub name: FactName,
    /// The person, if about one.
    pub person: Option<FactName>,
    /// What.
    pub kind: IncidentKind,
    /// In words.
    pub text: String,
    /// When.
    pub at: Wall,
}

/// Adrenaline given to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Adrenaline {
    /// Its fact.
    pub name: FactName,
    /// To whom, where it is somebody of the round.
    pub person: Option<FactName>,
    /// When, as it was read.
    pub at: Wall,
    /// When it was noted.
    pub entered_at: Wall,
}

/// A running observation. Its hours are on the scale of the hub ([`super::Clocks`]), so that every tablet counts alike.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Timer {
    /// The dossier.
    pub person: FactName,
    /// From the first injection of the visit.
    pub from: Wall,
    /// Until the last minute that any of the doses asks for.
    pub until: Wall,
}

impl Round {
    /// Returns somebody of the round who may be the one of this record, in the order of the round.
    #[must_use]
    pub fn already_here(&self, record: &PersonRecord) -> Option<FactName> {
        let is_one = |name: &FactName| self.people.get(name).is_some_and(|visit| visit.record.may_be(record));
        self.people_in_order().into_iter().find(is_one)
    }

    /// Returns how a person's visit ended: a dose given counts first, then what was recorded, then the acts.
    #[must_use]
    pub fn outcome_of(&self, person: FactName) -> Option<Outcome> {
        let visit = self.people.get(&person)?;
        let acts: Vec<&Act> = visit.acts.iter().filter_map(|act| self.acts.get(act)).collect();
        if acts.iter().any(|act| !act.given.is_empty()) {
            return Some(Outcome::Vaccinated);
        }
        if let Some(ended) = &visit.ended {
            return Some(ended.outcome);
        }
        if !acts.is_empty() && acts.iter().all(|act| act.ended.is_some()) {
            return acts.first().and_then(|act| act.ended.as_ref()).map(|ended| ended.outcome);
        }
        None
    }

    /// Returns the observations that run, the earliest end first. Each dose asks for its own minutes after it; the latest
    /// end of all counts, so that a second vaccine with fewer minutes never shortens the observation of the first.
    #[must_use]
    pub fn timers(&self) -> Vec<Timer> {
        let mut timers: Vec<Timer> = self
            .people
            .iter()
            .filter(|(_, visit)| visit.observation_ended.is_none())
            .filter_map(|(name, visit)| {
                let given = || visit.acts.iter().filter_map(|act| self.acts.get(act)).flat_map(|act| &act.given);
                let done = |given: &Given| self.clocks.done(given.name, given.dose.done_at, given.entered_at);
                let end = |given: &Given| done(given).plus_minutes(i64::from(given.dose.observation_minutes));
                Some(Timer { person: *name, from: given().map(done).min()?, until: given().map(end).max()? })
            })
            .collect();
        order::sort_by_key(&mut timers, |timer| (timer.until, timer.person));
        timers
    }

    pub(super) fn step_visit(&mut self, effective: &Effective<'_>, body: &Body) {
        let (fact, device) = (effective.fact, effective.device);
        match body {
            Body::DossierAdded(added) => {
                let stop = added.stop.name(device);
                if let Some(known) = self.stops.get_mut(&stop) {
                    known.people.push(fact.name);
                    if !self.order.contains(&stop) {
                        self.order.push(stop);
                    }
                }
                self.people.insert(
                    fact.name,
                    Visit {
                        stop,
                        // Who of the relay's list is meant, the relay alone says: what comes back would change her record.
                        person: added.person_name().filter(|_| fact.name.device.is_hub()),
                        record: added.record.clone(),
                        walk_in: added.walk_in,
                        identity: None,
                        seen_by: None,
                        acts: Vec::new(),
                        answers: BTreeMap::new(),
                        ended: None,
                        observation_ended: None,
                        observations: Vec::new(),
                        traces: Vec::new(),
                        certificates: Vec::new(),
                        next_date: None,
                        satisfaction: None,
                    },
                );
            }
            Body::ActPlanned(planned) => {
                let person = planned.person.name(device);
                if let Some(visit) = self.people.get_mut(&person) {
                    visit.acts.push(fact.name);
                }
                self.acts.insert(
                    fact.name,
                    Act {
                        person,
                        wish: planned.wish.clone(),
                        despite: planned.despite.clone(),
                        answers: BTreeMap::new(),
                        consents: BTreeMap::new(),
                        objections: BTreeMap::new(),
                        prescription: None,
                        physician: None,
                        judged: None,
                        given: Vec::new(),
                        ended: None,
                    },
                );
            }
            Body::IncidentReported(reported) => self.incidents.push(Incident {
                name: fact.name,
                person: reported.person.map(|person| person.name(device)),
                kind: reported.kind,
                text: reported.text.clone(),
                at: reported.at,
            }),
            Body::AdrenalineGiven(given) => self.adrenaline.push(Adrenaline {
                name: fact.name,
                person: given.person.map(|person| person.name(device)),
                at: given.at,
                entered_at: fact.wall,
            }),
            body => {
                self.step_person(effective, body);
                self.step_act(effective, body);
            }
        }
    }

    fn step_person(&mut self, effective: &Effective<'_>, body: &Body) {
        let (fact, device) = (effective.fact, effective.device);
        let person = match body {
            Body::IdentityChecked(fact) => fact.person,
            Body::IdentityCorrected(fact) => fact.person,
            Body::ObservationEnded(fact) => fact.person,
            Body::TraceabilityDone(fact) => fact.person,
            Body::CertificateGiven(fact) => fact.person,
            Body::NextDateGiven(fact) => fact.person,
            Body::SatisfactionGiven(fact) => fact.person,
            Body::OutcomeRecorded(fact) => fact.person,
            Body::HistoryNoted(fact) => fact.person,
            Body::DoseGiven(fact) => fact.person,
            _ => return,
        };
        let Some(visit) = self.people.get_mut(&person.name(device)) else { return };
        visit.seen_by = Some(fact.author);
        match body {
            Body::IdentityChecked(checked) => visit.identity = Some(checked.means),
            Body::IdentityCorrected(corrected) => {
                let record = &mut visit.record;
                if let Some(name) = &corrected.birth_name {
                    record.birth_name.clone_from(name);
                }
                if let Some(names) = &corrected.given_names {
                    record.given_names.clone_from(names);
                }
                record.birth = corrected.birth.or(record.birth);
                record.sex = corrected.sex.unwrap_or(record.sex);
            }
            Body::HistoryNoted(noted) => visit.record.learn(&noted.history),
            Body::ObservationEnded(ended) => {
                visit.observation_ended = Some((ended.at, ended.early_reason.clone()));
                visit.observations.push(ObservationEnd {
                    name: fact.name,
                    at: ended.at,
                    early_reason: ended.early_reason.clone(),
                });
            }
            Body::TraceabilityDone(done) => {
                visit.traces.push(Traced { name: fact.name, means: done.means, account: done.account });
            }
            Body::CertificateGiven(_) => visit.certificates.push(fact.name),
            Body::NextDateGiven(next) => visit.next_date = Some(next.on),
            Body::SatisfactionGiven(given) => visit.satisfaction = Some(given.score),
            Body::DoseGiven(given) => {
                visit.seen_by = Some(given.injected_by);
                // A dose after the end of an observation starts a new one. Another tablet's clock may have ended the first.
                let done = self.clocks.done(fact.name, given.done_at, fact.wall);
                let ended = visit.observations.last().map(|end| self.clocks.true_time(end.name, end.at));
                if ended.is_some_and(|ended| ended < done) {
                    visit.observation_ended = None;
                }
            }
            Body::OutcomeRecorded(recorded) => {
                let ended = Ended {
                    name: fact.name,
                    outcome: recorded.outcome,
                    reason: recorded.reason.clone(),
                    call_again: recorded.call_again,
                    again_on: recorded.again_on,
                };
                match recorded.act.map(|act| act.name(device)) {
                    None => visit.ended = Some(ended),
                    Some(act) => {
                        if let Some(act) = self.acts.get_mut(&act) {
                            act.ended = Some(ended);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn step_act(&mut self, effective: &Effective<'_>, body: &Body) {
        let (fact, device) = (effective.fact, effective.device);
        let act = match body {
            Body::ActChanged(fact) => fact.act,
            Body::ScreeningAnswered(fact) => fact.act,
            Body::ConsentGiven(fact) => fact.act,
            Body::ObjectionRaised(fact) => fact.act,
            Body::PrescriptionSeen(fact) => fact.act,
            Body::PhysicianDecided(fact) => fact.act,
            Body::NurseJudged(fact) => fact.act,
            Body::DoseGiven(fact) => fact.act,
            _ => return,
        };
        let Some(act) = self.acts.get_mut(&act.name(device)) else { return };
        match body {
            Body::ActChanged(changed) => {
                act.wish = changed.wish.clone();
                act.despite = changed.despite.clone();
            }
            Body::ScreeningAnswered(answered) => {
                let answers = || answered.answers.iter().map(|answer| (answer.question.clone(), answer.yes));
                act.answers.extend(answers());
                if let Some(visit) = self.people.get_mut(&act.person) {
                    visit.answers.extend(answers());
                }
            }
            Body::ConsentGiven(given) => {
                act.consents.insert(fact.name, given.clone());
            }
            Body::ObjectionRaised(raised) => {
                act.objections.insert(fact.name, raised.clone());
            }
            Body::PrescriptionSeen(seen) => act.prescription = Some(seen.clone()),
            Body::PhysicianDecided(decided) => act.physician = Some(decided.clone()),
            Body::NurseJudged(judged) => act.judged = Some(judged.clone()),
            Body::DoseGiven(given) => act.given.push(Given {
                name: fact.name,
                dose: given.clone(),
                source: given.source.map(|source| source.name(device)),
                entered_at: fact.wall,
            }),
            _ => {}
        }
    }
}

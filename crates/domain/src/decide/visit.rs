//! Decisions at the door other than the dose: identity, answers, agreement, papers, outcome.

use super::{Desk, filled, optional, rpps, within};
use crate::command::Command;
use crate::door;
use crate::fact::{
    AdrenalineGiven, Arrived, Body, CertificateGiven, ConsentBy, ConsentGiven, ConsentManner, HistoryNoted,
    IdentityChecked, IdentityCorrected, IncidentReported, NextDateGiven, NurseJudged, ObjectionRaised,
    ObservationEnded, Outcome, OutcomeRecorded, PhysicianDecided, PrescriptionSeen, SatisfactionGiven,
    ScreeningAnswered, TraceabilityDone,
};
use crate::refusal::{Field, Needing, Refusal};
use crate::spelling::folded;
use crate::time::Wall;

impl Desk<'_> {
    pub(super) fn visit(&self, command: Command) -> Result<Vec<Body>, Refusal> {
        let now = self.context.now;
        let fact: Body = match command {
            Command::Arrive(stop) => {
                self.stop(stop)?;
                Arrived { stop: self.reference(stop) }.into()
            }
            Command::CheckIdentity { person, means } => {
                self.person(person)?;
                IdentityChecked { person: self.reference(person), means }.into()
            }
            Command::CorrectIdentity { person, birth_name, given_names, birth, sex } => {
                let mut record = self.person(person)?.record.clone();
                record.birth = birth.or(record.birth);
                self.plausible(&record)?;
                let (birth_name, given_names) = (optional(birth_name), optional(given_names));
                if birth_name.is_none() && given_names.is_none() && birth.is_none() && sex.is_none() {
                    return Err(Refusal::Empty { field: Field::Identity });
                }
                IdentityCorrected { person: self.reference(person), birth_name, given_names, birth, sex }.into()
            }
            Command::NoteHistory { person, history } => {
                let mut record = self.person(person)?.record.clone();
                if history.is_empty() {
                    return Err(Refusal::Empty { field: Field::History });
                }
                record.learn(&history);
                self.possible_past(&record)?;
                HistoryNoted { person: self.reference(person), history }.into()
            }
            Command::Answer { act, answers } => {
                self.act(act)?;
                if answers.is_empty() {
                    return Err(Refusal::Empty { field: Field::Answers });
                }
                ScreeningAnswered { act: self.reference(act), answers }.into()
            }
            Command::Consent { act, by, name, relation, manner } => self.consent(act, by, name, relation, manner)?,
            Command::Object { act, by, name, reason } => {
                self.act(act)?;
                ObjectionRaised { act: self.reference(act), by, name: optional(name), reason: optional(reason) }.into()
            }
            Command::Prescribe { act, physician, rpps: number, on, product } => {
                self.act(act)?;
                self.product(&product)?;
                if on > door::today(self.round, self.common, now) {
                    return Err(Refusal::InTheFuture);
                }
                let physician = filled(&physician, Field::Physician)?;
                PrescriptionSeen { act: self.reference(act), physician, rpps: rpps(&number)?, on, product }.into()
            }
            Command::PhysicianDecides { act, physician, rpps: number, allow, text, lifts, on, until } => {
                let product = self.act(act)?.wish.product.clone();
                let today = door::today(self.round, self.common, now);
                if on.is_some_and(|on| on > today) {
                    return Err(Refusal::InTheFuture);
                }
                if until.is_some_and(|until| until < on.unwrap_or(today)) {
                    return Err(Refusal::DecisionOver);
                }
                PhysicianDecided {
                    act: self.reference(act),
                    physician: filled(&physician, Field::Physician)?,
                    rpps: Some(rpps(&number)?),
                    allow,
                    text: filled(&text, Field::Text)?,
                    at: now,
                    product,
                    lifts: allow.then_some(lifts),
                    on,
                    until,
                }
                .into()
            }
            Command::Judge { act, vaccinate, reason } => {
                self.act(act)?;
                NurseJudged { act: self.reference(act), vaccinate, reason: filled(&reason, Field::Reason)? }.into()
            }
            Command::EndObservation { person, early_reason } => self.end_observation(person, early_reason)?,
            Command::Report { person, kind, text } => {
                let person = person.map(|one| self.person(one).map(|_| self.reference(one))).transpose()?;
                IncidentReported { person, kind, text: text.trim().to_owned(), at: now }.into()
            }
            Command::NoteAdrenaline { person, at } => {
                let person = person.map(|one| self.person(one).map(|_| self.reference(one))).transpose()?;
                AdrenalineGiven { person, at: self.past(at)? }.into()
            }
            Command::Trace { person, means } => {
                self.dosed(person)?;
                TraceabilityDone { person: self.reference(person), means, account: self.context.author }.into()
            }
            Command::GiveCertificate(person) => {
                self.dosed(person)?;
                CertificateGiven { person: self.reference(person) }.into()
            }
            Command::GiveNextDate { person, on, product } => {
                self.person(person)?;
                if on <= door::today(self.round, self.common, now) {
                    return Err(Refusal::OutOfRange { field: Field::NextDate, min: 1, max: 3650 });
                }
                NextDateGiven { person: self.reference(person), on, product }.into()
            }
            Command::Satisfy { person, score } => {
                self.person(person)?;
                within(Field::Satisfaction, i64::from(score), 1, 5)?;
                SatisfactionGiven { person: self.reference(person), score }.into()
            }
            Command::End { person, act, outcome, reason, call_again, again_on } => {
                self.person(person)?;
                if outcome == Outcome::Vaccinated {
                    return Err(Refusal::FollowsFromDose);
                }
                let about = act.map(|one| self.act(one).map(|_| self.reference(one))).transpose()?;
                let ended = OutcomeRecorded {
                    person: self.reference(person),
                    act: about,
                    outcome,
                    reason: optional(reason),
                    // The deceased are never called again.
                    call_again: call_again && outcome != Outcome::Deceased,
                    again_on,
                };
                let mut facts = vec![ended.into()];
                if matches!(outcome, Outcome::NotEligible | Outcome::Postponed) {
                    facts.extend(self.stopped(person, act)?);
                }
                return Ok(facts);
            }
            other => {
                debug_assert!(false, "{other:?} is decided elsewhere");
                return Err(Refusal::CannotCorrect);
            }
        };
        Ok(vec![fact])
    }

    /// Returns the answers that an end without a dose stands on: of the act named, or of every act of the person.
    fn stopped(&self, person: crate::name::FactName, act: Option<crate::name::FactName>) -> Result<Vec<Body>, Refusal> {
        let visit = self.person(person)?;
        let acts = visit.acts.iter().copied().filter(|one| act.is_none_or(|act| act == *one));
        let answered = acts.filter_map(|one| {
            let found = door::answer(self.round, self.common, one, self.context.author, self.context.now)?;
            (!found.1.allows_dose()).then(|| self.recorded(one, &found.0, &found.1).into())
        });
        Ok(answered.collect())
    }

    fn dosed(&self, person: crate::name::FactName) -> Result<(), Refusal> {
        let visit = self.person(person)?;
        let given = visit.acts.iter().filter_map(|act| self.round.acts.get(act)).any(|act| !act.given.is_empty());
        if given { Ok(()) } else { Err(Refusal::NoDose) }
    }

    fn consent(
        &self,
        act_name: crate::name::FactName,
        by: ConsentBy,
        name: Option<String>,
        relation: Option<String>,
        manner: ConsentManner,
    ) -> Result<Body, Refusal> {
        let act = self.act(act_name)?;
        let (name, relation) = (optional(name), optional(relation));
        if by != ConsentBy::Own {
            filled(name.as_deref().unwrap_or_default(), Field::Name)?;
            if matches!(by, ConsentBy::Parent | ConsentBy::SoleParent) {
                filled(relation.as_deref().unwrap_or_default(), Field::Relation)?;
            }
            if manner == ConsentManner::Oral {
                return Err(Refusal::Empty { field: Field::Signature });
            }
        }
        if let (Some(name), Some(relation)) = (&name, &relation) {
            let other = |given: &&ConsentGiven| {
                let same = |one: &Option<String>, typed: &str| one.as_deref().map(folded) == Some(folded(typed));
                given.by == by && same(&given.name, name) && !same(&given.relation, relation)
            };
            if let Some(given) = act.consents.values().find(other) {
                let relation = given.relation.clone().unwrap_or_default();
                return Err(Refusal::AgreedAlready { name: name.clone(), relation });
            }
        }
        match &manner {
            ConsentManner::Signed { strokes } | ConsentManner::Attested { strokes } if strokes.len() < 2 => {
                return Err(Refusal::Empty { field: Field::Signature });
            }
            ConsentManner::PhoneWitnessed { number, witness, at } => {
                filled(number, Field::Number)?;
                filled(witness, Field::Witness)?;
                self.past(Some(*at))?;
            }
            _ => {}
        }
        Ok(ConsentGiven { act: self.reference(act_name), by, name, relation, manner }.into())
    }

    fn end_observation(&self, person: crate::name::FactName, early_reason: Option<String>) -> Result<Body, Refusal> {
        self.dosed(person)?;
        let now: Wall = self.context.now;
        let early_reason = optional(early_reason);
        let running = self.round.timers().into_iter().find(|timer| timer.person == person);
        if running.is_some_and(|timer| timer.until > self.steady_now()) && early_reason.is_none() {
            return Err(Refusal::ReasonNeeded { what: Needing::Observation });
        }
        Ok(ObservationEnded { person: self.reference(person), at: now, early_reason }.into())
    }
}

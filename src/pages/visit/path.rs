//! The way of a visit: which step comes next, from what the round knows. Pure, so that it is tested without a screen.
//!
//! The order is by phase, then by act: every question before the first agreement, every agreement before the first
//! injection. A stopping answer ends the path of its act at once: nothing more is asked for it. Nobody is asked to agree to
//! a dose that is not there: what stands in the way is said first.

use perron_domain::{
    aboard, door,
    fact::AccountNo,
    name::{DeviceId, FactName},
    rules::{Answer, Case, Outcome},
    state::{Act, Common, Round, RoundState, Visit},
    time::Wall,
};

/// A screen of a visit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Step {
    /// Who is at the door.
    Identity,
    /// Which vaccine, for somebody without one.
    Wish,
    /// What the dossier does not know and a rule reads.
    Past,
    /// The questions of the directives.
    Questions,
    /// A stopping answer, and what can be done of it.
    Response,
    /// No dose of the vaccine can be used: said before anybody is asked to agree.
    NoDose,
    /// Who agrees, who objects.
    Consent,
    /// A prescription is missing.
    Prescription,
    /// A physician's decision.
    Physician,
    /// The nurse's own judgement.
    Judgement,
    /// The dose.
    Injection,
    /// The time after the dose.
    Observation,
    /// The visit ended without a dose.
    Finished,
    /// Ends the visit without a dose.
    Outcome,
    /// A dose that should not have been given.
    Mistake,
    /// What was written about the person, each line correctable.
    History,
}

impl Step {
    const ALL: [Self; 16] = [
        Self::Identity,
        Self::Wish,
        Self::Past,
        Self::Questions,
        Self::Response,
        Self::NoDose,
        Self::Consent,
        Self::Prescription,
        Self::Physician,
        Self::Judgement,
        Self::Injection,
        Self::Observation,
        Self::Finished,
        Self::Outcome,
        Self::Mistake,
        Self::History,
    ];

    /// Returns the step's part of an address.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Identity => "identite",
            Self::Wish => "vaccin",
            Self::Past => "antecedents",
            Self::Questions => "questions",
            Self::Response => "reponse",
            Self::NoDose => "sans-dose",
            Self::Consent => "accord",
            Self::Prescription => "ordonnance",
            Self::Physician => "avis",
            Self::Judgement => "jugement",
            Self::Injection => "injection",
            Self::Observation => "surveillance",
            Self::Finished => "fin",
            Self::Outcome => "issue",
            Self::Mistake => "erreur",
            Self::History => "historique",
        }
    }

    /// Returns the step that a part of an address names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// Returns the place among the five steps that the trail shows; none for screens beside the way.
    #[must_use]
    pub const fn place(self) -> Option<usize> {
        match self {
            Self::Identity | Self::Wish => Some(0),
            Self::Past | Self::Questions | Self::Response => Some(1),
            Self::NoDose | Self::Consent | Self::Prescription | Self::Physician | Self::Judgement => Some(2),
            Self::Injection => Some(3),
            Self::Observation => Some(4),
            Self::Finished | Self::Outcome | Self::Mistake | Self::History => None,
        }
    }
}

/// A step, and the act it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At {
    /// The screen.
    pub step: Step,
    /// The act; none for what concerns the whole person.
    pub act: Option<FactName>,
}

impl At {
    /// Returns a step of the whole person.
    #[must_use]
    pub const fn person(step: Step) -> Self {
        Self { step, act: None }
    }

    /// Returns a step of one act.
    #[must_use]
    pub const fn act(step: Step, act: FactName) -> Self {
        Self { step, act: Some(act) }
    }

    /// Returns the address of this step of the visit of `person`.
    #[must_use]
    pub fn href(self, person: FactName) -> String {
        let step = self.step.slug();
        match self.act {
            Some(act) => format!("/visite/{person}/{step}/{act}"),
            None => format!("/visite/{person}/{step}"),
        }
    }
}

/// Returns the acts of a visit that wait for a dose or an outcome.
#[must_use]
pub fn open_acts(round: &Round, visit: &Visit) -> Vec<FactName> {
    let waits = |name: &FactName| round.acts.get(name).is_some_and(|act| act.given.is_empty() && act.ended.is_none());
    visit.acts.iter().copied().filter(waits).collect()
}

/// Says whether a person has received a dose on this visit.
#[must_use]
pub fn dosed(round: &Round, visit: &Visit) -> bool {
    visit.acts.iter().filter_map(|act| round.acts.get(act)).any(|act| !act.given.is_empty())
}

/// Returns the step that a person's visit is at; none when the person is not on the round.
#[must_use]
pub fn next(
    round: &RoundState,
    common: &Common,
    person: FactName,
    (nurse, device): (AccountNo, DeviceId),
    now: Wall,
) -> Option<At> {
    let visit = round.people.get(&person)?;
    let open = open_acts(round, visit);
    let dosed = dosed(round, visit);
    if dosed && (open.is_empty() || visit.ended.is_some()) {
        return Some(At::person(Step::Observation));
    }
    if visit.ended.is_some() {
        return Some(At::person(Step::Finished));
    }
    if visit.identity.is_none() || visit.record.birth.is_none() {
        return Some(At::person(Step::Identity));
    }
    if visit.acts.is_empty() {
        return Some(At::person(Step::Wish));
    }
    let answered: Vec<(FactName, &Act, Case, Answer)> = open
        .into_iter()
        .filter_map(|name| {
            let (case, answer) = door::answer(round, common, name, nurse, now)?;
            Some((name, round.acts.get(&name)?, case, answer))
        })
        .collect();
    let first = |step: Step, wanted: &dyn Fn(&Act, &Case, &Answer) -> bool| {
        answered.iter().find(|(_, act, case, answer)| wanted(act, case, answer)).map(|(name, ..)| At::act(step, *name))
    };
    let steady = round.clocks.steady(device, now);
    let there = |act: &Act| !aboard::held(round, common, device, &act.wish.product, steady).usable.is_empty();
    let open_question =
        |act: &Act, _: &Case, answer: &Answer| !door::stopped(act, answer) && !answer.pending.is_empty();
    let untold = |act: &Act, _: &Case, answer: &Answer| !door::stopped(act, answer) && !answer.history.is_empty();
    first(Step::Past, &untold)
        .map(|_| At::person(Step::Past))
        .or_else(|| first(Step::Questions, &open_question))
        .or_else(|| first(Step::Response, &|act, _, answer| door::stopped(act, answer)))
        .or_else(|| {
            first(Step::Consent, &|act, case, answer| there(act) && agreement_open(round, common, act, case, answer))
        })
        .or_else(|| {
            first(Step::Prescription, &|act, _, answer| there(act) && answer.outcome == Outcome::PrescriptionMissing)
        })
        .or_else(|| {
            first(Step::Judgement, &|act, _, answer| {
                there(act) && answer.outcome == Outcome::Judge && act.judged.is_none() && act.physician.is_none()
            })
        })
        .or_else(|| first(Step::Injection, &|act, _, _| there(act)))
        .or_else(|| first(Step::NoDose, &|_, _, _| true))
        .or(Some(At::person(Step::Finished)))
}

/// Says whether somebody must still agree, or is against.
fn agreement_open(round: &Round, common: &Common, act: &Act, case: &Case, answer: &Answer) -> bool {
    answer.outcome == Outcome::ConsentMissing
        || !act.objections.is_empty()
        || door::consents_needed(round, common, case).iter().any(|need| !need.met)
}

/// Returns where to go after a person: somebody else at this address, else the next door, else nowhere.
#[must_use]
pub fn after(round: &Round, person: FactName) -> Option<Next> {
    let here = round.people.get(&person)?.stop;
    let waits = |other: &&FactName| **other != person && round.outcome_of(**other).is_none();
    if let Some(other) = round.stops.get(&here).and_then(|stop| stop.people.iter().find(waits)) {
        return Some(Next::Person(*other));
    }
    round.next_stops().into_iter().find(|stop| *stop != here).map(Next::Stop)
}

/// Who or where comes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Somebody else behind the same door.
    Person(FactName),
    /// Another door.
    Stop(FactName),
}

/// Returns the address that opens a door: the visit itself where one person lives, else the list of people there.
#[must_use]
pub fn door_href(round: &Round, stop: FactName) -> String {
    match round.stops.get(&stop).map(|stop| stop.people.as_slice()) {
        Some([alone]) => format!("/visite/{alone}"),
        _ => format!("/adresse/{stop}"),
    }
}

//! The way forward: what the relay learned of people since a round was published is told to that round, as long as it is
//! not signed: whom it would find dead, gone or vaccinated is taken out, and what the rules must count is added.
//!
//! As on the way back nothing is remembered: what the round knows is compared with what is known of its people. The hub
//! writes it in nobody's name; what the round itself learned stays the round's word.

use super::Context;
use super::returned::{corrected, told_by_hub};
use crate::fact::{Back, Body, Fact, HistoryNoted, IdentityCorrected, Outcome, OutcomeRecorded};
use crate::name::{FactName, FactRef};
use crate::people::{History, PersonRecord, PriorDose};
use crate::state::{Common, PeopleState, Person, RoundState, Standing, Visit};

/// Returns the facts to append to round `number` so that it knows of its people what other rounds have learned.
#[must_use]
pub fn bring_forward(
    number: u32,
    round: &RoundState,
    common: &Common,
    people: &PeopleState,
    context: &Context,
) -> Vec<Body> {
    if !round.published || round.closed_at.is_some() || round.cancelled.is_some() {
        return Vec::new();
    }
    let mut facts = Vec::new();
    for (dossier, visit) in &round.people {
        let Some(known) = visit.person.and_then(|person| people.known.get(&people.now(person))) else { continue };
        let Some(record) = known.record(Some(number)) else { continue };
        let reference = FactRef::to(*dossier, context.device);
        facts.extend(outcome(number, round, common, known, *dossier, visit, context));
        facts.extend(
            identity(round, *dossier, visit, &record).map(|one| IdentityCorrected { person: reference, ..one }.into()),
        );
        facts.extend(history(number, round, known, *dossier, visit, &record, context));
    }
    facts
}

/// Returns what the hub told a round of a person's history, as it counts now.
fn told(round: &RoundState, dossier: FactName) -> Vec<(FactName, History)> {
    let log = round.log();
    let noted = log.iter().filter(|fact| told_by_hub(fact)).filter_map(|fact| match &fact.body {
        Body::HistoryNoted(noted) if noted.person.name(log.reading(fact.name)) == dossier => {
            let withdrawn = log.history(fact.name).len() > 1;
            (!withdrawn).then(|| (fact.name, noted.history.clone()))
        }
        _ => None,
    });
    noted.collect()
}

fn outcome(
    number: u32,
    round: &RoundState,
    common: &Common,
    known: &Person,
    dossier: FactName,
    visit: &Visit,
    context: &Context,
) -> Option<Body> {
    let ours = |name: FactName| round.log().get(name).is_some_and(told_by_hub);
    let standing = known.standing(Some(number)).filter(takes_out);
    let recorded = |standing: Standing| -> Body {
        let label = common.rounds.get(&standing.source.round).map(|round| round.label.clone());
        let reason = format!("Noté par une autre tournée\u{a0}: {}", label.unwrap_or_default());
        OutcomeRecorded {
            person: FactRef::to(dossier, context.device),
            act: None,
            outcome: standing.outcome,
            reason: Some(reason),
            call_again: !standing.forbids(),
            again_on: None,
        }
        .into()
    };
    match (&visit.ended, standing) {
        (Some(ended), None) if ours(ended.name) => Some(corrected(round.log(), ended.name, None, context)),
        (Some(ended), Some(standing)) if ours(ended.name) && ended.outcome != standing.outcome => {
            Some(corrected(round.log(), ended.name, Some(recorded(standing)), context))
        }
        (None, Some(standing)) if round.outcome_of(dossier).is_none() => Some(recorded(standing)),
        _ => None,
    }
}

fn takes_out(standing: &Standing) -> bool {
    standing.forbids() || standing.outcome == Outcome::VaccinatedElsewhere
}

/// Returns the traits of identity that others corrected; none where this round corrected them itself.
fn identity(round: &RoundState, dossier: FactName, visit: &Visit, record: &PersonRecord) -> Option<IdentityCorrected> {
    let log = round.log();
    let own = |fact: &Fact| match &fact.body {
        Body::IdentityCorrected(one) => !told_by_hub(fact) && one.person.name(log.reading(fact.name)) == dossier,
        _ => false,
    };
    if log.iter().any(own) {
        return None;
    }
    let now = &visit.record;
    let told = IdentityCorrected {
        person: FactRef::Own(0),
        birth_name: (record.birth_name != now.birth_name).then(|| record.birth_name.clone()),
        given_names: (record.given_names != now.given_names).then(|| record.given_names.clone()),
        birth: record.birth.filter(|birth| Some(*birth) != now.birth),
        sex: (record.sex != now.sex).then_some(record.sex),
    };
    let any = told.birth_name.is_some() || told.given_names.is_some() || told.birth.is_some() || told.sex.is_some();
    any.then_some(told)
}

/// Returns what of a person's history the round does not know, and withdraws what it was told and is not so any more.
fn history(
    number: u32,
    round: &RoundState,
    known: &Person,
    dossier: FactName,
    visit: &Visit,
    record: &PersonRecord,
    context: &Context,
) -> Vec<Body> {
    let told = told(round, dossier);
    let published = match round.log().get(dossier).map(|fact| &fact.body) {
        Some(Body::DossierAdded(added)) => &added.record,
        _ => return Vec::new(),
    };
    let mut own = PersonRecord::default();
    for one in known.counting().filter(|one| one.source.round == number) {
        if let Back::History { learned } = &one.what {
            learned.teach(&mut own);
        }
    }
    let sources = [published, &own, record];
    let stale = |history: &History| {
        let doses = history.doses.iter().flatten();
        let reactions = history.reactions.iter().flatten();
        doses.clone().any(|dose| sources.iter().all(|one| !one.doses.contains(dose)))
            || reactions.clone().any(|reaction| sources.iter().all(|one| !one.reactions.contains(reaction)))
    };
    let stale: Vec<Body> = told
        .iter()
        .filter(|(_, history)| stale(history))
        .map(|(name, _)| corrected(round.log(), *name, None, context))
        .collect();
    if !stale.is_empty() {
        // What is left of it is told anew once that is withdrawn.
        return stale;
    }
    let now = &visit.record;
    // What the round took out itself stays out: it was in the dossier, or the round was told of it before.
    let told_doses = told.iter().flat_map(|(_, history)| history.doses.iter().flatten());
    let heard: Vec<_> = told_doses.chain(&published.doses).chain(&now.doses).collect();
    // A dose is the same whoever wrote it down, with its lot or without.
    let is_heard = |dose: &PriorDose| heard.iter().any(|one| one.product == dose.product && one.on == dose.on);
    let doses: Vec<PriorDose> = record.doses.iter().filter(|dose| !is_heard(dose)).cloned().collect();
    let told_reactions = told.iter().flat_map(|(_, history)| history.reactions.iter().flatten());
    let reactions = unheard(&record.reactions, told_reactions.chain(&published.reactions).chain(&now.reactions));
    let told_infections = told.iter().flat_map(|(_, history)| history.infections.iter().flatten());
    let infections = unheard(&record.infections, told_infections.chain(&published.infections).chain(&now.infections));
    let lasting = record.lasting.iter().filter(|one| now.lasting.iter().all(|known| known.question != one.question));
    let new = History {
        doses: whole(&now.doses, doses),
        reactions: whole(&now.reactions, reactions),
        infections: whole(&now.infections, infections),
        lasting: lasting.cloned().collect(),
        ..History::default()
    };
    if new.is_empty() {
        return Vec::new();
    }
    vec![HistoryNoted { person: FactRef::to(dossier, context.device), history: new }.into()]
}

/// Returns those of `known` that nobody has heard of.
fn unheard<'a, T: Clone + PartialEq + 'a>(known: &[T], heard: impl Iterator<Item = &'a T>) -> Vec<T> {
    let heard: Vec<&T> = heard.collect();
    known.iter().filter(|one| !heard.contains(one)).cloned().collect()
}

/// Returns the whole list that a history states, when there is something new in it.
fn whole<T: Clone>(now: &[T], new: Vec<T>) -> Option<Vec<T>> {
    (!new.is_empty()).then(|| now.iter().cloned().chain(new).collect())
}

/// What the hub told a round of a person since it was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Her dossier.
    pub dossier: FactName,
    /// How her visit ended before it began: she was taken out.
    pub out: Option<Outcome>,
    /// Whether her identity was corrected.
    pub identity: bool,
    /// Whether doses, infections or reactions were added.
    pub history: bool,
}

/// Returns what the hub told a round since it was published, by person, in the order of the round.
#[must_use]
pub fn told_since(round: &RoundState) -> Vec<Told> {
    let (effective, _) = round.log().effective();
    let mut told: Vec<Told> = Vec::new();
    for one in effective.iter().filter(|one| told_by_hub(one.fact)) {
        let person = match one.body.as_ref() {
            Body::OutcomeRecorded(one) => one.person,
            Body::IdentityCorrected(one) => one.person,
            Body::HistoryNoted(one) => one.person,
            _ => continue,
        };
        let dossier = person.name(one.device);
        let place = told.iter().position(|known| known.dossier == dossier).unwrap_or_else(|| {
            told.push(Told { dossier, out: None, identity: false, history: false });
            told.len() - 1
        });
        let Some(known) = told.get_mut(place) else { continue };
        match one.body.as_ref() {
            Body::OutcomeRecorded(one) => known.out = Some(one.outcome),
            Body::IdentityCorrected(_) => known.identity = true,
            _ => known.history = true,
        }
    }
    let order = round.people_in_order();
    crate::order::sort_by_key(&mut told, |one| order.iter().position(|dossier| *dossier == one.dossier));
    told
}

//! Decisions about the people to visit; only the hub writes there.

use super::{Context, filled, is_called};
use crate::date::Day;
use crate::fact::{Back, Body, Corrected, Erasure, Outcome, PersonAdded};
use crate::name::{FactName, FactRef};
use crate::order::{gather, sort_and_dedup};
use crate::people::PersonRecord;
use crate::phone;
use crate::refusal::{Field, Refusal};
use crate::state::{Log, PeopleState, Person};
use crate::zone::PARIS;
use std::collections::BTreeSet;

/// What the desk wants to do with the people of the relay.
#[derive(Clone, PartialEq, Debug)]
pub enum PeopleCommand {
    /// Adds somebody. A row of a file that was added before adds nobody.
    Add(PersonAdded),
    /// Changes what is known of somebody.
    Change {
        /// The fact that added her.
        person: FactName,
        /// What is known now: what [`Person::editable`] gave, edited.
        record: PersonRecord,
        /// Why.
        reason: Option<String>,
    },
    /// She may be called again, whatever the last visits ended with.
    MayCall {
        /// The fact that added her.
        person: FactName,
        /// Why: she called, she is at home again.
        reason: String,
    },
    /// Joins two records of one person: one stays and knows what both knew, the other becomes part of it.
    Join {
        /// The fact that added her, of the record that stays.
        person: FactName,
        /// The fact that added the record that becomes part of it: one of the list, not one that only came back from a round.
        other: FactName,
        /// What is known of her now: what [`Person::editable`] gave of both, put together.
        record: PersonRecord,
    },
    /// Erases what the relay's list says of somebody, on her request.
    Erase(FactName),
}

/// Turns a command into the facts to append to the people's scope; none when there is nothing new.
///
/// # Errors
/// A [`Refusal`]; then nothing is to be written.
pub fn decide_people(people: &PeopleState, command: PeopleCommand, context: &Context) -> Result<Vec<Body>, Refusal> {
    if !context.device.is_hub() {
        return Err(Refusal::RelaysOwn);
    }
    match command {
        PeopleCommand::Add(added) => {
            filled(&added.record.birth_name, Field::BirthName)?;
            // Whoever reads a file asks about its days herself.
            if added.source_key.is_empty() {
                is_called(&added.record)?;
                has_happened(&added.record, context)?;
                born(&added.record, context)?;
                reachable(&added.record)?;
                on_earth(&added.record)?;
            }
            let known = !added.source_key.is_empty() && people.by_source.contains_key(&added.source_key);
            Ok(if known { Vec::new() } else { vec![added.into()] })
        }
        PeopleCommand::Join { person, other, record } => join(people, person, other, record, context),
        PeopleCommand::Erase(person) => erase(people, person, context),
        PeopleCommand::Change { person, record, reason } => {
            let known = people.known.get(&person).ok_or(Refusal::Unknown { fact: person })?;
            filled(&record.birth_name, Field::BirthName)?;
            if !known.editable(None).is_some_and(|shown| shown.past().eq(record.past())) {
                has_happened(&record, context)?;
            }
            // What was let in once may stay; what is typed anew must be possible.
            let shown = known.editable(None).unwrap_or_default();
            let names = |one: &PersonRecord| (one.birth_name.clone(), one.given_names.clone(), one.used_name.clone());
            if names(&shown) != names(&record) {
                is_called(&record)?;
            }
            if shown.birth != record.birth {
                born(&record, context)?;
            }
            if shown.phone != record.phone {
                reachable(&record)?;
            }
            if shown.address != record.address {
                on_earth(&record)?;
            }
            let (record, settles) = listed(known, record);
            say(people, person, record, settles, reason, context)
        }
        PeopleCommand::MayCall { person, reason } => {
            let known = people.known.get(&person).ok_or(Refusal::Unknown { fact: person })?;
            let record = known.listed.clone().ok_or(Refusal::Unknown { fact: person })?;
            let reason = filled(&reason, Field::Reason)?;
            let settles = known.counting().filter(|one| matches!(one.what, Back::Outcome { .. })).map(|one| one.name);
            say(people, person, record, settles.collect(), Some(reason), context)
        }
    }
}

/// Refuses doses, infections and reactions of days that have not begun anywhere yet. What lies before a birth is let in: a file
/// may say so, and the rules then ask for a correction.
fn has_happened(record: &PersonRecord, context: &Context) -> Result<(), Refusal> {
    let today = begun_somewhere(context);
    if record.past().any(|date| date.earliest() > today) { Err(Refusal::ImpossiblePast) } else { Ok(()) }
}

/// Returns the last day that has begun anywhere.
fn begun_somewhere(context: &Context) -> Day {
    PARIS.day(context.now.plus_minutes(12 * 60))
}

/// Refuses a birth that has not come yet, or lies further back than anybody lives.
fn born(record: &PersonRecord, context: &Context) -> Result<(), Refusal> {
    if record.may_be_born(begun_somewhere(context)) { Ok(()) } else { Err(Refusal::ImpossibleBirth) }
}

/// Refuses a telephone number that nobody can dial.
fn reachable(record: &PersonRecord) -> Result<(), Refusal> {
    let wrong = record.phone.as_deref().is_some_and(|typed| phone::dialled(typed).is_none());
    if wrong { Err(Refusal::NotAPhone) } else { Ok(()) }
}

/// Refuses coordinates that no place has, or of which one is missing: a round would be planned by them.
fn on_earth(record: &PersonRecord) -> Result<(), Refusal> {
    let within = |degrees: f64, most: f64| degrees.is_finite() && degrees.abs() <= most;
    let known = match (record.address.lon, record.address.lat) {
        (None, None) => true,
        (Some(lon), Some(lat)) => within(lon, 180.0) && within(lat, 90.0),
        _ => false,
    };
    if known { Ok(()) } else { Err(Refusal::OutOfRange { field: Field::Address, min: -180, max: 180 }) }
}

/// Returns what the list says once the desk has changed what was shown, and what came back from rounds and does not count
/// any more: what the desk left as it was goes on following its sources.
fn listed(known: &Person, edited: PersonRecord) -> (PersonRecord, Vec<FactName>) {
    let before = known.listed.clone().unwrap_or_default();
    let shown = known.editable(None).unwrap_or_default();
    let mut record = edited;
    let identity = |one: &PersonRecord| (one.birth_name.clone(), one.given_names.clone(), one.birth, one.sex);
    let history = |one: &PersonRecord| {
        let (doses, infections, traits, lists) =
            (one.doses.clone(), one.infections.clone(), one.traits.clone(), one.lists.clone());
        (doses, infections, traits, lists, one.lasting.clone(), one.reactions.clone(), one.priorities.clone())
    };
    let told_again = identity(&record) != identity(&shown);
    let learned_again = history(&record) != history(&shown)
        || (record.health_worker, record.unable) != (shown.health_worker, shown.unable);
    let moved = record.address != shown.address;
    if !told_again {
        (record.birth_name, record.given_names, record.birth, record.sex) = identity(&before);
    }
    if !learned_again {
        (
            record.doses,
            record.infections,
            record.traits,
            record.lists,
            record.lasting,
            record.reactions,
            record.priorities,
        ) = history(&before);
        (record.health_worker, record.unable) = (before.health_worker, before.unable);
    }
    let settled = |one: &&crate::state::CameBack| match &one.what {
        Back::Identity { .. } => told_again,
        Back::History { .. } => learned_again,
        // Whoever moved is called again at her new address.
        Back::Outcome { outcome: Outcome::Moved, .. } => moved,
        _ => false,
    };
    (record, known.counting().filter(settled).map(|one| one.name).collect())
}

/// Returns the fact that puts this record in the place of what the list said of somebody.
fn say(
    people: &PeopleState,
    person: FactName,
    record: PersonRecord,
    mut settles: Vec<FactName>,
    reason: Option<String>,
    context: &Context,
) -> Result<Vec<Body>, Refusal> {
    let log = people.log();
    settles.extend(people.known.get(&person).into_iter().flat_map(|known| known.settled.iter().copied()));
    sort_and_dedup(&mut settles);
    let refer = |name: FactName| FactRef::to(name, context.device);
    let settles = (!settles.is_empty()).then(|| settles.into_iter().map(refer).collect());
    let listing = match log.get(person).map(|fact| &fact.body) {
        Some(Body::PersonAdded(_)) => Some(person),
        // Whoever came back from a round is listed by a fact of her own once the desk says something of her.
        Some(Body::Returned(_)) => listings(log, person).next(),
        _ => return Err(Refusal::Unknown { fact: person }),
    };
    let Some(listing) = listing else {
        let of = Some(refer(person));
        return Ok(vec![PersonAdded { record, source_key: String::new(), settles, of }.into()]);
    };
    let Some(Body::PersonAdded(first)) = log.get(listing).map(|fact| &fact.body) else {
        return Err(Refusal::Unknown { fact: person });
    };
    let of = first.of.map(|of| refer(of.name(log.reading(listing))));
    let new: Body = PersonAdded { record, source_key: first.source_key.clone(), settles, of }.into();
    let latest = log.history(listing).last().map_or(listing, |fact| fact.name);
    let (kind, body) = (Some(new.kind()), Some(new.to_cbor().into()));
    Ok(vec![Corrected { of: vec![refer(latest)], kind, body, reason }.into()])
}

/// Returns the facts by which the desk lists somebody who came back from a round.
fn listings(log: &Log, person: FactName) -> impl Iterator<Item = FactName> {
    log.iter().filter_map(move |fact| match &fact.body {
        Body::PersonAdded(added) if added.of.map(|of| of.name(log.reading(fact.name))) == Some(person) => {
            Some(fact.name)
        }
        _ => None,
    })
}

/// Returns the facts that make one record of two.
fn join(
    people: &PeopleState,
    person: FactName,
    other: FactName,
    record: PersonRecord,
    context: &Context,
) -> Result<Vec<Body>, Refusal> {
    let unknown = |fact| Refusal::Unknown { fact };
    let known = people.known.get(&person).filter(|_| person != other).ok_or(unknown(person))?;
    let part = people.known.get(&other).and_then(|part| part.listed.clone()).ok_or(unknown(other))?;
    let log = people.log();
    let Some(Body::PersonAdded(first)) = log.get(other).map(|fact| &fact.body) else {
        return Err(Refusal::CannotCorrect);
    };
    if first.of.is_some() {
        return Err(Refusal::CannotCorrect);
    }
    let refer = |name: FactName| FactRef::to(name, context.device);
    let settles = people.known.get(&other).map(|part| part.settled.iter().copied().map(refer).collect());
    let said = PersonAdded { record: part, source_key: first.source_key.clone(), settles, of: Some(refer(person)) };
    let said: Body = said.into();
    let latest = log.history(other).last().map_or(other, |fact| fact.name);
    let (kind, body) = (Some(said.kind()), Some(said.to_cbor().into()));
    let gone = Corrected { of: vec![refer(latest)], kind, body, reason: None };
    let (record, settles) = listed(known, record);
    let mut facts = vec![gone.into()];
    facts.extend(say(people, person, record, settles, None, context)?);
    Ok(facts)
}

fn erase(people: &PeopleState, person: FactName, context: &Context) -> Result<Vec<Body>, Refusal> {
    if !people.persons.contains_key(&person) {
        return Err(Refusal::Unknown { fact: person });
    }
    let log = people.log();
    let came_back = log.iter().filter_map(|fact| match &fact.body {
        Body::Returned(returned) => {
            let of = returned.person.map_or(fact.name, |of| of.name(log.reading(fact.name)));
            (people.now(of) == person).then_some((fact.name, returned.source))
        }
        _ => None,
    });
    // Records that became part of hers are hers.
    let parts = people.joined.keys().copied().filter(|part| people.now(*part) == person);
    let records: Vec<FactName> = std::iter::once(person).chain(parts).collect();
    let mut names: BTreeSet<FactName> =
        gather(records.iter().flat_map(|one| std::iter::once(*one).chain(listings(log, *one))));
    let mut sources = Vec::new();
    for (name, source) in came_back {
        names.insert(name);
        sources.push(source);
    }
    let family: BTreeSet<FactName> = gather(names.iter().flat_map(|name| log.family(*name)).map(|fact| fact.name));
    let facts = family.into_iter().map(|name| FactRef::to(name, context.device)).collect();
    let sources = (!sources.is_empty()).then_some(sources);
    Ok(vec![Erasure { facts, sources }.into()])
}

//! Decisions about the people to visit; only the hub writes there.

use super::{Context, filled};
use crate::fact::{Body, Corrected, Erasure, PersonAdded};
use crate::name::{FactName, FactRef};
use crate::people::PersonRecord;
use crate::refusal::Refusal;
use crate::state::PeopleState;

/// What the desk wants to do with the people of the relay.
#[derive(Clone, PartialEq, Debug)]
pub enum PeopleCommand {
    /// Adds somebody. A row of a file that was added before adds nobody.
    Add(PersonAdded),
    /// Changes what is known of somebody.
    Change {
        /// The fact that added her.
        person: FactName,
        /// What is known now.
        record: PersonRecord,
        /// Why.
        reason: Option<String>,
    },
    /// Erases what the relay's list says of somebody, on her request.
    Erase(FactName),
}

/// Turns a command into the facts to append to the people's scope; none when there is nothing new.
///
/// # Errors
/// A [`Refusal`]; then nothing is to be written.
pub fn decide_people(people: &PeopleState, command: PeopleCommand, context: &Context) -> Result<Vec<Body>, Refusal> {
    match command {
        PeopleCommand::Add(added) => {
            filled(&added.record.birth_name, "birth_name")?;
            let known = !added.source_key.is_empty() && people.by_source.contains_key(&added.source_key);
            Ok(if known { Vec::new() } else { vec![added.into()] })
        }
        PeopleCommand::Erase(person) => {
            if !people.persons.contains_key(&person) {
                return Err(Refusal::Unknown(person));
            }
            let family = people.log().history(person).into_iter().map(|fact| FactRef::to(fact.name, context.device));
            Ok(vec![Erasure { facts: family.collect() }.into()])
        }
        PeopleCommand::Change { person, record, reason } => {
            let source_key = match people.log().get(person).map(|fact| &fact.body) {
                Some(Body::PersonAdded(added)) => added.source_key.clone(),
                _ => return Err(Refusal::Unknown(person)),
            };
            let new: Body = PersonAdded { record, source_key }.into();
            let history = people.log().history(person);
            let latest = history.last().map_or(person, |fact| fact.name);
            Ok(vec![
                Corrected {
                    of: vec![FactRef::to(latest, context.device)],
                    kind: Some(new.kind()),
                    body: Some(new.to_cbor().into()),
                    reason,
                }
                .into(),
            ])
        }
    }
}

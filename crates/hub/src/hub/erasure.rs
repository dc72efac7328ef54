//! The right to erasure, over every scope that says something of a person.

use super::Hub;
use super::cache::Cache;
use super::commands::CommandError;
use crate::desk::waiting::line::waiting_key;
use perron_domain::fact::{AccountNo, Body, RoundFact};
use perron_domain::name::{FactName, Scope};
use perron_domain::state::Visit;
use perron_domain::{Command, PeopleCommand, Refusal, must_keep};

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// How many facts lost their bytes.
    pub facts: u32,
    /// The rounds whose care record the law keeps, by what people call them.
    pub kept: Vec<String>,
}

impl Hub {
    /// Erases what the relay knows of a person: her entry in the list and her dossiers, but for care records, which the
    /// law keeps. Stopped half way, it is asked for again and goes on: the list is erased last.
    ///
    /// # Errors
    /// [`CommandError`]: [`Refusal::StillPlanned`] while she is on a round that is not over; then nothing was erased.
    pub async fn erase_person(&self, author: AccountNo, person: FactName) -> Result<Erased, CommandError> {
        let mut dossiers: Vec<(u32, FactName)> = Vec::new();
        let mut kept = Vec::new();
        let open = self.read(|cache| {
            let mut open = false;
            for (number, round) in &cache.rounds {
                // Whoever was met on the spot has her dossier by what came back from it.
                let met = |dossier| cache.people.came_back(RoundFact::new(*number, dossier)).map(|(person, _)| person);
                let hers = |dossier, visit: &Visit| {
                    visit.person.map(|listed| cache.people.now(listed)).or_else(|| met(dossier)) == Some(person)
                };
                let out = round.taken_out.iter().filter(|(dossier, out)| hers(**dossier, &out.visit));
                dossiers.extend(out.map(|(dossier, _)| (*number, *dossier)));
                for (dossier, _) in round.people.iter().filter(|(dossier, visit)| hers(**dossier, visit)) {
                    open |= round.closed_at.is_none() && round.cancelled.is_none();
                    if must_keep(round, *dossier) {
                        kept.extend(round.plan.as_ref().map(|plan| plan.label.clone()));
                    } else {
                        dossiers.push((*number, *dossier));
                    }
                }
            }
            dossiers.extend(waiting(cache, person));
            open
        });
        if open {
            return Err(Refusal::StillPlanned.into());
        }
        let mut facts = 0;
        for (round, dossier) in dossiers {
            let names = self.command(round, author, Command::Erase(dossier)).await?;
            facts += self.erased_by(Scope::round(round), &names);
        }
        let names = self.people_commands(author, vec![PeopleCommand::Erase(person)]).await?;
        facts += self.erased_by(Scope::PEOPLE, &names);
        Ok(Erased { facts, kept })
    }

    /// Returns how many facts these erasures name.
    fn erased_by(&self, scope: Scope, names: &[FactName]) -> u32 {
        let count = |body: Option<&Body>| match body {
            Some(Body::Erasure(erasure)) => u32::try_from(erasure.facts.len()).unwrap_or(u32::MAX),
            _ => 0,
        };
        self.read(|cache| {
            let body = |name: &FactName| match scope.round_number() {
                Some(round) => cache.rounds.get(&round)?.log().get(*name).map(|fact| &fact.body),
                None => cache.people.log().get(*name).map(|fact| &fact.body),
            };
            names.iter().map(|name| count(body(name))).sum()
        })
    }
}

/// Returns the entries of waiting lists from which a person came into the relay's list, with their rounds.
fn waiting(cache: &Cache, person: FactName) -> Vec<(u32, FactName)> {
    let hers = |entry: FactName, round: u32| cache.people.by_source.get(&waiting_key(round, entry)) == Some(&person);
    let rounds = cache.rounds.iter();
    let entries = rounds.flat_map(|(number, round)| round.waiting.keys().map(move |entry| (*number, *entry)));
    entries.filter(|(number, entry)| hers(*entry, *number)).collect()
}

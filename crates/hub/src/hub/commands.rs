//! The desk's commands: decided by the domain, appended to the hub's own chain of the scope, signed, folded.

use super::{Cache, Hub};
use crate::clock;
use crate::errors::ApiError;
use perron_desk_api::Code;
use perron_domain::fact::{AccountNo, Body, Fact, QuarantineDecided};
use perron_domain::name::{FactName, FactRef, Scope};
use perron_domain::state::Log;
use perron_domain::time::{Hlc, Wall};
use perron_domain::{Command, CommonCommand, Context, PeopleCommand, Refusal, decide, decide_common, decide_people};
use perron_ledger::{
    Append, Appended, Chain, Head, NewFact, Origin, Quarantine, Record, SignedHead, Store, StoreError, rights, written,
};
use std::collections::BTreeSet;

/// Why a command changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The domain refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fact could not be written: too large, or no randomness for its salt.
    #[error("a fact could not be written: {0}")]
    Unwritable(String),
}

impl From<CommandError> for ApiError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Refused(refusal) => refusal.into(),
            // Trying again would not help: a text does not fit into a fact.
            CommandError::Unwritable(why) => {
                tracing::warn!(%why, "a command was not written");
                Self::refused(Code::TooLarge, "Ce texte est trop long pour être gardé. Raccourcissez-le.")
            }
            CommandError::Store(error) => Self::internal(error),
        }
    }
}

impl Hub {
    /// Runs a command in a round, in the name of `author`. Returns the names of the facts it became.
    ///
    /// # Errors
    /// [`CommandError`]; then nothing was written.
    pub async fn command(
        &self,
        round: u32,
        author: AccountNo,
        command: Command,
    ) -> Result<Vec<FactName>, CommandError> {
        let _writing = self.writing().await;
        let names = self
            .run(Scope::round(round), author, |cache, context| {
                let empty = perron_domain::state::RoundState::default();
                decide(cache.rounds.get(&round).unwrap_or(&empty), &cache.common, command, context)
            })
            .await?;
        self.follow(Scope::round(round)).await;
        Ok(names)
    }

    /// Runs a command in the relay's common scope, in the name of `author`.
    ///
    /// # Errors
    /// [`CommandError`]; then nothing was written.
    pub async fn common_command(
        &self,
        author: AccountNo,
        command: CommonCommand,
    ) -> Result<Vec<FactName>, CommandError> {
        let _writing = self.writing().await;
        self.common_command_under_lock(author, command).await
    }

    /// As [`Hub::common_command`], for whoever holds the writing lock already.
    pub(crate) async fn common_command_under_lock(
        &self,
        author: AccountNo,
        command: CommonCommand,
    ) -> Result<Vec<FactName>, CommandError> {
        self.run(Scope::COMMON, author, |cache, context| decide_common(&cache.common, command, context)).await
    }

    /// Accepts or rejects, in the name of `author`, a fact of `scope` that stands in quarantine. Accepted it counts from
    /// then on, on every device. What nobody can read cannot be accepted, nor what decides about other facts. A correction
    /// that does not count ([`perron_domain::state::Ignored`]) can be rejected, so that it is known to have been seen; a
    /// fact that must be understood and is not can be rejected, so that the round goes on without it.
    ///
    /// # Errors
    /// [`CommandError`]: [`Refusal::Unknown`] when no such fact stands in quarantine, [`Refusal::CannotCorrect`] when it
    /// cannot be read or is too large to be kept.
    pub async fn decide_quarantine(
        &self,
        scope: Scope,
        author: AccountNo,
        fact: FactName,
        accept: bool,
        reason: Option<String>,
    ) -> Result<Vec<FactName>, CommandError> {
        let _writing = self.writing().await;
        let aside = self.store.quarantined(scope).await?;
        let record = aside.iter().find(|record| record.place.name() == fact);
        if record.is_none() && !self.waits_for_a_decision(scope, fact) {
            return Err(Refusal::Unknown { fact }.into());
        }
        if accept && !record.is_some_and(rights::acceptable) {
            return Err(Refusal::CannotCorrect.into());
        }
        let decided = QuarantineDecided { fact: FactRef::to(fact, self.device), accept, reason };
        let names = self.run(scope, author, |_, _| Ok(vec![decided.into()])).await?;
        self.follow(scope).await;
        Ok(names)
    }

    /// Says whether a fact is a correction that does not count, or one that nobody here understands and that forbids what
    /// depends on it.
    fn waits_for_a_decision(&self, scope: Scope, fact: FactName) -> bool {
        self.read(|cache| {
            let round = scope.round_number().and_then(|round| cache.rounds.get(&round));
            round.is_some_and(|round| {
                round.ignored().any(|one| one.correction == fact)
                    || round.not_understood().any(|(name, _)| name == fact)
            })
        })
    }

    /// Returns the facts of a scope that stand in quarantine, in order of arrival, and why.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn quarantined(&self, scope: Scope) -> Result<Vec<(FactName, Quarantine)>, StoreError> {
        let records = self.store.quarantined(scope).await?;
        Ok(records.into_iter().filter_map(|record| Some((record.place.name(), record.quarantine?))).collect())
    }

    /// Returns the facts of every scope that stand in quarantine, with their scope and why.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub(crate) async fn all_quarantined(&self) -> Result<Vec<(Scope, Record, Quarantine)>, StoreError> {
        let mut all = Vec::new();
        for scope in self.store.scopes().await? {
            let aside = self.store.quarantined(scope).await?;
            all.extend(aside.into_iter().filter_map(|record| Some((scope, record.quarantine?, record))));
        }
        Ok(all.into_iter().map(|(scope, why, record)| (scope, record, why)).collect())
    }

    /// Runs commands in the relay's common scope, all or none, in the name of `author`. Each is decided on the state
    /// before all of them.
    ///
    /// # Errors
    /// [`CommandError`]; then nothing was written.
    pub async fn common_commands(
        &self,
        author: AccountNo,
        commands: Vec<CommonCommand>,
    ) -> Result<Vec<FactName>, CommandError> {
        let _writing = self.writing().await;
        self.run(Scope::COMMON, author, |cache, context| {
            let mut bodies = Vec::with_capacity(commands.len());
            for command in commands {
                bodies.extend(decide_common(&cache.common, command, context)?);
            }
            Ok(bodies)
        })
        .await
    }

    /// Runs commands about the people of the relay, all or none, in the name of `author`.
    ///
    /// # Errors
    /// [`CommandError`]; then nothing was written.
    pub async fn people_commands(
        &self,
        author: AccountNo,
        commands: Vec<PeopleCommand>,
    ) -> Result<Vec<FactName>, CommandError> {
        let _writing = self.writing().await;
        self.run(Scope::PEOPLE, author, |cache, context| {
            let mut bodies: Vec<Body> = Vec::new();
            let mut sources = BTreeSet::new();
            for command in commands {
                // The state does not know yet what stands earlier in the same list.
                if let PeopleCommand::Add(added) = &command
                    && !added.source_key.is_empty()
                    && !sources.insert(added.source_key.clone())
                {
                    continue;
                }
                let next = context.next.saturating_add(u32::try_from(bodies.len()).unwrap_or(u32::MAX));
                bodies.extend(decide_people(&cache.people, command, &Context { next, ..*context })?);
            }
            Ok(bodies)
        })
        .await
    }

    /// Decides on a state that has everything stored so far, and appends what was decided. The caller holds the
    /// writing lock.
    pub(super) async fn run(
        &self,
        scope: Scope,
        author: AccountNo,
        decide: impl FnOnce(&Cache, &Context) -> Result<Vec<Body>, Refusal>,
    ) -> Result<Vec<FactName>, CommandError> {
        self.catch_up(Scope::COMMON).await?;
        self.catch_up(scope).await?;
        let chain = Chain::new(scope, self.device);
        let after = match self.store.head(chain).await? {
            Some(head) => head,
            None => Head::start(self.relay, chain, &self.keys.hub.verifying_key()),
        };
        let now = clock::now();
        let context = Context { device: self.device, next: after.number.saturating_add(1), now, author };
        // What is decided here stands after all that it was decided on, also after a tablet whose clock is years ahead.
        let (bodies, clock) = self.read(|cache| {
            let seen = cache.log(scope).map(Log::clock).unwrap_or_default();
            (decide(cache, &context), cache.clock().max(seen))
        });
        let facts = write(bodies?, &context, clock, now)?;
        if facts.is_empty() {
            return Ok(Vec::new());
        }
        let head = after.after(facts.iter().map(|fact| fact.leaf));
        let signed = Some(SignedHead::sign(self.relay, chain, head, self.device, &self.keys.hub));
        let names = (context.next..=head.number).map(|number| FactName::new(self.device, number)).collect();
        let append = Append { chain, after, facts, signed, origin: Origin::Here, received: now };
        match self.store.append(append).await? {
            Appended::Stored { .. } => {
                self.changed(scope).await?;
                Ok(names)
            }
            other => Err(StoreError::Failed(format!("the hub's own chain moved meanwhile: {other:?}")).into()),
        }
    }
}

/// Returns the facts in their exact bytes, each with a clock later than the one before.
fn write(bodies: Vec<Body>, context: &Context, mut hlc: Hlc, now: Wall) -> Result<Vec<NewFact>, CommandError> {
    let mut facts = Vec::with_capacity(bodies.len());
    for (number, body) in (context.next..).zip(bodies) {
        hlc = hlc.tick(now);
        let name = FactName::new(context.device, number);
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| CommandError::Unwritable(error.to_string()))?;
        let fact = Fact { name, hlc, wall: now, author: context.author, body };
        let bytes = written::write(&fact, salt).map_err(|error| CommandError::Unwritable(error.to_string()))?;
        facts.push(NewFact::new(bytes));
    }
    Ok(facts)
}

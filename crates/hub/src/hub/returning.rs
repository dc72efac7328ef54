//! The way back: what rounds learn of people is written into the relay's people, by the hub alone.

use super::Hub;
use super::commands::CommandError;
use perron_domain::fact::AccountNo;
use perron_domain::name::Scope;
use perron_domain::{bring_back, bring_forward};

impl Hub {
    /// Brings back what changed in a scope, when it is a round's. What cannot be written now is logged and brought back at
    /// the next change or the next start: what the round says is compared with what is there. The caller holds the
    /// writing lock.
    pub(crate) async fn follow(&self, scope: Scope) {
        if let Some(round) = scope.round_number()
            && let Err(error) = self.bring_back(round).await
        {
            tracing::error!(%error, round, "what the round learned of people could not be brought back yet");
        }
    }

    /// Brings back from every round what was not brought back before: at each start.
    pub(crate) async fn follow_all(&self) {
        let _writing = self.writing().await;
        let rounds: Vec<u32> = self.read(|cache| cache.rounds.keys().copied().collect());
        for round in rounds {
            self.follow(Scope::round(round)).await;
        }
    }

    async fn bring_back(&self, number: u32) -> Result<(), CommandError> {
        let names = self
            .run(Scope::PEOPLE, AccountNo(0), |cache, context| {
                let Some(round) = cache.rounds.get(&number) else { return Ok(Vec::new()) };
                Ok(bring_back(number, round, &cache.common, &cache.people, context))
            })
            .await?;
        if !names.is_empty() {
            self.bring_forward().await?;
        }
        Ok(())
    }

    /// Tells every round that is published and not signed what the relay learned of its people since. The caller holds
    /// the writing lock.
    pub(super) async fn bring_forward(&self) -> Result<(), CommandError> {
        let open = |round: &&perron_domain::state::RoundState| round.published && round.closed_at.is_none();
        let rounds: Vec<u32> = self
            .read(|cache| cache.rounds.iter().filter(|(_, round)| open(round)).map(|(number, _)| *number).collect());
        for number in rounds {
            // Twice: what was told and is not so any more is withdrawn before the rest is told anew.
            for _ in 0..2 {
                let told = self
                    .run(Scope::round(number), AccountNo(0), |cache, context| {
                        let Some(round) = cache.rounds.get(&number) else { return Ok(Vec::new()) };
                        Ok(bring_forward(number, round, &cache.common, &cache.people, context))
                    })
                    .await?;
                if told.is_empty() {
                    break;
                }
            }
        }
        Ok(())
    }
}

//! Which tablets have heard what the relay says of a round: a tablet that asks for what came after a fact has that fact.

use super::Hub;
use crate::clock;
use crate::live::Change;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::store::Epoch;
use perron_ledger::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;

/// Up to where a tablet has heard of a round, and since when that is known.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Heard {
    epoch: u64,
    arrival: u64,
    at: Wall,
}

fn name(round: u32, device: DeviceId) -> String {
    format!("heard/{round}/{}", device.0)
}

impl Hub {
    /// Notes that a tablet has everything of a round up to an arrival number.
    pub(crate) async fn hears(&self, device: DeviceId, scope: Scope, arrival: u64) {
        let Some(round) = scope.round_number() else { return };
        let told = self.read(|cache| cache.told.get(&round).copied().unwrap_or(0));
        if told == 0 || arrival < told {
            return;
        }
        {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            if heard.insert((round, device), told) == Some(told) {
                return;
            }
        }
        match self.note_heard(round, device, told).await {
            Ok(true) => self.live.notify(Change { scope, arrival: self.read(|cache| cache.taken(scope)) }),
            Ok(false) => {}
            // The desk then says «pas encore» until the next contact after a start: no fact depends on it.
            Err(error) => tracing::warn!(%error, device = device.0, "what a tablet has heard could not be noted"),
        }
    }

    async fn note_heard(&self, round: u32, device: DeviceId, told: u64) -> Result<bool, StoreError> {
        if self.known_heard(round, device).await?.is_some_and(|known| known.arrival >= told) {
            return Ok(false);
        }
        let heard = Heard { epoch: self.epoch.0, arrival: told, at: clock::now() };
        let bytes = serde_json::to_vec(&heard).map_err(|error| StoreError::Failed(error.to_string()))?;
        self.store.set_named(&name(round, device), &bytes).await?;
        Ok(true)
    }

    async fn known_heard(&self, round: u32, device: DeviceId) -> Result<Option<Heard>, StoreError> {
        let bytes = self.store.named(&name(round, device)).await?;
        let known: Option<Heard> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(known.filter(|known| Epoch(known.epoch) == self.epoch))
    }

    /// Returns since when the hub knows that a tablet has heard all that the relay says of a round; none: not yet.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub(crate) async fn heard_at(&self, round: u32, device: DeviceId) -> Result<Option<Wall>, StoreError> {
        let told = self.read(|cache| cache.told.get(&round).copied().unwrap_or(0));
        let known = self.known_heard(round, device).await?;
        Ok(known.filter(|known| told > 0 && known.arrival >= told).map(|known| known.at))
    }
}

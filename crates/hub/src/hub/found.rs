//! Founding a relay: its identity, drawn once, and the first facts of its common scope.

use super::Hub;
use super::commands::CommandError;
use crate::serve::ServeError;
use crate::store::SqliteStore;
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountNo, DeviceEnrolled, RelayCreated};
use perron_domain::name::{DeviceId, RelayId};
use perron_ledger::identity::DeviceKey;
use perron_ledger::store::Epoch;
use perron_ledger::{Store, StoreError};

const RELAY: &str = "hub/relay";
const EPOCH: &str = "hub/epoch";

/// Returns the identity of the relay that the store holds, if it holds one.
pub(super) async fn known(store: &SqliteStore) -> Result<Option<(RelayId, Epoch)>, StoreError> {
    let (Some(relay), Some(epoch)) = (store.named(RELAY).await?, store.named(EPOCH).await?) else { return Ok(None) };
    let (Ok(relay), Ok(epoch)) = (relay.try_into(), epoch.try_into()) else {
        return Err(StoreError::Damaged("the relay's identity".to_owned()));
    };
    Ok(Some((RelayId(relay), Epoch(u64::from_be_bytes(epoch)))))
}

/// Draws the identity of a new relay and keeps it.
pub(super) async fn identity(store: &SqliteStore) -> Result<(RelayId, Epoch), StoreError> {
    let (mut relay, mut epoch) = ([0; 16], [0; 8]);
    getrandom::fill(&mut relay)
        .and_then(|()| getrandom::fill(&mut epoch))
        .map_err(|error| StoreError::Failed(error.to_string()))?;
    store.set_named(RELAY, &relay).await?;
    store.set_named(EPOCH, &epoch).await?;
    Ok((RelayId(relay), Epoch(u64::from_be_bytes(epoch))))
}

/// Draws a new epoch for the relay that the store holds. Returns false, and changes nothing, when it holds none.
pub(super) async fn renew_epoch(store: &SqliteStore) -> Result<bool, StoreError> {
    if known(store).await?.is_none() {
        return Ok(false);
    }
    let mut epoch = [0; 8];
    getrandom::fill(&mut epoch).map_err(|error| StoreError::Failed(error.to_string()))?;
    store.set_named(EPOCH, &epoch).await?;
    Ok(true)
}

impl Hub {
    /// Writes the first facts of a new relay: that it exists, and the hub's own device. Changes nothing in an old one.
    pub(super) async fn found(&self, demo: bool) -> Result<(), ServeError> {
        let (created, enrolled) =
            self.read(|cache| (cache.common.relay.is_some(), cache.common.devices.contains_key(&DeviceId::HUB)));
        if !created {
            let name = if demo { "Relais de démonstration" } else { "Relais" }.to_owned();
            let relay = RelayCreated { name, territory: "FR-93".to_owned(), utc_offset_minutes: 60, demo };
            self.founding(CommonCommand::CreateRelay(relay)).await?;
        }
        if !enrolled {
            let key = DeviceKey::bind(self.relay, DeviceId::HUB, &self.keys.hub.verifying_key(), &self.keys.relay);
            self.founding(CommonCommand::EnrolDevice(enrolled_as(&key, "Relais".to_owned()))).await?;
        }
        Ok(())
    }

    async fn founding(&self, command: CommonCommand) -> Result<(), ServeError> {
        self.common_command(AccountNo(0), command).await.map(drop).map_err(|error| match error {
            CommandError::Store(error) => error.into(),
            other => ServeError::Founding(other.to_string()),
        })
    }
}

/// Returns the fact that binds a device's number to its key.
pub(super) fn enrolled_as(key: &DeviceKey, label: String) -> DeviceEnrolled {
    DeviceEnrolled {
        device: key.device,
        public_key: key.public_key.to_vec().into(),
        label,
        relay_signature: key.relay_signature.to_vec().into(),
    }
}

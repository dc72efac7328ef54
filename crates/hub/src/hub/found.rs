//! Founding a relay: its identity, drawn once, and the first facts of its common scope.

use super::Hub;
use super::OpenError;
use super::commands::CommandError;
use crate::store::SqliteStore;
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountNo, DeviceEnrolled, RelayCreated};
use perron_domain::name::{DeviceId, RelayId};
use perron_ledger::identity::DeviceKey;
use perron_ledger::store::Epoch;
use perron_ledger::{Store, StoreError};

const RELAY: &str = "hub/relay";
const EPOCH: &str = "hub/epoch";
const DEVICE: &str = "hub/device";
const FLOOR: &str = "hub/floor";

/// Who the hub is.
pub(super) struct Known {
    /// The relay.
    pub relay: RelayId,
    /// Its epoch.
    pub epoch: Epoch,
    /// The number that it writes under.
    pub device: DeviceId,
}

/// Returns the identity of the relay that the store holds, if it holds one.
pub(super) async fn known(store: &SqliteStore) -> Result<Option<Known>, StoreError> {
    let (Some(relay), Some(epoch)) = (store.named(RELAY).await?, store.named(EPOCH).await?) else { return Ok(None) };
    let (Ok(relay), Ok(epoch)) = (relay.try_into(), epoch.try_into()) else {
        return Err(StoreError::Damaged("the relay's identity".to_owned()));
    };
    let device = number(store, DEVICE).await?.map_or(DeviceId::HUB, DeviceId);
    Ok(Some(Known { relay: RelayId(relay), epoch: Epoch(u64::from_be_bytes(epoch)), device }))
}

async fn number(store: &SqliteStore, name: &str) -> Result<Option<u32>, StoreError> {
    let Some(bytes) = store.named(name).await? else { return Ok(None) };
    let bytes = bytes.try_into().map_err(|_| StoreError::Damaged(format!("the number {name}")))?;
    Ok(Some(u32::from_be_bytes(bytes)))
}

/// Draws the identity of a new relay and keeps it.
pub(super) async fn identity(store: &SqliteStore) -> Result<Known, StoreError> {
    let (relay, epoch) = (random::<16>()?, random::<8>()?);
    store.set_named(RELAY, &relay).await?;
    store.set_named(EPOCH, &epoch).await?;
    Ok(Known { relay: RelayId(relay), epoch: Epoch(u64::from_be_bytes(epoch)), device: DeviceId::HUB })
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Failed(error.to_string()))?;
    Ok(bytes)
}

/// Makes what a relay put back from a copy needs. Returns false, and changes nothing, when the store holds none.
///
/// What was given out after the copy was made is not known any more: the hub's own facts, numbers of devices, rounds and
/// accounts. All four go on far from there, at places drawn at random, so that two restores of one copy differ too.
pub(super) async fn restored(store: &SqliteStore) -> Result<bool, StoreError> {
    if known(store).await?.is_none() {
        return Ok(false);
    }
    let drawn = u32::from_be_bytes(random()?);
    // The last number is left out: no relay gives it.
    let device = DeviceId::HUB_AGAIN.0 | (drawn & 0x7fff_fffe);
    let leap = u32::from(u16::from_be_bytes(random()?)) + 1;
    store.leap_device_numbers(leap * 256).await?;
    let floor = number(store, FLOOR).await?.unwrap_or(0);
    store.set_named(FLOOR, &floor.saturating_add(leap * 16).to_be_bytes()).await?;
    store.set_named(DEVICE, &device.to_be_bytes()).await?;
    // Last: with the new epoch the restore is done.
    store.set_named(EPOCH, &random::<8>()?).await?;
    Ok(true)
}

/// Returns the offset from UTC in winter, in minutes, of a territory code (`FR-93`, `FR-974`); `None` for no such code.
#[must_use]
pub(crate) fn territory_offset(code: &str) -> Option<i16> {
    let department = code.strip_prefix("FR-")?;
    let known =
        (2..=3).contains(&department.len()) && department.chars().all(|c| c.is_ascii_digit() || "AB".contains(c));
    known.then_some(match department {
        "971" | "972" | "977" | "978" => -240,
        "973" | "975" => -180,
        "974" => 240,
        "976" => 180,
        "986" => 720,
        "987" => -600,
        "988" => 660,
        _ => 60,
    })
}

impl Hub {
    /// Writes the first facts of a new relay: that it exists, and the hub's own device. Changes nothing in an old one.
    pub(super) async fn found(&self, demo: bool, name: Option<String>) -> Result<(), OpenError> {
        let (created, enrolled) =
            self.read(|cache| (cache.common.relay.is_some(), cache.common.devices.contains_key(&DeviceId::HUB)));
        if !created {
            let name = name.unwrap_or_else(|| if demo { "Relais de démonstration" } else { "Relais" }.to_owned());
            let relay = RelayCreated { name, territory: "FR-93".to_owned(), utc_offset_minutes: 60, demo };
            self.founding(CommonCommand::CreateRelay(relay)).await?;
        }
        if !enrolled {
            let key = DeviceKey::bind(self.relay, DeviceId::HUB, &self.keys.hub.verifying_key(), &self.keys.relay);
            self.founding(CommonCommand::EnrolDevice(enrolled_as(&key, "Relais".to_owned()))).await?;
        }
        Ok(())
    }

    /// Returns the number that a new round or account gets when `last` is the highest known: the next one, or one beyond
    /// those that a restore may have forgotten.
    pub(crate) async fn next_number(&self, last: u32) -> Result<u32, StoreError> {
        let floor = number(&self.store, FLOOR).await?.unwrap_or(0);
        Ok(last.saturating_add(1).max(floor))
    }

    async fn founding(&self, command: CommonCommand) -> Result<(), OpenError> {
        self.common_command(AccountNo(0), command).await.map(drop).map_err(|error| match error {
            CommandError::Store(error) => error.into(),
            other => OpenError::Founding(other.to_string()),
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

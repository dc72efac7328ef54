//! Who may write where, as the relay's common facts say it; and the hub's signature for branches that it keeps.
//!
//! A device is known by its key. A branch of a fork is kept under a number of its own that is bound to the same key, so
//! whoever holds the key goes on under either number.

use super::Hub;
use ed25519_dalek::{SigningKey, VerifyingKey};
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::state::Device;
use perron_ledger::identity::DeviceKey;
use perron_ledger::sync::Code;
use perron_ledger::trust::Trust;
use perron_ledger::{Chain, Head, SignedHead};
use std::collections::BTreeMap;

/// What one request is judged by: a copy, so that no lock is held while the store works.
#[derive(Debug)]
pub(crate) struct Rights {
    relay: RelayId,
    relay_key: VerifyingKey,
    hub_key: SigningKey,
    devices: BTreeMap<DeviceId, Device>,
    rounds: BTreeMap<Scope, Vec<DeviceId>>,
    sender: DeviceId,
}

impl Hub {
    /// Returns the rights in force now, for what `sender` asks.
    pub(crate) fn rights(&self, sender: DeviceId) -> Rights {
        self.read(|cache| {
            let rounds = cache.common.rounds.iter();
            Rights {
                relay: self.relay,
                relay_key: self.keys.relay.verifying_key(),
                hub_key: self.keys.hub.clone(),
                devices: cache.common.devices.clone(),
                rounds: rounds.map(|(round, assigned)| (Scope::round(*round), assigned.devices.clone())).collect(),
                sender,
            }
        })
    }
}

/// Returns the binding that a device's fact states.
pub(super) fn bound(device: DeviceId, known: &Device) -> Option<DeviceKey> {
    let public_key = known.public_key.as_slice().try_into().ok()?;
    let relay_signature = known.relay_signature.as_slice().try_into().ok()?;
    Some(DeviceKey { device, public_key, relay_signature })
}

impl Rights {
    /// Returns how many device numbers are bound to the key of this one, itself among them.
    pub(crate) fn copies(&self, device: DeviceId) -> usize {
        self.devices.keys().filter(|one| self.same(**one, device)).count()
    }

    /// Says whether a device may hold, and so read, a scope: common always, people never, a round when it is its own.
    pub(crate) fn may_hold(&self, device: DeviceId, scope: Scope) -> bool {
        match scope {
            Scope::COMMON => true,
            Scope::PEOPLE => false,
            round => self.rounds.get(&round).is_some_and(|devices| devices.iter().any(|one| self.same(*one, device))),
        }
    }

    /// Says whether two numbers are bound to one key.
    fn same(&self, one: DeviceId, other: DeviceId) -> bool {
        let key = |device| self.devices.get(&device).map(|known| &known.public_key);
        one == other || (key(one).is_some() && key(one) == key(other))
    }

    /// Says whether a key was taken out of service, under whichever number.
    fn retired(&self, key: &[u8]) -> bool {
        self.devices.values().any(|device| device.retired.is_some() && device.public_key == key)
    }
}

impl Trust for Rights {
    fn relay(&self) -> RelayId {
        self.relay
    }

    /// A retired device is refused itself; what it wrote while it might, others may bring back after a restore.
    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code> {
        let device = if device.is_hub() { DeviceId::HUB } else { device };
        let known = self.devices.get(&device).ok_or(Code::UnknownDevice)?;
        if self.same(self.sender, device) && self.retired(&known.public_key) {
            return Err(Code::DeviceBlocked);
        }
        let key = bound(device, known).and_then(|key| key.verify(self.relay, &self.relay_key).ok());
        key.ok_or(Code::UnknownDevice)
    }

    /// Whoever holds a scope may bring back any chain of it: the hub may have lost it, and its author's signature says
    /// whose it is. So the hub gets back what it wrote itself, too.
    fn allows(&self, chain: Chain) -> bool {
        let author_may =
            chain.device.is_hub() || (chain.scope.round_number().is_some() && self.may_hold(chain.device, chain.scope));
        author_may && self.may_hold(self.sender, chain.scope)
    }

    fn notarise(&self, chain: Chain, head: Head) -> Option<SignedHead> {
        Some(SignedHead::sign(self.relay, chain, head, DeviceId::HUB, &self.hub_key))
    }
}

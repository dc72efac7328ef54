//! What this device checks of what it receives: who wrote it, under a key that the relay's pinned key binds.

use crate::identity::Identity;
use ed25519_dalek::VerifyingKey;
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::state::Device;
use perron_ledger::Chain;
use perron_ledger::identity::DeviceKey;
use perron_ledger::sync::Code;
use perron_ledger::trust::Trust;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The trust of one device. Keys are checked once and remembered.
pub struct DeviceTrust<F> {
    me: Identity,
    /// Looks a device up in the relay's common part as it is known now.
    devices: F,
    checked: RefCell<BTreeMap<DeviceId, VerifyingKey>>,
}

impl<F: Fn(DeviceId) -> Option<Device>> DeviceTrust<F> {
    /// Trusts what the relay's key binds.
    pub fn new(me: Identity, devices: F) -> Self {
        Self { me, devices, checked: RefCell::default() }
    }
}

impl<F: Fn(DeviceId) -> Option<Device>> Trust for DeviceTrust<F> {
    fn relay(&self) -> RelayId {
        self.me.relay
    }

    /// A device that was retired since stays readable: the hub took its facts while it might write.
    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code> {
        if let Some(known) = self.checked.borrow().get(&device) {
            return Ok(*known);
        }
        let bound = if device.is_hub() {
            // One key under every number of the hub: the one that was pinned at the enrolment.
            self.me.hub
        } else {
            let found = (self.devices)(device).ok_or(Code::UnknownDevice)?;
            let part = |_| Code::UnknownDevice;
            DeviceKey {
                device,
                public_key: found.public_key.as_slice().try_into().map_err(part)?,
                relay_signature: found.relay_signature.as_slice().try_into().map_err(part)?,
            }
        };
        let key = bound.verify(self.me.relay, &self.me.relay_key).map_err(|_| Code::UnknownDevice)?;
        self.checked.borrow_mut().insert(device, key);
        Ok(key)
    }

    /// The common part is written by the hub alone; who may write a round the hub has checked.
    fn allows(&self, chain: Chain) -> bool {
        match chain.scope {
            Scope::COMMON => chain.device.is_hub(),
            scope => scope.round_number().is_some(),
        }
    }
}

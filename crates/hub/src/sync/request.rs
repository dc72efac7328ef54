//! The outside of a push or a pull: who asks, and whether it is really that device.

use crate::hub::{Hub, Rights};
use perron_domain::name::DeviceId;
use perron_ledger::sync::{Code, Purpose, Request, from_bytes};
use perron_ledger::trust::Trust;

/// A request whose signature was checked.
pub(super) struct Asked {
    /// Who asks.
    pub(super) device: DeviceId,
    /// What it may do.
    pub(super) rights: Rights,
    /// The message inside.
    pub(super) body: Vec<u8>,
}

/// Reads a request and checks that it is for this relay and from a device that may talk to it.
pub(super) fn check(hub: &Hub, bytes: &[u8], purpose: Purpose) -> Result<Asked, Code> {
    let request: Request = from_bytes(bytes)?;
    if request.relay != hub.relay.0 {
        return Err(Code::OtherRelay);
    }
    let device = request.device;
    if device.is_hub() {
        return Err(Code::UnknownDevice);
    }
    let rights = hub.rights(device);
    let key = rights.key(device)?;
    request.verify(purpose, &key)?;
    hub.meet(device, request.wall);
    Ok(Asked { device, rights, body: request.body })
}

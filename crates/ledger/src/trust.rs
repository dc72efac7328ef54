//! What a receiver of facts knows and decides: keys, rights, and its own signature.

use crate::append::Quarantine;
use crate::chain::{Chain, Head, Place, SignedHead};
use crate::envelope::Envelope;
use crate::forked;
use crate::rights;
use crate::sync::Code;
use ed25519_dalek::VerifyingKey;
use perron_domain::name::{DeviceId, RelayId};

/// What the receiver knows and decides: keys, rights, and its own signature.
pub trait Trust {
    /// Returns the relay.
    fn relay(&self) -> RelayId;

    /// Returns the key that the relay bound to a device number.
    ///
    /// # Errors
    /// [`Code::UnknownDevice`] or [`Code::DeviceBlocked`].
    fn key(&self, device: DeviceId) -> Result<VerifyingKey, Code>;

    /// Says whether this device may write into this scope.
    fn allows(&self, chain: Chain) -> bool;

    /// Returns why a readable fact is set aside; `None` when it is as it should be. The same rule on every device.
    fn quarantine(&self, place: Place, fact: &Envelope) -> Option<Quarantine> {
        rights::quarantine(place, fact).or_else(|| self.forged_fork(place, fact))
    }

    /// A chain keeps a branch of another only where both are bound to one key: else it would speak for somebody else.
    fn forged_fork(&self, place: Place, fact: &Envelope) -> Option<Quarantine> {
        let forked = forked::parted(fact)?;
        let same = self.key(forked.old_device).is_ok_and(|old| self.key(place.chain.device) == Ok(old));
        (!same).then_some(Quarantine::NotAllowed)
    }

    /// Signs a head in the hub's name, for a chain that the hub opened after a fork. `None` on a tablet.
    fn notarise(&self, chain: Chain, head: Head) -> Option<SignedHead> {
        let _ = (chain, head);
        None
    }
}

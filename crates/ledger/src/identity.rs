//! Who may sign: a device's number is bound to its key by the relay's key, which tablets pin at enrolment.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use perron_domain::name::{DeviceId, RelayId};

/// A device's number and public key, signed by the relay. The same three stand in the fact that enrols the device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct DeviceKey {
    /// The device's number.
    #[n(0)]
    pub device: DeviceId,
    /// Its Ed25519 public key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// The relay's Ed25519 signature over [`DeviceKey::message`].
    #[cbor(n(2), with = "minicbor::bytes")]
    pub relay_signature: [u8; 64],
}

/// A binding that the relay's key did not make.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the device's key is not bound to its number by the relay's key")]
pub struct NotBound;

impl DeviceKey {
    /// Returns the bytes that the relay signs: a tag, then relay, device and public key at fixed widths.
    #[must_use]
    pub fn message(relay: RelayId, device: DeviceId, public_key: &[u8; 32]) -> Vec<u8> {
        let mut bytes = b"perron/device/1".to_vec();
        bytes.extend_from_slice(&relay.0);
        bytes.extend_from_slice(&device.0.to_be_bytes());
        bytes.extend_from_slice(public_key);
        bytes
    }

    /// Binds a device number to a key.
    #[must_use]
    pub fn bind(relay: RelayId, device: DeviceId, public_key: &VerifyingKey, relay_key: &SigningKey) -> Self {
        let public_key = public_key.to_bytes();
        let relay_signature = relay_key.sign(&Self::message(relay, device, &public_key)).to_bytes();
        Self { device, public_key, relay_signature }
    }

    /// Returns the device's key once the relay's signature was checked.
    ///
    /// # Errors
    /// [`NotBound`] when the relay did not sign it, or the key is no Ed25519 key.
    pub fn verify(&self, relay: RelayId, relay_key: &VerifyingKey) -> Result<VerifyingKey, NotBound> {
        let message = Self::message(relay, self.device, &self.public_key);
        let signature = Signature::from_bytes(&self.relay_signature);
        relay_key.verify_strict(&message, &signature).map_err(|_| NotBound)?;
        VerifyingKey::from_bytes(&self.public_key).map_err(|_| NotBound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_bound_to_one_number_of_one_relay() {
        let (relay_key, key) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]).verifying_key());
        let (relay, pinned) = (RelayId([9; 16]), relay_key.verifying_key());
        let bound = DeviceKey::bind(relay, DeviceId(4), &key, &relay_key);
        assert_eq!(bound.verify(relay, &pinned), Ok(key));
        assert_eq!(DeviceKey { device: DeviceId(5), ..bound }.verify(relay, &pinned), Err(NotBound));
        assert_eq!(bound.verify(RelayId([8; 16]), &pinned), Err(NotBound));
        assert_eq!(bound.verify(relay, &key), Err(NotBound));
    }
}

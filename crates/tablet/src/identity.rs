//! Who this device is: its number, its key, and the relay's key that it pinned when it was enrolled.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_ledger::identity::DeviceKey;
use perron_ledger::sync::EnrolAnswer;
use perron_ledger::{Chain, Head, SignedHead, Store, StoreError};

const IDENTITY: &str = "identity";

#[derive(Encode, Decode)]
#[cbor(map)]
struct Kept {
    #[cbor(n(0), with = "minicbor::bytes")]
    relay: [u8; 16],
    #[cbor(n(1), with = "minicbor::bytes")]
    relay_key: [u8; 32],
    #[n(2)]
    device: u32,
    #[cbor(n(3), with = "minicbor::bytes")]
    secret: [u8; 32],
    #[n(4)]
    label: String,
    #[n(5)]
    hub: DeviceKey,
    #[n(6)]
    goes_on: Vec<GoesOn>,
}

/// After a fork, this device writes a scope under another number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
struct GoesOn {
    #[n(0)]
    scope: Scope,
    #[n(1)]
    device: DeviceId,
}

/// An enrolled device.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The relay.
    pub relay: RelayId,
    /// The relay's key, pinned: it binds every device's number to its key.
    pub relay_key: VerifyingKey,
    /// This device's number.
    pub device: DeviceId,
    /// What people call this device.
    pub label: String,
    /// The hub's own device, bound by the relay: it signs `common`, where the other bindings are.
    pub hub: DeviceKey,
    goes_on: Vec<GoesOn>,
    key: SigningKey,
}

/// An answer to an enrolment that does not hold together: nothing of it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the relay's answer does not bind this device's key")]
pub struct FalseAnswer;

impl Identity {
    /// Makes an identity from the hub's answer to the enrolment of `key`.
    ///
    /// # Errors
    /// [`FalseAnswer`] when the relay's key did not sign both bindings, or for another key than ours.
    pub fn of_answer(answer: &EnrolAnswer, key: SigningKey, label: String) -> Result<Self, FalseAnswer> {
        let relay = RelayId(answer.relay);
        let relay_key = VerifyingKey::from_bytes(&answer.relay_key).map_err(|_| FalseAnswer)?;
        let bound = answer.device.verify(relay, &relay_key).map_err(|_| FalseAnswer)?;
        answer.hub.verify(relay, &relay_key).map_err(|_| FalseAnswer)?;
        if bound != key.verifying_key() || answer.hub.device != DeviceId::HUB {
            return Err(FalseAnswer);
        }
        Ok(Self { relay, relay_key, device: answer.device.device, label, hub: answer.hub, goes_on: Vec::new(), key })
    }

    /// Returns the identity that this store keeps.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn load<S: Store>(store: &S) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = store.named(IDENTITY).await? else { return Ok(None) };
        let damaged = |what: &str| StoreError::Damaged(format!("identity: {what}"));
        let kept: Kept = minicbor::decode(&bytes).map_err(|error| damaged(&error.to_string()))?;
        let relay_key = VerifyingKey::from_bytes(&kept.relay_key).map_err(|_| damaged("relay key"))?;
        Ok(Some(Self {
            relay: RelayId(kept.relay),
            relay_key,
            device: DeviceId(kept.device),
            label: kept.label,
            hub: kept.hub,
            goes_on: kept.goes_on,
            key: SigningKey::from_bytes(&kept.secret),
        }))
    }

    /// Keeps this identity in a store.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn keep<S: Store>(&self, store: &S) -> Result<(), StoreError> {
        let kept = Kept {
            relay: self.relay.0,
            relay_key: self.relay_key.to_bytes(),
            device: self.device.0,
            secret: self.key.to_bytes(),
            label: self.label.clone(),
            hub: self.hub,
            goes_on: self.goes_on.clone(),
        };
        let bytes = minicbor::to_vec(&kept).map_err(|error| StoreError::Failed(error.to_string()))?;
        store.set_named(IDENTITY, &bytes).await
    }

    /// Returns every number of this device: its own, and those that it goes on under after forks.
    #[must_use]
    pub fn numbers(&self) -> Vec<DeviceId> {
        std::iter::once(self.device).chain(self.goes_on.iter().map(|other| other.device)).collect()
    }

    /// Returns the number under which this device writes a scope: its own, or the one it goes on under after a fork.
    #[must_use]
    pub fn writes_as(&self, scope: Scope) -> DeviceId {
        self.goes_on.iter().find(|other| other.scope == scope).map_or(self.device, |other| other.device)
    }

    /// Returns the chain that this device writes in a scope.
    #[must_use]
    pub fn chain(&self, scope: Scope) -> Chain {
        Chain::new(scope, self.writes_as(scope))
    }

    /// Says whether this device writes that chain.
    #[must_use]
    pub fn writes(&self, chain: Chain) -> bool {
        self.writes_as(chain.scope) == chain.device
    }

    /// Returns the start of this device's chain of a scope.
    #[must_use]
    pub fn start(&self, scope: Scope) -> Head {
        Head::start(self.relay, self.chain(scope), &self.key.verifying_key())
    }

    /// Signs a head of a chain that this device writes.
    #[must_use]
    pub fn sign(&self, chain: Chain, head: Head) -> SignedHead {
        SignedHead::sign(self.relay, chain, head, chain.device, &self.key)
    }

    /// Returns the key, to sign requests.
    #[must_use]
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Returns the same device, which goes on in `scope` under another number: its branch of a fork is kept there.
    #[must_use]
    pub fn going_on(mut self, scope: Scope, device: DeviceId) -> Self {
        self.goes_on.retain(|other| other.scope != scope);
        self.goes_on.push(GoesOn { scope, device });
        self
    }
}

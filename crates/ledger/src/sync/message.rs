//! The messages, one pair per endpoint. All are CBOR maps with integer keys; absent is absent, never null.

use super::{Batch, Code};
use crate::chain::{Chain, Head};
use crate::identity::DeviceKey;
use crate::store::Epoch;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::time::Wall;

/// The version of the protocol that this program speaks.
pub const PROTOCOL: u16 = 1;

/// The largest body of a request or an answer, in bytes: 8 MiB.
pub const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;

/// The content type of every body.
pub const CONTENT_TYPE: &str = "application/cbor";

/// What the client is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Client {
    /// The version of the protocol that it speaks.
    #[n(0)]
    pub protocol: u16,
    /// The program and its version, for people: `perron 0.1.0`.
    #[n(1)]
    pub app: String,
}

/// The versions that a hub speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Versions {
    /// The oldest that may pull. Any version may push.
    #[n(0)]
    pub oldest: u16,
    /// The newest.
    #[n(1)]
    pub newest: u16,
}

impl Versions {
    /// What this program speaks.
    pub const HERE: Self = Self { oldest: PROTOCOL, newest: PROTOCOL };

    /// Says whether a client of this version may only push and must be updated.
    #[must_use]
    pub const fn too_old(self, protocol: u16) -> bool {
        protocol < self.oldest
    }
}

/// The answer of `GET /sync/hello`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct HelloAnswer {
    /// The relay.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub relay: [u8; 16],
    /// The hub's epoch.
    #[n(1)]
    pub epoch: Epoch,
    /// The versions it speaks.
    #[n(2)]
    pub versions: Versions,
    /// Its wall clock.
    #[n(3)]
    pub wall: Wall,
}

/// The body of `POST /sync/enrol`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Enrol {
    /// The code that the relay gave, as typed.
    #[n(0)]
    pub code: String,
    /// The tablet's Ed25519 public key, made on the tablet.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// What people call the tablet.
    #[n(2)]
    pub label: String,
    /// What the client is.
    #[n(3)]
    pub client: Client,
    /// Ed25519 with the tablet's key over [`Enrol::message`]: it has the private key.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Enrol {
    /// Returns the bytes that the tablet signs: a tag, its public key, the code as typed.
    #[must_use]
    pub fn message(code: &str, public_key: &[u8; 32]) -> Vec<u8> {
        let mut bytes = b"perron/enrol/1".to_vec();
        bytes.extend_from_slice(public_key);
        bytes.extend_from_slice(code.as_bytes());
        bytes
    }

    /// Writes a request for the tablet whose key is `key`.
    #[must_use]
    pub fn new(code: String, label: String, client: Client, key: &SigningKey) -> Self {
        let public_key = key.verifying_key().to_bytes();
        let signature = key.sign(&Self::message(&code, &public_key)).to_bytes();
        Self { code, public_key, label, client, signature }
    }

    /// Returns the tablet's key once its signature was checked.
    ///
    /// # Errors
    /// [`Code::FalseSignature`] when it does not fit.
    pub fn verify(&self) -> Result<VerifyingKey, Code> {
        let key = VerifyingKey::from_bytes(&self.public_key).map_err(|_| Code::FalseSignature)?;
        let message = Self::message(&self.code, &self.public_key);
        key.verify_strict(&message, &Signature::from_bytes(&self.signature)).map_err(|_| Code::FalseSignature)?;
        Ok(key)
    }
}

/// The answer to an enrolment.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct EnrolAnswer {
    /// The relay.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub relay: [u8; 16],
    /// The relay's Ed25519 public key: the tablet pins it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub relay_key: [u8; 32],
    /// The tablet's number and key, bound by the relay.
    #[n(2)]
    pub device: DeviceKey,
    /// The hub's own device (number 1), bound by the relay: with it the tablet reads `common`, where the others are.
    #[n(3)]
    pub hub: DeviceKey,
    /// The hub's epoch.
    #[n(4)]
    pub epoch: Epoch,
}

/// What a signed request is for. The number is part of what is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// `POST /sync/push`.
    Push = 1,
    /// `POST /sync/pull`.
    Pull = 2,
}

/// The outside of a push or a pull: who asks, and the message as bytes under the device's signature.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Request {
    /// The relay.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub relay: [u8; 16],
    /// Who asks.
    #[n(1)]
    pub device: DeviceId,
    /// Its wall clock. The hub notes how far it is off and refuses nothing for it.
    #[n(2)]
    pub wall: Wall,
    /// The CBOR of a [`Push`] or a [`Pull`].
    #[cbor(n(3), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// Ed25519 with the device's key over [`Request::message`].
    #[cbor(n(4), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Request {
    /// Returns the bytes that are signed: a tag, relay, device, wall clock (64 bits), purpose (8 bits), body.
    #[must_use]
    pub fn message(relay: RelayId, device: DeviceId, wall: Wall, purpose: Purpose, body: &[u8]) -> Vec<u8> {
        let mut bytes = b"perron/request/1".to_vec();
        bytes.extend_from_slice(&relay.0);
        bytes.extend_from_slice(&device.0.to_be_bytes());
        bytes.extend_from_slice(&wall.0.to_be_bytes());
        bytes.push(purpose as u8);
        bytes.extend_from_slice(body);
        bytes
    }

    /// Wraps and signs a message.
    #[must_use]
    pub fn sign(
        relay: RelayId,
        device: DeviceId,
        wall: Wall,
        purpose: Purpose,
        body: Vec<u8>,
        key: &SigningKey,
    ) -> Self {
        let signature = key.sign(&Self::message(relay, device, wall, purpose, &body)).to_bytes();
        Self { relay: relay.0, device, wall, body, signature }
    }

    /// Checks the signature against the key of [`Request::device`].
    ///
    /// # Errors
    /// [`Code::FalseSignature`] when it does not fit.
    pub fn verify(&self, purpose: Purpose, key: &VerifyingKey) -> Result<(), Code> {
        let message = Self::message(RelayId(self.relay), self.device, self.wall, purpose, &self.body);
        key.verify_strict(&message, &Signature::from_bytes(&self.signature)).map_err(|_| Code::FalseSignature)
    }
}

/// Facts for the hub.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Push {
    /// What the client is.
    #[n(0)]
    pub client: Client,
    /// Stretches of chains, in any order.
    #[n(1)]
    pub batches: Vec<Batch>,
}

/// The answer to a push, batch by batch and fact by fact.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PushAnswer {
    /// The hub's epoch. When it is new to the client, [`super::plan`] says what to do.
    #[n(0)]
    pub epoch: Epoch,
    /// One answer for each batch, in the order of the batches.
    #[n(1)]
    pub batches: Vec<BatchAnswer>,
    /// Present when this client must be updated: the versions that the hub speaks.
    #[n(2)]
    pub update: Option<Versions>,
    /// The hub's wall clock as it answered. A client compares it with its own, for countdowns only.
    #[n(3)]
    pub wall: Option<Wall>,
}

/// What became of one fact of a batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum FactAnswer {
    /// Stored, durably.
    #[n(1)]
    Stored,
    /// Already there, the same.
    #[n(2)]
    Identical,
    /// Kept aside until the facts before it come. Not acknowledged.
    #[n(3)]
    Waiting,
    /// Stored in its place, but not applied: somebody must decide.
    #[n(4)]
    Quarantined,
    /// Stored under the device number that the answer's fork names.
    #[n(5)]
    Moved,
    /// Not stored; the refusal says why.
    #[n(6)]
    Refused,
}

/// The answer to one batch.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct BatchAnswer {
    /// The chain.
    #[n(0)]
    pub chain: Chain,
    /// One answer for each fact of the batch.
    #[n(1)]
    pub facts: Vec<FactAnswer>,
    /// The hub's head of that chain now; absent when it has no fact of it. Facts up to here are acknowledged.
    #[n(2)]
    pub head: Option<Head>,
    /// The first number that the hub misses: push from here.
    #[n(3)]
    pub missing: Option<u32>,
    /// Why facts were refused.
    #[n(4)]
    pub refusal: Option<Code>,
    /// The fork that was found, and where the branch is kept now.
    #[n(5)]
    pub fork: Option<ForkAnswer>,
}

impl BatchAnswer {
    /// Returns the refusal of a whole batch of `count` facts.
    #[must_use]
    pub fn refused(chain: Chain, count: usize, why: Code) -> Self {
        let facts = vec![FactAnswer::Refused; count];
        Self { chain, facts, head: None, missing: None, refusal: Some(why), fork: None }
    }
}

/// Where the other branch of a fork is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct ForkAnswer {
    /// The first number at which the branches differ.
    #[n(0)]
    pub at: u32,
    /// The device number under which the branch that was pushed is kept, and under which its tablet goes on.
    #[n(1)]
    pub kept_as: DeviceId,
    /// The head of the chain under that number.
    #[n(2)]
    pub head: Head,
}

/// What a client wants to have.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Pull {
    /// What the client is.
    #[n(0)]
    pub client: Client,
    /// The epoch that the cursors are of.
    #[n(1)]
    pub epoch: Epoch,
    /// The scopes that it holds, each with the last arrival number it has (0 for none).
    #[n(2)]
    pub scopes: Vec<Reached>,
    /// Gaps that it found: these are answered first.
    #[n(3)]
    pub gaps: Option<Vec<Gap>>,
    /// The most facts it takes in one answer.
    #[n(4)]
    pub limit: u32,
}

/// How far a scope was received.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Reached {
    /// The scope.
    #[n(0)]
    pub scope: Scope,
    /// The hub's arrival number of the last fact.
    #[n(1)]
    pub arrival: u64,
}

/// Facts that are missing in a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Gap {
    /// The chain.
    #[n(0)]
    pub chain: Chain,
    /// The first number that is missing.
    #[n(1)]
    pub from: u32,
    /// The last.
    #[n(2)]
    pub to: u32,
}

/// The answer to a pull.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PullAnswer {
    /// The hub's epoch. When it is not the one asked for, there are no facts, only `heads`.
    #[n(0)]
    pub epoch: Epoch,
    /// The facts, one batch for each chain.
    #[n(1)]
    pub batches: Vec<Batch>,
    /// How far each scope goes with these facts: the next cursor.
    #[n(2)]
    pub reached: Vec<Reached>,
    /// Whether asking again gives more.
    #[n(3)]
    pub more: bool,
    /// The head of every chain of the scopes asked for, when there is no more, or the epoch is another.
    #[n(4)]
    pub heads: Option<Vec<ChainHead>>,
    /// Scopes asked for that this device may not hold (any more).
    #[n(5)]
    pub closed: Option<Vec<Scope>>,
    /// The hub's wall clock as it answered, as in [`PushAnswer`].
    #[n(6)]
    pub wall: Option<Wall>,
}

/// The head of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ChainHead {
    /// The chain.
    #[n(0)]
    pub chain: Chain,
    /// Its head.
    #[n(1)]
    pub head: Head,
}

/// The refusal of a whole request; the body of every answer that is not 200.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, thiserror::Error)]
#[cbor(map)]
#[error("{code}")]
pub struct Failure {
    /// Why.
    #[n(0)]
    pub code: Code,
    /// For [`Code::TooManyAttempts`] and [`Code::Unavailable`]: try again after so many seconds.
    #[n(1)]
    pub after_seconds: Option<u32>,
    /// For [`Code::TooOld`]: the versions that the hub speaks.
    #[n(2)]
    pub versions: Option<Versions>,
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self { code, after_seconds: None, versions: None }
    }
}

/// Returns the CBOR of a message.
#[must_use]
pub fn to_bytes<T: Encode<()>>(message: &T) -> Vec<u8> {
    minicbor::to_vec(message).unwrap_or_default()
}

/// Reads a message; nothing may follow it.
///
/// # Errors
/// [`Code::TooLarge`] beyond [`MAX_BODY_BYTES`], [`Code::NotAMessage`] when the bytes are another thing.
pub fn from_bytes<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Code> {
    if bytes.len() > MAX_BODY_BYTES {
        return Err(Code::TooLarge);
    }
    let mut d = minicbor::Decoder::new(bytes);
    let message = d.decode().map_err(|_| Code::NotAMessage)?;
    if d.position() == bytes.len() { Ok(message) } else { Err(Code::NotAMessage) }
}

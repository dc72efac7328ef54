//! Chains: the facts of one device in one scope, numbered 1, 2, 3 … and tied together by a running hash.
//!
//! Because the running hash goes over leaves and not over bytes, the bytes of an erased person can go for good and
//! the chain still verifies. One signature over the last head covers everything before it.

use crate::hash::Hash;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use perron_domain::name::{DeviceId, FactName, RelayId, Scope};

/// Which chain: one device's facts in one scope of the relay.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode)]
pub struct Chain {
    /// The scope that the facts belong to.
    #[n(0)]
    pub scope: Scope,
    /// The device that numbers them.
    #[n(1)]
    pub device: DeviceId,
}

impl Chain {
    /// Names the chain of `device` in `scope`.
    #[must_use]
    pub const fn new(scope: Scope, device: DeviceId) -> Self {
        Self { scope, device }
    }

    /// Returns the place of this chain's fact `number`.
    #[must_use]
    pub const fn at(self, number: u32) -> Place {
        Place { chain: self, number }
    }
}

/// The address of one fact of a relay: its chain, and its number from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode)]
pub struct Place {
    /// The chain that the fact stands in.
    #[n(0)]
    pub chain: Chain,
    /// Its number, from 1 without a gap.
    #[n(1)]
    pub number: u32,
}

impl Place {
    /// Returns the fact's name inside its scope.
    #[must_use]
    pub const fn name(self) -> FactName {
        FactName::new(self.chain.device, self.number)
    }
}

/// How far a chain goes, and the running hash there. Number 0 is the chain's start, before any fact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode)]
pub struct Head {
    /// The number of the last fact, 0 for none.
    #[n(0)]
    pub number: u32,
    /// The running hash after that fact.
    #[n(1)]
    pub hash: Hash,
}

impl Head {
    /// Returns head 0 of a chain: it ties the chain to its relay, its device, the device's key and its scope.
    #[must_use]
    pub fn start(relay: RelayId, chain: Chain, public_key: &VerifyingKey) -> Self {
        let device = chain.device.0.to_be_bytes();
        let scope = chain.scope.0.to_be_bytes();
        Self { number: 0, hash: Hash::of("perron/chain/1", &[&relay.0, &device, public_key.as_bytes(), &scope]) }
    }

    /// Returns the head after one more fact, whose bytes hash to `leaf`.
    #[must_use]
    pub fn then(self, leaf: Hash) -> Self {
        let number = self.number.saturating_add(1);
        let hash = Hash::of("perron/link/1", &[&self.hash.0, &number.to_be_bytes(), &leaf.0]);
        Self { number, hash }
    }

    /// Returns the head after all these leaves, in order.
    #[must_use]
    pub fn after(self, leaves: impl IntoIterator<Item = Hash>) -> Self {
        leaves.into_iter().fold(self, Self::then)
    }
}

/// Returns the leaf of a fact: the hash of its exact bytes.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    Hash::of("perron/leaf/1", &[bytes])
}

/// A head and the signature over it. Whoever holds the chain and this can prove every fact of it, offline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct SignedHead {
    /// The chain it is the head of.
    #[n(0)]
    pub chain: Chain,
    /// The head.
    #[n(1)]
    pub head: Head,
    /// Whose key signed: the chain's own device, or the hub's (1) for a chain that it opened after a fork.
    #[n(2)]
    pub signer: DeviceId,
    /// Ed25519 over [`SignedHead::message`].
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// A signature that does not fit the key and the head.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the signature of the head is not the signer's")]
pub struct FalseSignature;

impl SignedHead {
    /// Returns the bytes that are signed: a tag, then relay, device, scope, number and hash at fixed widths.
    #[must_use]
    pub fn message(relay: RelayId, chain: Chain, head: Head) -> Vec<u8> {
        let mut bytes = b"perron/head/1".to_vec();
        bytes.extend_from_slice(&relay.0);
        bytes.extend_from_slice(&chain.device.0.to_be_bytes());
        bytes.extend_from_slice(&chain.scope.0.to_be_bytes());
        bytes.extend_from_slice(&head.number.to_be_bytes());
        bytes.extend_from_slice(&head.hash.0);
        bytes
    }

    /// Signs a head of `chain` with the key of `signer`.
    #[must_use]
    pub fn sign(relay: RelayId, chain: Chain, head: Head, signer: DeviceId, key: &SigningKey) -> Self {
        let signature = key.sign(&Self::message(relay, chain, head)).to_bytes();
        Self { chain, head, signer, signature }
    }

    /// Checks the signature against the signer's public key.
    ///
    /// # Errors
    /// [`FalseSignature`] when it does not fit, weak keys included.
    pub fn verify(&self, relay: RelayId, public_key: &VerifyingKey) -> Result<(), FalseSignature> {
        let message = Self::message(relay, self.chain, self.head);
        public_key.verify_strict(&message, &Signature::from_bytes(&self.signature)).map_err(|_| FalseSignature)
    }
}

/// What is wrong with a stretch of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BrokenChain {
    /// The bytes of a fact do not hash to its leaf.
    #[error("the bytes of fact {0} do not fit their leaf")]
    Leaf(u32),
    /// The running hash at the end is not the head that was signed or announced.
    #[error("the running hash at {number} is not the announced head")]
    Head {
        /// The number where the heads differ.
        number: u32,
    },
}

/// Recomputes the running hash over a stretch of a chain and returns its head.
///
/// Each entry is a leaf and, unless they were erased, the bytes it was made from.
///
/// # Errors
/// [`BrokenChain::Leaf`] for the first fact whose bytes do not fit their leaf.
pub fn run<'a>(start: Head, entries: impl IntoIterator<Item = (Hash, Option<&'a [u8]>)>) -> Result<Head, BrokenChain> {
    let mut head = start;
    for (expected, bytes) in entries {
        if bytes.is_some_and(|bytes| leaf(bytes) != expected) {
            return Err(BrokenChain::Leaf(head.number.saturating_add(1)));
        }
        head = head.then(expected);
    }
    Ok(head)
}

/// Recomputes a stretch of a chain and compares the end with `announced`.
///
/// # Errors
/// [`BrokenChain`] at the first thing that does not fit.
pub fn verify_chain<'a>(
    start: Head,
    entries: impl IntoIterator<Item = (Hash, Option<&'a [u8]>)>,
    announced: Head,
) -> Result<(), BrokenChain> {
    let head = run(start, entries)?;
    if head == announced { Ok(()) } else { Err(BrokenChain::Head { number: announced.number }) }
}

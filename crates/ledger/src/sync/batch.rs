//! A batch: a stretch of one chain on its way, with the one signature that covers it.

use super::Code;
use crate::append::NewFact;
use crate::chain::{Chain, Head, SignedHead, leaf};
use crate::hash::Hash;
use minicbor::{Decode, Decoder, Encode, Encoder, data::Type};
use perron_domain::name::RelayId;

/// The most facts that one batch may carry.
pub const MAX_BATCH_FACTS: usize = 1000;

/// How far the signature of a batch may lie beyond the head that its first fact follows: facts and leaves together.
///
/// Any part of a batch then reaches its signature within the same limit, so that what was taken in can be given on in
/// parts of any size.
pub const MAX_SPAN: usize = 2 * MAX_BATCH_FACTS;

/// A fact on its way: its exact bytes, or its leaf alone where they were erased.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// The exact bytes. On the wire: a byte string.
    Bytes(Vec<u8>),
    /// Only the leaf. On the wire: an array of one byte string.
    Leaf(Hash),
}

impl Item {
    /// Returns the leaf.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        match self {
            Self::Bytes(bytes) => leaf(bytes),
            Self::Leaf(leaf) => *leaf,
        }
    }

    fn into_fact(self) -> NewFact {
        match self {
            Self::Bytes(bytes) => NewFact::new(bytes),
            Self::Leaf(leaf) => NewFact::erased(leaf),
        }
    }
}

impl<C> Encode<C> for Item {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Bytes(bytes) => e.bytes(bytes)?.ok(),
            Self::Leaf(leaf) => e.array(1)?.bytes(&leaf.0)?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for Item {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        if d.datatype()? != Type::Array {
            return Ok(Self::Bytes(d.bytes()?.to_vec()));
        }
        let one = d.array()? == Some(1);
        let hash = Hash::from_slice(d.bytes()?).filter(|_| one);
        hash.map(Self::Leaf).ok_or_else(|| minicbor::decode::Error::message("an erased fact is [leaf]"))
    }
}

/// Facts of one chain, in order, that lead to a signed head.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Batch {
    /// The head that the first fact follows; number 0 for the chain's start.
    #[n(0)]
    pub after: Head,
    /// The facts.
    #[n(1)]
    pub facts: Vec<Item>,
    /// Leaves of facts that follow and are not sent, up to the signed head; none when the batch ends there.
    #[n(2)]
    pub ahead: Option<Vec<Hash>>,
    /// The signed head that the facts and then the leaves lead to. It names the chain.
    #[n(3)]
    pub signed: SignedHead,
}

/// A batch whose running hash and shape were checked: its facts lead from `after` to the signed head.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// The chain.
    pub chain: Chain,
    /// The head that the first fact follows.
    pub after: Head,
    /// The facts.
    pub facts: Vec<NewFact>,
    /// Leaves after them, up to the signed head.
    pub ahead: Vec<Hash>,
    /// The signed head.
    pub signed: SignedHead,
}

impl Batch {
    /// Returns the chain that the batch is of.
    #[must_use]
    pub const fn chain(&self) -> Chain {
        self.signed.chain
    }

    /// Checks sizes and the running hash. The signature is checked by [`Checked::verify`].
    ///
    /// Because the signed head commits to every head before it, a batch that fits proves its own `after`: nothing
    /// else of the chain is needed for that.
    ///
    /// # Errors
    /// [`Code::TooLarge`] for too many facts or a signature too far ahead, [`Code::BrokenHead`] when they do not lead to the signed head.
    pub fn check(self) -> Result<Checked, Code> {
        let chain = self.chain();
        let ahead = self.ahead.unwrap_or_default();
        if self.facts.len() > MAX_BATCH_FACTS || self.facts.len().saturating_add(ahead.len()) > MAX_SPAN {
            return Err(Code::TooLarge);
        }
        let facts: Vec<NewFact> = self.facts.into_iter().map(Item::into_fact).collect();
        let reached = self.after.after(facts.iter().map(|fact| fact.leaf).chain(ahead.iter().copied()));
        if facts.is_empty() || reached != self.signed.head {
            return Err(Code::BrokenHead);
        }
        Ok(Checked { chain, after: self.after, facts, ahead, signed: self.signed })
    }
}

impl Checked {
    /// Checks the signature, and for a chain's beginning that it is the chain of this relay, device and key.
    ///
    /// `signer` is the key of the device that signed, `author` that of the chain's own device.
    ///
    /// # Errors
    /// [`Code::FalseSignature`] or [`Code::BrokenHead`].
    pub fn verify(
        &self,
        relay: RelayId,
        signer: &ed25519_dalek::VerifyingKey,
        author: &ed25519_dalek::VerifyingKey,
    ) -> Result<(), Code> {
        self.signed.verify(relay, signer).map_err(|_| Code::FalseSignature)?;
        if self.after.number == 0 && self.after != Head::start(relay, self.chain, author) {
            return Err(Code::BrokenHead);
        }
        Ok(())
    }

    /// Returns the number of the last fact.
    #[must_use]
    pub fn last(&self) -> u32 {
        u32::try_from(self.facts.len()).unwrap_or(u32::MAX).saturating_add(self.after.number)
    }
}

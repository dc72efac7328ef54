//! Names: which relay, which device, which scope, which fact.
//!
//! A fact's name is (device, scope, number): no random identifiers. A reference never leaves its scope, and
//! inside its own chain it is a bare number, so that a fork kept under a new device number still refers to itself.

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A relay: sixteen random bytes drawn when it is created.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct RelayId(pub [u8; 16]);

/// A device of a relay. The hub gives the number at enrolment and never uses it twice; the hub itself is 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct DeviceId(#[n(0)] pub u32);

impl DeviceId {
    /// The number of the hub's own chain, until it is restored from a copy.
    pub const HUB: Self = Self(1);
    /// From this number on every number is the hub's too, under the same key: after each restore it goes on under one
    /// that it never had, so that its own chain cannot fork. Tablets get numbers below.
    pub const HUB_AGAIN: Self = Self(1 << 31);

    /// Says whether the hub writes under this number.
    #[must_use]
    pub const fn is_hub(self) -> bool {
        self.0 == Self::HUB.0 || self.0 >= Self::HUB_AGAIN.0
    }
}

/// The set of facts that one fact belongs to, as one number: 0 common, 1 people, 15 + n for round n (n ≥ 1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Scope(#[n(0)] pub u32);

impl Scope {
    /// Staff, products, lots, directives of the relay: every device holds it.
    pub const COMMON: Self = Self(0);
    /// The people of the relay: only the hub holds it.
    pub const PEOPLE: Self = Self(1);

    /// Returns the scope of round `number`, counted from 1.
    #[must_use]
    pub const fn round(number: u32) -> Self {
        // A number that no round can have names a scope that no round has.
        Self(number.saturating_add(15))
    }

    /// Returns the number of the round, counted from 1, or `None` for the relay's own scopes.
    #[must_use]
    pub const fn round_number(self) -> Option<u32> {
        if self.0 > 15 { Some(self.0 - 15) } else { None }
    }
}

/// The name of a fact inside its scope: which device wrote it, and the how-manieth of its chain, from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FactName {
    /// Who wrote it.
    pub device: DeviceId,
    /// Its place in that device's chain of the scope, from 1 without a gap.
    pub number: u32,
}

impl FactName {
    /// Names fact `number` of `device`.
    #[must_use]
    pub const fn new(device: DeviceId, number: u32) -> Self {
        Self { device, number }
    }
}

/// Written `device-number`, as in addresses of screens: `3-17`.
impl fmt::Display for FactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.device.0, self.number)
    }
}

/// A text that does not name a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a fact (device-number)")]
pub struct NotAName;

impl std::str::FromStr for FactName {
    type Err = NotAName;
    fn from_str(text: &str) -> Result<Self, NotAName> {
        let (device, number) = text.split_once('-').ok_or(NotAName)?;
        let parse = |part: &str| part.parse::<u32>().map_err(|_| NotAName);
        Ok(Self::new(DeviceId(parse(device)?), parse(number)?))
    }
}

impl Serialize for FactName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FactName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A reference from one fact to another of the same scope, as it stands in the bytes.
///
/// `Own` is a bare number of the chain that the referring fact stands in; `Of` is `[device, number]`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum FactRef {
    /// A fact of the same chain.
    Own(u32),
    /// A fact of another device's chain.
    Of(FactName),
}

/// A chain was renamed: what its writer numbered under `old` from `at` on stands under `new` from place 2 on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rename {
    /// The number before.
    pub old: DeviceId,
    /// The number of the fact at which the branches part.
    pub at: u32,
    /// The number under which the branch is kept.
    pub new: DeviceId,
}

/// How the references of one fact are to be read, and how those of a new fact are to be written.
///
/// A chain that keeps the branch of a fork holds facts that were written under another name, and a branch may part
/// again. What a fact names is meant as its writer knew the chain then; each renaming that the writer did not know of is
/// made up for when it is read. Where the writer learned of it stands a fact of its own (`ChainTaken`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numbering<'a> {
    /// The chain as it is called now.
    pub device: DeviceId,
    /// How it came by its name, the first renaming first.
    pub line: &'a [Rename],
    /// How many of the renamings the writer knew of.
    pub known: usize,
}

impl From<DeviceId> for Numbering<'_> {
    fn from(device: DeviceId) -> Self {
        Self { device, line: &[], known: 0 }
    }
}

impl Numbering<'_> {
    /// Says whether the device behind this chain wrote that fact, under this number or under one before.
    #[must_use]
    pub fn wrote(&self, name: FactName) -> bool {
        name.device == self.device
            || self.line.iter().any(|rename| name.device == rename.old && name.number < rename.at)
    }

    /// Says whether this chain had that number before, or has it now.
    #[must_use]
    pub fn was(&self, device: DeviceId) -> bool {
        device == self.device || self.line.iter().any(|rename| rename.old == device)
    }

    /// Returns what the writer called the chain.
    fn writer(&self) -> DeviceId {
        match (self.known.checked_sub(1), self.line.first()) {
            (Some(last), _) => self.line.get(last).map_or(self.device, |rename| rename.new),
            (None, Some(first)) => first.old,
            (None, None) => self.device,
        }
    }

    /// Returns what a name that the writer used is called now.
    fn now(&self, name: FactName) -> FactName {
        let unknown = self.line.iter().skip(self.known);
        unknown.fold(name, |name, rename| {
            if name.device == rename.old && name.number >= rename.at {
                FactName::new(rename.new, (name.number - rename.at).saturating_add(2))
            } else {
                name
            }
        })
    }
}

impl FactRef {
    /// Writes a reference to `target` as it must stand in a new fact of the chain `from`.
    #[must_use]
    pub fn to<'a>(target: FactName, from: impl Into<Numbering<'a>>) -> Self {
        let from = from.into();
        let knows = from.known == from.line.len();
        if knows && target.device == from.device { Self::Own(target.number) } else { Self::Of(target) }
    }

    /// Returns the name meant by this reference in a fact of the chain `from`.
    #[must_use]
    pub fn name<'a>(self, from: impl Into<Numbering<'a>>) -> FactName {
        let from = from.into();
        from.now(match self {
            Self::Of(name) => name,
            Self::Own(number) => FactName::new(from.writer(), number),
        })
    }
}

impl<C> Encode<C> for FactRef {
    fn encode<W: encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        match self {
            Self::Own(number) => e.u32(*number)?.ok(),
            Self::Of(name) => e.array(2)?.u32(name.device.0)?.u32(name.number)?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for FactRef {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        if d.datatype()? == minicbor::data::Type::Array {
            match d.array()? {
                Some(2) => Ok(Self::Of(FactName::new(DeviceId(d.u32()?), d.u32()?))),
                _ => Err(decode::Error::message("a reference is a number or [device, number]")),
            }
        } else {
            Ok(Self::Own(d.u32()?))
        }
    }
}

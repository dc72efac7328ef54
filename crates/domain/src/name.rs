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
    /// The number of the hub's own chain.
    pub const HUB: Self = Self(1);
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
        Self(15 + number)
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

/// How the references of one chain are to be read.
///
/// A chain that keeps the branch of a fork holds facts that were written under another number: their bare numbers count
/// in the old chain. From the fork on they mean the branch itself, which stands here from place 2; before it, the
/// beginning that both branches share. Facts written after the move name every fact in full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numbering {
    /// Whose chain.
    pub device: DeviceId,
    /// The old device number and the number at which the branches part, when the chain keeps a branch.
    pub fork: Option<(DeviceId, u32)>,
}

impl From<DeviceId> for Numbering {
    fn from(device: DeviceId) -> Self {
        Self { device, fork: None }
    }
}

impl Numbering {
    /// Says whether the device behind this chain wrote that fact, under this number or under the one before.
    #[must_use]
    pub fn wrote(&self, name: FactName) -> bool {
        let before = |(old, at): (DeviceId, u32)| name.device == old && name.number < at;
        name.device == self.device || self.fork.is_some_and(before)
    }
}

impl FactRef {
    /// Writes a reference to `target` as it must stand in a new fact of the chain `from`.
    #[must_use]
    pub fn to(target: FactName, from: impl Into<Numbering>) -> Self {
        let from = from.into();
        if from.fork.is_none() && target.device == from.device { Self::Own(target.number) } else { Self::Of(target) }
    }

    /// Returns the name meant by this reference in a fact of the chain `from`.
    #[must_use]
    pub fn name(self, from: impl Into<Numbering>) -> FactName {
        let from = from.into();
        match (self, from.fork) {
            (Self::Of(name), _) => name,
            (Self::Own(number), None) => FactName::new(from.device, number),
            (Self::Own(number), Some((_, at))) if number >= at => {
                FactName::new(from.device, (number - at).saturating_add(2))
            }
            (Self::Own(number), Some((old, _))) => FactName::new(old, number),
        }
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

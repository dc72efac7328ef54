//! Facts about facts: corrections, erasure, quarantine, forks, clocks. They may stand in any scope.

use super::RoundFact;
use crate::name::{DeviceId, FactRef, Scope};
use cbor_map::MapDecode;
use minicbor::Encode;
use minicbor::bytes::ByteVec;
use serde::{Deserialize, Serialize};

/// Earlier facts are replaced by what this says, or withdrawn. The first stays readable.
///
/// `of` names every candidate that the author saw: two corrections that do not name each other stay two candidates.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode)]
#[cbor(map)]
pub struct Corrected {
    /// What is replaced: the fact itself, or its corrections.
    #[n(0)]
    pub of: Vec<FactRef>,
    /// The kind of the new body; none withdraws.
    #[n(1)]
    pub kind: Option<u16>,
    /// The new body's CBOR; its references are those of the chain that this correction stands in.
    #[n(2)]
    pub body: Option<ByteVec>,
    /// Why.
    #[n(3)]
    pub reason: Option<String>,
}

/// The bytes of these facts are erased on request of the person they are about; their places remain.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Erasure {
    /// Which facts.
    #[n(0)]
    pub facts: Vec<FactRef>,
    /// In the relay's people: the facts of rounds that these came from, which must not come back again.
    #[n(1)]
    #[serde(default)]
    pub sources: Option<Vec<RoundFact>>,
}

impl Erasure {
    /// Erases these facts.
    #[must_use]
    pub const fn of(facts: Vec<FactRef>) -> Self {
        Self { facts, sources: None }
    }
}

/// What to do with a fact that could not be read, or was not allowed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct QuarantineDecided {
    /// Which one.
    #[n(0)]
    pub fact: FactRef,
    /// Whether it counts.
    #[n(1)]
    pub accept: bool,
    /// Why, in words that name nobody.
    #[n(2)]
    pub reason: Option<String>,
}

/// The first fact of a chain that keeps a fork's other branch.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode)]
#[cbor(map)]
pub struct ChainForked {
    /// The device number that the branch had.
    #[n(0)]
    pub old_device: DeviceId,
    /// The scope.
    #[n(1)]
    pub scope: Scope,
    /// The number at which the branches part.
    #[n(2)]
    pub fork_number: u32,
    /// The head before it, 32 bytes.
    #[n(3)]
    pub head: ByteVec,
}

/// The writer of a branch learned what its chain is called now: what it names from here on is meant so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, MapDecode)]
#[cbor(map)]
pub struct ChainTaken {
    /// The device number of this chain.
    #[n(0)]
    pub device: DeviceId,
}

/// The wall clock was compared with the hub's at a contact, and the difference is not what this round's facts of the device
/// say. Nothing that was written changes; countdowns take it into account.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ClockCompared {
    /// What must be added to the device's wall clock to get the hub's, in milliseconds.
    #[n(0)]
    pub offset_ms: i64,
    /// How long the question and its answer took, in milliseconds: the offset is known to half of it.
    #[n(1)]
    pub round_trip_ms: u32,
    /// What had to be added until then, where an earlier contact had told; absent at the first one.
    #[n(2)]
    pub before_ms: Option<i64>,
    /// What the person said of it.
    #[n(3)]
    pub said: Option<String>,
}

/// Wall clock and monotonic clock went apart.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ClockJumped {
    /// How far the wall clock jumped, in milliseconds; negative is backwards.
    #[n(0)]
    pub by_ms: i64,
    /// What the person said of it.
    #[n(1)]
    pub said: Option<String>,
}

/// One of the two copies that a tablet keeps was lost or damaged, and was made anew from the other.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CopyMended {
    /// Whether it was the log, which is written first; else the browser's database.
    #[n(0)]
    pub log: bool,
    /// How many changes neither copy had any more.
    #[n(1)]
    pub lost: u32,
}

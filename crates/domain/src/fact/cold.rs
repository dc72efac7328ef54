//! Facts of the cold box (R20–R22).

use super::AccountNo;
use crate::name::FactRef;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Lowest temperature of the box, tenths of a degree Celsius.
pub const COLD_MIN: i16 = 20;
/// Highest temperature of the box, tenths of a degree Celsius.
pub const COLD_MAX: i16 = 80;

/// Between which temperatures doses may be kept, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct TemperatureRange {
    /// Lowest, tenths of a degree Celsius.
    #[n(0)]
    pub min_tenths: i16,
    /// Highest, tenths of a degree Celsius.
    #[n(1)]
    pub max_tenths: i16,
}

impl TemperatureRange {
    /// The fridge: 2–8 °C, wherever the product says nothing else.
    pub const FRIDGE: Self = Self { min_tenths: COLD_MIN, max_tenths: COLD_MAX };

    /// Says whether doses may be kept at this temperature, in tenths of a degree Celsius.
    #[must_use]
    pub const fn contains(self, tenths: i16) -> bool {
        self.min_tenths <= tenths && tenths <= self.max_tenths
    }
}

/// A temperature was read in the box.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct TemperatureRead {
    /// Tenths of a degree Celsius: 52 is 5.2 °C.
    #[n(0)]
    pub tenths: i16,
    /// When it was read.
    #[n(1)]
    pub at: Wall,
    /// Why it is outside 2–8 °C; required then.
    #[n(2)]
    pub reason: Option<String>,
}

impl TemperatureRead {
    /// Says whether the reading is within 2–8 °C (R22).
    #[must_use]
    pub fn in_range(&self) -> bool {
        (COLD_MIN..=COLD_MAX).contains(&self.tenths)
    }
}

/// In which quality somebody decides about doses set apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum DecidedAs {
    /// As the head of the relay.
    #[n(0)]
    Head,
    /// As a physician.
    #[n(1)]
    Physician,
    /// As the pharmacist who answers for the vaccines.
    #[n(2)]
    Pharmacist,
}

/// Somebody who may decided by telephone about doses set apart; the team noted it, and the desk confirms or contradicts.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PhoneDecisionNoted {
    /// The loads and opened vials that it is about.
    #[n(0)]
    pub sources: Vec<FactRef>,
    /// Whether the doses may be used; otherwise they are to be destroyed.
    #[n(1)]
    pub usable: bool,
    /// Who decided.
    #[n(2)]
    pub by: String,
    /// In which quality.
    #[n(3)]
    pub quality: DecidedAs,
    /// The account of who decided, where the relay has one.
    #[n(4)]
    pub account: Option<AccountNo>,
    /// The hour of the call.
    #[n(5)]
    pub at: Wall,
    /// Why.
    #[n(6)]
    pub reason: String,
}

/// The desk confirmed what a team noted of a call, or said that it was not decided so.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PhoneDecisionAnswered {
    /// The decision as it was noted.
    #[n(0)]
    pub decision: FactRef,
    /// Confirmed; otherwise contradicted, and the doses wait again.
    #[n(1)]
    pub confirmed: bool,
    /// Why, when contradicted.
    #[n(2)]
    pub reason: Option<String>,
}

/// What the head of the relay decided for doses set apart.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct IsolationDecided {
    /// The load or the opened vial set apart. A decision about a load holds for its vials that follow it
    /// ([`crate::state::Round::isolation`]).
    #[n(0)]
    pub load: FactRef,
    /// Whether the doses may be used; otherwise they are to be destroyed.
    #[n(1)]
    pub usable: bool,
    /// Why.
    #[n(2)]
    pub reason: String,
}

//! Facts of the cold box (R20–R22).

use super::AccountNo;
use crate::name::FactRef;
use crate::temperature::{COLD_MAX, COLD_MIN};
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

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

/// Who decided about doses set apart, where it is somebody else than whoever writes it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Decider {
    /// Her name.
    #[n(0)]
    pub name: String,
    /// In which quality.
    #[n(1)]
    pub quality: DecidedAs,
    /// Her account, where the relay has one.
    #[n(2)]
    pub account: Option<AccountNo>,
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
    /// Who decided; none: whoever wrote it, as the head of the relay.
    #[n(3)]
    pub by: Option<Decider>,
}

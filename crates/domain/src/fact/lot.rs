//! Facts of the lots that the relay has: received, set apart, released.

use crate::date::Day;
use cbor_map::MapDecode;
use minicbor::Encode;
use serde::{Deserialize, Serialize};

/// A person looked at what spoke against a lot as it was typed, kept it, and says why.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Confirmed {
    /// Why.
    #[n(0)]
    pub reason: String,
    /// The codes of the doubts that she saw (`lot::LotDoubt::code`); what comes up later is asked about again.
    #[n(1)]
    pub doubts: Vec<String>,
}

/// Doses of a lot came in.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct LotReceived {
    /// Product code.
    #[n(0)]
    pub product: String,
    /// Lot number as printed.
    #[n(1)]
    pub lot: String,
    /// Last day it may be used, unopened.
    #[n(2)]
    pub expiry: Day,
    /// Doses received.
    #[n(3)]
    pub doses: u32,
    /// Why the lot stands as it was typed, where something spoke against it.
    #[n(4)]
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
}

/// A lot must not be used until it is released: recalled, or its cold chain is in doubt.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct LotIsolated {
    /// Lot number.
    #[n(0)]
    pub lot: String,
    /// Why.
    #[n(1)]
    pub reason: String,
    /// Code of the product that it is a lot of; none: every product that has a lot of this number.
    #[n(2)]
    #[serde(default)]
    pub product: Option<String>,
    /// Why the number stands as it was typed, where a lot that looks the same is known.
    #[n(3)]
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
}

/// A lot may be used again.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct LotReleased {
    /// Lot number.
    #[n(0)]
    pub lot: String,
    /// Why.
    #[n(1)]
    pub reason: String,
    /// Code of the product that it is a lot of; none: every product that has a lot of this number.
    #[n(2)]
    #[serde(default)]
    pub product: Option<String>,
}

//! Facts of the cold box (R20–R22).

use crate::name::FactRef;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::Encode;
use serde::{Deserialize, Serialize};

/// Lowest temperature of the box, tenths of a degree Celsius.
pub const COLD_MIN: i16 = 20;
/// Highest temperature of the box, tenths of a degree Celsius.
pub const COLD_MAX: i16 = 80;

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

/// What the head of the relay decided for doses set apart.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct IsolationDecided {
    /// The load set apart.
    #[n(0)]
    pub load: FactRef,
    /// Whether the doses may be used; otherwise they are to be destroyed.
    #[n(1)]
    pub usable: bool,
    /// Why.
    #[n(2)]
    pub reason: String,
}

//! Between which temperatures doses may be kept (R20).

use cbor_map::MapDecode;
use minicbor::Encode;
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

//! Facts of doses: taken, opened, drawn, lost, ceded, brought back. Stock is the sum of these, never a stored balance.

use super::Confirmed;
use crate::date::Day;
use crate::name::{DeviceId, FactRef};
use crate::temperature::TemperatureRange;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// How doses travel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum DoseForm {
    /// Multi-dose vials, opened on the way.
    #[n(0)]
    Vial,
    /// Syringes prepared at the relay.
    #[n(1)]
    PreparedSyringe,
    /// Syringes filled by the maker.
    #[n(2)]
    Prefilled,
    /// Powder and solvent, reconstituted at the door.
    #[n(3)]
    PowderSolvent,
}

/// Who prepared syringes at the relay, from which vial, when, and until when they may be used.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Preparation {
    /// Preparer's name.
    #[n(0)]
    pub by: String,
    /// Label of the vial.
    #[n(1)]
    pub vial: String,
    /// When.
    #[n(2)]
    pub at: Wall,
    /// Use before.
    #[n(3)]
    pub use_by: Wall,
}

/// Doses were taken aboard, at the relay or from another team.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DosesLoaded {
    /// Product code.
    #[n(0)]
    pub product: String,
    /// Lot number.
    #[n(1)]
    pub lot: String,
    /// Last day of use, unopened.
    #[n(2)]
    pub expiry: Day,
    /// How they travel.
    #[n(3)]
    pub form: DoseForm,
    /// How many vials or syringes.
    #[n(4)]
    pub units: u16,
    /// Doses that one unit is expected to give.
    #[n(5)]
    pub doses_per_unit: u8,
    /// For syringes prepared at the relay.
    #[n(6)]
    pub preparation: Option<Preparation>,
    /// Where they came from, when not from the relay: another team.
    #[n(7)]
    pub received_from: Option<String>,
    /// Why the lot stands as it was typed, where something spoke against it.
    #[n(8)]
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
    /// Between which temperatures they may be kept as they travel, as the product said it that day; none: 2–8 °C.
    #[n(9)]
    pub range: Option<TemperatureRange>,
}

/// A vial was punctured, and diluted where the product asks it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct VialOpened {
    /// Out of which load.
    #[n(0)]
    pub load: FactRef,
    /// When.
    #[n(1)]
    pub at: Wall,
    /// Whether it was diluted then.
    #[n(2)]
    pub diluted: bool,
    /// To be used before.
    #[n(3)]
    pub use_by: Wall,
    /// Between which temperatures it may be kept from then on, as the product said it that day; none: like its load.
    #[n(4)]
    pub range: Option<TemperatureRange>,
}

/// How many doses a vial gave in the end; less than expected is lost, more is extra.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct VialDrawn {
    /// The vial.
    #[n(0)]
    pub vial: FactRef,
    /// Doses drawn: 5, 6 or 7 of a Comirnaty vial.
    #[n(1)]
    pub drawn: u8,
    /// Why, when unusual.
    #[n(2)]
    pub reason: Option<String>,
}

/// Doses were lost.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DosesWasted {
    /// The opened vial, or the load.
    #[n(0)]
    pub source: FactRef,
    /// How many doses.
    #[n(1)]
    pub count: u16,
    /// Why.
    #[n(2)]
    pub reason: String,
}

/// Doses went to another team; that team loads them by a fact of its own.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DosesCeded {
    /// The opened vial, or the load.
    #[n(0)]
    pub source: FactRef,
    /// How many doses.
    #[n(1)]
    pub count: u16,
    /// To whom.
    #[n(2)]
    pub to: String,
}

/// Unopened doses came back to the relay.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DosesReturned {
    /// Out of which load.
    #[n(0)]
    pub load: FactRef,
    /// How many vials or syringes.
    #[n(1)]
    pub units: u16,
}

/// Doses are in the custody of this chain: its tablet had them under another number, lost its store and is enrolled anew.
///
/// The last such fact about a load counts; what the number before takes aboard later is its own.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CustodyTaken {
    /// The number that the tablet had before.
    #[n(0)]
    pub device: DeviceId,
    /// The loads that were in the custody of that number, as far as the writer knew.
    #[n(1)]
    pub loads: Vec<FactRef>,
    /// Who has them now, where the relay's desk says it of a tablet that is lost; none: whoever writes it.
    #[n(2)]
    pub to: Option<DeviceId>,
}

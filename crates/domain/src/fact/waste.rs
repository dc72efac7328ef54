//! Facts of clinical waste, DASRI (R33–R36): containers and tallies.

use crate::name::FactRef;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The three streams of the relay's signs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum WasteStream {
    /// Needles; syringe and needle together, and vials: the sharps box (R33).
    #[n(0)]
    Sharps,
    /// Soiled compresses (and syringes, by the relay's sign): the yellow bag (R34).
    #[n(1)]
    Soft,
    /// The rest: packaging, caps, gloves, paper (R35).
    #[n(2)]
    Ordinary,
}

impl WasteStream {
    /// The three, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Sharps, Self::Soft, Self::Ordinary];
}

/// What kind of container, by its standard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum ContainerKind {
    /// Sharps box, NF EN ISO 23907.
    #[n(0)]
    SharpsBox,
    /// Yellow bag, NF X30-501.
    #[n(1)]
    YellowBag,
    /// Drum, NF X30-505.
    #[n(2)]
    Drum,
    /// Lined carton, NF X30-507.
    #[n(3)]
    Carton,
    /// Ordinary waste bag.
    #[n(4)]
    OrdinaryBag,
}

impl ContainerKind {
    /// Returns the stream that the container takes.
    #[must_use]
    pub const fn stream(self) -> WasteStream {
        match self {
            Self::SharpsBox => WasteStream::Sharps,
            Self::YellowBag | Self::Drum | Self::Carton => WasteStream::Soft,
            Self::OrdinaryBag => WasteStream::Ordinary,
        }
    }
}

/// A container was opened.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ContainerOpened {
    /// Its kind.
    #[n(0)]
    pub kind: ContainerKind,
    /// Its volume, tenths of a litre: 6 is 0.6 l.
    #[n(1)]
    pub volume_dl: u16,
    /// When.
    #[n(2)]
    pub at: Wall,
}

/// Waste counted by hand: what the automatic tally missed (positive) or counted too much (negative).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct WasteTallied {
    /// Which stream.
    #[n(0)]
    pub stream: WasteStream,
    /// Pieces.
    #[n(1)]
    pub delta: i16,
}

/// How full a container is, as the nurse sees it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ContainerFilled {
    /// The container.
    #[n(0)]
    pub container: FactRef,
    /// Percent, 0 to 100; a sharps box is full at its line.
    #[n(1)]
    pub percent: u8,
}

/// A container was closed for good.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ContainerClosed {
    /// The container.
    #[n(0)]
    pub container: FactRef,
    /// When.
    #[n(1)]
    pub at: Wall,
}

/// A container was handed over, at the relay or to the collector.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ContainerHandedOver {
    /// The container.
    #[n(0)]
    pub container: FactRef,
    /// Weight in grams.
    #[n(1)]
    pub grams: u32,
    /// To whom.
    #[n(2)]
    pub to: String,
    /// When.
    #[n(3)]
    pub at: Wall,
}

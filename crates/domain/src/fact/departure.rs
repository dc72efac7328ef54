//! Facts of leaving the relay: kit, equipment, the nurse's own vacation (R37, R38, R42, R55).

use super::{AccountNo, DirectiveUsed};
use crate::date::Day;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A thing that must be aboard, or known, before leaving.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum KitItem {
    /// Emergency kit.
    #[n(0)]
    EmergencyKit,
    /// Adrenaline, in the kit.
    #[n(1)]
    Adrenaline,
    /// The relay's signed protocol.
    #[n(2)]
    SignedProtocol,
    /// An empty sharps box.
    #[n(3)]
    SharpsBox,
    /// Yellow bags.
    #[n(4)]
    YellowBags,
    /// Masks, gloves, hand rub.
    #[n(5)]
    ProtectiveEquipment,
    /// Number of the physician on call; recommended.
    #[n(6)]
    OnCallNumber,
    /// Battery of the tablet.
    #[n(7)]
    Battery,
    /// Everything stored, and storage guaranteed.
    #[n(8)]
    OfflineStorage,
    /// The box is between 2 and 8 °C.
    #[n(9)]
    BoxTemperature,
    /// Doses are aboard.
    #[n(10)]
    Doses,
    /// Ordinary waste bag.
    #[n(11)]
    OrdinaryBag,
}

impl KitItem {
    /// Every item, in the order of the screen.
    pub const ALL: [Self; 12] = [
        Self::EmergencyKit,
        Self::Adrenaline,
        Self::SignedProtocol,
        Self::BoxTemperature,
        Self::Doses,
        Self::SharpsBox,
        Self::YellowBags,
        Self::OrdinaryBag,
        Self::ProtectiveEquipment,
        Self::OnCallNumber,
        Self::Battery,
        Self::OfflineStorage,
    ];

    /// Says whether the item is only recommended (R15).
    #[must_use]
    pub const fn recommended_only(self) -> bool {
        matches!(self, Self::OnCallNumber)
    }

    /// Says whether the item has an expiry date to be read.
    #[must_use]
    pub const fn expires(self) -> bool {
        matches!(self, Self::EmergencyKit | Self::Adrenaline)
    }
}

/// One line of the checklist.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct KitLine {
    /// Which item.
    #[n(0)]
    pub item: KitItem,
    /// Whether it is there and good.
    #[n(1)]
    pub present: bool,
    /// Its expiry date, where it has one.
    #[n(2)]
    pub expiry: Option<Day>,
}

/// The kit and the equipment were looked over; the latest line about an item counts.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct KitChecked {
    /// What was looked at.
    #[n(0)]
    pub lines: Vec<KitLine>,
}

/// The team left the relay.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Departed {
    /// When.
    #[n(0)]
    pub at: Wall,
    /// What was missing all the same.
    #[n(1)]
    pub missing: Vec<KitItem>,
    /// Why they left all the same; required when a needed item is missing.
    #[n(2)]
    pub reason: Option<String>,
    /// Battery of the tablet in percent, where the browser says it.
    #[n(3)]
    pub battery: Option<u8>,
    /// Versions of the directives that the round goes by until it is signed; a later one counts only where it is urgent.
    #[n(4)]
    #[cbor(default)]
    pub directives: Vec<DirectiveUsed>,
}

/// A nurse's vacation starts (R42).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct VacationStarted {
    /// Whose.
    #[n(0)]
    pub account: AccountNo,
    /// When.
    #[n(1)]
    pub at: Wall,
}

/// A nurse's vacation ends (R42).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct VacationEnded {
    /// Whose.
    #[n(0)]
    pub account: AccountNo,
    /// When.
    #[n(1)]
    pub at: Wall,
}

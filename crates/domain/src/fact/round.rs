//! Facts of a round as the relay plans it, and as the tablet changes the plan on the way.

use super::AccountNo;
use crate::date::Day;
use crate::name::{FactName, FactRef};
use crate::people::{Address, PersonRecord, Wish};
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// How the vaccination is brought to people (R53).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// At home.
    #[n(0)]
    #[default]
    Home,
    /// From a vehicle.
    #[n(1)]
    Mobile,
    /// In a place opened for a day.
    #[n(2)]
    Ephemeral,
    /// In cars.
    #[n(3)]
    Drive,
}

/// Doses of a lot that the relay wants the team to take.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PlannedLot {
    /// Product code.
    #[n(0)]
    pub product: String,
    /// Lot number.
    #[n(1)]
    pub lot: String,
    /// Last day of use, unopened.
    #[n(2)]
    pub expiry: Day,
    /// Doses to take.
    #[n(3)]
    pub doses: u16,
}

/// The frame of a round.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RoundPlanned {
    /// Its day.
    #[n(0)]
    pub on: Day,
    /// What people call it.
    #[n(1)]
    pub label: String,
    /// What the team is called: «Équipe 1».
    #[n(2)]
    pub team: String,
    /// Accounts of the nurses.
    #[n(3)]
    pub nurses: Vec<AccountNo>,
    /// Where it starts.
    #[n(4)]
    pub start_place: String,
    /// When it starts, minutes after midnight.
    #[n(5)]
    pub start_minute: u16,
    /// How it goes to people.
    #[n(6)]
    pub modality: Modality,
    /// Territory code of the rules.
    #[n(7)]
    pub territory: String,
    /// Whether the relay's protocol layer applies.
    #[n(8)]
    pub relay_protocol: bool,
    /// What to take.
    #[n(9)]
    pub lots: Vec<PlannedLot>,
}

/// An address to go to.
#[derive(Clone, PartialEq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct StopPlanned {
    /// Where.
    #[n(0)]
    pub address: Address,
    /// From when, minutes after midnight.
    #[n(1)]
    pub from_minute: Option<u16>,
    /// Until when, minutes after midnight.
    #[n(2)]
    pub until_minute: Option<u16>,
    /// A name for collective places: «Foyer des Marronniers».
    #[n(3)]
    pub place: Option<String>,
    /// Whether the tablet added it on the way.
    #[n(4)]
    pub unplanned: bool,
}

/// A person at an address: the minimal dossier that travels.
#[derive(Clone, PartialEq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DossierAdded {
    /// The address.
    #[n(0)]
    pub stop: FactRef,
    /// The person's fact in the relay's people, [device, number]; none for somebody met on the spot.
    #[n(1)]
    pub person: Option<(u32, u32)>,
    /// What the visit needs.
    #[n(2)]
    pub record: PersonRecord,
    /// Whether the person was met on the spot (R7).
    #[n(3)]
    pub walk_in: bool,
}

impl DossierAdded {
    /// Returns the name of the person's fact in the relay's people.
    #[must_use]
    pub fn person_name(&self) -> Option<FactName> {
        self.person.map(|(device, number)| FactName::new(crate::name::DeviceId(device), number))
    }
}

/// A vaccine that a person is to receive on this visit.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ActPlanned {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// Which product, which rank.
    #[n(1)]
    pub wish: Wish,
    /// Why a dose that others of the round wait for may be taken; none where one was free.
    #[n(2)]
    #[serde(default)]
    pub despite: Option<String>,
}

/// Another product or rank for an act, chosen at the door.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ActChanged {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// What it is now.
    #[n(1)]
    pub wish: Wish,
    /// Why a dose that others of the round wait for may be taken; none where one was free.
    #[n(2)]
    #[serde(default)]
    pub despite: Option<String>,
}

/// The order of the addresses; the latest counts. Addresses that it does not name keep their place at the end.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct StopsOrdered {
    /// First to last.
    #[n(0)]
    pub order: Vec<FactRef>,
}

/// Somebody waits for a later date (R7).
#[derive(Clone, PartialEq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct WaitingListed {
    /// Who.
    #[n(0)]
    pub record: PersonRecord,
    /// The date proposed.
    #[n(1)]
    pub proposed: Option<Day>,
    /// At which address of the round they were met.
    #[n(2)]
    pub stop: Option<FactRef>,
}

/// The round is released to the tablets.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RoundPublished {
    /// Who released it.
    #[n(0)]
    pub by: AccountNo,
}

/// The relay takes somebody out of a round that is published: nobody goes to her any more. Where a team has begun her visit,
/// what it did stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PersonTakenOut {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
}

/// The relay will not do this round.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RoundCancelled {
    /// Why.
    #[n(0)]
    pub reason: String,
}

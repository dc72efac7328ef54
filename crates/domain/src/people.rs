//! Who is to be visited: what the relay knows of a person, and the minimal part of it that travels in a round.

use crate::date::PartialDate;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The sex as identity papers give it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Not known, or not said.
    #[n(0)]
    #[default]
    Unknown,
    /// Female.
    #[n(1)]
    Female,
    /// Male.
    #[n(2)]
    Male,
}

/// Why somebody comes first (R10, R52).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// «Très haut risque».
    #[n(0)]
    VeryHighRisk,
    /// «Vaccinons nos aînés».
    #[n(1)]
    Elder,
    /// Immunocompromised.
    #[n(2)]
    Immunocompromised,
    /// A chronic illness that raises the risk.
    #[n(3)]
    Comorbidity,
    /// Pregnant.
    #[n(4)]
    Pregnant,
}

/// The audience that the outreach work counts by (R44, R52).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Living in precarious conditions.
    #[n(0)]
    Precarious,
    /// Young people.
    #[n(1)]
    Young,
    /// Elderly and isolated.
    #[n(2)]
    ElderlyIsolated,
    /// Reduced mobility.
    #[n(3)]
    ReducedMobility,
    /// Without a family doctor.
    #[n(4)]
    NoFamilyDoctor,
    /// Living in a hostel or other collective home.
    #[n(5)]
    Collective,
}

/// Where the request for a visit came from (R4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The national free phone number.
    #[n(0)]
    GreenNumber,
    /// A partner of the relay.
    #[n(1)]
    Partner,
    /// A trusted third party.
    #[n(2)]
    TrustedThirdParty,
    /// The family doctor or another health professional.
    #[n(3)]
    Professional,
    /// The relay itself, or met on the spot.
    #[n(4)]
    Relay,
}

/// The legal protection of an adult. Only guardianship of the person, of an unable person, moves the consent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// None.
    #[n(0)]
    #[default]
    None,
    /// «Curatelle»: never substitutes the person's consent.
    #[n(1)]
    Curatelle,
    /// «Tutelle»: represents only where a physician found the person unable.
    #[n(2)]
    Tutelle,
}

/// An address in the manner of the Base Adresse Nationale.
#[derive(Clone, PartialEq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Address {
    /// Number and street: «12 bis Rue Roger Salengro».
    #[n(0)]
    pub line: String,
    /// Postal code.
    #[n(1)]
    pub postcode: String,
    /// Town.
    #[n(2)]
    pub city: String,
    /// Longitude and latitude in degrees (WGS84), when known.
    #[n(3)]
    pub lon: Option<f64>,
    /// See `lon`.
    #[n(4)]
    pub lat: Option<f64>,
    /// IRIS code of Insee, nine digits.
    #[n(5)]
    pub iris: Option<String>,
}

/// A product somebody is to receive, and which dose of the series it would be.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Wish {
    /// Product code of the directives.
    #[n(0)]
    pub product: String,
    /// Rank of the dose, from 1; `None` when unknown.
    #[n(1)]
    pub rank: Option<u8>,
}

/// A dose received earlier.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PriorDose {
    /// Product code, or `other`.
    #[n(0)]
    pub product: String,
    /// When; `None` when nobody knows.
    #[n(1)]
    pub on: Option<PartialDate>,
}

/// An infection that counts for the calendar.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Infection {
    /// When; `None` when nobody knows.
    #[n(0)]
    pub on: Option<PartialDate>,
    /// Whether a test proves it.
    #[n(1)]
    pub proof: bool,
}

/// What the relay knows of one person. In a round's scope it is the person's dossier.
#[derive(Clone, PartialEq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PersonRecord {
    /// Birth name, a strict identity trait.
    #[n(0)]
    pub birth_name: String,
    /// Name used in daily life, when another.
    #[n(1)]
    pub used_name: Option<String>,
    /// Given names, the first one first.
    #[n(2)]
    pub given_names: String,
    /// Birth date, whole or partial.
    #[n(3)]
    pub birth: Option<PartialDate>,
    /// Sex.
    #[n(4)]
    #[cbor(default)]
    #[serde(default)]
    pub sex: Sex,
    /// Phone number as it was given.
    #[n(5)]
    pub phone: Option<String>,
    /// Where the person lives.
    #[n(6)]
    pub address: Address,
    /// Floor, in the words of the one who gave it.
    #[n(7)]
    pub floor: Option<String>,
    /// Door code.
    #[n(8)]
    pub door_code: Option<String>,
    /// Household label shared by people who live together.
    #[n(9)]
    pub household: Option<String>,
    /// Why this person comes first.
    #[n(10)]
    #[cbor(default)]
    #[serde(default)]
    pub priorities: Vec<Priority>,
    /// Audience.
    #[n(11)]
    pub audience: Option<Audience>,
    /// Origin of the request.
    #[n(12)]
    pub origin: Option<Origin>,
    /// Whether the person is a health worker.
    #[n(13)]
    #[cbor(default)]
    #[serde(default)]
    pub health_worker: bool,
    /// Family doctor.
    #[n(14)]
    pub family_doctor: Option<String>,
    /// Language spoken, when not French.
    #[n(15)]
    pub language: Option<String>,
    /// What to know about moving and access.
    #[n(16)]
    pub mobility: Option<String>,
    /// Legal protection.
    #[n(17)]
    #[cbor(default)]
    #[serde(default)]
    pub protection: Protection,
    /// Whether a physician found the person unable to consent.
    #[n(18)]
    #[cbor(default)]
    #[serde(default)]
    pub unable: bool,
    /// Products wished and their rank.
    #[n(19)]
    #[cbor(default)]
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// Earlier doses.
    #[n(20)]
    #[cbor(default)]
    #[serde(default)]
    pub doses: Vec<PriorDose>,
    /// Earlier infections.
    #[n(21)]
    #[cbor(default)]
    #[serde(default)]
    pub infections: Vec<Infection>,
    /// Free notes.
    #[n(22)]
    pub notes: Option<String>,
}

impl PersonRecord {
    /// Returns the name used in daily life and the given names, as a screen addresses the person.
    #[must_use]
    pub fn display_name(&self) -> String {
        let name = self.used_name.as_deref().unwrap_or(&self.birth_name);
        format!("{name} {}", self.given_names).trim().to_owned()
    }

    /// Says whether `priority` was noted.
    #[must_use]
    pub fn has(&self, priority: Priority) -> bool {
        self.priorities.contains(&priority)
    }
}

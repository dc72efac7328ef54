//! Sex, priority, audience, origin and protection of a person.

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

//! Facts of the dose: where and from what it was given, and the observation after it.

use super::AccountNo;
use crate::name::FactRef;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Where a dose was injected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Left arm (deltoid).
    #[n(0)]
    LeftArm,
    /// Right arm (deltoid).
    #[n(1)]
    RightArm,
    /// Left thigh.
    #[n(2)]
    LeftThigh,
    /// Right thigh.
    #[n(3)]
    RightThigh,
}

/// Why a dose that was given should not have been.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct AdministrationError {
    /// What went wrong: product, person, interval, expired, incomplete, other.
    #[n(0)]
    pub what: String,
    /// In the nurse's words.
    #[n(1)]
    pub text: Option<String>,
}

impl AdministrationError {
    /// What a dose is called of which a part was lost beside the arm.
    pub const INCOMPLETE: &str = "incomplete";

    /// Says whether the dose was declared incomplete.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.what == Self::INCOMPLETE
    }
}

/// A dose was given.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DoseGiven {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// The person's dossier.
    #[n(1)]
    pub person: FactRef,
    /// Product code, as given.
    #[n(2)]
    pub product: String,
    /// Lot number.
    #[n(3)]
    pub lot: String,
    /// The opened vial, or the load of syringes; none when the source was not recorded on this tablet.
    #[n(4)]
    pub source: Option<FactRef>,
    /// Where.
    #[n(5)]
    pub site: Site,
    /// Rank of the dose; `None` when unknown.
    #[n(6)]
    pub rank: Option<u8>,
    /// When it was done; the fact's own clock says when it was entered.
    #[n(7)]
    pub done_at: Wall,
    /// Observation that the directive asks for, in minutes.
    #[n(8)]
    pub observation_minutes: u16,
    /// Who injected.
    #[n(9)]
    pub injected_by: AccountNo,
    /// Who prepared, in words, when not the one who injected.
    #[n(10)]
    pub prepared_by: Option<String>,
    /// Who prescribed, in words.
    #[n(11)]
    pub prescribed_by: Option<String>,
    /// The answer that it stands on.
    #[n(12)]
    pub answer: Option<FactRef>,
    /// «Erreur d’administration».
    #[n(13)]
    pub error: Option<AdministrationError>,
}

/// The observation of a person ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ObservationEnded {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// When.
    #[n(1)]
    pub at: Wall,
    /// Why before the minutes were over.
    #[n(2)]
    pub early_reason: Option<String>,
}

//! The words that cases, conditions, directives and answers share.

use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The version of the evaluator, kept with every answer. It grows when the same directives and the same case may give
/// another answer.
pub const EVALUATOR_VERSION: u16 = 2;

/// Who says something about the dose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The person.
    #[n(0)]
    #[serde(rename = "self")]
    Person,
    /// One holder of parental authority.
    #[n(1)]
    Parent,
    /// The only holder of parental authority.
    #[n(2)]
    SoleParent,
    /// The guardian (tuteur) of a minor or of an adult.
    #[n(3)]
    Guardian,
    /// A judge's decision.
    #[n(4)]
    Judge,
    /// Whoever represents an adult for personal matters.
    #[n(5)]
    Representative,
}

/// How an agreement was given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Present, signed on the screen.
    #[n(0)]
    Present,
    /// By phone, with number, hour, and a witness or the present parent's attestation.
    #[n(1)]
    Phone,
    /// Attested in writing by the parent who is present.
    #[n(2)]
    Attestation,
    /// Said aloud.
    #[n(3)]
    Oral,
    /// Present, agrees, cannot sign.
    #[n(4)]
    CannotSign,
    /// In writing, brought along.
    #[n(5)]
    Written,
}

/// Who prescribes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Prescriber {
    /// A physician.
    #[n(0)]
    Physician,
    /// A midwife.
    #[n(1)]
    Midwife,
    /// A pharmacist.
    #[n(2)]
    Pharmacist,
    /// A nurse.
    #[n(3)]
    Nurse,
}

/// A protection measure of an adult (code civil, art. 425 and following).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// No measure is known.
    #[default]
    #[n(0)]
    None,
    /// Curatelle, or a measure about property only: it never substitutes a consent to care.
    #[n(1)]
    Curatelle,
    /// Tutelle, or another measure with representation for personal matters.
    #[n(2)]
    Tutelle,
}

/// The sex, as identity papers say it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Sex {
    /// Female.
    #[n(0)]
    F,
    /// Male.
    #[n(1)]
    M,
}

/// What is known of a person before the door.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// A disease that makes a severe form more likely.
    #[n(0)]
    AtRisk,
    /// At very high risk.
    #[n(1)]
    VeryHighRisk,
    /// Immunocompromised.
    #[n(2)]
    Immunocompromised,
    /// Pregnant.
    #[n(3)]
    Pregnant,
    /// Health worker.
    #[n(4)]
    HealthWorker,
    /// Found unable to consent by a physician.
    #[n(5)]
    Unable,
}

impl Trait {
    /// Those that may be unknown. Nobody is presumed unable to consent: a physician found it, or it is not so.
    pub const ASKED: [Self; 5] =
        [Self::AtRisk, Self::VeryHighRisk, Self::Immunocompromised, Self::Pregnant, Self::HealthWorker];
}

/// Whose directive it is. Layers apply together: the strictest outcome wins.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The law and the health authorities.
    #[n(0)]
    National,
    /// The relay's own protocol: it applies where the case says so.
    #[n(1)]
    Relay,
}

/// A version of a directive.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Version {
    /// The directive.
    #[n(0)]
    pub directive: String,
    /// Its version.
    #[n(1)]
    pub version: String,
}

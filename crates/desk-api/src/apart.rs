//! Doses set apart after a temperature, who decides about them, and what is decided.

use perron_domain::fact::{DecidedAs, Decider};
use perron_domain::name::FactName;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// What the head of the relay decides on doses set apart.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecideApart {
    /// Whether they may be used.
    pub usable: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub by: Decider,
}

/// What the desk answers to a decision by telephone that a team noted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerPhone {
    /// Confirmed; otherwise contradicted, and the doses are set apart again.
    pub confirmed: bool,
    /// Why, required when contradicted.
    pub reason: Option<String>,
}

/// Doses that wait for the head of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApartLine {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// The load.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub load: FactName,
    /// Product name.
    pub product: String,
    /// Lot.
    pub lot: String,
    /// Doses left of it.
    pub doses: i32,
    /// Tenths of a degree Celsius that set them apart.
    pub tenths: Option<i16>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub at: Option<Wall>,
    /// What the team said.
    pub reason: Option<String>,
    /// What was decided by telephone and is to be confirmed; none while nobody decided.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub phone: Option<FactName>,
}

/// A decision about doses set apart after a temperature.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColdDecisionLine {
    /// The decision's fact.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: FactName,
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// The load or vial that it is about, the first of several: about which another decision can be written.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub load: Option<FactName>,
    /// The products and lots that it is about: «Comirnaty 30 µg · FL2517».
    pub about: Vec<String>,
    /// Whether the doses may be used; otherwise they are to be destroyed.
    pub usable: bool,
    /// Who decided.
    pub by: String,
    /// In which quality; none for a decision written by the head of the relay herself.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub quality: Option<DecidedAs>,
    /// Whether it is the decision that counts; another one stands in its place otherwise.
    #[serde(default)]
    pub stands: bool,
    /// The doses that it moves as it counts: those to be destroyed, or usable again.
    #[serde(default)]
    pub doses: i32,
    /// In which quality somebody decided by telephone; none: written.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub phone_as: Option<DecidedAs>,
    /// When it was decided.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Why.
    pub reason: String,
    /// Who wrote it down: on the tablet, for a decision by telephone; at the desk, for somebody else's.
    pub noted_by: Option<String>,
    /// Doses given since from what it is about.
    pub given: u32,
    /// What the desk answered to a decision by telephone.
    pub answer: Option<PhoneAnswerLine>,
}

/// What the desk answered to a decision by telephone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneAnswerLine {
    /// Confirmed; otherwise contradicted.
    pub confirmed: bool,
    /// Who answered.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Why, when contradicted.
    pub reason: Option<String>,
}

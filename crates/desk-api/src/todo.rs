//! What somebody must see to.

use crate::{ApartLine, ColdDecisionLine, GapLine, QuarantineLine, TabletTrouble};
use perron_domain::date::Day;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// A difference that nobody has explained yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenGap {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// The difference.
    pub gap: GapLine,
}

/// A dose that was given although it should not have been.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorLine {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// To whom.
    pub person: String,
    /// Product name.
    pub product: String,
    /// Lot.
    pub lot: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// What went wrong.
    pub text: String,
}

/// Everything that waits for the head of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodoView {
    /// Differences of signed rounds that nobody has explained.
    pub gaps: Vec<OpenGap>,
    /// Doses to decide on.
    pub apart: Vec<ApartLine>,
    /// Decisions by telephone to confirm, and those answered.
    #[serde(default)]
    pub cold_decisions: Vec<ColdDecisionLine>,
    /// Facts set aside and corrections that do not count, those to decide on first.
    pub quarantine: Vec<QuarantineLine>,
    /// Tablets to look at.
    #[serde(default)]
    pub tablets: Vec<TabletTrouble>,
    /// Administration errors, the latest first.
    pub errors: Vec<ErrorLine>,
}

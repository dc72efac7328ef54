//! What happened on a round, what was said of it, and what was done about it.

use perron_domain::fact::IncidentKind;
use perron_domain::name::FactName;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// Something that somebody said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaidLine {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

/// Something that happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentLine {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// What.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: IncidentKind,
    /// To whom, when about a person.
    pub person: Option<String>,
    /// In words.
    pub text: String,
    /// Under which code what was done about it is written; none where the relay has nothing to see to.
    #[serde(default)]
    pub code: Option<String>,
    /// What was done about it.
    #[serde(default)]
    pub followed: Option<SaidLine>,
}

/// Adrenaline that was given.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdrenalineLine {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// To whom, when to somebody of the round.
    pub person: Option<String>,
    /// Under which code what was done about it is written; none where the relay has nothing to see to.
    #[serde(default)]
    pub code: Option<String>,
    /// What was done about it.
    #[serde(default)]
    pub followed: Option<SaidLine>,
}

/// What the relay must see to after a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FollowKind {
    /// A reaction after a dose.
    Reaction,
    /// Somebody felt faint.
    Faint,
    /// The nurse was exposed to blood: a needle-stick.
    NeedleStick,
    /// 15 was called.
    Emergency,
    /// Adrenaline was given.
    Adrenaline,
    /// A dose was given although it should not have been.
    Error,
}

/// Something that happened and about which nobody has written yet what was done.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FollowLine {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Under which code what was done about it is written.
    pub code: String,
    /// What happened.
    pub what: FollowKind,
    /// To whom.
    pub person: Option<String>,
    /// Her dossier.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub dossier: Option<FactName>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// In words, with the product and lot of a dose.
    pub text: String,
}

//! Rounds whose day is over and that nobody signed.

use perron_domain::date::Day;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// A published round whose day is over and that nobody signed: whoever is on it can be put on no other round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnsignedRound {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// Its team.
    pub team: String,
    /// What people call its tablets.
    pub tablets: Vec<String>,
    /// Whether the relay knows that the team left.
    pub left: bool,
    /// Persons on it.
    pub persons: u32,
    /// Visits without an outcome.
    pub open: u32,
    /// The latest moment that its facts tell of.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub last_news: Option<Wall>,
}

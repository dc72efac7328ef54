//! People whom a round could not see, and who wait for another.

use perron_domain::date::Day;
use perron_domain::name::FactName;
use serde::{Deserialize, Serialize};

/// Somebody met who waits for a later date.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingLine {
    /// The entry.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: FactName,
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Where they were met, or live.
    pub address: String,
    /// Products wished, by name.
    pub wishes: Vec<String>,
    /// The person in the relay's list, once she was added there.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub person: Option<FactName>,
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// The date proposed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub proposed: Option<Day>,
}

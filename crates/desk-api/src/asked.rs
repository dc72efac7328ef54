//! What stands behind the question mark of an address.

use perron_domain::date::Day;
use serde::{Deserialize, Serialize};

/// The day that is asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct OnDay {
    /// `YYYY-MM-DD`; today unless said.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub on: Option<Day>,
}

/// Of which product the lot is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct OfProduct {
    /// Code of the product; every product that has a lot of this number unless said.
    pub product: Option<String>,
}

/// Which version that ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct Shipped {
    /// The directive.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// What the list of people is asked for; empty fields ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct PeopleQuery {
    /// Part of a name, an address or a telephone.
    pub q: String,
    /// `open` (may be put in a round), `planned`, `seen`, `never`; empty for all.
    pub state: String,
    /// A priority.
    pub priority: String,
    /// An audience.
    pub audience: String,
    /// A product code.
    pub product: String,
    /// A street, without number.
    pub street: String,
    /// An IRIS code.
    pub iris: String,
    /// The day on which they would be visited, `2026-01-20`; today unless said.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub on: Option<Day>,
    /// How many people to leave out at the start.
    pub offset: usize,
    /// How many people at most, 100 unless said, 1,000 at most.
    pub limit: Option<usize>,
}

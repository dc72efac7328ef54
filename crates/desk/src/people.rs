//! People to visit, as lists and filters show them.

use perron_domain::date::PartialDate;
use perron_domain::fact::Outcome;
use perron_domain::name::FactName;
use perron_domain::people::{Audience, Priority, Sex};
use serde::{Deserialize, Serialize};

/// A product somebody wishes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WishLine {
    /// Product code.
    pub product: String,
    /// Product name.
    pub name: String,
    /// Rank of the dose, when known.
    pub rank: Option<u8>,
}

/// Where somebody stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum PersonState {
    /// In no round.
    ToVisit,
    /// In a round that is prepared or under way.
    Planned {
        /// The round.
        round: u32,
        /// What people call it.
        label: String,
    },
    /// Visited.
    Seen {
        /// The round.
        round: u32,
        /// How it ended.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        outcome: Outcome,
    },
    /// Must not be called again: refused for good, died.
    NeverAgain {
        /// How the last visit ended.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        outcome: Outcome,
    },
}

/// A person in a list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonLine {
    /// Who: the fact that added her.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: FactName,
    /// Name used every day, and given names.
    pub name: String,
    /// Birth name.
    pub birth_name: String,
    /// Birth date.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub birth: Option<PartialDate>,
    /// Completed years today; of a partial date the fewest.
    pub age: Option<i32>,
    /// Sex.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sex: Sex,
    /// Telephone.
    pub phone: Option<String>,
    /// Number and street.
    pub address: String,
    /// Postcode and town.
    pub town: String,
    /// Street without number.
    pub street: String,
    /// IRIS code.
    pub iris: Option<String>,
    /// Whether the address has coordinates.
    pub located: bool,
    /// Household.
    pub household: Option<String>,
    /// Why she comes first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub priorities: Vec<Priority>,
    /// Audience.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub audience: Option<Audience>,
    /// Products wished.
    pub wishes: Vec<WishLine>,
    /// Free notes.
    pub notes: Option<String>,
    /// Where she stands.
    pub state: PersonState,
}

/// One choice of a filter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facet {
    /// What the filter sends.
    pub value: String,
    /// What it shows; empty where the page has words for the value.
    pub label: String,
    /// How many people have it.
    pub count: u32,
}

/// People found, and what one may filter by.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeoplePage {
    /// People of the relay.
    pub total: u32,
    /// People found.
    pub found: u32,
    /// The page of them that was asked for.
    pub persons: Vec<PersonLine>,
    /// Streets.
    pub streets: Vec<Facet>,
    /// IRIS districts.
    pub iris: Vec<Facet>,
    /// Products wished.
    pub products: Vec<Facet>,
    /// Audiences.
    pub audiences: Vec<Facet>,
    /// Priorities.
    pub priorities: Vec<Facet>,
}

//! People to visit, as lists and filters show them.

use crate::{Likeness, PersonBrief};
use perron_domain::date::{Day, PartialDate};
use perron_domain::fact::Outcome;
use perron_domain::name::FactName;
use perron_domain::people::{Audience, PersonRecord, Priority, Sex};
use perron_domain::rules;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// What an erasure did.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasedView {
    /// How many facts lost their bytes.
    pub facts: u32,
    /// The rounds whose care record the law keeps, by what people call them.
    pub kept: Vec<String>,
}

/// Somebody of the relay's list whom another may be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlikeLine {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub person: FactName,
    /// What is said of her.
    pub brief: PersonBrief,
    /// What both have in common.
    pub likenesses: Vec<Likeness>,
}

/// A record that is of the same person as another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinPerson {
    /// The one that becomes part of the other.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub other: FactName,
}

/// What a form says of a person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePerson {
    /// The record that the form was filled from.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub before: PersonRecord,
    /// The record as the form says it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub now: PersonRecord,
}

/// What became of a change.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonChanged {
    /// The record as it stands at the relay now.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: PersonRecord,
    /// Fields that somebody else changed otherwise since the form was filled: nothing was saved then.
    pub differs: Vec<String>,
}

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

/// What the rules would answer at somebody's door for one wish, agreements apart.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpectedLine {
    /// Product code.
    pub product: String,
    /// Product name.
    pub name: String,
    /// The day asked about; of a next possible dose the day on which it is possible.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// The outcome's code; none when the birth date is not known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<rules::Outcome>,
    /// Whether the rules let somebody go there for it.
    pub may_go: bool,
    /// For a deferral, the first possible day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Day>,
    /// Why, in French.
    pub fr: String,
    /// Why, in English.
    pub en: String,
    /// Names of the products to use in its place.
    pub instead: Vec<String>,
}

/// What kind of thing must be seen beside a person's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A reaction, told at a door.
    Reaction,
    /// Something that happened on a round.
    Incident,
    /// She refuses one vaccine for good.
    Refuses,
}

/// What must be seen beside a person's name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlertLine {
    /// What kind of thing.
    pub kind: AlertKind,
    /// In words, in French.
    pub fr: String,
    /// In words, in English.
    pub en: String,
    /// Name of the product it is about.
    pub product: Option<String>,
    /// When, as far as it is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub on: Option<PartialDate>,
}

/// Why somebody is not called, or only after a look.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingLine {
    /// How the visit ended that says so.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub outcome: Outcome,
    /// Whether nobody goes to her as long as it stands.
    pub forbids: bool,
    /// Whether she refused for good.
    pub never: bool,
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// The round.
    pub round: u32,
    /// What people call it.
    pub label: String,
}

/// What kind of thing a round learned of a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BackKind {
    /// She was met.
    Met,
    /// She was given a dose.
    Dose,
    /// Who she is.
    Identity,
    /// What she told of her past.
    History,
    /// Something happened.
    Incident,
    /// How the visit ended.
    Outcome,
    /// When somebody comes again.
    NextDate,
}

/// Something that a round learned of a person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BackLine {
    /// When it happened, or was said.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Who did it, or said it.
    pub by: String,
    /// The round.
    pub round: u32,
    /// What people call it.
    pub label: String,
    /// The tablet that wrote it.
    pub device: String,
    /// What kind of thing.
    pub kind: BackKind,
    /// Name of the product it is about.
    pub product: Option<String>,
    /// Lot number of a dose.
    pub lot: Option<String>,
    /// Rank of a dose.
    pub rank: Option<u8>,
    /// How the visit ended.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<Outcome>,
    /// The day that was agreed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub day: Option<Day>,
    /// What was said, in words.
    pub details: Vec<String>,
    /// Whether the desk decided otherwise since.
    pub settled: bool,
}

/// One person's page, beside her record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonFile {
    /// The line that lists show.
    pub line: PersonLine,
    /// What came back from rounds, the latest first.
    pub back: Vec<BackLine>,
    /// By product wished or given: from which day on a dose is possible, or why none is.
    pub next: Vec<ExpectedLine>,
    /// The date that was agreed at her door.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub agreed_on: Option<Day>,
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
    /// Why she is not called, or only after a look.
    pub standing: Option<StandingLine>,
    /// What must be seen beside her name.
    pub alerts: Vec<AlertLine>,
    /// What the rules would answer on the day asked about, by wish.
    pub expected: Vec<ExpectedLine>,
    /// Whether «tick all» passes her over: she must not be called, or the rules would send whoever goes there away.
    pub pass_over: bool,
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

//! A round that is being planned: its people, its way, what it needs.

use crate::{ExpectedLine, PersonLine};
use perron_domain::date::Day;
use perron_domain::fact::{AccountNo, Modality, PlannedLot};
use perron_domain::name::{DeviceId, FactName};
use serde::{Deserialize, Serialize};

/// An address of a draft: people who are visited together.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftStop {
    /// Name of a collective place.
    pub place: Option<String>,
    /// From when, minutes after midnight.
    pub from_minute: Option<u16>,
    /// Until when, minutes after midnight.
    pub until_minute: Option<u16>,
    /// Who: names in the relay's people, no data.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub people: Vec<FactName>,
}

/// A round that is not published yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundDraft {
    /// Its number, from 1.
    pub number: u32,
    /// Counts the savings: a saving that does not know the last one is refused.
    pub version: u32,
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// What people call it.
    pub label: String,
    /// What the team is called.
    pub team: String,
    /// Nurses.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u32>))]
    pub nurses: Vec<AccountNo>,
    /// Tablets.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u32>))]
    pub devices: Vec<DeviceId>,
    /// Where it starts.
    pub start_place: String,
    /// When it starts, minutes after midnight.
    pub start_minute: u16,
    /// How it goes to people.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub modality: Modality,
    /// Whether the relay's own protocol applies on top of the national rules.
    pub relay_protocol: bool,
    /// What to take.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub lots: Vec<PlannedLot>,
    /// Addresses in order.
    pub stops: Vec<DraftStop>,
    /// What is odd and right all the same: the codes that somebody answered with «yes» ([`RoundOdd`]).
    #[serde(default)]
    pub confirmed: Vec<String>,
}

/// What starts a draft.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRound {
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// What people call it.
    pub label: String,
}

/// An address of a draft, looked up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StopLine {
    /// The address on one line.
    pub address: String,
    /// Name of a collective place.
    pub place: Option<String>,
    /// From when, minutes after midnight.
    pub from_minute: Option<u16>,
    /// Until when, minutes after midnight.
    pub until_minute: Option<u16>,
    /// Metres from the address before, as the crow flies; none for the first, or without coordinates.
    pub metres: Option<u32>,
    /// Who.
    pub people: Vec<PersonLine>,
}

/// Doses that a draft needs against the doses it takes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedLine {
    /// Product code.
    pub product: String,
    /// Product name.
    pub name: String,
    /// Doses wished by the people chosen.
    pub needed: u32,
    /// Doses of the lots chosen.
    pub taken: u32,
}

/// What keeps a draft from being published.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Blocking {
    /// It has no name.
    Label,
    /// Nobody named the team.
    Team,
    /// No nurse goes.
    Nurses,
    /// No tablet goes.
    Tablet,
    /// It goes nowhere.
    Stops,
    /// A lot is past its day.
    LotExpired,
    /// A lot is set apart.
    LotIsolated,
}

/// What a coordinator should know of a draft.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Its day is over.
    Past,
    /// The order does not keep to the hours that people asked for.
    Windows,
    /// Addresses have no coordinates.
    Unlocated,
    /// Somebody wishes no vaccine.
    NoWish,
    /// There are fewer doses than wishes.
    FewDoses,
    /// No lot was chosen.
    NoLot,
}

/// What of a draft is odd.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OddOf {
    /// A nurse is on another round of that day.
    Nurse,
    /// A tablet is on another round of that day.
    Tablet,
    /// A team is called like the one of another round of that day.
    Team,
    /// Another round counts on some of the doses.
    Lot,
}

/// Something that is asked about before a draft is published: odd, and possible.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundOdd {
    /// What a confirmation names ([`RoundDraft::confirmed`]): it covers what was asked and nothing that comes later.
    pub code: String,
    /// What is odd.
    pub about: OddOf,
    /// The name of the nurse, tablet, team or lot.
    pub name: String,
    /// What people call the other round; empty for a lot.
    pub label: String,
    /// For a lot, the doses that no other round counts on.
    pub left: i32,
    /// Whether somebody said that it is right.
    pub confirmed: bool,
}

/// What publishing would refuse, and about whom.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedLine {
    /// The person, the address or the lot that it is about.
    pub name: String,
    /// Why.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub refusal: perron_domain::Refusal,
}

/// A draft as the editor shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftView {
    /// The draft itself.
    pub draft: RoundDraft,
    /// Whether the round is published already: then what differs is sent to its tablets.
    #[serde(default)]
    pub published: bool,
    /// Its addresses, looked up, in the same order.
    pub stops: Vec<StopLine>,
    /// Length of the way as the crow flies, in metres.
    pub metres: u32,
    /// Doses by product.
    pub needs: Vec<NeedLine>,
    /// What keeps it from being published.
    pub blocking: Vec<Blocking>,
    /// What the coordinator should know.
    pub warnings: Vec<Warning>,
    /// Whom the round cannot be published with, or who would be called for nothing, and why.
    pub people: Vec<PersonCheck>,
    /// What publishing would refuse for another reason.
    pub refused: Vec<RefusedLine>,
    /// What is asked about before.
    pub odd: Vec<RoundOdd>,
}

/// Why somebody of a draft needs a look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// She died.
    Deceased,
    /// She refused for good.
    Never,
    /// She moved.
    Moved,
    /// She was vaccinated elsewhere.
    Elsewhere,
    /// She is in hospital.
    Hospitalised,
    /// She refused.
    Refused,
    /// She is on another round.
    ElsewherePlanned,
    /// Her birth date cannot be.
    Birth,
    /// Her birth date is not known.
    NoBirth,
    /// The rules would send whoever goes there away.
    Rules,
}

/// Somebody of a draft who needs a look.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonCheck {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub person: FactName,
    /// Her name.
    pub name: String,
    /// Why.
    pub code: Doubt,
    /// Whether the round cannot be published with her.
    pub blocks: bool,
    /// Since when, or the other round's day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub on: Option<Day>,
    /// What people call the round that says so.
    pub label: Option<String>,
    /// What the rules would answer, for `rules`.
    pub expected: Option<ExpectedLine>,
}

/// Adds people to a draft: who lives at one address shares a stop.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddPeople {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub people: Vec<FactName>,
}

//! What tablets hold of a round: whose doses, which copies, and what of the plan they have heard.

use perron_domain::name::{DeviceId, FactName};
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// One of the two copies on a tablet was lost or damaged, and made anew from the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CopyLine {
    /// The tablet.
    pub tablet: String,
    /// When it was noted.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// How many changes neither copy had any more.
    pub lost: u32,
    /// Whether the copy that is always written first was the damaged one: the other may have lacked the last second.
    pub first: bool,
}

/// A tablet took over the doses of a number whose store was lost.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustodyLine {
    /// The fact that says so.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: FactName,
    /// What people call the tablet that holds them now.
    pub tablet: String,
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub device: DeviceId,
    /// What people called it under the number before.
    pub before: String,
    /// The number before.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub device_before: DeviceId,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// How many loads.
    pub loads: u32,
    /// When the number before last wrote after that: then there are two tablets.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub wrote_since: Option<Wall>,
}

/// Doses of a round that a tablet holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldLine {
    /// The tablet's number.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub device: DeviceId,
    /// What people call it.
    pub tablet: String,
    /// Why it may not write any more, where it was withdrawn.
    pub retired: Option<String>,
    /// Products and lots, with the doses left of each: «Comirnaty 30 µg · FL2517 · 12».
    pub lots: Vec<String>,
    /// Doses left.
    pub doses: i32,
}

/// Where the doses of a lost tablet are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// Another tablet of the round has the box.
    Tablet,
    /// They came back to the relay.
    Relay,
    /// Nobody has them.
    Lost,
}

/// Takes over the doses of a tablet that is lost.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeOver {
    /// The tablet.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub from: DeviceId,
    /// Where they are.
    pub whither: Where,
    /// Which tablet has them now.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    #[serde(default)]
    pub to: Option<DeviceId>,
    /// Why.
    pub reason: String,
}

/// Whether a tablet has heard all that the relay says of a round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptLine {
    /// The tablet.
    pub tablet: String,
    /// Since when the hub knows that it has; none: not yet.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub at: Option<Wall>,
}

/// Somebody whom the relay took out of a round after it was published.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenOutLine {
    /// Her name.
    pub name: String,
    /// Who took her out.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
}

/// Somebody for whom no dose is left.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShortLine {
    /// Product name.
    pub product: String,
    /// How many expect it and will not have it.
    pub lacking: u32,
    /// Who they are: the last ones of the order.
    pub people: Vec<String>,
    /// Who received a dose of it without being expected.
    pub walk_ins: Vec<String>,
}

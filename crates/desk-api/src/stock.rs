//! The stock: products, lots, what is known of one.

use crate::{ApartLine, ColdDecisionLine, Said};
use perron_domain::date::Day;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// A product that a team may take.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Doses that a unit gives.
    pub doses_per_unit: u8,
}

/// A lot of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockLine {
    /// Product code.
    pub product: String,
    /// Product name.
    pub name: String,
    /// Lot number.
    pub lot: String,
    /// Last day of use, unopened.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expiry: Day,
    /// Whether that day is past.
    pub expired: bool,
    /// Why it must not be used.
    pub isolated: Option<String>,
    /// Doses received.
    pub received: u32,
    /// Doses taken on rounds, what came back deducted.
    pub out: i32,
    /// Doses planned on rounds that have not left.
    pub planned: i32,
    /// Doses at the relay: received, minus out. Below zero is a difference.
    pub left: i32,
}

/// A lot that must not be used and that the relay never received.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IsolatedLine {
    /// Product code; none: every product that has a lot of this number.
    pub product: Option<String>,
    /// Product name, where one is named.
    pub name: Option<String>,
    /// Lot number.
    pub lot: String,
    /// Why.
    pub reason: String,
}

/// Stock, products and what waits for a decision.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockView {
    /// Today, where the relay is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub today: Day,
    /// Lots.
    pub lots: Vec<StockLine>,
    /// Lots that must not be used and never came in: recalled by the maker, met on a round.
    pub isolated: Vec<IsolatedLine>,
    /// Products that may be taken today.
    pub products: Vec<ProductLine>,
    /// Every product of the directives, also those of earlier years: doses received before.
    pub known: Vec<ProductLine>,
    /// Doses set apart on rounds.
    pub apart: Vec<ApartLine>,
    /// What was decided about doses set apart, on every round.
    #[serde(default)]
    pub cold_decisions: Vec<ColdDecisionLine>,
}

/// Doses come in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiveLot {
    /// Product code.
    pub product: String,
    /// Lot number as printed.
    pub lot: String,
    /// Last day of use, unopened.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expiry: Day,
    /// Doses.
    pub doses: u32,
    /// Why the lot stands as it was typed, where the hub asked about it (`lot_doubtful`).
    #[serde(default)]
    pub confirmed: Option<ConfirmLot>,
}

/// Confirms a lot that something speaks against.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmLot {
    /// Why it is right.
    pub reason: String,
    /// The doubts that were seen, by their codes: `looks:NUMBER`, `odd:CHARACTER`, `product:CODE`, `expiry:DAY`, `far:DAY`, `old:DAY`,
    /// `expired:DAY`, `many:DOSES`.
    pub doubts: Vec<String>,
}

/// Sets a lot apart, or releases it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeLot {
    /// Why.
    pub reason: String,
    /// Code of the product that it is a lot of; none: every product that has a lot of this number.
    #[serde(default)]
    pub product: Option<String>,
    /// Why the number stands as it was typed, where a lot that looks the same is known.
    #[serde(default)]
    pub confirmed: Option<ConfirmLot>,
}

/// Somebody who received a dose of a lot.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotDose {
    /// The round's number.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Who received it.
    pub person: String,
    /// Her telephone.
    pub phone: Option<String>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// The number as it was written at the door.
    pub written: String,
}

/// Where doses of a lot are, or were.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotRound {
    /// The round's number.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Doses taken.
    pub taken: i32,
    /// Doses given.
    pub given: i32,
    /// Doses lost, those to be destroyed among them.
    #[serde(default)]
    pub wasted: i32,
    /// Doses left there.
    pub left: i32,
}

/// One lot: what it is, what was said of it, where its doses are, who received them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotView {
    /// Its line in the stock; none where the relay never held it.
    pub line: Option<crate::StockLine>,
    /// What the desk said of it.
    pub said: Vec<Said>,
    /// Rounds that took doses of it.
    pub rounds: Vec<LotRound>,
    /// Who received one, the latest first: whom a recall concerns.
    pub given: Vec<LotDose>,
    /// What was decided about doses of it after a temperature, the earliest first.
    #[serde(default)]
    pub cold_decisions: Vec<ColdDecisionLine>,
}

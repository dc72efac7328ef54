//! The relay itself: lots, tablets, staff, messages.

use crate::view::{ApartLine, ColdDecisionLine};
use perron_domain::date::Day;
use perron_domain::fact::{AccountNo, Role};
use perron_domain::name::{DeviceId, FactName};
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
    /// The doubts that were seen, by their codes: `looks:NUMBER`, `odd:CHARACTER`, `product:CODE`, `expiry:DAY`, `far:DAY`, `old:DAY`.
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

/// A reason in words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Because {
    /// Why.
    pub reason: String,
}

/// What the head of the relay decides on doses set apart.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecideApart {
    /// Whether they may be used.
    pub usable: bool,
    /// Why.
    pub reason: String,
}

/// What the desk answers to a decision by telephone that a team noted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerPhone {
    /// Confirmed; otherwise contradicted, and the doses are set apart again.
    pub confirmed: bool,
    /// Why, required when contradicted.
    pub reason: Option<String>,
}

/// A tablet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TabletLine {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub device: DeviceId,
    /// What people call it.
    pub label: String,
    /// When it was enrolled.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub enrolled_at: Option<Wall>,
    /// Its last authenticated request.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub seen_at: Option<Wall>,
    /// How far its clock was ahead of the hub's at its last request, in milliseconds; negative when behind.
    pub clock_ahead_ms: Option<i64>,
    /// Why it may not write any more.
    pub retired: Option<String>,
    /// Labels of the rounds it holds.
    pub rounds: Vec<String>,
}

/// A code that lets a tablet in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeLine {
    /// As it is typed: `ABCD-EFGH`.
    pub code: String,
    /// What the tablet will be called.
    pub label: String,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Wall,
}

/// Tablets and codes that wait.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TabletsView {
    /// Tablets.
    pub tablets: Vec<TabletLine>,
    /// Codes not used up, not expired.
    pub codes: Vec<CodeLine>,
}

/// Asks for a code.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTablet {
    /// What the tablet is to be called.
    pub label: String,
}

/// Somebody of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountLine {
    /// Number.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub account: AccountNo,
    /// Name.
    pub name: String,
    /// What she does.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// RPPS number.
    pub rpps: Option<String>,
    /// Whether the training to prescribe was declared.
    pub prescriber_trained: bool,
    /// Telephone.
    pub phone: Option<String>,
}

/// Adds somebody to the relay, or changes her when the number is given.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveAccount {
    /// Number, when she is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub account: Option<AccountNo>,
    /// Name.
    pub name: String,
    /// What she does.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<Role>,
    /// RPPS number.
    pub rpps: Option<String>,
    /// Whether the training to prescribe was declared.
    pub prescriber_trained: bool,
    /// Telephone.
    pub phone: Option<String>,
}

/// A message of the relay to its teams.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeLine {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub notice: FactName,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Where to read more.
    pub link: Option<String>,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Which teams read it.
    pub read: Vec<NoticeReadLine>,
    /// Rounds under way or to come that have not read it.
    pub unread: Vec<String>,
}

/// A team that read a message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeReadLine {
    /// What people call the round.
    pub label: String,
    /// Who read it.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
}

/// Writes a message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewNotice {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Where to read more.
    pub link: Option<String>,
}

/// The relay in short.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelayView {
    /// Name.
    pub name: String,
    /// Territory code.
    pub territory: String,
    /// Offset of its wall clock from UTC in winter, in minutes.
    pub utc_offset_minutes: i16,
    /// Whether its people are invented.
    pub demo: bool,
    /// Today, where the relay is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub today: Day,
    /// Staff.
    pub accounts: Vec<AccountLine>,
    /// The physician on call: name and telephone.
    pub on_call: Option<(String, String)>,
    /// The signed emergency protocol.
    pub protocol: Option<ProtocolLine>,
}

/// The relay's emergency protocol, signed beforehand by a physician.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProtocolLine {
    /// Title.
    pub title: String,
    /// Text, paragraphs separated by blank lines.
    pub text: String,
    /// Who signed.
    pub signed_by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
}

/// Names the relay and says where it is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NameRelay {
    /// Name.
    pub name: String,
    /// Territory code of the rules: `FR-93`.
    pub territory: String,
}

/// Which tablets hold a round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignTablets {
    /// Their numbers.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u32>))]
    pub devices: Vec<DeviceId>,
}

/// Names the physician on call.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NameOnCall {
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
}

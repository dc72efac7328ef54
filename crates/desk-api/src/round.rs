//! The rounds of the relay, and one of them as it goes: who was seen, doses, boxes, temperatures, what is open.

use crate::{
    AdrenalineLine, ApartLine, ColdDecisionLine, CopyLine, CustodyLine, HeldLine, IncidentLine, ReceiptLine, SaidLine,
    ShortLine, TakenOutLine, WaitingLine,
};
use perron_domain::date::{Day, PartialDate};
use perron_domain::fact::{AccountNo, ContainerKind, KitItem, Outcome, Site};
use perron_domain::name::{DeviceId, FactName};
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// Explains a difference of a signed round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplainGap {
    /// The difference's code.
    pub gap: String,
    /// In words.
    pub text: String,
}

/// Which tablets hold a round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignTablets {
    /// Their numbers.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u32>))]
    pub devices: Vec<DeviceId>,
}

/// Where a round stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoundStage {
    /// Being prepared.
    Draft,
    /// Released to the tablets.
    Published,
    /// The team left.
    Departed,
    /// Signed.
    Closed,
    /// Will not take place.
    Cancelled,
}

/// A round in the list of rounds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundLine {
    /// Its number.
    pub number: u32,
    /// What people call it.
    pub label: String,
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// Team.
    pub team: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// Addresses.
    pub stops: u32,
    /// Persons.
    pub persons: u32,
    /// Persons with an outcome.
    pub done: u32,
    /// Persons vaccinated.
    pub vaccinated: u32,
    /// Doses given.
    pub doses: u32,
    /// Differences to explain, once it was signed.
    pub gaps: u32,
    /// The latest moment that its facts tell of.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub last_news: Option<Wall>,
}

/// How many persons ended one way, for one reason.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutcomeLine {
    /// How; none while it is open.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<Outcome>,
    /// Why, when said.
    pub reason: Option<String>,
    /// How many.
    pub persons: u32,
}

/// Persons and doses, counted separately.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Totals {
    /// Persons on the round.
    pub persons: u32,
    /// Persons vaccinated.
    pub vaccinated: u32,
    /// Persons without an outcome yet.
    pub pending: u32,
    /// Doses given.
    pub doses: u32,
    /// Health workers vaccinated.
    pub health_workers: u32,
    /// Administration errors.
    pub errors: u32,
    /// Satisfaction of the persons: the mean of 1 to 5, times 100.
    pub satisfaction_x100: Option<u32>,
    /// Satisfaction of the team: the mean of 1 to 5, times 100.
    pub team_x100: Option<u32>,
    /// Minutes of vacation, all nurses together, ended ones only.
    pub vacation_minutes: u32,
}

/// A dose that was given.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoseLine {
    /// Product name.
    pub product: String,
    /// Lot.
    pub lot: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Who injected.
    pub by: String,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub site: Option<Site>,
    /// Which dose of the series, where it is known.
    #[serde(default)]
    pub rank: Option<u8>,
    /// What went wrong, when «Erreur d’administration».
    pub error: Option<String>,
    /// What was done about the error.
    #[serde(default)]
    pub followed: Option<SaidLine>,
}

/// A person of the round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundPerson {
    /// The dossier.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: FactName,
    /// Name used every day and given names.
    pub name: String,
    /// Address on one line.
    pub address: String,
    /// Met on the spot.
    pub walk_in: bool,
    /// How it ended.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<Outcome>,
    /// Why.
    pub reason: Option<String>,
    /// When to come again.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub again_on: Option<Day>,
    /// Whether the relay may call again.
    pub call_again: bool,
    /// Birth date, as far as it is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub birth: Option<PartialDate>,
    /// Products wished, by name.
    pub wishes: Vec<String>,
    /// Doses.
    pub doses: Vec<DoseLine>,
    /// Whether a vaccination is entered where it must be; true as well when none is due.
    pub traced: bool,
    /// The observations after her doses, in order.
    #[serde(default)]
    pub observations: Vec<ObservationLine>,
}

/// How an observation stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservationStage {
    /// Its minutes run.
    Running,
    /// Ended after its minutes.
    Ended,
    /// Ended before its minutes were over.
    CutShort,
    /// Its minutes are over, or the round was signed, and nobody noted its end.
    Unfinished,
}

/// One observation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObservationLine {
    /// How it stands.
    pub stage: ObservationStage,
    /// When it ended, or is to end.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Why it was cut short.
    pub reason: Option<String>,
}

/// The balance of a lot: taken + extra = given + ceded + wasted + returned + left.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotLine {
    /// Product code.
    pub product: String,
    /// Product name.
    pub name: String,
    /// Lot.
    pub lot: String,
    /// Doses taken.
    pub taken: i32,
    /// Doses drawn beyond what the vials were expected to give.
    pub extra: i32,
    /// Doses given.
    pub given: i32,
    /// Doses ceded to another team.
    pub ceded: i32,
    /// Doses lost.
    pub wasted: i32,
    /// Doses brought back.
    pub returned: i32,
    /// Doses left; below zero is a difference.
    pub left: i32,
}

/// A waste container.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContainerLine {
    /// Its kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ContainerKind,
    /// Its volume, tenths of a litre.
    pub volume_dl: u16,
    /// How full, percent.
    pub percent: u8,
    /// When it was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub opened_at: Wall,
    /// When it was first used, which starts the law's time; none while nothing shows its use.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    #[serde(default)]
    pub first_use: Option<Wall>,
    /// When it was closed for good.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub closed_at: Option<Wall>,
    /// When it was handed over.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub handed_at: Option<Wall>,
    /// Its weight, grams.
    pub grams: Option<u32>,
    /// To whom.
    pub to: Option<String>,
}

/// A temperature of the box.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemperatureLine {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// Tenths of a degree Celsius.
    pub tenths: i16,
    /// Whether within 2–8 °C.
    pub in_range: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// Persons seen against entries, for one nurse's account.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntriesLine {
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub account: AccountNo,
    /// Name.
    pub name: String,
    /// Persons seen.
    pub seen: u16,
    /// Entries due.
    pub due: i32,
    /// Entries found; none until counted.
    pub entered: Option<u16>,
}

/// What kind of difference stands in a round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// Entries due, and entries found.
    Entries,
    /// Doses of a lot that do not add up.
    Lot,
    /// Sharps that do not go with the doses.
    Sharps,
    /// A visit that nobody ended.
    Open,
    /// Two doses for one act.
    TwoDoses,
    /// Two who wrote differently of one thing.
    Conflict,
    /// Doses set apart, about which nobody decided.
    SetApart,
    /// A dose given after a temperature outside 2–8 °C.
    GivenWarm,
    /// A dose of a lot that was set apart.
    GivenRecalled,
    /// A dose of the same vaccine family came before it, of which the tablet did not know.
    GivenAgain,
    /// Somebody who was not observed to the end.
    Observed,
    /// Somebody to whom nothing was left in writing.
    Untraced,
    /// An entry elsewhere for a dose that was taken back.
    TracedNone,
}

/// A difference to explain.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GapLine {
    /// Its code, as an explanation names it.
    pub code: String,
    /// What kind of difference.
    pub kind: GapKind,
    /// What it is about: a person, a lot, an account.
    pub about: String,
    /// Figures of it, smallest meaning first: due and entered, left, sharps and doses, days between two doses.
    pub figures: Vec<i32>,
    /// What the team said of it when signing, or the head of the relay since.
    pub explained: Option<String>,
}

/// A round as it happens.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundView {
    /// Its line in the list.
    pub line: RoundLine,
    /// Nurses by name.
    pub nurses: Vec<String>,
    /// Tablets by label.
    pub tablets: Vec<String>,
    /// The numbers of the tablets.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u32>))]
    pub devices: Vec<DeviceId>,
    /// When the team left.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub departed_at: Option<Wall>,
    /// What was missing then.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub missing: Vec<KitItem>,
    /// Why they left all the same.
    pub missing_reason: Option<String>,
    /// Copies of the tablets' stores that were made anew.
    pub copies: Vec<CopyLine>,
    /// Doses that a tablet took over from a number whose store was lost.
    pub custodies: Vec<CustodyLine>,
    /// Doses that tablets hold, until the round is signed.
    #[serde(default)]
    pub held: Vec<HeldLine>,
    /// Why the relay gave the round up.
    #[serde(default)]
    pub cancelled: Option<String>,
    /// When the relay last changed the round after it was published, and who.
    #[serde(default)]
    pub changed: Option<SaidLine>,
    /// Which tablets have heard all that the relay says of the round.
    #[serde(default)]
    pub receipts: Vec<ReceiptLine>,
    /// Whom the relay took out since.
    #[serde(default)]
    pub taken_out: Vec<TakenOutLine>,
    /// Products that not everybody who expects them can have.
    #[serde(default)]
    pub short: Vec<ShortLine>,
    /// When it was signed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub closed_at: Option<Wall>,
    /// Persons and doses.
    pub totals: Totals,
    /// Persons by outcome and reason.
    pub outcomes: Vec<OutcomeLine>,
    /// Persons, in the order of the addresses.
    pub people: Vec<RoundPerson>,
    /// Lots.
    pub lots: Vec<LotLine>,
    /// Waste containers.
    pub containers: Vec<ContainerLine>,
    /// Temperatures, earliest first.
    pub temperatures: Vec<TemperatureLine>,
    /// Difficulties.
    pub difficulties: Vec<SaidLine>,
    /// Incidents.
    pub incidents: Vec<IncidentLine>,
    /// Adrenaline given.
    #[serde(default)]
    pub adrenaline: Vec<AdrenalineLine>,
    /// Persons against entries.
    pub entries: Vec<EntriesLine>,
    /// Doses to decide on.
    pub apart: Vec<ApartLine>,
    /// What was decided about doses set apart, the earliest first.
    #[serde(default)]
    pub cold_decisions: Vec<ColdDecisionLine>,
    /// Differences to explain.
    pub gaps: Vec<GapLine>,
    /// People who wait for a later date.
    pub waiting: Vec<WaitingLine>,
}

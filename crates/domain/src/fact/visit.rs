//! Facts at the door: identity, questions, the rules' answer, incidents, the papers, the outcome.

use super::AccountNo;
use crate::date::{Day, PartialDate};
use crate::name::FactRef;
pub use crate::people::Answered;
use crate::people::{History, Sex};
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The nurse stood at an address.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Arrived {
    /// The address.
    #[n(0)]
    pub stop: FactRef,
}

/// How an identity was checked. Having no papers never blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum IdentityMeans {
    /// A paper was seen: «Identité conforme».
    #[n(0)]
    PaperSeen,
    /// The person said it: «Identité déclarée».
    #[n(1)]
    Declared,
    /// Somebody else confirmed it.
    #[n(2)]
    ThirdParty,
    /// What was seen does not agree with the dossier.
    #[n(3)]
    Discordant,
}

/// The identity was checked.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct IdentityChecked {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// How.
    #[n(1)]
    pub means: IdentityMeans,
}

/// Traits corrected at the door; what is `None` stays.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct IdentityCorrected {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// Birth name.
    #[n(1)]
    pub birth_name: Option<String>,
    /// Given names.
    #[n(2)]
    pub given_names: Option<String>,
    /// Birth date.
    #[n(3)]
    pub birth: Option<PartialDate>,
    /// Sex.
    #[n(4)]
    pub sex: Option<Sex>,
}

/// What the door learned of a person's history: doses, infections, traits, and what nobody knows.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct HistoryNoted {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// What was learned.
    #[n(1)]
    pub history: History,
}

/// Answers to the questions; the latest answer to a question counts.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ScreeningAnswered {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// The answers.
    #[n(1)]
    pub answers: Vec<Answered>,
}

/// What the nurse judged, where the rules leave it to her, and why (R25).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct NurseJudged {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// Whether to vaccinate.
    #[n(1)]
    pub vaccinate: bool,
    /// Why.
    #[n(2)]
    pub reason: String,
}

/// A directive that took part in an answer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
pub struct DirectiveUsed {
    /// Its identifier.
    #[n(0)]
    pub id: String,
    /// Its version.
    #[n(1)]
    pub version: String,
}

/// The rules' answer that an act stands on: enough to replay it years later.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode)]
#[cbor(map)]
pub struct AnswerRecorded {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// The outcome's code (`eligible`, `judge`, …).
    #[n(1)]
    pub outcome: String,
    /// Directives in force.
    #[n(2)]
    pub directives: Vec<DirectiveUsed>,
    /// Version of the evaluator.
    #[n(3)]
    pub evaluator: u16,
    /// The inputs, as CBOR (`rules::Case`).
    #[n(4)]
    pub case: ByteVec,
    /// SHA-256 of the answer as CBOR (`rules::Answer`): a replay must give these bytes.
    #[n(5)]
    pub answer: Option<ByteVec>,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// A reaction after the dose.
    #[n(0)]
    Reaction,
    /// The person felt faint.
    #[n(1)]
    Faint,
    /// Exposure to blood of the nurse (AES): a needle-stick.
    #[n(2)]
    NeedleStick,
    /// Emergency services were called.
    #[n(3)]
    Emergency,
    /// The door: wrong code, nobody, a dog, aggression.
    #[n(4)]
    Access,
}

/// Something happened to a person or to the team.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct IncidentReported {
    /// The dossier, when about a person.
    #[n(0)]
    pub person: Option<FactRef>,
    /// What.
    #[n(1)]
    pub kind: IncidentKind,
    /// In words.
    #[n(2)]
    pub text: String,
    /// When.
    #[n(3)]
    pub at: Wall,
}

/// Adrenaline was given. When, and to whom; no dose is computed or kept here: the signed protocol has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct AdrenalineGiven {
    /// The dossier; none for somebody who is not on the round.
    #[n(0)]
    pub person: Option<FactRef>,
    /// When, as the device read its clock or as somebody typed it.
    #[n(1)]
    pub at: Wall,
}

/// Where a vaccination was entered; it depends on the date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Traceability {
    /// VACCIN COVID on ameli pro, until 28 June 2024 (R29).
    #[n(0)]
    VaccinCovid,
    /// The vaccination record or «Mon espace santé».
    #[n(1)]
    Record,
    /// A certificate on paper.
    #[n(2)]
    Certificate,
    /// To be entered later, at the relay.
    #[n(3)]
    Later,
}

/// The vaccination was entered where it must be.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct TraceabilityDone {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// Where.
    #[n(1)]
    pub means: Traceability,
    /// On whose account.
    #[n(2)]
    pub account: AccountNo,
}

/// The certificate was handed over.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct CertificateGiven {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
}

/// A next date was agreed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct NextDateGiven {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// The day.
    #[n(1)]
    pub on: Day,
    /// For which product.
    #[n(2)]
    pub product: Option<String>,
}

/// Satisfaction of the person (R40).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct SatisfactionGiven {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// 1 (bad) to 5 (very good).
    #[n(1)]
    pub score: u8,
}

/// How a visit ended for a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At least one dose was given; follows from the dose, never recorded by hand.
    #[n(0)]
    Vaccinated,
    /// The person, or who must agree, refused.
    #[n(1)]
    Refused,
    /// Nobody opened.
    #[n(2)]
    Absent,
    /// Later, with or without a date.
    #[n(3)]
    Postponed,
    /// The rules forbid it today.
    #[n(4)]
    NotEligible,
    /// Lives elsewhere now.
    #[n(5)]
    Moved,
    /// In hospital.
    #[n(6)]
    Hospitalised,
    /// Died: never called again.
    #[n(7)]
    Deceased,
    /// Already vaccinated by somebody else.
    #[n(8)]
    VaccinatedElsewhere,
}

/// The outcome of a visit for a person, or for one of her acts.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OutcomeRecorded {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// The act, when only one of several ends so.
    #[n(1)]
    pub act: Option<FactRef>,
    /// How.
    #[n(2)]
    pub outcome: Outcome,
    /// Why, in words.
    #[n(3)]
    pub reason: Option<String>,
    /// Whether the relay may call again.
    #[n(4)]
    pub call_again: bool,
    /// A date agreed or computed.
    #[n(5)]
    pub again_on: Option<Day>,
}

//! Facts at the door: identity, questions, agreement, prescription, the dose, the observation, the papers, the outcome.

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

/// Who agrees or objects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum ConsentBy {
    /// The person.
    #[n(0)]
    #[serde(rename = "self")]
    Own,
    /// A holder of parental authority.
    #[n(1)]
    Parent,
    /// The only holder of parental authority.
    #[n(2)]
    SoleParent,
    /// The guardian of a minor.
    #[n(3)]
    Guardian,
    /// A judge.
    #[n(4)]
    Judge,
    /// Who represents a protected adult for personal matters.
    #[n(5)]
    Representative,
}

/// How an agreement was given.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "manner")]
pub enum ConsentManner {
    /// Said, by an adult who is there.
    #[n(0)]
    Oral,
    /// Signed on the screen by someone who is there.
    #[n(1)]
    Signed {
        /// The strokes: points as (x, y) in thousandths of the frame, strokes separated by (65535, 65535).
        #[n(0)]
        strokes: Vec<(u16, u16)>,
    },
    /// By phone, with a witness.
    #[n(2)]
    PhoneWitnessed {
        /// Number called.
        #[n(0)]
        number: String,
        /// When.
        #[n(1)]
        at: Wall,
        /// Who heard it.
        #[n(2)]
        witness: String,
    },
    /// The parent who is there attests in writing that the other agrees.
    #[n(3)]
    Attested {
        /// The strokes of the present parent, as in `Signed`.
        #[n(0)]
        strokes: Vec<(u16, u16)>,
    },
    /// Is there, agrees, cannot sign.
    #[n(4)]
    CannotSign {
        /// Who witnessed.
        #[n(0)]
        witness: Option<String>,
    },
    /// A written paper was seen.
    #[n(5)]
    Paper,
}

/// An agreement to one act.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ConsentGiven {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// In which quality.
    #[n(1)]
    pub by: ConsentBy,
    /// Name; not needed for the person's own.
    #[n(2)]
    pub name: Option<String>,
    /// Relation: mother, father, aunt with authority.
    #[n(3)]
    pub relation: Option<String>,
    /// How.
    #[n(4)]
    pub manner: ConsentManner,
}

/// An objection to one act. It outweighs every agreement until it is withdrawn by a correction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ObjectionRaised {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// In which quality.
    #[n(1)]
    pub by: ConsentBy,
    /// Name.
    #[n(2)]
    pub name: Option<String>,
    /// What was said.
    #[n(3)]
    pub reason: Option<String>,
}

/// A prescription that covers an act.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PrescriptionSeen {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// Physician's name.
    #[n(1)]
    pub physician: String,
    /// RPPS, eleven digits that pass Luhn.
    #[n(2)]
    pub rpps: String,
    /// Its date.
    #[n(3)]
    pub on: Day,
    /// Product code prescribed.
    #[n(4)]
    pub product: String,
}

/// A physician's written decision to vaccinate or not, kept with the act.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PhysicianDecided {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// Physician's name.
    #[n(1)]
    pub physician: String,
    /// RPPS, eleven digits that pass Luhn.
    #[n(2)]
    pub rpps: Option<String>,
    /// Whether the dose may be given.
    #[n(3)]
    pub allow: bool,
    /// The decision's words.
    #[n(4)]
    pub text: String,
    /// When.
    #[n(5)]
    pub at: Wall,
    /// Product code that it is about; a decision does not follow the act to another product.
    #[n(6)]
    pub product: String,
    /// Codes of the reasons that it lifts. None in the first decisions, which lifted every reason that can be.
    #[n(7)]
    pub lifts: Option<Vec<String>>,
    /// The day it was written; none: the day of the act.
    #[n(8)]
    pub on: Option<Day>,
    /// The last day on which it holds; none when it does not say.
    #[n(9)]
    pub until: Option<Day>,
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

/// Where a dose was injected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Left arm (deltoid).
    #[n(0)]
    LeftArm,
    /// Right arm (deltoid).
    #[n(1)]
    RightArm,
    /// Left thigh.
    #[n(2)]
    LeftThigh,
    /// Right thigh.
    #[n(3)]
    RightThigh,
}

/// Why a dose that was given should not have been.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct AdministrationError {
    /// What went wrong: product, person, interval, expired, incomplete, other.
    #[n(0)]
    pub what: String,
    /// In the nurse's words.
    #[n(1)]
    pub text: Option<String>,
}

impl AdministrationError {
    /// What a dose is called of which a part was lost beside the arm.
    pub const INCOMPLETE: &str = "incomplete";

    /// Says whether the dose was declared incomplete.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.what == Self::INCOMPLETE
    }
}

/// A dose was given.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DoseGiven {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// The person's dossier.
    #[n(1)]
    pub person: FactRef,
    /// Product code, as given.
    #[n(2)]
    pub product: String,
    /// Lot number.
    #[n(3)]
    pub lot: String,
    /// The opened vial, or the load of syringes; none when the source was not recorded on this tablet.
    #[n(4)]
    pub source: Option<FactRef>,
    /// Where.
    #[n(5)]
    pub site: Site,
    /// Rank of the dose; `None` when unknown.
    #[n(6)]
    pub rank: Option<u8>,
    /// When it was done; the fact's own clock says when it was entered.
    #[n(7)]
    pub done_at: Wall,
    /// Observation that the directive asks for, in minutes.
    #[n(8)]
    pub observation_minutes: u16,
    /// Who injected.
    #[n(9)]
    pub injected_by: AccountNo,
    /// Who prepared, in words, when not the one who injected.
    #[n(10)]
    pub prepared_by: Option<String>,
    /// Who prescribed, in words.
    #[n(11)]
    pub prescribed_by: Option<String>,
    /// The answer that it stands on.
    #[n(12)]
    pub answer: Option<FactRef>,
    /// «Erreur d’administration».
    #[n(13)]
    pub error: Option<AdministrationError>,
}

/// The observation of a person ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ObservationEnded {
    /// The dossier.
    #[n(0)]
    pub person: FactRef,
    /// When.
    #[n(1)]
    pub at: Wall,
    /// Why before the minutes were over.
    #[n(2)]
    pub early_reason: Option<String>,
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

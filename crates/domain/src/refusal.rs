//! Refusals: why a command does not become facts. Codes, put into words at the edge.

use crate::date::Day;
use crate::fact::{KitItem, Role};
use crate::lot::LotDoubt;
use crate::name::{DeviceId, FactName};
use crate::rules::{Item, Outcome};
use crate::time::Wall;
use serde::{Deserialize, Serialize};

/// Why a command is refused. Nothing was written; the form stays filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Refusal {
    /// The thing named is not known here.
    #[error("{fact} is not known here")]
    Unknown {
        /// Its name.
        fact: FactName,
    },
    /// An account is not known.
    #[error("this account is not known")]
    UnknownAccount,
    /// A product is not known to the directives in force.
    #[error("product {product} is not known")]
    UnknownProduct {
        /// Its code.
        product: String,
    },
    /// A text that is required is empty.
    #[error("{field:?} is empty")]
    Empty {
        /// Which one.
        field: Field,
    },
    /// A reason is required.
    #[error("a reason is needed for {what:?}")]
    ReasonNeeded {
        /// What for.
        what: Needing,
    },
    /// A number outside what it may be.
    #[error("{field:?} must be between {min} and {max}")]
    OutOfRange {
        /// Which one.
        field: Field,
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A birth date after today, or of somebody older than 130.
    #[error("this birth date cannot be")]
    ImpossibleBirth,
    /// A date in the future for something past.
    #[error("this time has not come yet")]
    InTheFuture,
    /// An hour by which a vacation, an observation or a container would end before it began.
    #[error("it would end before it began")]
    EndsBeforeItBegan,
    /// Eleven digits that do not pass Luhn, or not eleven digits.
    #[error("this is not an RPPS number")]
    NotRpps,
    /// Nobody would have the desk any more.
    #[error("somebody must keep the desk")]
    LastCoordinator,
    /// A telephone number that nobody can dial.
    #[error("nobody can dial this number")]
    NotAPhone,
    /// A name without a single letter.
    #[error("{field:?} has no letter")]
    NotAName {
        /// Which one.
        field: Field,
    },
    /// The lot is past its day.
    #[error("lot {lot} expired on {expiry}")]
    LotExpired {
        /// The lot.
        lot: String,
        /// Its last day.
        expiry: Day,
    },
    /// The lot is set apart by the relay.
    #[error("lot {lot} is set apart: {reason}")]
    LotIsolated {
        /// The lot.
        lot: String,
        /// Why.
        reason: String,
    },
    /// Something speaks against the lot as it was typed; it may be confirmed with a reason.
    #[error("lot {lot} is to be confirmed: {doubts:?}")]
    LotDoubtful {
        /// The lot as it was typed.
        lot: String,
        /// What speaks against it.
        doubts: Vec<LotDoubt>,
    },
    /// The product may not be taken on that day (withdrawn, or not yet on the market).
    #[error("{product} may not be taken on that day")]
    NotTakeable {
        /// Its code.
        product: String,
    },
    /// The doses are set apart after a temperature outside 2–8 °C.
    #[error("these doses are set apart until the head of the relay decides")]
    SetApart,
    /// The doses are not set apart, or somebody decided about them already.
    #[error("these doses do not wait for a decision")]
    NotSetApart,
    /// The desk has answered this decision by telephone.
    #[error("this decision has been answered")]
    AlreadyAnswered,
    /// The vial or syringe is past its time.
    #[error("past its time")]
    PastUseBy {
        /// When it ended.
        use_by: Wall,
    },
    /// The dose would have been given before its vial was opened, or its syringe prepared.
    #[error("not opened or prepared yet at that hour")]
    NotReadyYet {
        /// When it was opened or prepared.
        ready_at: Wall,
    },
    /// The use-by of prepared syringes lies beyond what the product says.
    #[error("the product keeps no longer than that")]
    KeepsShorter {
        /// The latest use-by.
        latest: Wall,
    },
    /// Not enough doses left.
    #[error("{left} left")]
    NotEnough {
        /// What is left.
        left: i32,
    },
    /// The doses belong to another tablet.
    #[error("these doses are in another tablet's custody")]
    NotInCustody,
    /// The number whose doses are to be taken over is this tablet's own.
    #[error("these doses are in this tablet's custody already")]
    OwnCustody,
    /// The number whose doses are to be taken over has none on this round.
    #[error("that number has no doses on this round")]
    NothingToTake,
    /// The doses of that number were taken over before, by this tablet or another, whether that still counts or not.
    #[error("device {} holds these doses", by.0)]
    AlreadyTaken {
        /// Who holds them now.
        by: DeviceId,
    },
    /// No dose is free for one more person.
    #[error("no dose is free")]
    NoFreeDose,
    /// The form is not opened on the way, or only opened ones.
    #[error("not for this form")]
    WrongForm,
    /// A syringe or an opened vial never goes back to the fridge.
    #[error("what was opened or prepared does not go back")]
    CannotReturn,
    /// The cold chain was broken.
    #[error("the cold chain was broken")]
    ColdChainBroken,
    /// The answer of the rules forbids the dose.
    #[error("the rules answer {outcome:?}")]
    AnswerForbids {
        /// The answer.
        outcome: Outcome,
    },
    /// Questions are not answered.
    #[error("questions are waiting")]
    QuestionsPending {
        /// Their codes.
        codes: Vec<String>,
    },
    /// Something of the person's past or state was never asked and a rule reads it.
    #[error("the person's history was not asked")]
    HistoryPending {
        /// What.
        items: Vec<Item>,
    },
    /// A vaccine of the same family is planned or given on this visit.
    #[error("a vaccine of the same family is on this visit already")]
    SameFamily,
    /// A date of the person's past lies before the birth, or has not come yet.
    #[error("this date of the person's past cannot be")]
    ImpossiblePast,
    /// The decision ends before it begins.
    #[error("the decision ends before it was written")]
    DecisionOver,
    /// The nurse must write her judgement.
    #[error("the judgement must be written")]
    JudgementNeeded,
    /// The identity was not checked.
    #[error("the identity was not checked")]
    IdentityNeeded,
    /// A product other than the act's.
    #[error("this is not the product of the act")]
    OtherProduct,
    /// A dose was already given for this act.
    #[error("a dose was already given for this act")]
    AlreadyGiven,
    /// Somebody of this name has agreed already, in another relation to the person: one holder of parental authority is not
    /// two.
    #[error("{name} has agreed already, as {relation}")]
    AgreedAlready {
        /// The name.
        name: String,
        /// In which relation it was.
        relation: String,
    },
    /// No dose was given.
    #[error("no dose was given")]
    NoDose,
    /// Outcome «vaccinated» follows from a dose.
    #[error("vaccinated follows from a dose")]
    FollowsFromDose,
    /// An address takes 1 to 40 people.
    #[error("an address takes 1 to 40 people")]
    TooManyPeople,
    /// The round is not there yet.
    #[error("the round is not published")]
    NotPublished,
    /// Something is missing to leave.
    #[error("something is missing")]
    Missing {
        /// What.
        items: Vec<KitItem>,
    },
    /// The container is closed or not closed.
    #[error("the container is not in the right state")]
    ContainerState,
    /// Differences are not explained.
    #[error("differences are not explained")]
    Gaps {
        /// Their codes.
        codes: Vec<String>,
    },
    /// The round was signed or given up: it is not changed any more.
    #[error("the round is over")]
    RoundOver,
    /// The team has left: the round is not given up behind its back.
    #[error("the team has left")]
    TeamLeft,
    /// A team has begun with somebody who was to be taken out of its round.
    #[error("a team has begun with {name}")]
    AlreadyBegun {
        /// Her name.
        name: String,
    },
    /// No such difference stands open in a signed round.
    #[error("there is no such difference in a signed round")]
    NoSuchGap,
    /// A dose or an incident is on record: the law keeps it for twenty years.
    #[error("a care record must be kept")]
    MustKeep,
    /// The person is on a round that is neither signed nor given up.
    #[error("the person is on a round that is not over")]
    StillPlanned,
    /// A fact that this version does not know must be understood first.
    #[error("this version is too old: a fact of kind {kind} must be understood")]
    UpdateNeeded {
        /// Its kind.
        kind: u16,
    },
    /// The account may not do this.
    #[error("only an account with the role {role:?} may do this")]
    RoleNeeded {
        /// The role that may.
        role: Role,
    },
    /// The relay changes its own layer only.
    #[error("the relay publishes directives of its own layer only")]
    NotYourLayer,
    /// A directive takes effect today at the earliest.
    #[error("a directive takes effect on {first} at the earliest")]
    EffectInThePast {
        /// The first day.
        first: Day,
    },
    /// A version that begins later was published already.
    #[error("version {version} already begins on {from}")]
    LaterVersion {
        /// Which one.
        version: String,
        /// Its first day.
        from: Day,
    },
    /// Versions are named in their order.
    #[error("the version must come after {last}")]
    VersionOrder {
        /// The last one.
        last: String,
    },
    /// No such version of a directive was published.
    #[error("directive {id} is not known in this version")]
    UnknownDirective {
        /// Which directive.
        id: String,
    },
    /// A correction that changes nothing, or of something that cannot be corrected.
    #[error("this cannot be corrected so")]
    CannotCorrect,
    /// Only the relay's desk writes this, or corrects it.
    #[error("only the relay may write or correct this")]
    RelaysOwn,
}

/// The field that a refusal speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A line of an address.
    Address,
    /// Answers to questions.
    Answers,
    /// The birth name.
    BirthName,
    /// A number of units.
    Count,
    /// Who decided.
    DecidedBy,
    /// What a count changes by.
    Delta,
    /// When a vial was diluted.
    Diluted,
    /// A number of doses.
    Doses,
    /// Doses in one vial or syringe.
    DosesPerUnit,
    /// Doses drawn from a vial.
    Drawn,
    /// What explains a difference.
    Explanation,
    /// What is known of a person's past.
    History,
    /// The given names.
    GivenNames,
    /// How the identity was checked.
    Identity,
    /// What is aboard.
    Kit,
    /// What people call something.
    Label,
    /// A lot number.
    Lot,
    /// A name.
    Name,
    /// Days until the next date.
    NextDate,
    /// A telephone number that was called.
    Number,
    /// How full something is.
    Percent,
    /// A telephone number.
    Phone,
    /// A physician.
    Physician,
    /// When and by whom syringes were prepared.
    Preparation,
    /// Who prepared.
    PreparedBy,
    /// A product.
    Product,
    /// A reason.
    Reason,
    /// Who somebody is to the person.
    Relation,
    /// How satisfied somebody was.
    Satisfaction,
    /// A signature.
    Signature,
    /// Who signed.
    SignedBy,
    /// From which vial or syringe a dose comes.
    Source,
    /// Which doses.
    Sources,
    /// A temperature.
    Temperature,
    /// A text.
    Text,
    /// A title.
    Title,
    /// To whom something goes.
    To,
    /// A number of vials or syringes.
    Units,
    /// The name used in daily life.
    UsedName,
    /// A volume.
    Volume,
    /// A weight.
    Weight,
    /// A witness.
    Witness,
}

/// What a reason is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needing {
    /// Saying that a decision by telephone was not given.
    Contradiction,
    /// Another number of doses than a vial gives.
    Drawn,
    /// Doses that were not due.
    NotDue,
    /// Ending an observation early.
    Observation,
    /// Taking a dose that somebody else of the round waits for.
    TakenDose,
    /// A temperature outside 2–8 °C.
    Temperature,
    /// Taking back a dose, a reaction or a physician's decision.
    Withdrawal,
}

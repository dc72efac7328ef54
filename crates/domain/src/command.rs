//! Commands: what a person wants to do. `decide` turns a command into facts, or refuses it.
//!
//! Commands name things by [`FactName`]; `decide` writes the references as they must stand in the bytes.

use crate::date::{Day, PartialDate};
use crate::fact::{
    AccountNo, AdministrationError, Answered, ConsentBy, ConsentManner, ContainerKind, DecidedAs, Decider, DosesLoaded,
    Explained, IdentityMeans, IncidentKind, KitLine, Outcome, RoundPlanned, Site, StopPlanned, Traceability,
    WasteStream,
};
use crate::name::{DeviceId, FactName};
use crate::people::{History, PersonRecord, Sex, Wish};
use crate::time::Wall;

/// A person of a planned address.
#[derive(Clone, PartialEq, Debug)]
pub struct PlannedPerson {
    /// The person in the relay's people.
    pub person: Option<FactName>,
    /// The minimal dossier.
    pub record: PersonRecord,
}

/// An address with the people to visit there.
#[derive(Clone, PartialEq, Debug)]
pub struct PlannedStop {
    /// The address and its time window.
    pub stop: StopPlanned,
    /// 1 to 40 people.
    pub people: Vec<PlannedPerson>,
}

/// What the nurse did with the dose of an act.
#[derive(Clone, PartialEq, Debug)]
pub struct GiveDose {
    /// The act.
    pub act: FactName,
    /// The opened vial or the load of syringes; none when it was no dose of this tablet (only as an error or late entry).
    pub source: Option<FactName>,
    /// Lot, needed when there is no source.
    pub lot: Option<String>,
    /// Product, needed when there is no source.
    pub product: Option<String>,
    /// Where.
    pub site: Site,
    /// When it was done.
    pub done_at: Wall,
    /// Who injected.
    pub injected_by: AccountNo,
    /// Who prepared, when somebody else.
    pub prepared_by: Option<String>,
    /// «Erreur d’administration»: given although it should not have been. Always recordable.
    pub error: Option<AdministrationError>,
}

/// A decision by telephone about doses set apart, as the team heard it.
#[derive(Clone, PartialEq, Debug)]
pub struct NotePhoneDecision {
    /// The loads and opened vials that it is about.
    pub sources: Vec<FactName>,
    /// Whether the doses may be used; otherwise they are to be destroyed.
    pub usable: bool,
    /// Who decided, where it is no account of the relay.
    pub by: String,
    /// In which quality.
    pub quality: DecidedAs,
    /// The account of who decided.
    pub account: Option<AccountNo>,
    /// The hour of the call, if not now.
    pub at: Option<Wall>,
    /// Why.
    pub reason: String,
}

/// Where the doses of a tablet that is lost are, as the desk knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whither {
    /// Another tablet of the team has the box.
    Tablet(DeviceId),
    /// They came back to the relay.
    Relay,
    /// Nobody has them.
    Lost,
}

/// A round that is published, as it is to be from now on.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangedRound {
    /// Its frame.
    pub plan: RoundPlanned,
    /// Its addresses in order, with everybody whom the relay sends there.
    pub stops: Vec<PlannedStop>,
    /// The dossiers of those who are to be visited no longer.
    pub out: Vec<FactName>,
}

/// What a person at the tablet, or the desk for a round, wants to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// The desk plans and publishes a round.
    PublishRound {
        /// Its frame.
        plan: RoundPlanned,
        /// Its addresses, in order.
        stops: Vec<PlannedStop>,
    },
    /// The desk changes a round that is published and not over.
    ChangeRound(Box<ChangedRound>),
    /// The desk cancels a round.
    CancelRound {
        /// Why.
        reason: String,
    },
    /// Puts the addresses in this order.
    OrderStops(Vec<FactName>),
    /// Adds an address on the way.
    AddStop(StopPlanned),
    /// «Ajouter une personne ici»: if a dose is free, or with a reason (R7).
    AddPerson {
        /// The address.
        stop: FactName,
        /// Who, with her wishes.
        record: PersonRecord,
        /// Why a dose that others wait for may be taken; needed where none is free.
        despite: Option<String>,
    },
    /// Puts somebody on the waiting list.
    List {
        /// Who.
        record: PersonRecord,
        /// Proposed date.
        proposed: Option<Day>,
        /// Where they were met.
        stop: Option<FactName>,
    },
    /// Adds a vaccine to a person's visit.
    AddAct {
        /// The dossier.
        person: FactName,
        /// Which.
        wish: Wish,
        /// Why a dose that others wait for may be taken; needed where none is free.
        despite: Option<String>,
    },
    /// Uses another product or rank for an act.
    ChangeAct {
        /// The act.
        act: FactName,
        /// What it becomes.
        wish: Wish,
        /// Why a dose that others wait for may be taken; needed where none is free.
        despite: Option<String>,
    },

    /// Looks over kit and equipment.
    CheckKit(Vec<KitLine>),
    /// Leaves the relay.
    Depart {
        /// Why, when something is missing.
        reason: Option<String>,
        /// Battery in percent, where known.
        battery: Option<u8>,
        /// Whether all is stored and storage guaranteed.
        storage_guaranteed: bool,
    },
    /// Starts a nurse's vacation.
    StartVacation(AccountNo),
    /// Ends a nurse's vacation.
    EndVacation(AccountNo),

    /// Takes doses aboard.
    Load(DosesLoaded),
    /// Opens (and dilutes) a vial.
    OpenVial {
        /// Out of which load.
        load: FactName,
        /// Whether it was diluted.
        diluted: bool,
        /// When, if not now.
        at: Option<Wall>,
    },
    /// Says how many doses a vial gave.
    CountDrawn {
        /// The vial.
        vial: FactName,
        /// How many.
        drawn: u8,
        /// Why, when unusual.
        reason: Option<String>,
    },
    /// Loses doses.
    Waste {
        /// Vial or load.
        source: FactName,
        /// How many.
        count: u16,
        /// Why.
        reason: String,
    },
    /// Cedes doses to another team.
    Cede {
        /// Vial or load.
        source: FactName,
        /// How many.
        count: u16,
        /// To whom.
        to: String,
    },
    /// Brings unopened doses back to the relay.
    Return {
        /// The load.
        load: FactName,
        /// Vials or syringes.
        units: u16,
    },

    /// Stands at an address.
    Arrive(FactName),
    /// Checks an identity.
    CheckIdentity {
        /// The dossier.
        person: FactName,
        /// How.
        means: IdentityMeans,
    },
    /// Corrects traits.
    CorrectIdentity {
        /// The dossier.
        person: FactName,
        /// Birth name.
        birth_name: Option<String>,
        /// Given names.
        given_names: Option<String>,
        /// Birth date.
        birth: Option<PartialDate>,
        /// Sex.
        sex: Option<Sex>,
    },
    /// Notes what the door learned of a person's history.
    NoteHistory {
        /// The dossier.
        person: FactName,
        /// What was learned.
        history: History,
    },
    /// Answers questions.
    Answer {
        /// The act.
        act: FactName,
        /// The answers.
        answers: Vec<Answered>,
    },
    /// Notes an agreement.
    Consent {
        /// The act.
        act: FactName,
        /// In which quality.
        by: ConsentBy,
        /// Name.
        name: Option<String>,
        /// Relation.
        relation: Option<String>,
        /// How.
        manner: ConsentManner,
    },
    /// Notes an objection.
    Object {
        /// The act.
        act: FactName,
        /// In which quality.
        by: ConsentBy,
        /// Name.
        name: Option<String>,
        /// What was said.
        reason: Option<String>,
    },
    /// Notes a prescription.
    Prescribe {
        /// The act.
        act: FactName,
        /// Physician's name.
        physician: String,
        /// RPPS.
        rpps: String,
        /// Its date.
        on: Day,
        /// Product prescribed.
        product: String,
    },
    /// Notes a physician's written decision.
    PhysicianDecides {
        /// The act.
        act: FactName,
        /// Physician's name.
        physician: String,
        /// RPPS.
        rpps: String,
        /// Whether the dose may be given.
        allow: bool,
        /// The words.
        text: String,
        /// Codes of the reasons that it lifts, where the dose may be given.
        lifts: Vec<String>,
        /// The day it was written; none: today.
        on: Option<Day>,
        /// The last day on which it holds.
        until: Option<Day>,
    },
    /// Notes the nurse's judgement.
    Judge {
        /// The act.
        act: FactName,
        /// Whether to vaccinate.
        vaccinate: bool,
        /// Why.
        reason: String,
    },
    /// Gives a dose.
    Give(GiveDose),
    /// Ends an observation.
    EndObservation {
        /// The dossier.
        person: FactName,
        /// Why early; required before the minutes are over.
        early_reason: Option<String>,
    },
    /// Notes a reaction, a faint, a needle-stick.
    Report {
        /// The dossier.
        person: Option<FactName>,
        /// What.
        kind: IncidentKind,
        /// In words.
        text: String,
    },
    /// Notes that adrenaline was given.
    NoteAdrenaline {
        /// The dossier; none for somebody who is not on the round.
        person: Option<FactName>,
        /// When; none is now.
        at: Option<Wall>,
    },
    /// Notes where the vaccination was entered.
    Trace {
        /// The dossier.
        person: FactName,
        /// Where.
        means: Traceability,
    },
    /// Notes that the certificate was handed over.
    GiveCertificate(FactName),
    /// Notes the next date.
    GiveNextDate {
        /// The dossier.
        person: FactName,
        /// The day.
        on: Day,
        /// For which product.
        product: Option<String>,
    },
    /// Notes the person's satisfaction, 1 to 5.
    Satisfy {
        /// The dossier.
        person: FactName,
        /// The score.
        score: u8,
    },
    /// Ends a visit without a dose, or one act of it.
    End {
        /// The dossier.
        person: FactName,
        /// The act, when only one ends so.
        act: Option<FactName>,
        /// How.
        outcome: Outcome,
        /// Why.
        reason: Option<String>,
        /// Whether the relay may call again.
        call_again: bool,
        /// When.
        again_on: Option<Day>,
    },

    /// Reads the box's temperature, in tenths of a degree Celsius.
    ReadTemperature {
        /// Tenths of a degree.
        tenths: i16,
        /// When, if not now.
        at: Option<Wall>,
        /// Why outside 2–8 °C.
        reason: Option<String>,
    },
    /// Notes what somebody who may decided by telephone about doses set apart.
    NotePhoneDecision(NotePhoneDecision),
    /// The desk confirms or contradicts a decision by telephone.
    AnswerPhoneDecision {
        /// The decision as the team noted it.
        decision: FactName,
        /// Confirmed; otherwise contradicted.
        confirmed: bool,
        /// Why, required when contradicted.
        reason: Option<String>,
    },
    /// The head of the relay decides on doses set apart.
    DecideIsolation {
        /// The load or the opened vial.
        load: FactName,
        /// Whether usable.
        usable: bool,
        /// Why.
        reason: String,
        /// Who decided, where somebody writes it at the desk for another; on a tablet the head of the relay decides herself.
        by: Option<Decider>,
    },

    /// Opens a waste container.
    OpenContainer {
        /// Its kind.
        kind: ContainerKind,
        /// Tenths of a litre.
        volume_dl: u16,
    },
    /// Corrects a tally.
    Tally {
        /// The stream.
        stream: WasteStream,
        /// Pieces more or less.
        delta: i16,
    },
    /// Says how full a container is.
    Fill {
        /// The container.
        container: FactName,
        /// Percent.
        percent: u8,
    },
    /// Closes a container for good.
    CloseContainer(FactName),
    /// Hands a container over.
    HandOver {
        /// The container.
        container: FactName,
        /// Weight in grams.
        grams: u32,
        /// To whom.
        to: String,
    },

    /// Reports a difficulty.
    ReportDifficulty(String),
    /// The team read a message of the relay.
    ReadNotice(FactName),
    /// Gives the team's own satisfaction, 1 to 5.
    TeamSatisfaction(u8),
    /// Counts the entries of an account.
    CountEntries {
        /// Whose.
        account: AccountNo,
        /// Entries found.
        entered: u16,
        /// Persons for whom none was due.
        not_due: u16,
        /// Why not.
        reason: Option<String>,
    },
    /// Signs the round. What `explained` does not cover is signed as «écart à traiter» when `with_gaps` is set.
    CloseRound {
        /// Explanations by difference.
        explained: Vec<Explained>,
        /// Whether differences may stay open.
        with_gaps: bool,
    },

    /// The head of the relay explains a difference of a signed round, or says what was done about something that happened.
    ExplainGap {
        /// The difference's code, as the balance names it.
        gap: String,
        /// In words.
        text: String,
    },
    /// The relay erases what a round says of a person, on her request: a dossier, or an entry of the waiting list.
    Erase(FactName),

    /// Replaces what an earlier fact said by what another command would say now («Saisie après coup»).
    Correct {
        /// The fact.
        fact: FactName,
        /// The new words; none withdraws it.
        by: Option<Box<Command>>,
        /// Why.
        reason: Option<String>,
    },
    /// Says otherwise when something was done, where the command that said it takes the present; all else stays.
    CorrectHour {
        /// The fact.
        fact: FactName,
        /// When it was done.
        at: Wall,
        /// Why.
        reason: Option<String>,
    },
    /// Notes how far the clock is off the hub's.
    NoteClock {
        /// Milliseconds to add to get the hub's.
        offset_ms: i64,
        /// How long the question took, in milliseconds.
        round_trip_ms: u32,
        /// What had to be added until then, where it was known.
        before_ms: Option<i64>,
        /// What the person said.
        said: Option<String>,
    },
    /// Notes that one of the two copies on this tablet was made anew from the other.
    NoteCopyMended {
        /// Whether it was the log; else the database.
        log: bool,
        /// How many changes neither copy had any more.
        lost: u32,
    },
    /// Takes over the doses of a number that this tablet had before its store was lost.
    TakeCustody {
        /// The number before.
        device: DeviceId,
    },
    /// Takes over doses that another tablet holds: they are in this tablet's box.
    TakeDoses {
        /// The load.
        load: FactName,
    },
    /// The desk takes over the doses of a tablet that is lost.
    HandOverCustody {
        /// The tablet.
        from: DeviceId,
        /// Where they are.
        whither: Whither,
        /// Why.
        reason: String,
    },
    /// Notes that a clock jumped.
    NoteClockJump {
        /// Milliseconds.
        by_ms: i64,
        /// What the person said.
        said: Option<String>,
    },
}

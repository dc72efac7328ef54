//! Facts: what somebody did, written once, never edited.
//!
//! [`Body`] lists every kind with its number. The numbers are part of the protocol: they are never used twice and
//! never change their meaning. A kind that this version does not know is kept as [`Body::Unknown`].

mod about;
mod close;
mod cold;
mod common;
mod correct;
mod departure;
mod doses;
mod plan;
mod visit;
mod waste;

pub use close::*;
pub use cold::*;
pub use common::*;
pub use correct::*;
pub use departure::*;
pub use doses::*;
pub use plan::*;
pub use visit::*;
pub use waste::*;

use crate::name::FactName;
use crate::people::PersonRecord;
use crate::time::{Hlc, Wall};
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The number of an account of the relay; 0 is nobody in particular (the tablet itself).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct AccountNo(#[n(0)] pub u32);

/// A fact as the domain sees it: its name, its clocks, its author, what it says.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    /// Its name in its scope.
    pub name: FactName,
    /// When, for order.
    pub hlc: Hlc,
    /// When, as the device's wall clock was read.
    pub wall: Wall,
    /// Which account wrote it.
    pub author: AccountNo,
    /// What it says.
    pub body: Body,
}

/// Why bytes could not be read as the body of a known kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the body of kind {kind} cannot be read: {reason}")]
pub struct BodyError {
    /// The kind that the envelope names.
    pub kind: u16,
    /// What the decoder says.
    pub reason: String,
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident($type:ty) = $kind:literal, $about:ident;)*) => {
        /// What a fact says. The variants are the kinds of the protocol.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Body {
            $($(#[$doc])* $name($type),)*
            /// The bytes were erased; the place in the chain remains.
            Erased,
            /// A kind that this version does not know, kept and forwarded.
            Unknown {
                /// The kind's number.
                kind: u16,
                /// Whether what depends on it must be forbidden.
                must_understand: bool,
            },
        }

        /// Every kind: its number, its name, and whether such a fact is about a person (and carries a salt).
        pub const KINDS: &[(u16, &str, bool)] = &[$(($kind, stringify!($name), bodies!(@about $about)),)*];

        impl Body {
            /// Returns the kind's number; 0 for erased bytes.
            #[must_use]
            pub fn kind(&self) -> u16 {
                match self {
                    $(Self::$name(_) => $kind,)*
                    Self::Erased => 0,
                    Self::Unknown { kind, .. } => *kind,
                }
            }

            /// Returns the kind's name, as the protocol's table gives it.
            #[must_use]
            pub fn kind_name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name),)*
                    Self::Erased => "Erased",
                    Self::Unknown { .. } => "Unknown",
                }
            }

            /// Returns the CBOR of the body, to stand in an envelope. Empty for `Erased` and `Unknown`.
            #[must_use]
            pub fn to_cbor(&self) -> Vec<u8> {
                match self {
                    $(Self::$name(body) => minicbor::to_vec(body).unwrap_or_default(),)*
                    Self::Erased | Self::Unknown { .. } => Vec::new(),
                }
            }

            /// Reads the body of `kind`; a kind not known here is no error.
            ///
            /// # Errors
            /// The bytes of a known kind that do not have its shape.
            pub fn from_cbor(kind: u16, must_understand: bool, bytes: &[u8]) -> Result<Self, BodyError> {
                match kind {
                    $($kind => minicbor::decode::<$type>(bytes)
                        .map(Self::$name)
                        .map_err(|error| BodyError { kind, reason: error.to_string() }),)*
                    _ => Ok(Self::Unknown { kind, must_understand }),
                }
            }
        }

        $(impl From<$type> for Body {
            fn from(body: $type) -> Self {
                Self::$name(body)
            }
        })*
    };
    (@about person) => { true };
    (@about relay) => { false };
}

bodies! {
    // Common: the relay, its devices, staff, lots and rules.
    /// The relay exists.
    RelayCreated(RelayCreated) = 1, relay;
    /// A device number is bound to a public key.
    DeviceEnrolled(DeviceEnrolled) = 2, relay;
    /// Somebody works for the relay.
    AccountAdded(AccountAdded) = 3, relay;
    /// A directive is in force.
    DirectivePublished(DirectivePublished) = 4, relay;
    /// Doses of a lot came in.
    LotReceived(LotReceived) = 5, relay;
    /// A lot must not be used.
    LotIsolated(LotIsolated) = 6, relay;
    /// A lot may be used again.
    LotReleased(LotReleased) = 7, relay;
    /// The emergency protocol, signed beforehand by a physician.
    ProtocolSigned(ProtocolSigned) = 8, relay;
    /// A round exists and may be held by these devices.
    RoundAssigned(RoundAssigned) = 9, relay;
    /// A message of the relay to its teams.
    NoticePublished(NoticePublished) = 10, relay;
    /// The physician on call.
    OnCallNamed(OnCallNamed) = 11, relay;
    /// A device may not write any more.
    DeviceRetired(DeviceRetired) = 12, relay;
    /// A physician of the relay confirmed a directive.
    DirectiveConfirmed(DirectiveConfirmed) = 13, relay;

    // People.
    /// Somebody is to be visited.
    PersonAdded(PersonAdded) = 20, person;

    // A round as planned.
    /// The round's frame.
    RoundPlanned(RoundPlanned) = 30, relay;
    /// An address to go to.
    StopPlanned(StopPlanned) = 31, relay;
    /// A person at an address.
    DossierAdded(DossierAdded) = 32, person;
    /// A vaccine a person is to receive.
    ActPlanned(ActPlanned) = 33, person;
    /// The order of the addresses.
    StopsOrdered(StopsOrdered) = 34, relay;
    /// Another product or rank for an act.
    ActChanged(ActChanged) = 35, person;
    /// Somebody waits for a later date.
    WaitingListed(WaitingListed) = 36, person;
    /// The round is released to the tablets.
    RoundPublished(RoundPublished) = 37, relay;
    /// The relay will not do this round.
    RoundCancelled(RoundCancelled) = 38, relay;

    // Departure.
    /// The kit and the equipment were looked over.
    KitChecked(KitChecked) = 40, relay;
    /// The team left.
    Departed(Departed) = 41, relay;
    /// A nurse's vacation starts.
    VacationStarted(VacationStarted) = 42, relay;
    /// A nurse's vacation ends.
    VacationEnded(VacationEnded) = 43, relay;

    // Doses.
    /// Doses were taken aboard.
    DosesLoaded(DosesLoaded) = 50, relay;
    /// A vial was punctured, diluted where the product asks it.
    VialOpened(VialOpened) = 51, relay;
    /// How many doses a vial gave in the end.
    VialDrawn(VialDrawn) = 52, relay;
    /// Doses were lost.
    DosesWasted(DosesWasted) = 53, relay;
    /// Doses went to another team.
    DosesCeded(DosesCeded) = 54, relay;
    /// Unopened doses came back to the relay.
    DosesReturned(DosesReturned) = 55, relay;

    // At the door.
    /// How the identity was checked.
    IdentityChecked(IdentityChecked) = 60, person;
    /// Corrected traits.
    IdentityCorrected(IdentityCorrected) = 61, person;
    /// Answers to the questions.
    ScreeningAnswered(ScreeningAnswered) = 62, person;
    /// An agreement.
    ConsentGiven(ConsentGiven) = 63, person;
    /// An objection.
    ObjectionRaised(ObjectionRaised) = 64, person;
    /// A prescription.
    PrescriptionSeen(PrescriptionSeen) = 65, person;
    /// What a physician decided in writing.
    PhysicianDecided(PhysicianDecided) = 66, person;
    /// What the nurse judged, and why.
    NurseJudged(NurseJudged) = 67, person;
    /// The rules' answer that an act stands on.
    AnswerRecorded(AnswerRecorded) = 68, person;
    /// A dose was given.
    DoseGiven(DoseGiven) = 69, person;
    /// The observation ended.
    ObservationEnded(ObservationEnded) = 70, person;
    /// Something happened to a person or to the team.
    IncidentReported(IncidentReported) = 71, person;
    /// The vaccination was entered where it must be.
    TraceabilityDone(TraceabilityDone) = 72, person;
    /// The certificate was handed over.
    CertificateGiven(CertificateGiven) = 73, person;
    /// A next date was agreed.
    NextDateGiven(NextDateGiven) = 74, person;
    /// Satisfaction of the person, 1 to 5.
    SatisfactionGiven(SatisfactionGiven) = 75, person;
    /// How the visit of a person ended.
    OutcomeRecorded(OutcomeRecorded) = 76, person;
    /// The nurse stood at the door.
    Arrived(Arrived) = 77, relay;

    // Cold box.
    /// A temperature was read.
    TemperatureRead(TemperatureRead) = 80, relay;
    /// The head of the relay decided on doses set apart.
    IsolationDecided(IsolationDecided) = 81, relay;

    // Waste.
    /// A container was opened.
    ContainerOpened(ContainerOpened) = 90, relay;
    /// Waste counted by hand, more or less than by itself.
    WasteTallied(WasteTallied) = 91, relay;
    /// How full a container is.
    ContainerFilled(ContainerFilled) = 92, relay;
    /// A container was closed for good.
    ContainerClosed(ContainerClosed) = 93, relay;
    /// A container was handed over.
    ContainerHandedOver(ContainerHandedOver) = 94, relay;

    // Closing.
    /// A difficulty for the relay to know.
    DifficultyReported(DifficultyReported) = 100, relay;
    /// Satisfaction of the team, 1 to 5.
    TeamSatisfaction(TeamSatisfaction) = 101, relay;
    /// The round was signed.
    RoundClosed(RoundClosed) = 102, relay;
    /// A nurse's own count of entries on ameli pro.
    EntriesCounted(EntriesCounted) = 103, relay;
    /// The head of the relay explained a difference.
    GapExplained(GapExplained) = 104, relay;

    /// A team read a message of the relay.
    NoticeRead(NoticeRead) = 105, relay;

    // Any scope.
    /// An earlier fact is replaced or withdrawn.
    Corrected(Corrected) = 110, person;
    /// The facts of a person are erased.
    Erasure(Erasure) = 111, relay;
    /// What to do with a fact in quarantine.
    QuarantineDecided(QuarantineDecided) = 112, relay;
    /// This chain goes on from a fork.
    ChainForked(ChainForked) = 113, relay;
    /// A clock jumped.
    ClockJumped(ClockJumped) = 114, relay;
    /// The device goes on here, under the number that its branch got.
    ChainTaken(ChainTaken) = 115, relay;
}

impl Body {
    /// Says whether a fact of this kind is about one person, and so carries a salt.
    #[must_use]
    pub fn about_person(&self) -> bool {
        KINDS.iter().any(|(kind, _, about)| *kind == self.kind() && *about)
    }

    /// Says whether a device that does not know this kind must forbid what depends on it.
    #[must_use]
    pub fn must_understand(&self) -> bool {
        match self {
            Self::LotIsolated(_) | Self::DeviceRetired(_) | Self::Erasure(_) | Self::Corrected(_) => true,
            Self::Unknown { must_understand, .. } => *must_understand,
            _ => false,
        }
    }
}

/// Somebody is to be visited.
#[derive(Clone, PartialEq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PersonAdded {
    /// What is known.
    #[n(0)]
    pub record: PersonRecord,
    /// A stable key of the imported row, so that the same file adds nobody twice; empty when typed by hand.
    #[n(1)]
    pub source_key: String,
}

//! Facts: what somebody did, written once, never edited.
//!
//! One table lists every kind with its number and all that is known of it ([`KINDS`]). The numbers are part of the
//! protocol: they are never used twice and never change their meaning. A kind that this version does not know is kept as
//! [`Body::Unknown`].

mod close;
mod cold;
mod consent;
mod correct;
mod departure;
mod directive;
mod dose;
mod kind;
mod lot;
mod relay;
mod returned;
mod round;
mod stock;
mod visit;
mod waste;

pub use close::*;
pub use cold::*;
pub use consent::*;
pub use correct::*;
pub use departure::*;
pub use directive::*;
pub use dose::*;
pub use kind::*;
pub use lot::*;
pub use relay::*;
pub use returned::*;
pub use round::*;
pub use stock::*;
pub use visit::*;
pub use waste::*;

use crate::name::{FactName, FactRef};
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
    ($($(#[doc = $says:literal])* $kind:literal $name:ident $home:ident $writer:ident $whom:ident $(($field:ident))?
        $corrected:ident $unknown:ident;)*) => {
        /// What a fact says. The variants are the kinds of the protocol.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Body {
            $($(#[doc = $says])* $name($name),)*
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

        /// Every kind, its number ascending: the one table that encoding, rights, corrections and the protocol's page read.
        pub const KINDS: &[Kind] = &[$(Kind {
            number: $kind,
            name: stringify!($name),
            says: concat!($($says),*).trim_ascii_start(),
            home: Home::$home,
            writer: Writer::$writer,
            personal: bodies!(@personal $whom),
            corrected: Corrector::$corrected,
            unknown: Unknown::$unknown,
        },)*];

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

            /// Returns the dossier or the act that a fact of a visit is about; none for what is about nobody, and for the
            /// facts that begin a dossier themselves or stand for another fact.
            #[must_use]
            pub fn subject(&self) -> Option<FactRef> {
                match self {
                    $(Self::$name(body) => bodies!(@subject body $whom $($field)?),)*
                    Self::Erased | Self::Unknown { .. } => None,
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
                    $($kind => minicbor::decode::<$name>(bytes)
                        .map(Self::$name)
                        .map_err(|error| BodyError { kind, reason: error.to_string() }),)*
                    _ => Ok(Self::Unknown { kind, must_understand }),
                }
            }
        }

        $(impl From<$name> for Body {
            fn from(body: $name) -> Self {
                Self::$name(body)
            }
        })*
    };
    // About whom. `Of`: the dossier or the act of that field. `Perhaps`: where the field is there. `Begins`: a dossier begins
    // here. `Another`: whomever the fact that it stands for is about.
    (@personal Nobody) => { false };
    (@personal $whom:ident) => { true };
    (@subject $body:ident Of $field:ident) => { Some($body.$field) };
    (@subject $body:ident Perhaps $field:ident) => { $body.$field };
    (@subject $body:ident $whom:ident) => {{
        let _ = $body;
        None
    }};
}

bodies! {
    // Number, name, home, writer, about whom, who may correct it, what a device does that does not know it.

    // Common: the relay, its devices, staff, lots and rules.
    /// The relay exists.
    1   RelayCreated        Common Hub  Nobody          No   Skip;
    /// A device number is bound to a public key.
    2   DeviceEnrolled      Common Hub  Nobody          No   Skip;
    /// Somebody works for the relay.
    3   AccountAdded        Common Desk Nobody          Desk Skip;
    /// A directive is in force.
    4   DirectivePublished  Common Desk Nobody          No   Skip;
    /// Doses of a lot came in.
    5   LotReceived         Common Desk Nobody          Desk Skip;
    /// A lot must not be used.
    6   LotIsolated         Common Desk Nobody          Desk Forbid;
    /// A lot may be used again.
    7   LotReleased         Common Desk Nobody          Desk Skip;
    /// The emergency protocol, signed beforehand by a physician.
    8   ProtocolSigned      Common Desk Nobody          Desk Skip;
    /// A round exists and may be held by these devices.
    9   RoundAssigned       Common Desk Nobody          No   Skip;
    /// A message of the relay to its teams.
    10  NoticePublished     Common Desk Nobody          Desk Skip;
    /// The physician on call.
    11  OnCallNamed         Common Desk Nobody          Desk Skip;
    /// A device may not write any more.
    12  DeviceRetired       Common Desk Nobody          No   Forbid;
    /// A physician of the relay confirmed a directive.
    13  DirectiveConfirmed  Common Desk Nobody          Desk Skip;
    /// A shipped directive takes the place of one that the relay had adopted.
    14  ShippedAccepted     Common Desk Nobody          Desk Skip;

    // People.
    /// Somebody is to be visited.
    20  PersonAdded         People Desk Begins          Desk Skip;
    /// Something that a round learned of a person came back.
    21  Returned            People Hub  Perhaps(person) Desk Skip;

    // A round as planned.
    /// The round's frame.
    30  RoundPlanned        Round  Desk Nobody          Desk Skip;
    /// An address to go to.
    31  StopPlanned         Round  Both Nobody          Team Skip;
    /// A person at an address.
    32  DossierAdded        Round  Both Begins          Team Skip;
    /// A vaccine a person is to receive.
    33  ActPlanned          Round  Both Of(person)      Team Skip;
    /// The order of the addresses.
    34  StopsOrdered        Round  Both Nobody          Team Skip;
    /// Another product or rank for an act.
    35  ActChanged          Round  Both Of(act)         Team Skip;
    /// Somebody waits for a later date.
    36  WaitingListed       Round  Both Begins          Team Skip;
    /// The round is released to the tablets.
    37  RoundPublished      Round  Desk Nobody          No   Skip;
    /// The relay will not do this round.
    38  RoundCancelled      Round  Desk Nobody          Desk Skip;

    /// The relay takes somebody out of a round that is published.
    39  PersonTakenOut      Round  Desk Of(person)      Desk Skip;

    // Departure.
    /// The kit and the equipment were looked over.
    40  KitChecked          Round  Team Nobody          Team Skip;
    /// The team left.
    41  Departed            Round  Team Nobody          Team Skip;
    /// A nurse's vacation starts.
    42  VacationStarted     Round  Team Nobody          Team Skip;
    /// A nurse's vacation ends.
    43  VacationEnded       Round  Team Nobody          Team Skip;

    // Doses.
    /// Doses were taken aboard.
    50  DosesLoaded         Round  Team Nobody          Team Skip;
    /// A vial was punctured, diluted where the product asks it.
    51  VialOpened          Round  Team Nobody          Team Skip;
    /// How many doses a vial gave in the end.
    52  VialDrawn           Round  Team Nobody          Team Skip;
    /// Doses were lost.
    53  DosesWasted         Round  Team Nobody          Team Skip;
    /// Doses went to another team.
    54  DosesCeded          Round  Team Nobody          Team Skip;
    /// Unopened doses came back to the relay.
    55  DosesReturned       Round  Team Nobody          Team Skip;

    // At the door.
    /// How the identity was checked.
    60  IdentityChecked     Round  Team Of(person)      Team Skip;
    /// Corrected traits.
    61  IdentityCorrected   Round  Team Of(person)      Team Skip;
    /// Answers to the questions.
    62  ScreeningAnswered   Round  Team Of(act)         Team Skip;
    /// An agreement.
    63  ConsentGiven        Round  Team Of(act)         Team Skip;
    /// An objection.
    64  ObjectionRaised     Round  Team Of(act)         Team Skip;
    /// A prescription.
    65  PrescriptionSeen    Round  Team Of(act)         Team Skip;
    /// What a physician decided in writing.
    66  PhysicianDecided    Round  Team Of(act)         Team Skip;
    /// What the nurse judged, and why.
    67  NurseJudged         Round  Team Of(act)         Team Skip;
    /// The rules' answer that an act stands on.
    68  AnswerRecorded      Round  Team Of(act)         Team Skip;
    /// A dose was given.
    69  DoseGiven           Round  Team Of(person)      Team Skip;
    /// The observation ended.
    70  ObservationEnded    Round  Team Of(person)      Team Skip;
    /// Something happened to a person or to the team.
    71  IncidentReported    Round  Team Perhaps(person) Team Skip;
    /// The vaccination was entered where it must be.
    72  TraceabilityDone    Round  Team Of(person)      Team Skip;
    /// The certificate was handed over.
    73  CertificateGiven    Round  Team Of(person)      Team Skip;
    /// A next date was agreed.
    74  NextDateGiven       Round  Team Of(person)      Team Skip;
    /// Satisfaction of the person, 1 to 5.
    75  SatisfactionGiven   Round  Team Of(person)      Team Skip;
    /// How the visit of a person ended.
    76  OutcomeRecorded     Round  Team Of(person)      Team Skip;
    /// The nurse stood at the door.
    77  Arrived             Round  Team Nobody          Team Skip;
    /// What the door learned of a person's history.
    78  HistoryNoted        Round  Team Of(person)      Team Skip;

    // Cold box.
    /// A temperature was read.
    80  TemperatureRead     Round  Team Nobody          Team Skip;
    /// The head of the relay decided on doses set apart.
    81  IsolationDecided    Round  Both Nobody          Team Skip;
    /// Somebody who may decided by telephone about doses set apart; the team noted it.
    82  PhoneDecisionNoted  Round  Team Nobody          Team Skip;
    /// The desk confirmed or contradicted a decision by telephone.
    83  PhoneDecisionAnswered Round Desk Nobody         Desk Skip;

    // Waste.
    /// A container was opened.
    90  ContainerOpened     Round  Team Nobody          Team Skip;
    /// Waste counted by hand, more or less than by itself.
    91  WasteTallied        Round  Team Nobody          Team Skip;
    /// How full a container is.
    92  ContainerFilled     Round  Team Nobody          Team Skip;
    /// A container was closed for good.
    93  ContainerClosed     Round  Team Nobody          Team Skip;
    /// A container was handed over.
    94  ContainerHandedOver Round  Team Nobody          Team Skip;

    // Closing.
    /// A difficulty for the relay to know.
    100 DifficultyReported  Round  Team Nobody          Team Skip;
    /// Satisfaction of the team, 1 to 5.
    101 TeamSatisfaction    Round  Team Nobody          Team Skip;
    /// The round was signed.
    102 RoundClosed         Round  Team Nobody          Team Skip;
    /// A nurse's own count of entries on ameli pro.
    103 EntriesCounted      Round  Team Nobody          Team Skip;
    /// The head of the relay explained a difference.
    104 GapExplained        Round  Desk Nobody          Desk Skip;

    /// A team read a message of the relay.
    105 NoticeRead          Round  Team Nobody          No   Skip;
    /// Adrenaline was given.
    106 AdrenalineGiven     Round  Team Perhaps(person) Team Skip;

    // Any scope.
    /// An earlier fact is replaced or withdrawn.
    110 Corrected           Any    Both Another         No   Forbid;
    /// The facts of a person are erased.
    111 Erasure             Any    Desk Nobody          No   Forbid;
    /// What to do with a fact in quarantine.
    112 QuarantineDecided   Any    Desk Nobody          No   Skip;
    /// This chain goes on from a fork.
    113 ChainForked         Any    Hub  Nobody          No   Skip;
    /// A clock jumped.
    114 ClockJumped         Any    Both Nobody          Team Skip;
    /// The device goes on here, under the number that its branch got.
    115 ChainTaken          Any    Team Nobody          No   Skip;
    /// A clock was compared with the hub's.
    116 ClockCompared       Round  Team Nobody          Team Skip;
    /// One of the two copies on a tablet was made anew from the other.
    117 CopyMended          Round  Team Nobody          No   Skip;
    /// A tablet holds the doses of one whose store was lost.
    118 CustodyTaken        Round  Team Nobody          Desk Skip;
}

impl Body {
    /// Returns its line in the table of kinds; none for erased bytes and for a kind that this version does not know.
    #[must_use]
    pub fn line(&self) -> Option<&'static Kind> {
        Kind::of(self.kind())
    }

    /// Says whether a fact of this kind is about one person, and so carries a salt.
    #[must_use]
    pub fn about_person(&self) -> bool {
        self.line().is_some_and(|kind| kind.personal)
    }

    /// Says whether a device that does not know this kind must forbid what depends on it.
    #[must_use]
    pub fn must_understand(&self) -> bool {
        match self {
            Self::Unknown { must_understand, .. } => *must_understand,
            known => known.line().is_some_and(|kind| kind.unknown == Unknown::Forbid),
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
    /// What came back from rounds and does not count any more, because the desk decided otherwise since.
    #[n(2)]
    #[serde(default)]
    pub settles: Option<Vec<FactRef>>,
    /// The person who came back from a round and whom this record is about, in place of what the round knew of her.
    #[n(3)]
    #[serde(default)]
    pub of: Option<FactRef>,
}

impl PersonAdded {
    /// Somebody new; `source_key` is empty when typed by hand.
    #[must_use]
    pub fn new(record: PersonRecord, source_key: impl Into<String>) -> Self {
        Self { record, source_key: source_key.into(), settles: None, of: None }
    }
}

//! Facts of the relay itself: devices, staff, lots, rules in force. Every device of the relay holds them.

use super::AccountNo;
use crate::date::Day;
use crate::name::DeviceId;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The relay exists, under this name.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RelayCreated {
    /// Name on screens.
    #[n(0)]
    pub name: String,
    /// Territory code of the rules: `FR-93`.
    #[n(1)]
    pub territory: String,
    /// Offset of the relay's wall clock from UTC in winter, in minutes: 60 in metropolitan France.
    #[n(2)]
    pub utc_offset_minutes: i16,
    /// Whether this relay's people are invented.
    #[n(3)]
    pub demo: bool,
}

/// A device number is bound to a public key, under the relay's own key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode)]
#[cbor(map)]
pub struct DeviceEnrolled {
    /// Never used twice in a relay.
    #[n(0)]
    pub device: DeviceId,
    /// Ed25519 public key, 32 bytes.
    #[n(1)]
    pub public_key: ByteVec,
    /// What people call it: «Tablette 1».
    #[n(2)]
    pub label: String,
    /// Ed25519 signature of the relay's key over (relay, device, public key).
    #[n(3)]
    pub relay_signature: ByteVec,
}

/// A device may not write any more; what it wrote stays.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DeviceRetired {
    /// Which one.
    #[n(0)]
    pub device: DeviceId,
    /// Lost, broken, replaced.
    #[n(1)]
    pub reason: String,
}

/// What somebody does in the relay (R12–R15).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Goes to the doors.
    #[n(0)]
    Nurse,
    /// Plans and supplies.
    #[n(1)]
    Coordinator,
    /// Answers for the relay.
    #[n(2)]
    Head,
    /// On call.
    #[n(3)]
    Physician,
    /// Prepares syringes at the relay.
    #[n(4)]
    Preparer,
}

/// Somebody works for the relay.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct AccountAdded {
    /// Its number.
    #[n(0)]
    pub account: AccountNo,
    /// Name on screens.
    #[n(1)]
    pub name: String,
    /// What this person does.
    #[n(2)]
    pub roles: Vec<Role>,
    /// RPPS number, eleven digits.
    #[n(3)]
    pub rpps: Option<String>,
    /// Whether the training to prescribe (10 h 30) was declared.
    #[n(4)]
    pub prescriber_trained: bool,
    /// Phone.
    #[n(5)]
    pub phone: Option<String>,
}

/// A directive is in force from its own dates on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode)]
#[cbor(map)]
pub struct DirectivePublished {
    /// Identifier of the directive.
    #[n(0)]
    pub id: String,
    /// Its version.
    #[n(1)]
    pub version: String,
    /// The directive as CBOR (`rules::Directive`).
    #[n(2)]
    pub content: ByteVec,
    /// Its first day, its last day and the families it is about, for whoever cannot read the content.
    #[n(3)]
    #[cbor(default)]
    pub reach: Reach,
    /// It also counts for rounds that left with an earlier version.
    #[n(4)]
    #[cbor(default)]
    pub urgent: bool,
    /// The text that it was read from, with its worked examples and comments; none for those that ship with the hub.
    #[n(5)]
    pub text: Option<String>,
    /// A national version that did not ship with the hub: where this relay took it from, and who did.
    #[n(6)]
    pub adopted: Option<Adopted>,
}

/// Where a national version that a relay adopted comes from. It counts once a physician of the relay confirmed it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Adopted {
    /// From what.
    #[n(0)]
    pub origin: Origin,
    /// The head of the relay who adopted it.
    #[n(1)]
    pub by: AccountNo,
    /// When.
    #[n(2)]
    pub at: Wall,
}

/// What an adopted version was made from.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Another season of the same directive.
    #[n(0)]
    Season {
        /// The directive.
        #[n(0)]
        id: String,
        /// The version whose rules were taken over.
        #[n(1)]
        version: String,
    },
    /// A file from elsewhere.
    #[n(1)]
    File {
        /// Its name.
        #[n(0)]
        name: String,
        /// Who gave it, as the head of the relay says.
        #[n(1)]
        given_by: String,
    },
}

/// When and about what a directive speaks, in words that every version understands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Reach {
    /// First day in force; none: not said.
    #[n(0)]
    pub from: Option<Day>,
    /// Last day in force.
    #[n(1)]
    pub until: Option<Day>,
    /// Codes of the families; none named: all.
    #[n(2)]
    pub families: Vec<String>,
}

/// A physician of the relay confirmed a version of a directive: screens no longer say «à valider par un médecin».
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DirectiveConfirmed {
    /// Identifier of the directive.
    #[n(0)]
    pub id: String,
    /// Its version.
    #[n(1)]
    pub version: String,
    /// The physician.
    #[n(2)]
    pub physician: AccountNo,
    /// When.
    #[n(3)]
    pub at: Wall,
}

/// A person looked at what spoke against a lot as it was typed, kept it, and says why.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Confirmed {
    /// Why.
    #[n(0)]
    pub reason: String,
    /// The codes of the doubts that she saw (`lot::LotDoubt::code`); what comes up later is asked about again.
    #[n(1)]
    pub doubts: Vec<String>,
}

/// The head of the relay accepts a version that ships with the hub in the place of one that the relay had adopted.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ShippedAccepted {
    /// Identifier of the directive.
    #[n(0)]
    pub id: String,
    /// The version that ships.
    #[n(1)]
    pub version: String,
    /// The head of the relay.
    #[n(2)]
    pub head: AccountNo,
    /// When.
    #[n(3)]
    pub at: Wall,
}

/// Doses of a lot came in.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct LotReceived {
    /// Product code.
    #[n(0)]
    pub product: String,
    /// Lot number as printed.
    #[n(1)]
    pub lot: String,
    /// Last day it may be used, unopened.
    #[n(2)]
    pub expiry: Day,
    /// Doses received.
    #[n(3)]
    pub doses: u32,
    /// Why the lot stands as it was typed, where something spoke against it.
    #[n(4)]
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
}

/// A lot must not be used until it is released: recalled, or its cold chain is in doubt.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct LotIsolated {
    /// Lot number.
    #[n(0)]
    pub lot: String,
    /// Why.
    #[n(1)]
    pub reason: String,
    /// Code of the product that it is a lot of; none: every product that has a lot of this number.
    #[n(2)]
    #[serde(default)]
    pub product: Option<String>,
    /// Why the number stands as it was typed, where a lot that looks the same is known.
    #[n(3)]
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
}

/// A lot may be used again.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct LotReleased {
    /// Lot number.
    #[n(0)]
    pub lot: String,
    /// Why.
    #[n(1)]
    pub reason: String,
    /// Code of the product that it is a lot of; none: every product that has a lot of this number.
    #[n(2)]
    #[serde(default)]
    pub product: Option<String>,
}

/// The relay's emergency protocol, written, dated and signed beforehand by a physician (R37). Perron shows it as it is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ProtocolSigned {
    /// Title.
    #[n(0)]
    pub title: String,
    /// Text, paragraphs separated by blank lines.
    #[n(1)]
    pub text: String,
    /// Who signed.
    #[n(2)]
    pub signed_by: String,
    /// When.
    #[n(3)]
    pub on: Day,
}

/// The physician on call (R15); recommended, not required.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct OnCallNamed {
    /// Name.
    #[n(0)]
    pub name: String,
    /// Phone.
    #[n(1)]
    pub phone: String,
}

/// A round exists; these devices hold its scope.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RoundAssigned {
    /// Number of the round, from 1.
    #[n(0)]
    pub round: u32,
    /// Its day.
    #[n(1)]
    pub on: Day,
    /// What people call the round: «Bondy nord».
    #[n(2)]
    pub label: String,
    /// Devices that hold it. The latest fact about a round counts.
    #[n(3)]
    pub devices: Vec<DeviceId>,
}

/// A message of the relay to its teams, in the manner of DGS-Urgent.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct NoticePublished {
    /// Title.
    #[n(0)]
    pub title: String,
    /// Text.
    #[n(1)]
    pub text: String,
    /// Where to read more.
    #[n(2)]
    pub link: Option<String>,
    /// When it was written.
    #[n(3)]
    pub at: Wall,
}

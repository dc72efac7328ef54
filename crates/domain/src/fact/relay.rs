//! Facts of the relay itself: devices, staff, protocol, rounds, messages. Every device of the relay holds them.

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
    /// Why the relay gave the round up, where it did: tablets show it no longer, and say so.
    #[n(4)]
    pub cancelled: Option<String>,
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

//! Facts of the closing (R31): what was entered where, difficulties, the signature.

use super::AccountNo;
use crate::name::DeviceId;
use cbor_map::MapDecode;
use minicbor::Encode;
use serde::{Deserialize, Serialize};

/// A difficulty for the head of the relay to know (R14).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct DifficultyReported {
    /// In words.
    #[n(0)]
    pub text: String,
}

/// Satisfaction of the team (R40).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct TeamSatisfaction {
    /// 1 (bad) to 5 (very good).
    #[n(0)]
    pub score: u8,
}

/// What a nurse reads on her own ameli pro account for the day (R31).
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct EntriesCounted {
    /// Whose account.
    #[n(0)]
    pub account: AccountNo,
    /// Entries found there.
    #[n(1)]
    pub entered: u16,
    /// Persons seen for whom no entry was due.
    #[n(2)]
    pub not_due: u16,
    /// Why not; required when `not_due` is above 0.
    #[n(3)]
    pub reason: Option<String>,
}

/// What explains one difference.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Explained {
    /// The difference's code, as the balance names it.
    #[n(0)]
    pub gap: String,
    /// In words.
    #[n(1)]
    pub text: String,
}

/// The head of the relay explained a difference after the merge: what the team left open, or what two tablets did.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct GapExplained {
    /// The difference's code, as the balance names it.
    #[n(0)]
    pub gap: String,
    /// In words.
    #[n(1)]
    pub text: String,
    /// The figures that were explained; when facts that come later change them, the difference is open again.
    #[n(2)]
    pub figures: Vec<i32>,
}

/// A team read a message of the relay; the account is the fact's author.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct NoticeRead {
    /// The device that wrote the message in the relay's common scope.
    #[n(0)]
    pub device: DeviceId,
    /// Its number there.
    #[n(1)]
    pub number: u32,
}

/// The round was signed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct RoundClosed {
    /// Who signed.
    #[n(0)]
    pub by: AccountNo,
    /// Differences that were explained.
    #[n(1)]
    pub explained: Vec<Explained>,
    /// Differences left for the head of the relay: «avec écarts à traiter».
    #[n(2)]
    pub open_gaps: Vec<String>,
}

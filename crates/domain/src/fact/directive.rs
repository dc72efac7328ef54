//! Facts of the rules in force: published, confirmed by a physician, accepted by the head of the relay.

use super::AccountNo;
use crate::date::Day;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

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

//! What happened to a person before: doses, infections, traits, reactions, and which of these lists are whole.

use crate::date::PartialDate;
use crate::rules::Trait;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A dose received earlier.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PriorDose {
    /// Product code, or `other`.
    #[n(0)]
    pub product: String,
    /// When; `None` when nobody knows.
    #[n(1)]
    pub on: Option<PartialDate>,
    /// Lot number, where it was read.
    #[n(2)]
    #[serde(default)]
    pub lot: Option<String>,
}

/// An infection that counts for the calendar.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Infection {
    /// When; `None` when nobody knows.
    #[n(0)]
    pub on: Option<PartialDate>,
    /// Whether a test proves it.
    #[n(1)]
    pub proof: bool,
}

/// What was answered when something about a person was asked. What was never asked is not written at all: silence is no
/// «no».
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// It is so.
    #[n(0)]
    Yes,
    /// It is not so.
    #[n(1)]
    No,
    /// Asked, and nobody knows.
    #[n(2)]
    NotKnown,
}

/// What is known of one trait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct TraitKnown {
    /// Which one.
    #[n(0)]
    pub which: Trait,
    /// What was answered.
    #[n(1)]
    pub known: Known,
}

/// The list of infections, as [`ListKnown`] names it.
pub const INFECTIONS: &str = "infections";
/// The list of live attenuated vaccines of any family, as [`ListKnown`] names it.
pub const LIVE: &str = "live";

/// Whether a list of what happened before is known to be whole.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ListKnown {
    /// Which list: a family's code for its doses, [`LIVE`] or [`INFECTIONS`].
    #[n(0)]
    pub list: String,
    /// Everything that there was stands in it; false: asked, and nobody knows.
    #[n(1)]
    pub complete: bool,
}

/// An answer to a question of the directives.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
pub struct Answered {
    /// The question's code.
    #[n(0)]
    pub question: String,
    /// Yes or no.
    #[n(1)]
    pub yes: bool,
}

/// A reaction to an earlier dose: yes to a question about one product or family.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Reaction {
    /// The code of the question that was answered by yes.
    #[n(0)]
    pub question: String,
    /// The code of the product that the question was about.
    #[n(1)]
    pub product: String,
    /// When it happened, where somebody knows.
    #[n(2)]
    #[serde(default)]
    pub on: Option<PartialDate>,
}

/// What was learned of a person's history, at a door or at the desk. What is `None` or not named stays as it was.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default)]
pub struct History {
    /// All the earlier doses, in place of those known so far.
    #[n(0)]
    pub doses: Option<Vec<PriorDose>>,
    /// All the infections, in place of those known so far.
    #[n(1)]
    pub infections: Option<Vec<Infection>>,
    /// Traits that were asked.
    #[n(2)]
    #[cbor(default)]
    pub traits: Vec<TraitKnown>,
    /// Lists that were asked.
    #[n(3)]
    #[cbor(default)]
    pub lists: Vec<ListKnown>,
    /// All the reactions, in place of those known so far.
    #[n(4)]
    pub reactions: Option<Vec<Reaction>>,
    /// Answers to questions about the person always.
    #[n(5)]
    #[cbor(default)]
    pub lasting: Vec<Answered>,
}

impl History {
    /// Says whether it would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

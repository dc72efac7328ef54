//! A case: everything about one intended dose that the rules may look at, and nothing that names the person.

use super::terms::{By, How, Prescriber, Protection, Sex, Version};
use super::unknown::Unknown;
use crate::date::{Day, PartialDate};
use cbor_map::MapDecode;
use minicbor::Encode;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// One intended dose for one person on one day.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The day of the act, where it takes place.
    #[n(0)]
    pub on: Day,
    /// Where it takes place: `FR`, `FR-93`, `FR-974`.
    #[n(1)]
    pub territory: String,
    /// The code of the product that is meant.
    #[n(2)]
    pub product: String,
    /// Which dose of this vaccine it is, from 1; none when nobody knows.
    #[n(3)]
    #[serde(default)]
    pub rank: Option<u8>,
    /// The person, without a name.
    #[n(4)]
    pub person: Person,
    /// Earlier doses, in any order.
    #[n(5)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub previous: Vec<PreviousDose>,
    /// Earlier COVID infections, in any order.
    #[n(6)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub infections: Vec<Infection>,
    /// Answers given so far, by the code of the question. A question that is not here has no answer.
    #[n(7)]
    #[serde(default, deserialize_with = "given_answers")]
    pub answers: BTreeMap<String, bool>,
    /// Agreements and refusals said so far.
    #[n(8)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub consents: Vec<Consent>,
    /// Objections: they outweigh agreements.
    #[n(9)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub objections: Vec<Objection>,
    /// The prescription, when there is one.
    #[n(10)]
    #[serde(default)]
    pub prescription: Option<Prescription>,
    /// A physician's written decision about this dose, when there is one.
    #[n(11)]
    #[serde(default)]
    pub physician_decision: Option<PhysicianDecision>,
    /// What the nurse may do.
    #[n(12)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub nurse: Nurse,
    /// Whether the relay's own layer applies.
    #[n(13)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub relay_protocol: bool,
    /// Whether the emergency kit was checked; none when it is not known (before the round).
    #[n(14)]
    #[serde(default)]
    pub kit_checked: Option<bool>,
    /// Directives in force that the program is too old to understand.
    #[n(15)]
    #[cbor(default)]
    #[serde(skip)]
    pub not_understood: Vec<Version>,
    /// What is not known of the person's past or state; what is not named here is known to be as it stands.
    #[n(16)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default, deserialize_with = "null_is_absent", skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Unknown>,
    /// Reactions to earlier doses.
    #[n(17)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default, deserialize_with = "null_is_absent", skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<KnownReaction>,
    /// Directives in force that the program is too old to understand, and in whose place it goes by an earlier version.
    #[n(18)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(skip)]
    pub overtaken: Vec<Version>,
}

/// A reaction to an earlier dose: somebody answered yes to a question about one product or family.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct KnownReaction {
    /// The code of the question.
    #[n(0)]
    pub question: String,
    /// The code of the product that it followed.
    #[n(1)]
    pub product: String,
}

/// What the rules may know of a person.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The birth date, whole or partial: the strictest answer over the possible ages is given.
    #[n(0)]
    pub birth_date: PartialDate,
    /// The sex, when known.
    #[n(1)]
    #[serde(default)]
    pub sex: Option<Sex>,
    /// A disease that makes a severe form more likely (diabetes, heart disease …).
    #[n(2)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub at_risk: bool,
    /// One of the diseases at very high risk.
    #[n(3)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub very_high_risk: bool,
    /// Immunocompromised.
    #[n(4)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub immunocompromised: bool,
    /// Pregnant.
    #[n(5)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub pregnant: bool,
    /// A health worker.
    #[n(6)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub health_worker: bool,
    /// The protection measure, if any.
    #[n(7)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub protection: Protection,
    /// A physician found the person unable to consent.
    #[n(8)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub unable: bool,
}

/// A dose given earlier, here or elsewhere.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct PreviousDose {
    /// The code of the product, or `other`.
    #[n(0)]
    pub product: String,
    /// When; none when nobody knows.
    #[n(1)]
    #[serde(default)]
    pub on: Option<PartialDate>,
    /// Declared incomplete: part of it was lost beside the arm.
    #[n(2)]
    #[cbor(default, skip_if = "std::ops::Not::not")]
    #[serde(default, deserialize_with = "null_is_absent", skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
}

impl PreviousDose {
    /// Returns a dose that was given whole.
    #[must_use]
    pub fn whole(product: &str, on: Option<PartialDate>) -> Self {
        Self { product: product.to_owned(), on, incomplete: false }
    }
}

/// An earlier COVID infection.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Infection {
    /// When; none when nobody knows.
    #[n(0)]
    #[serde(default)]
    pub on: Option<PartialDate>,
    /// A test result was seen.
    #[n(1)]
    #[serde(default, deserialize_with = "seen")]
    pub proof: Option<bool>,
}

/// An agreement or a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Who.
    #[n(0)]
    pub by: By,
    /// Given, or refused.
    #[n(1)]
    #[serde(default = "yes")]
    pub given: bool,
    /// How; none when it was not noted (read as present).
    #[n(2)]
    #[serde(default)]
    pub how: Option<How>,
}

const fn yes() -> bool {
    true
}

/// Reads `null` like a field that is not there.
fn null_is_absent<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads answers; one that is `null` was not given.
fn given_answers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, bool>, D::Error> {
    let answers: BTreeMap<String, Option<bool>> = null_is_absent(deserializer)?;
    Ok(answers.into_iter().filter_map(|(code, answer)| Some((code, answer?))).collect())
}

/// Reads whether a proof was seen: yes, no, or which one (`"pcr"`).
fn seen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Proof {
        Seen(bool),
        Named(String),
    }
    Ok(Option::deserialize(deserializer)?.map(|proof| match proof {
        Proof::Seen(seen) => seen,
        Proof::Named(name) => !name.trim().is_empty(),
    }))
}

/// Somebody opposes the dose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Who.
    #[n(0)]
    pub by: By,
}

/// A prescription as it was seen.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    /// Who prescribed.
    #[n(0)]
    pub by: Prescriber,
    /// The prescriber's RPPS number: 11 digits, Luhn.
    #[n(1)]
    pub rpps: String,
    /// The code of the product prescribed.
    #[n(2)]
    pub product: String,
    /// The day it was written.
    #[n(3)]
    pub on: Day,
}

/// A physician's written decision about this dose: to have it given in spite of what the rules say, or not.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct PhysicianDecision {
    /// The physician's RPPS number: 11 digits, Luhn. Without one that holds, the decision lifts nothing.
    #[n(0)]
    #[serde(default)]
    pub rpps: Option<String>,
    /// The code of the product it is about.
    #[n(1)]
    pub product: String,
    /// The day it was written.
    #[n(2)]
    pub on: Day,
    /// Whether the dose may be given.
    #[n(3)]
    #[serde(default = "yes")]
    pub allow: bool,
    /// The codes of the reasons that it lifts. None, as the first decisions said it: every reason that can be lifted.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifts: Option<Vec<String>>,
    /// The last day on which it holds; none when it does not say.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// What the nurse at the door may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Nurse {
    /// Trained (10 h 30) and declared to the Ordre as a prescriber of vaccines.
    #[n(0)]
    #[serde(default, deserialize_with = "null_is_absent")]
    pub prescriber_trained: bool,
}

/// Tells whether `rpps` is an RPPS number: 11 digits that pass Luhn.
#[must_use]
pub fn is_rpps(rpps: &str) -> bool {
    rpps.len() == 11 && rpps.bytes().all(|byte| byte.is_ascii_digit()) && luhn(rpps)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum > 0 && sum.is_multiple_of(10)
}

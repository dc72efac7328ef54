//! A directive: a dated, sourced set of products, questions, agreements and rules, of one layer.

use super::answer::Outcome;
use super::condition::{Condition, Doses};
use super::interval::{Age, Interval};
use super::product::{Family, Product};
use super::terms::{By, How, Layer, Trait, Version};
use crate::date::Day;
use crate::depth;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Where a directive comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title, with the issuing body.
    #[n(0)]
    pub title: String,
    /// The day it was issued, when known.
    #[n(1)]
    #[serde(default)]
    pub date: Option<Day>,
    /// Where it can be read.
    #[n(2)]
    #[serde(default)]
    pub link: Option<String>,
}

/// A dated set of rules of one layer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Directive {
    /// Which directive (`national-covid-2021`).
    #[n(0)]
    pub id: String,
    /// Which version of it.
    #[n(1)]
    pub version: String,
    /// First day in force.
    #[n(2)]
    pub from: Day,
    /// Last day in force; none while no end is known.
    #[n(3)]
    pub until: Option<Day>,
    /// Where it applies: `FR` holds every `FR-…`.
    #[n(4)]
    pub territory: String,
    /// Whose it is.
    #[n(5)]
    pub layer: Layer,
    /// The families that its questions, agreements and rules are about; none named: all.
    #[n(6)]
    #[serde(default)]
    pub families: Vec<Family>,
    /// Title in French.
    #[n(7)]
    pub title_fr: String,
    /// Title in English.
    #[n(8)]
    pub title_en: String,
    /// Where it comes from.
    #[n(9)]
    pub source: Source,
    /// Confirmed by the relay's physician; until then screens say «à valider par un médecin».
    #[n(10)]
    #[serde(default)]
    pub validated: bool,
    /// Minutes of observation after a dose; none when it does not say.
    #[n(11)]
    #[serde(default)]
    pub observation_minutes: Option<u16>,
    /// Products that it describes.
    #[n(12)]
    #[serde(default)]
    pub products: Vec<Product>,
    /// Questions that it asks.
    #[n(13)]
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Agreements that it needs.
    #[n(14)]
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// Its rules.
    #[n(15)]
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Where the entry of a dose is made, by this directive.
    #[n(16)]
    #[serde(default)]
    pub traceability_fr: Option<String>,
    /// The same in English.
    #[n(17)]
    #[serde(default)]
    pub traceability_en: Option<String>,
    /// The least evaluator that reads it as it is meant.
    #[n(18)]
    #[cbor(default, skip_if = "Least::is_first")]
    #[serde(default, skip_serializing_if = "Least::is_first")]
    pub evaluator: Least,
}

/// The number of the least evaluator that reads a directive as it is meant; 1 where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Least(#[n(0)] pub u16);

impl Default for Least {
    fn default() -> Self {
        Self(1)
    }
}

impl Least {
    fn is_first(&self) -> bool {
        self.0 <= 1
    }
}

/// Why the content of a publication cannot be read as a directive.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is meant for a later evaluator.
    #[error("it is meant for evaluator {0}")]
    Later(u16),
    /// It has another shape.
    #[error("{0}")]
    Shape(#[from] minicbor::decode::Error),
}

impl Directive {
    /// Returns the content of its publication. What the first evaluator would misread is written so that its programs
    /// cannot read it at all: the number of the evaluator, then the map.
    #[must_use]
    pub fn to_content(&self) -> Vec<u8> {
        let written =
            if self.evaluator.is_first() { minicbor::to_vec(self) } else { minicbor::to_vec((self.evaluator, self)) };
        written.unwrap_or_default()
    }

    /// Reads the content of a publication.
    ///
    /// # Errors
    /// [`Unreadable`] for bytes of another shape, or meant for a later evaluator than this program has.
    pub fn of_content(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut decoder = minicbor::Decoder::new(bytes);
        if decoder.datatype()? == minicbor::data::Type::Array {
            decoder.array()?;
            let needed = decoder.u16()?;
            if needed > super::EVALUATOR_VERSION {
                return Err(Unreadable::Later(needed));
            }
        }
        depth::check(bytes, depth::CONTENT)?;
        Ok(decoder.decode()?)
    }

    /// Returns its name and version.
    #[must_use]
    pub fn name(&self) -> Version {
        Version { directive: self.id.clone(), version: self.version.clone() }
    }

    /// Tells whether `on` lies in its dates; a later version may count instead of it.
    #[must_use]
    pub fn is_dated(&self, on: Day) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// Returns the conditions of its rules, agreements and questions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let rules = self.rules.iter().map(|rule| &rule.when);
        let agreements = self.agreements.iter().map(|agreement| &agreement.when);
        let questions = self.questions.iter().map(|question| &question.asked);
        rules.chain(agreements).chain(questions)
    }
}

/// Compares the names of two versions the way people count: `2021-2` stands before `2021-10`.
#[must_use]
pub fn version_order(one: &str, other: &str) -> Ordering {
    // Numbers before words; nothing is kept, since every answer compares versions.
    fn parts(text: &str) -> impl Iterator<Item = (bool, u64, &str)> {
        let pieces = text.split(|sign: char| !sign.is_ascii_alphanumeric());
        pieces.map(|piece| piece.parse().map_or((true, 0, piece), |number| (false, number, "")))
    }
    if one == other {
        return Ordering::Equal;
    }
    parts(one).cmp(parts(other)).then_with(|| one.cmp(other))
}

/// A question at the door, answered by yes or no.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The code that rules and answers use.
    #[n(0)]
    pub code: String,
    /// The question in French.
    #[n(1)]
    pub fr: String,
    /// The question in English.
    #[n(2)]
    pub en: String,
    /// In other languages.
    #[n(3)]
    #[serde(default)]
    pub translations: Vec<Translation>,
    /// The name of its pictogram.
    #[n(4)]
    #[serde(default)]
    pub pictogram: Option<String>,
    /// When it is asked.
    #[n(5)]
    pub asked: Condition,
    /// A dose waits for its answer. The others only bring advice.
    #[n(6)]
    #[serde(default = "yes")]
    pub required: bool,
    /// Its place on the screen, lowest first.
    #[n(7)]
    #[serde(default)]
    pub order: u16,
    /// What its answer belongs to; none, as the first directives said it: to one product.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The trait of the person that it asks for in other words: where one is known, the other is.
    #[n(9)]
    #[serde(default, rename = "trait", skip_serializing_if = "Option::is_none")]
    pub asks_trait: Option<Trait>,
}

/// What an answer at the door belongs to. Only answers about the person are shared between vaccines.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The person, today (a fever).
    #[n(0)]
    Today,
    /// The person, always (fainted at an earlier injection): the dossier keeps it.
    #[n(1)]
    Always,
    /// One product (an allergy to a component).
    #[n(2)]
    #[default]
    Product,
    /// Every product of one family (a reaction to an earlier dose).
    #[n(3)]
    Family,
}

impl About {
    /// Tells whether an answer counts for every vaccine of the person.
    #[must_use]
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Today | Self::Always)
    }
}

const fn yes() -> bool {
    true
}

/// A text in another language.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The language (`ar`, `ta`).
    #[n(0)]
    pub lang: String,
    /// The text.
    #[n(1)]
    pub text: String,
    /// Somebody who speaks the language confirmed it.
    #[n(2)]
    #[serde(default)]
    pub validated: bool,
}

/// An agreement that is needed in some cases.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The code of this need.
    #[n(0)]
    pub code: String,
    /// When it is needed.
    #[n(1)]
    pub when: Condition,
    /// Whose agreement: any of these counts.
    #[n(2)]
    pub by: Vec<By>,
    /// How many of them.
    #[n(3)]
    pub count: u8,
    /// One of these alone is also enough, but the nurse judges and writes why.
    #[n(4)]
    #[serde(default)]
    pub or_judge: Vec<By>,
    /// Manners that count (none named: any).
    #[n(5)]
    #[serde(default)]
    pub how: Vec<How>,
    /// Why, in French.
    #[n(6)]
    pub fr: String,
    /// Why, in English.
    #[n(7)]
    pub en: String,
    /// Where it stands.
    #[n(8)]
    pub source: String,
    /// Read in a public source; when false, to be confirmed before anyone relies on it.
    #[n(9)]
    #[serde(default)]
    pub verified: bool,
}

/// A rule: when its condition holds, its outcome is one of the answer's reasons.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The code of the rule, unique in its directive.
    #[n(0)]
    pub code: String,
    /// When it applies.
    #[n(1)]
    pub when: Condition,
    /// What it answers.
    #[n(2)]
    pub outcome: Outcome,
    /// For a deferral: until when.
    #[n(3)]
    #[serde(default)]
    pub until: Option<Until>,
    /// For another product: which ones.
    #[n(4)]
    #[serde(default)]
    pub instead: Vec<String>,
    /// Why, in French.
    #[n(5)]
    pub fr: String,
    /// Why, in English.
    #[n(6)]
    pub en: String,
    /// Where it stands.
    #[n(7)]
    pub source: String,
    /// Read in a public source; when false, to be confirmed before anyone relies on it.
    #[n(8)]
    #[serde(default)]
    pub verified: bool,
    /// No physician's decision lifts it.
    #[n(9)]
    #[serde(default)]
    pub absolute: bool,
    /// It only adds something to an answer («allonger la personne»): alone it opens nothing to anybody.
    #[n(10)]
    #[serde(default)]
    pub advice: bool,
}

/// How the first possible day of a deferral is found.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Until {
    /// No date can be said («après guérison»).
    #[n(0)]
    NoDate,
    /// A day of the calendar.
    #[n(1)]
    Day(#[n(0)] Day),
    /// The day on which the person reaches this age.
    #[n(2)]
    Age(#[n(0)] Age),
    /// After the latest of these earlier doses.
    #[n(3)]
    AfterDose {
        /// Which doses count.
        #[n(0)]
        of: Doses,
        /// How long after.
        #[n(1)]
        interval: Interval,
    },
    /// After the latest infection.
    #[n(4)]
    AfterInfection(#[n(0)] Interval),
    /// The first of these days: whichever way opens earlier. A part without a day does not count.
    #[n(5)]
    Earliest(#[n(0)] Vec<Until>),
    /// The last of these days: all of them must have passed.
    #[n(6)]
    Latest(#[n(0)] Vec<Until>),
}

impl Until {
    /// Shows `see` this end and every end below it.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        if let Self::Earliest(parts) | Self::Latest(parts) = self {
            parts.iter().for_each(|part| part.visit(see));
        }
    }
}

//! Products: what a relay can carry, and how long each form keeps, as dated data with sources.

use super::interval::Interval;
use crate::date::Day;
use crate::temperature::TemperatureRange;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What a product protects against.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// COVID-19.
    #[n(0)]
    Covid,
    /// Seasonal influenza.
    #[n(1)]
    Influenza,
    /// Pneumococcal infections.
    #[n(2)]
    Pneumococcus,
    /// Shingles.
    #[n(3)]
    Shingles,
    /// Respiratory syncytial virus.
    #[n(4)]
    Rsv,
    /// Measles, mumps and rubella.
    #[n(5)]
    Mmr,
    /// Anything else, or not known.
    #[n(6)]
    Other,
    /// Diphtheria, tetanus, poliomyelitis, with or without whooping cough (dTP, dTcaP).
    #[n(7)]
    Dtp,
    /// Human papillomavirus.
    #[n(8)]
    Hpv,
    /// Meningococcal infections.
    #[n(9)]
    Meningococcus,
    /// Hepatitis B.
    #[n(10)]
    HepatitisB,
    /// Yellow fever.
    #[n(11)]
    YellowFever,
    /// Chickenpox.
    #[n(12)]
    Varicella,
    /// Tuberculosis (BCG).
    #[n(13)]
    Bcg,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 14] = [
        Self::Covid,
        Self::Influenza,
        Self::Pneumococcus,
        Self::Shingles,
        Self::Rsv,
        Self::Mmr,
        Self::Other,
        Self::Dtp,
        Self::Hpv,
        Self::Meningococcus,
        Self::HepatitisB,
        Self::YellowFever,
        Self::Varicella,
        Self::Bcg,
    ];

    /// Returns the code of a product of the family of which nothing else is known (`any-covid`).
    #[must_use]
    pub fn any(self) -> String {
        format!("{ANY}{}", self.code())
    }

    /// Returns the family of such a code; none for the code of a product.
    #[must_use]
    pub fn of_any(code: &str) -> Option<Self> {
        let family = code.strip_prefix(ANY)?;
        Self::ALL.into_iter().find(|one| one.code() == family)
    }

    /// Tells whether every vaccine of the family is a live attenuated one.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Mmr | Self::YellowFever | Self::Varicella | Self::Bcg)
    }

    /// Returns the name that sentences use, in French and in English.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Covid => ("COVID-19", "COVID-19"),
            Self::Influenza => ("grippe", "influenza"),
            Self::Pneumococcus => ("pneumocoque", "pneumococcus"),
            Self::Shingles => ("zona", "shingles"),
            Self::Rsv => ("VRS", "RSV"),
            Self::Mmr => ("rougeole, oreillons, rubéole", "measles, mumps, rubella"),
            Self::Other => ("autre vaccin", "another vaccine"),
            Self::Dtp => ("diphtérie, tétanos, polio", "diphtheria, tetanus, polio"),
            Self::Hpv => ("papillomavirus", "papillomavirus"),
            Self::Meningococcus => ("méningocoque", "meningococcus"),
            Self::HepatitisB => ("hépatite B", "hepatitis B"),
            Self::YellowFever => ("fièvre jaune", "yellow fever"),
            Self::Varicella => ("varicelle", "chickenpox"),
            Self::Bcg => ("BCG", "BCG"),
        }
    }
    /// Returns the code (`covid`).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Covid => "covid",
            Self::Influenza => "influenza",
            Self::Pneumococcus => "pneumococcus",
            Self::Shingles => "shingles",
            Self::Rsv => "rsv",
            Self::Mmr => "mmr",
            Self::Other => "other",
            Self::Dtp => "dtp",
            Self::Hpv => "hpv",
            Self::Meningococcus => "meningococcus",
            Self::HepatitisB => "hepatitis_b",
            Self::YellowFever => "yellow_fever",
            Self::Varicella => "varicella",
            Self::Bcg => "bcg",
        }
    }
}

/// Before a family's code: a product of which only the family is known.
const ANY: &str = "any-";

/// How doses travel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A vial of several doses (or one), drawn with a syringe.
    #[n(0)]
    Vial,
    /// A prefilled syringe: one dose.
    #[n(1)]
    Prefilled,
    /// Powder and solvent, mixed before the injection: one dose.
    #[n(2)]
    PowderSolvent,
}

/// How long a state of a product keeps, with where the figure comes from.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct UseBy {
    /// Minutes that it may be used.
    #[n(0)]
    pub minutes: u32,
    /// Where the figure stands.
    #[n(1)]
    pub source: String,
    /// Read in a public source; when false, from memory and to be confirmed before anyone relies on it.
    #[n(2)]
    #[serde(default)]
    pub verified: bool,
}

/// Between which temperatures a state of a product keeps, with where the figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Temperatures {
    /// The lowest, whole degrees Celsius.
    #[n(0)]
    pub min: i8,
    /// The highest, whole degrees Celsius.
    #[n(1)]
    pub max: i8,
    /// Where the figures stand.
    #[n(2)]
    pub source: String,
    /// Read in a public source; when false, from memory, and nothing relies on it: the fridge's 2–8 °C hold.
    #[n(3)]
    #[serde(default)]
    pub verified: bool,
}

impl Temperatures {
    /// Returns the range to rely on; none while nobody verified it.
    #[must_use]
    pub fn relied_on(&self) -> Option<TemperatureRange> {
        let tenths = |degrees: i8| i16::from(degrees) * 10;
        let range = TemperatureRange { min_tenths: tenths(self.min), max_tenths: tenths(self.max) };
        self.verified.then_some(range)
    }
}

/// What a vial is diluted with before the first draw.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Diluent {
    /// The volume in microlitres (1,8 ml is 1800).
    #[n(0)]
    pub microlitres: u32,
    /// What it is, in French.
    #[n(1)]
    pub fr: String,
    /// The same in English.
    #[n(2)]
    pub en: String,
    /// Where the figure stands.
    #[n(3)]
    pub source: String,
    /// Read in a public source; when false, from memory: screens ask to look at the leaflet.
    #[n(4)]
    #[serde(default)]
    pub verified: bool,
}

/// A vaccine as a relay carries it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The code used everywhere (`comirnaty-30-purple`).
    #[n(0)]
    pub code: String,
    /// The name that screens show.
    #[n(1)]
    pub name_fr: String,
    /// What it protects against.
    #[n(2)]
    pub family: Family,
    /// The CIP13 codes of its boxes (GTIN-14 = "0" + CIP13).
    #[n(3)]
    #[serde(default)]
    pub cip13: Vec<String>,
    /// How it travels.
    #[n(4)]
    pub form: Form,
    /// Doses that the label gives a vial (or a box unit).
    #[n(5)]
    pub doses_per_vial: u8,
    /// The fewest doses that a vial gives without a reason being asked.
    #[n(6)]
    pub usual_draws_min: u8,
    /// The most doses that a vial gives without a reason being asked.
    #[n(7)]
    pub usual_draws_max: u8,
    /// Volume of a dose in microlitres (0,3 ml is 300); none when it is not known.
    #[n(8)]
    pub dose_microlitres: Option<u32>,
    /// Diluted before the first draw.
    #[n(9)]
    #[serde(default)]
    pub dilution: bool,
    /// Kept unopened between 2 and 8 °C.
    #[n(10)]
    pub unopened_fridge: Option<UseBy>,
    /// Kept after the first puncture, the dilution or the mixing.
    #[n(11)]
    pub after_opening: Option<UseBy>,
    /// Kept as a syringe prepared at the relay, from the preparation; never beyond its vial.
    #[n(12)]
    pub prepared_syringe: Option<UseBy>,
    /// The youngest completed age in months of the marketing authorisation.
    #[n(13)]
    pub min_months: Option<u16>,
    /// The completed age in months from which it is no longer authorised.
    #[n(14)]
    pub below_months: Option<u16>,
    /// A messenger RNA vaccine.
    #[n(15)]
    #[serde(default)]
    pub mrna: bool,
    /// A live attenuated vaccine.
    #[n(16)]
    #[serde(default)]
    pub live_attenuated: bool,
    /// The first day a team may take it; none when it may never be taken.
    #[n(17)]
    pub takeable_from: Option<Day>,
    /// The last day a team may take it; none while it is on the market.
    #[n(18)]
    pub takeable_until: Option<Day>,
    /// Where the description stands.
    #[n(19)]
    pub source: String,
    /// Between which temperatures it keeps unopened; none: 2–8 °C.
    #[n(20)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unopened_temperature: Option<Temperatures>,
    /// Between which temperatures it keeps after the first puncture, the dilution or the mixing; none: 2–8 °C.
    #[n(21)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_temperature: Option<Temperatures>,
    /// Between which temperatures a syringe prepared at the relay keeps; none: 2–8 °C.
    #[n(22)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared_temperature: Option<Temperatures>,
    /// The shortest time after a dose of its family that nobody may go below, not even a physician's decision.
    #[n(23)]
    #[cbor(default, skip_if = "Option::is_none")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absolute_min_interval: Option<Interval>,
    /// What it is diluted with; none where nothing is diluted, or where the box brings what it is mixed with.
    #[n(24)]
    #[cbor(default, skip_if = "Option::is_none")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diluent: Option<Diluent>,
}

impl Product {
    /// Tells whether a team may take it on a round of that day.
    #[must_use]
    pub fn takeable(&self, on: Day) -> bool {
        self.takeable_from.is_some_and(|from| from <= on) && self.takeable_until.is_none_or(|until| on <= until)
    }

    /// Returns how many minutes a syringe keeps that was prepared at the relay: its own, and never more than its vial does
    /// once opened. None where the product says neither.
    #[must_use]
    pub fn syringe_minutes(&self) -> Option<u32> {
        let own = self.prepared_syringe.as_ref().map(|kept| kept.minutes);
        let of_vial = self.after_opening.as_ref().map(|kept| kept.minutes);
        own.into_iter().chain(of_vial).min()
    }

    /// Tells whether `doses` drawn from one vial need no reason.
    #[must_use]
    pub const fn usual_draw(&self, doses: u8) -> bool {
        self.usual_draws_min <= doses && doses <= self.usual_draws_max
    }

    /// Tells whether this GTIN-14 or CIP13, as read from a box, names the product.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        let cip13 = if code.len() == 14 { code.strip_prefix('0').unwrap_or(code) } else { code };
        self.cip13.iter().any(|own| own == cip13)
    }
}

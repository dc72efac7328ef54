//! Who is to be visited: what the relay knows of a person, and the minimal part of it that travels in a round.

mod history;
mod kinds;

use crate::date::{Day, PartialDate};
use crate::rules::Trait;
use crate::spelling::folded;
use cbor_map::MapDecode;
pub use history::{Answered, History, INFECTIONS, Infection, Known, LIVE, ListKnown, PriorDose, Reaction, TraitKnown};
pub use kinds::{Audience, Origin, Priority, Protection, Sex};
use minicbor::Encode;
use serde::{Deserialize, Serialize};

/// An address in the manner of the Base Adresse Nationale.
#[derive(Clone, PartialEq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Address {
    /// Number and street: «12 bis Rue Roger Salengro».
    #[n(0)]
    pub line: String,
    /// Postal code.
    #[n(1)]
    pub postcode: String,
    /// Town.
    #[n(2)]
    pub city: String,
    /// Longitude and latitude in degrees (WGS84), when known.
    #[n(3)]
    pub lon: Option<f64>,
    /// See `lon`.
    #[n(4)]
    pub lat: Option<f64>,
    /// IRIS code of Insee, nine digits.
    #[n(5)]
    pub iris: Option<String>,
}

/// A product somebody is to receive, and which dose of the series it would be.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Wish {
    /// Product code of the directives.
    #[n(0)]
    pub product: String,
    /// Rank of the dose, from 1; `None` when unknown.
    #[n(1)]
    pub rank: Option<u8>,
}

/// Nobody has lived longer, in years.
const OLDEST: i32 = 130;

/// What the relay knows of one person. In a round's scope it is the person's dossier.
#[derive(Clone, PartialEq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PersonRecord {
    /// Birth name, a strict identity trait.
    #[n(0)]
    pub birth_name: String,
    /// Name used in daily life, when another.
    #[n(1)]
    pub used_name: Option<String>,
    /// Given names, the first one first.
    #[n(2)]
    pub given_names: String,
    /// Birth date, whole or partial.
    #[n(3)]
    pub birth: Option<PartialDate>,
    /// Sex.
    #[n(4)]
    #[cbor(default)]
    #[serde(default)]
    pub sex: Sex,
    /// Phone number as it was given.
    #[n(5)]
    pub phone: Option<String>,
    /// Where the person lives.
    #[n(6)]
    pub address: Address,
    /// Floor, in the words of the one who gave it.
    #[n(7)]
    pub floor: Option<String>,
    /// Door code.
    #[n(8)]
    pub door_code: Option<String>,
    /// Household label shared by people who live together.
    #[n(9)]
    pub household: Option<String>,
    /// Why this person comes first.
    #[n(10)]
    #[cbor(default)]
    #[serde(default)]
    pub priorities: Vec<Priority>,
    /// Audience.
    #[n(11)]
    pub audience: Option<Audience>,
    /// Origin of the request.
    #[n(12)]
    pub origin: Option<Origin>,
    /// Whether the person is a health worker.
    #[n(13)]
    #[cbor(default)]
    #[serde(default)]
    pub health_worker: bool,
    /// Family doctor.
    #[n(14)]
    pub family_doctor: Option<String>,
    /// Language spoken, when not French.
    #[n(15)]
    pub language: Option<String>,
    /// What to know about moving and access.
    #[n(16)]
    pub mobility: Option<String>,
    /// Legal protection.
    #[n(17)]
    #[cbor(default)]
    #[serde(default)]
    pub protection: Protection,
    /// Whether a physician found the person unable to consent.
    #[n(18)]
    #[cbor(default)]
    #[serde(default)]
    pub unable: bool,
    /// Products wished and their rank.
    #[n(19)]
    #[cbor(default)]
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// Earlier doses.
    #[n(20)]
    #[cbor(default)]
    #[serde(default)]
    pub doses: Vec<PriorDose>,
    /// Earlier infections.
    #[n(21)]
    #[cbor(default)]
    #[serde(default)]
    pub infections: Vec<Infection>,
    /// Free notes.
    #[n(22)]
    pub notes: Option<String>,
    /// Traits that were asked; see [`PersonRecord::knows`].
    #[n(23)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default)]
    pub traits: Vec<TraitKnown>,
    /// Which lists are whole, and which were asked for in vain.
    #[n(24)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default)]
    pub lists: Vec<ListKnown>,
    /// Answers to questions about the person always (a fainting fit at an earlier injection).
    #[n(25)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default)]
    pub lasting: Vec<Answered>,
    /// Reactions to earlier doses.
    #[n(26)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default)]
    pub reactions: Vec<Reaction>,
}

impl PersonRecord {
    /// Says whether somebody may be born on what is known of her birth date: not after `today`, nor longer ago than anybody has
    /// lived.
    #[must_use]
    pub fn may_be_born(&self, today: Day) -> bool {
        self.birth.is_none_or(|birth| birth.earliest() <= today && today.years_since(birth.latest()) <= OLDEST)
    }

    /// Returns the days of everything that happened to her: doses, infections, reactions.
    pub fn past(&self) -> impl Iterator<Item = PartialDate> {
        let doses = self.doses.iter().filter_map(|dose| dose.on);
        let infections = self.infections.iter().filter_map(|infection| infection.on);
        doses.chain(infections).chain(self.reactions.iter().filter_map(|reaction| reaction.on))
    }

    /// Returns the name used in daily life and the given names, as a screen addresses the person.
    #[must_use]
    pub fn display_name(&self) -> String {
        let name = self.used_name.as_deref().unwrap_or(&self.birth_name);
        format!("{name} {}", self.given_names).trim().to_owned()
    }

    /// Says whether two records may be of one person: the same name and given names, however they are written, and birth dates
    /// that can be the same. Only ever asked about: a person decides.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let names = |one: &Self| {
            let used = one.used_name.as_deref().map(folded);
            let names = [Some(folded(&one.birth_name)), used].into_iter().flatten();
            names.filter(|name| !name.is_empty()).collect::<Vec<_>>()
        };
        let others = names(other);
        let same_name = names(self).iter().any(|name| others.contains(name));
        // «Ana» and «Ana Maria»: whoever is asked at a door says the first one.
        let (own, theirs) = (folded(&self.given_names), folded(&other.given_names));
        let same_given = own.starts_with(&theirs) || theirs.starts_with(&own);
        let same_birth = match (self.birth, other.birth) {
            (Some(one), Some(other)) => one.earliest() <= other.latest() && other.earliest() <= one.latest(),
            _ => true,
        };
        same_name && same_given && same_birth
    }

    /// Says whether `priority` was noted.
    #[must_use]
    pub fn has(&self, priority: Priority) -> bool {
        self.priorities.contains(&priority)
    }

    /// Returns what is known of a trait; none when nobody asked. A reason to come first that was noted is a yes.
    #[must_use]
    pub fn knows(&self, which: Trait) -> Option<Known> {
        let noted = match which {
            Trait::AtRisk => self.has(Priority::Comorbidity),
            Trait::VeryHighRisk => self.has(Priority::VeryHighRisk),
            Trait::Immunocompromised => self.has(Priority::Immunocompromised),
            Trait::Pregnant => self.has(Priority::Pregnant),
            Trait::HealthWorker => self.health_worker,
            Trait::Unable => self.unable,
        };
        if noted {
            return Some(Known::Yes);
        }
        self.traits.iter().find(|one| one.which == which).map(|one| one.known)
    }

    /// Returns whether a list is whole: a family's code, [`LIVE`] or [`INFECTIONS`]. None when nobody asked; false when
    /// nobody knew.
    #[must_use]
    pub fn list(&self, list: &str) -> Option<bool> {
        self.lists.iter().find(|one| one.list == list).map(|one| one.complete)
    }

    /// Takes into the record what was learned of the person's history.
    pub fn learn(&mut self, history: &History) {
        if let Some(doses) = &history.doses {
            self.doses.clone_from(doses);
        }
        if let Some(infections) = &history.infections {
            self.infections.clone_from(infections);
        }
        if let Some(reactions) = &history.reactions {
            self.reactions.clone_from(reactions);
        }
        for one in &history.traits {
            self.set_trait(*one);
        }
        for one in &history.lists {
            self.lists.retain(|known| known.list != one.list);
            self.lists.push(one.clone());
        }
        for one in &history.lasting {
            self.lasting.retain(|known| known.question != one.question);
            self.lasting.push(one.clone());
        }
    }

    /// Notes what is known of a trait; where it stands as a reason to come first, that follows.
    fn set_trait(&mut self, one: TraitKnown) {
        let yes = one.known == Known::Yes;
        let priority = match one.which {
            Trait::AtRisk => Some(Priority::Comorbidity),
            Trait::VeryHighRisk => Some(Priority::VeryHighRisk),
            Trait::Immunocompromised => Some(Priority::Immunocompromised),
            Trait::Pregnant => Some(Priority::Pregnant),
            Trait::HealthWorker => {
                self.health_worker = yes;
                None
            }
            Trait::Unable => {
                self.unable = yes;
                None
            }
        };
        if let Some(priority) = priority {
            self.priorities.retain(|known| *known != priority);
            if yes {
                self.priorities.push(priority);
            }
        }
        self.traits.retain(|known| known.which != one.which);
        self.traits.push(one);
    }
}

//! What a dossier may not know: traits, doses, infections. Silence is no «no».

use super::product::Family;
use super::terms::Trait;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// One thing of a person's past or state that rules read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The earlier doses of a family.
    #[n(0)]
    Doses(#[n(0)] Family),
    /// Earlier live attenuated vaccines of any family.
    #[n(1)]
    Live,
    /// Earlier COVID infections.
    #[n(2)]
    Infections,
    /// A trait of the person.
    #[n(3)]
    Trait(#[n(0)] Trait),
}

/// Something that is not known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// What.
    #[n(0)]
    pub item: Item,
    /// It was asked, and nobody knows; otherwise nobody asked.
    #[n(1)]
    #[serde(default)]
    pub asked: bool,
}

impl Item {
    /// Returns what it is called within a sentence, in French and in English.
    #[must_use]
    pub fn names(self) -> (String, String) {
        let (fr, en) = match self {
            Self::Doses(family) => {
                let (fr, en) = family.names();
                return (format!("doses antérieures ({fr})"), format!("earlier doses ({en})"));
            }
            Self::Live => ("autres vaccins vivants récents", "other recent live vaccines"),
            Self::Infections => ("infection COVID-19 antérieure", "earlier COVID-19 infection"),
            Self::Trait(Trait::AtRisk) => ("maladie à risque", "disease at risk"),
            Self::Trait(Trait::VeryHighRisk) => ("très haut risque", "very high risk"),
            Self::Trait(Trait::Immunocompromised) => ("immunodépression", "immunocompromised state"),
            Self::Trait(Trait::Pregnant) => ("grossesse", "pregnancy"),
            Self::Trait(Trait::HealthWorker) => ("profession de santé", "health worker"),
            Self::Trait(Trait::Unable) => ("capacité à consentir", "ability to consent"),
        };
        (fr.to_owned(), en.to_owned())
    }
}

//! The answer to a case: one outcome, every reason, and what would change it.

use super::terms::{By, How, Layer, Version};
use super::unknown::Item;
use crate::date::Day;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the rules say of a dose, strictest first: the order of the values is the order of strictness.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// On screen: «Contre-indication : avis médical».
    #[n(0)]
    Contraindicated,
    /// No product and no open campaign exists for this person.
    #[n(1)]
    NotConcerned,
    /// Another product is to be used.
    #[n(2)]
    OtherProduct,
    /// Not today.
    #[n(3)]
    Deferred,
    /// A prescription is missing.
    #[n(4)]
    PrescriptionMissing,
    /// An agreement is missing, or somebody is against.
    #[n(5)]
    ConsentMissing,
    /// The nurse decides and writes why.
    #[n(6)]
    Judge,
    /// Vaccination is possible.
    #[n(7)]
    Eligible,
}

impl Outcome {
    /// Every outcome, strictest first.
    pub const ALL: [Self; 8] = [
        Self::Contraindicated,
        Self::NotConcerned,
        Self::OtherProduct,
        Self::Deferred,
        Self::PrescriptionMissing,
        Self::ConsentMissing,
        Self::Judge,
        Self::Eligible,
    ];

    /// Tells whether the path ends here: no agreement and no prescription is asked for any more.
    #[must_use]
    pub const fn stops(self) -> bool {
        matches!(self, Self::Contraindicated | Self::NotConcerned | Self::OtherProduct | Self::Deferred)
    }

    /// Tells whether a dose may be meant.
    #[must_use]
    pub const fn allows(self) -> bool {
        matches!(self, Self::Judge | Self::Eligible)
    }

    /// Returns the code (`not_concerned`).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contraindicated => "contraindicated",
            Self::NotConcerned => "not_concerned",
            Self::OtherProduct => "other_product",
            Self::Deferred => "deferred",
            Self::PrescriptionMissing => "prescription_missing",
            Self::ConsentMissing => "consent_missing",
            Self::Judge => "judge",
            Self::Eligible => "eligible",
        }
    }
}

/// One rule that applies.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Reason {
    /// The code of the rule or of the agreement.
    #[n(0)]
    pub rule: String,
    /// The layer of its directive.
    #[n(1)]
    pub layer: Layer,
    /// The directive.
    #[n(2)]
    pub directive: String,
    /// The version of the directive.
    #[n(3)]
    pub version: String,
    /// What this rule alone answers.
    #[n(4)]
    pub outcome: Outcome,
    /// For a deferral, its first possible day, when there is one.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Where the rule stands.
    #[n(6)]
    pub source: String,
    /// Why, in French.
    #[n(7)]
    pub fr: String,
    /// Why, in English.
    #[n(8)]
    pub en: String,
    /// The source was read and the relay's physician confirmed the directive. When false, screens say «à valider par un
    /// médecin».
    #[n(9)]
    pub validated: bool,
    /// A physician's written decision lifts it.
    #[n(10)]
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lifted: bool,
}

/// What would make the answer milder.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Change {
    /// Waiting until this day.
    #[n(0)]
    Wait {
        /// The first possible day.
        #[n(0)]
        until: Day,
    },
    /// Recovery; nobody can say when.
    #[n(1)]
    Recovery,
    /// The agreement of so many more of these.
    #[n(2)]
    Consent {
        /// Whose.
        #[n(0)]
        by: By,
        /// How many are missing.
        #[n(1)]
        missing: u8,
    },
    /// The refusal or the objection of these being withdrawn.
    #[n(3)]
    Withdrawal {
        /// Whose.
        #[n(0)]
        by: By,
    },
    /// A physician's prescription.
    #[n(4)]
    Prescription,
    /// One of these products.
    #[n(5)]
    Product {
        /// Their codes.
        #[n(0)]
        codes: Vec<String>,
    },
    /// A physician's written decision.
    #[n(6)]
    PhysicianDecision,
    /// A newer version of the program.
    #[n(7)]
    Update,
    /// What the dossier does not know.
    #[n(8)]
    History {
        /// Which of it.
        #[n(0)]
        items: Vec<Item>,
    },
}

impl Change {
    /// Returns the outcome that it does away with.
    #[must_use]
    pub const fn lifts(&self) -> Outcome {
        match self {
            Self::PhysicianDecision => Outcome::Contraindicated,
            Self::Product { .. } => Outcome::OtherProduct,
            Self::Wait { .. } | Self::Recovery | Self::Update => Outcome::Deferred,
            Self::Prescription => Outcome::PrescriptionMissing,
            Self::Consent { .. } | Self::Withdrawal { .. } => Outcome::ConsentMissing,
            Self::History { .. } => Outcome::Judge,
        }
    }
}

/// The answer to a case.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Answer {
    /// The strictest outcome of all reasons that stand.
    #[n(0)]
    pub outcome: Outcome,
    /// For a deferral, the first possible day; none when it cannot be said.
    #[n(1)]
    pub until: Option<Day>,
    /// Every reason that applies, strictest first; never empty.
    #[n(2)]
    pub reasons: Vec<Reason>,
    /// Codes of the questions that a dose still waits for.
    #[n(3)]
    pub pending: Vec<String>,
    /// Minutes of observation after the dose.
    #[n(4)]
    pub observation_minutes: u16,
    /// What would do away with one of the reasons, the strictest reason's first.
    #[n(5)]
    pub what_would_change: Vec<Change>,
    /// Which directives were asked.
    #[n(6)]
    pub directives: Vec<Version>,
    /// Which evaluator answered.
    #[n(7)]
    pub evaluator: u16,
    /// What a dose still waits for: of the person's past or state, read by a rule and never asked, or a doubt that must be
    /// settled.
    #[n(8)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Item>,
}

impl Answer {
    /// Returns the SHA-256 of the answer's CBOR: what a replay is compared with.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(minicbor::to_vec(self).unwrap_or_default()).to_vec()
    }

    /// Returns the reason that decided: of several deferrals the one that lasts longest.
    #[must_use]
    pub fn deciding(&self) -> Option<&Reason> {
        let mut standing = self.reasons.iter().filter(|reason| !reason.lifted);
        let decides = |reason: &&Reason| reason.outcome == self.outcome && reason.until == self.until;
        standing.clone().find(decides).or_else(|| standing.next()).or_else(|| self.reasons.first())
    }

    /// Returns what would change the answer. Of several days to wait for only the last counts: before it, nothing is possible.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        let last = self.until;
        self.what_would_change.iter().filter(move |change| match change {
            Change::Wait { until } => last.is_none_or(|last| *until == last),
            _ => true,
        })
    }

    /// Returns what would make the outcome itself milder. Nothing where only lesser reasons would go: a prescription changes
    /// nothing for somebody who is not concerned.
    #[must_use]
    pub fn first_change(&self) -> Option<&Change> {
        self.changes().find(|change| change.lifts() == self.outcome)
    }

    /// Returns the reasons that stand in the way of the dose and that a physician's decision may name. That one of them is
    /// absolute is not known here: then it stands in spite of the decision.
    #[must_use]
    pub fn can_be_lifted(&self) -> Vec<Reason> {
        let in_the_way = |reason: &&Reason| {
            !reason.lifted && reason.outcome < Outcome::Eligible && reason.outcome != Outcome::ConsentMissing
        };
        self.reasons.iter().filter(in_the_way).cloned().collect()
    }

    /// Tells whether the nurse may prescribe the dose herself: no reason asks for somebody else's prescription, and none
    /// says that the vaccine is outside what she may prescribe.
    #[must_use]
    pub fn nurse_may_prescribe(&self) -> bool {
        let beyond = |reason: &Reason| {
            matches!(reason.outcome, Outcome::PrescriptionMissing | Outcome::NotConcerned | Outcome::Contraindicated)
        };
        !self.reasons.iter().any(beyond)
    }

    /// Tells whether an intended dose may be recorded: the outcome allows it, and nothing waits to be asked.
    #[must_use]
    pub fn allows_dose(&self) -> bool {
        self.outcome.allows() && self.pending.is_empty() && self.history.is_empty()
    }
}

/// An agreement that the Accord screen asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConsentNeed {
    /// Whose agreement.
    pub by: By,
    /// Whose agreement counts as much.
    pub or_by: Vec<By>,
    /// How many are needed.
    pub count: u8,
    /// How many count already.
    pub given: u8,
    /// Whose agreement may stand in for it, with the nurse judging.
    pub or_judge: Vec<By>,
    /// Manners that count (none named: any).
    pub how: Vec<How>,
    /// Whether it is met, by these or by a stand-in.
    pub met: bool,
    /// Which agreement of which directive asks for it.
    pub reason: Reason,
}

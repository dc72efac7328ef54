//! What waits for the head of the relay: differences, doses set apart, facts in quarantine; and the right to erasure.

use crate::view::{ApartLine, ColdDecisionLine, GapLine};
use perron_domain::date::Day;
use perron_domain::name::FactName;
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// Explains a difference of a signed round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplainGap {
    /// The difference's code.
    pub gap: String,
    /// In words.
    pub text: String,
}

/// A difference that nobody has explained yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenGap {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// Its day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Day,
    /// The difference.
    pub gap: GapLine,
}

/// A dose that was given although it should not have been.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorLine {
    /// The round.
    pub round: u32,
    /// What people call the round.
    pub label: String,
    /// To whom.
    pub person: String,
    /// Product name.
    pub product: String,
    /// Lot.
    pub lot: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Wall,
    /// What went wrong.
    pub text: String,
}

/// A fact set aside: it keeps its place and counts for nothing.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantineLine {
    /// The number of its scope.
    pub scope: u32,
    /// What people call the round; none in the relay's own scopes.
    pub label: Option<String>,
    /// The fact.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fact: FactName,
    /// Which device wrote it.
    pub device: String,
    /// Its kind, when it can be read.
    pub kind: Option<String>,
    /// `unreadable`, `not_allowed`, `meaningless`, `too_large`; of a correction that does not count `not_correctable`,
    /// `other_kind`, `relays_own`, `unreadable`; `not_understood` for a fact that stops the round until it is rejected.
    pub why: String,
    /// When it arrived.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub received: Wall,
    /// Whether it may be accepted: what nobody can read may not.
    pub acceptable: bool,
    /// Why it was rejected, when it was.
    pub rejected: Option<String>,
}

/// A tablet that a person must look at.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TabletTrouble {
    /// What people call the tablet.
    pub tablet: String,
    /// What is wrong.
    pub what: TabletFault,
}

/// What is wrong with a tablet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TabletFault {
    /// Its clock was so far ahead that what it says of a round stands over what others said later.
    Ahead {
        /// The round.
        round: u32,
        /// What people call the round.
        label: String,
        /// By how many milliseconds.
        ms: i64,
    },
    /// It was put back from copies so often that the hub takes no further one.
    Parted,
    /// A copy of its data was damaged, and the last steps of a round may be lost.
    StepsLost {
        /// The round.
        round: u32,
        /// What people call the round.
        label: String,
    },
    /// Its doses were taken over: its store was lost, or another tablet has the box.
    TakenOver {
        /// The round.
        round: u32,
        /// What people call the round.
        label: String,
        /// What people call the tablet that took them over.
        by: String,
        /// Whether it goes on writing in the round, so that there are two tablets.
        writes: bool,
    },
}

/// Accepts or rejects a fact in quarantine.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecideQuarantine {
    /// The number of its scope.
    pub scope: u32,
    /// The fact.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fact: FactName,
    /// Whether it counts.
    pub accept: bool,
    /// Why.
    pub reason: String,
}

/// Everything that waits for the head of the relay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodoView {
    /// Differences of signed rounds that nobody has explained.
    pub gaps: Vec<OpenGap>,
    /// Doses to decide on.
    pub apart: Vec<ApartLine>,
    /// Decisions by telephone to confirm, and those answered.
    #[serde(default)]
    pub cold_decisions: Vec<ColdDecisionLine>,
    /// Facts set aside and corrections that do not count, those to decide on first.
    pub quarantine: Vec<QuarantineLine>,
    /// Tablets to look at.
    #[serde(default)]
    pub tablets: Vec<TabletTrouble>,
    /// Administration errors, the latest first.
    pub errors: Vec<ErrorLine>,
}

/// What an erasure did.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasedView {
    /// How many facts lost their bytes.
    pub facts: u32,
    /// The rounds whose care record the law keeps, by what people call them.
    pub kept: Vec<String>,
}

//! The tablets: those that are enrolled, codes for new ones, what is wrong with one.

use perron_domain::name::{DeviceId, FactName};
use perron_domain::time::Wall;
use serde::{Deserialize, Serialize};

/// Why a fact was set aside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SetAside {
    /// Nobody can read it.
    Unreadable,
    /// Whoever wrote it may not write it.
    NotAllowed,
    /// It means nothing where it stands.
    Meaningless,
    /// It is too large.
    TooLarge,
    /// A correction of something that is not corrected.
    NotCorrectable,
    /// A correction by something of another kind.
    OtherKind,
    /// A correction of what is the relay's own.
    RelaysOwn,
    /// This version does not know it: it stops the round until it is rejected.
    NotUnderstood,
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
    /// Why.
    pub why: SetAside,
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
    /// It was withdrawn and still holds doses of a round that is not over: somebody says where they are.
    HoldsDoses {
        /// The round.
        round: u32,
        /// What people call the round.
        label: String,
        /// How many doses.
        doses: i32,
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

/// A tablet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TabletLine {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub device: DeviceId,
    /// What people call it.
    pub label: String,
    /// When it was enrolled.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub enrolled_at: Option<Wall>,
    /// Its last authenticated request.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub seen_at: Option<Wall>,
    /// How far its clock was ahead of the hub's at its last request, in milliseconds; negative when behind.
    pub clock_ahead_ms: Option<i64>,
    /// Why it may not write any more.
    pub retired: Option<String>,
    /// Labels of the rounds it holds.
    pub rounds: Vec<String>,
}

/// A code that lets a tablet in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeLine {
    /// As it is typed: `ABCD-EFGH`.
    pub code: String,
    /// What the tablet will be called.
    pub label: String,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Wall,
}

/// Tablets and codes that wait.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TabletsView {
    /// Tablets.
    pub tablets: Vec<TabletLine>,
    /// Codes not used up, not expired.
    pub codes: Vec<CodeLine>,
}

/// Asks for a code.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTablet {
    /// What the tablet is to be called.
    pub label: String,
}

//! What somebody must see to.

use crate::{ApartLine, ColdDecisionLine, FollowLine, GapLine, QuarantineLine, TabletTrouble, UnsignedRound};
use perron_domain::date::Day;
use serde::{Deserialize, Serialize};

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
    /// What happened and nobody has written yet what was done about: a call to 15, a malaise, a needle-stick, an error. The
    /// earliest first.
    #[serde(default)]
    pub happened: Vec<FollowLine>,
    /// Rounds whose day is over and that nobody signed, the earliest first.
    #[serde(default)]
    pub unsigned: Vec<UnsignedRound>,
}

impl TodoView {
    /// Returns how many lines wait: what the menu counts, and no other number.
    #[must_use]
    pub fn count(&self) -> u32 {
        let calls = self.cold_decisions.iter().filter(|line| line.phone_as.is_some() && line.answer.is_none()).count();
        let apart = self.apart.iter().filter(|line| line.phone.is_none()).count();
        let aside = self.quarantine.iter().filter(|line| line.rejected.is_none()).count();
        let all = [self.gaps.len(), apart, calls, aside, self.tablets.len(), self.happened.len(), self.unsigned.len()];
        u32::try_from(all.iter().sum::<usize>()).unwrap_or(u32::MAX)
    }
}

/// How much waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodoCount {
    /// The lines of what waits.
    pub lines: u32,
}

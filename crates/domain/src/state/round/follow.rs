//! What happened on a round and the relay sees to, whatever the team did about it at once: a call to 15, a malaise, a reaction, a
//! needle-stick, adrenaline, an administration error. Each waits until somebody at the desk has written what was done about it.

use super::Round;
use crate::fact::{AccountNo, GapExplained, IncidentKind};
use crate::lot::folded_code;
use crate::name::FactName;
use crate::time::Wall;

/// What the relay sees to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// An incident of this kind.
    Incident(IncidentKind),
    /// Adrenaline was given.
    Adrenaline,
    /// A dose was given although it should not have been.
    Error,
}

/// One thing that the relay sees to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FollowUp {
    /// What.
    pub what: Happened,
    /// The fact that tells of it.
    pub fact: FactName,
    /// To whom it happened, where to somebody of the round.
    pub person: Option<FactName>,
    /// When.
    pub at: Wall,
}

impl FollowUp {
    /// Returns the code under which what was done about it is written.
    #[must_use]
    pub fn code(&self) -> String {
        let what = match self.what {
            Happened::Incident(_) => "incident",
            Happened::Adrenaline => "adrenaline",
            Happened::Error => "error",
        };
        format!("{what}:{}", self.fact)
    }
}

impl Round {
    /// Returns what the relay sees to, seen to or not, the earliest first. A door that stays closed is no more than a difficulty.
    #[must_use]
    pub fn to_follow(&self) -> Vec<FollowUp> {
        let incidents = self.incidents.iter().filter(|one| one.kind != IncidentKind::Access);
        let incidents = incidents.map(|one| FollowUp {
            what: Happened::Incident(one.kind),
            fact: one.name,
            person: one.person,
            at: one.at,
        });
        let adrenaline = self.adrenaline.iter().map(|one| FollowUp {
            what: Happened::Adrenaline,
            fact: one.name,
            person: one.person,
            at: one.at,
        });
        let given = self.acts.values().flat_map(|act| act.given.iter().map(move |given| (act.person, given)));
        let errors = given.filter(|(_, given)| given.dose.error.is_some()).map(|(person, given)| FollowUp {
            what: Happened::Error,
            fact: given.name,
            person: Some(person),
            at: given.dose.done_at,
        });
        let mut all: Vec<FollowUp> = incidents.chain(adrenaline).chain(errors).collect();
        crate::order::sort_by_key(&mut all, |one| (one.at, one.fact));
        all
    }

    /// Returns what was done about something, in words, with who wrote it and when; none while it waits.
    #[must_use]
    pub fn followed(&self, code: &str) -> Option<&(GapExplained, AccountNo, Wall)> {
        self.explained.get(&folded_code(code))
    }
}

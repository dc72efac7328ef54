//! Synchronising: the union of what this device and the hub have, in steps that can stop anywhere and go on.
//!
//! `perron_tablet::courier` makes one run: push what is not acknowledged, pull what is new. [`schedule`] says when the next
//! run is due. The screens see [`SyncState`].

pub mod schedule;
pub mod wire;

#[cfg(test)]
mod tests;

pub use perron_tablet::{Outcome, SyncError};

use perron_domain::time::Wall;
use perron_ledger::StoreError;
use perron_ledger::sync::Code;
use perron_tablet::NetworkError;

/// Where synchronising stands, as the screens show it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum SyncState {
    /// Nothing was ever exchanged.
    #[default]
    Never,
    /// The hub does not answer.
    Offline {
        /// Since when; none when it never answered since the app was opened.
        since: Option<Wall>,
        /// Facts that are not acknowledged.
        waiting: u32,
    },
    /// Under way.
    Working {
        /// Facts sent or received so far.
        done: u32,
        /// Facts known to be to send or receive.
        total: u32,
    },
    /// The hub answers, and facts are still to be sent.
    Waiting {
        /// Facts that are not acknowledged.
        waiting: u32,
    },
    /// The outbox is empty and acknowledged.
    Synced {
        /// When the hub said so.
        at: Wall,
    },
    /// Something must be looked at.
    Stuck {
        /// What.
        reason: StuckReason,
        /// Facts that are not acknowledged.
        waiting: u32,
    },
}

/// Why synchronising does not go on by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StuckReason {
    /// The hub refuses, for the reason that its code says.
    Refused(Code),
    /// This app is too old to receive. It still sends.
    UpdateNeeded,
    /// The hub sent facts that do not verify.
    FalseFacts(Code),
    /// Something else than the hub answers at its address: a portal's page, a proxy's notice.
    NotTheHub(String),
    /// The hub fails.
    HubFails(u16),
    /// This device cannot keep what it receives.
    Store(StoreError),
}

impl SyncState {
    /// Returns the state after `count` more facts were saved here.
    #[must_use]
    pub fn with_more(&self, count: u32) -> Self {
        match self {
            Self::Offline { since, waiting } => Self::Offline { since: *since, waiting: waiting.saturating_add(count) },
            Self::Stuck { reason, waiting } => {
                Self::Stuck { reason: reason.clone(), waiting: waiting.saturating_add(count) }
            }
            Self::Working { done, total } => Self::Working { done: *done, total: total.saturating_add(count) },
            Self::Waiting { waiting } => Self::Waiting { waiting: waiting.saturating_add(count) },
            Self::Never | Self::Synced { .. } => Self::Waiting { waiting: count },
        }
    }

    /// Returns the state after a run.
    #[must_use]
    pub fn after(run: &Result<Outcome, SyncError>, waiting: u32, now: Wall, offline_since: Option<Wall>) -> Self {
        let stuck = |reason| Self::Stuck { reason, waiting };
        let offline = Self::Offline { since: offline_since, waiting };
        match run {
            Ok(outcome) => match (outcome.stuck, outcome.false_facts) {
                (Some(code), _) => stuck(StuckReason::Refused(code)),
                (_, Some(code)) => stuck(StuckReason::FalseFacts(code)),
                _ if outcome.update_needed => stuck(StuckReason::UpdateNeeded),
                _ if waiting > 0 => Self::Waiting { waiting },
                _ => Self::Synced { at: now },
            },
            Err(SyncError::Network(NetworkError::NotOurs(kind))) => stuck(StuckReason::NotTheHub(kind.clone())),
            Err(SyncError::Network(NetworkError::Status { status, .. })) => stuck(StuckReason::HubFails(*status)),
            Err(SyncError::Network(_)) => offline,
            Err(SyncError::Hub { code: Code::TooOld, .. }) => stuck(StuckReason::UpdateNeeded),
            Err(SyncError::Hub { code, .. }) if code.is_passing() => Self::Waiting { waiting },
            Err(SyncError::Hub { code, .. }) => stuck(StuckReason::Refused(*code)),
            Err(SyncError::Store(error)) => stuck(StuckReason::Store(error.clone())),
            Err(SyncError::NoProgress) => stuck(StuckReason::Refused(Code::Hole)),
        }
    }
}

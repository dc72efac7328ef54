//! What a saved step answers, and why one was not saved. Typed, so that a page can say it and keep the form filled in.

use perron_domain::name::FactName;
use perron_domain::refusal::Refusal;
use perron_ledger::StoreError;
use perron_tablet::{NoRandomness, NotKept};

/// A step that is durable on this device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// The facts that it became, in order. The first usually names what was created.
    pub facts: Vec<FactName>,
}

impl Saved {
    /// Returns the first fact written.
    #[must_use]
    pub fn first(&self) -> Option<FactName> {
        self.facts.first().copied()
    }
}

/// Why nothing was saved. What the form holds is still right: the same step can be tried again.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Failure {
    /// The rules of the work refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The device could not keep it: full, closed, locked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The app is still opening its store.
    #[error("not open yet")]
    NotOpen,
    /// This device is not enrolled at a relay.
    #[error("this device is not enrolled")]
    NotEnrolled,
    /// No round is open on this device.
    #[error("no round is open")]
    NoRound,
    /// Another tab of this device writes; see [`super::Replica::take_over`].
    #[error("another tab writes")]
    Elsewhere,
    /// Another tab wrote first. What it wrote is on the screen now: look, then try again.
    #[error("another tab wrote first")]
    Overtaken,
    /// What should be kept is too large (a signature of many strokes).
    #[error("too large to keep: {0}")]
    TooLarge(String),
    /// The system gives no randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl From<NotKept> for Failure {
    fn from(error: NotKept) -> Self {
        match error {
            NotKept::Store(error) => Self::Store(error),
            NotKept::Overtaken => Self::Overtaken,
            NotKept::TooLarge(error) => Self::TooLarge(error.to_string()),
            NotKept::Randomness(error) => Self::Randomness(error),
        }
    }
}

//! Enrolling this device at a relay, once, with the code that the relay gave: see `perron_tablet::enrol`.

use super::failure::Failure;
use super::identity::FalseAnswer;
use super::replica::Replica;
use super::sync::SyncError;
use super::sync::schedule::Trigger;
use super::writer::Writer;
use crate::browser::random;
use leptos::prelude::GetUntracked;
use perron_ledger::StoreError;
use perron_tablet::enrol::{NotEnrolled, enrol};

/// Why this device is not enrolled.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EnrolError {
    /// This device has a relay already.
    #[error("this device is enrolled already")]
    Already,
    /// The hub did not answer, or refuses the code.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// The answer does not hold together: perhaps somebody stands between.
    #[error(transparent)]
    FalseAnswer(#[from] FalseAnswer),
    /// This device cannot keep it.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<StoreError> for EnrolError {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<NotEnrolled> for EnrolError {
    fn from(error: NotEnrolled) -> Self {
        match error {
            NotEnrolled::Sync(error) => Self::Sync(error),
            NotEnrolled::FalseAnswer(error) => Self::FalseAnswer(error),
            NotEnrolled::Store(error) => error.into(),
            NotEnrolled::Randomness(error) => Self::Failure(error.into()),
        }
    }
}

impl Replica {
    /// Enrols this device with a typed or scanned code, under a name that people know it by.
    ///
    /// # Errors
    /// [`EnrolError`]; asking again is safe.
    pub async fn enrol(&self, code: &str, label: &str) -> Result<(), EnrolError> {
        if self.identity().is_some() {
            return Err(EnrolError::Already);
        }
        if self.writer().get_untracked() != Writer::Here {
            return Err(Failure::Elsewhere.into());
        }
        let keeper = self.keeper()?;
        let wire = self.wire();
        enrol(keeper.store(), &wire, random::bytes::<32>, code, label).await?;
        // Who this device is stands in both copies from the beginning. When the second cannot be written now, it is later.
        let _ = keeper.store().catch_up().await;
        self.load().await?;
        self.ask_for(Trigger::Woken);
        Ok(())
    }
}

//! Enrolling this device at a relay, once, with the code that the relay gave.
//!
//! The key is made here and never leaves the device. It is kept before the code is sent: if the answer is lost, the same
//! key asks again and gets the same number. The code itself is used up only by the first authenticated push.

use super::failure::Failure;
use super::identity::{FalseAnswer, Identity};
use super::replica::Replica;
use super::sync::SyncError;
use super::sync::courier::{client, keep_epoch};
use super::sync::schedule::Trigger;
use super::sync::wire::{Wire, ask};
use super::writer::Writer;
use crate::browser::random;
use ed25519_dalek::SigningKey;
use leptos::prelude::GetUntracked;
use perron_ledger::sync::{Enrol, EnrolAnswer};
use perron_ledger::{Store, StoreError};

const ENROLLING: &str = "enrolling";

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
        enrol(keeper.store(), &wire, code, label).await?;
        self.load().await?;
        self.ask_for(Trigger::Woken);
        Ok(())
    }
}

/// Enrols the device whose store this is.
///
/// # Errors
/// [`EnrolError`]; asking again is safe.
pub async fn enrol<S: Store, W: Wire>(store: &S, wire: &W, code: &str, label: &str) -> Result<Identity, EnrolError> {
    let key = key(store).await?;
    let question = Enrol::new(code.trim().to_owned(), label.trim().to_owned(), client(), &key);
    let answer: EnrolAnswer = ask(wire, "/sync/enrol", &question).await?;
    let me = Identity::of_answer(&answer, key, label.trim().to_owned())?;
    keep_epoch(store, answer.epoch).await?;
    me.keep(store).await?;
    store.delete_named(ENROLLING).await?;
    Ok(me)
}

async fn key<S: Store>(store: &S) -> Result<SigningKey, EnrolError> {
    let kept = store.named(ENROLLING).await?.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    if let Some(secret) = kept {
        return Ok(SigningKey::from_bytes(&secret));
    }
    let secret = random::bytes::<32>().map_err(Failure::from)?;
    store.set_named(ENROLLING, &secret).await?;
    Ok(SigningKey::from_bytes(&secret))
}

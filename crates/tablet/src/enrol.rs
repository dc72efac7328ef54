//! Enrolling a device at a relay, once, with the code that the relay gave.
//!
//! The key is made here and never leaves the device. It is kept before the code is sent: if the answer is lost, the same
//! key asks again and gets the same number. The code itself is used up only by the first authenticated push.

use crate::NoRandomness;
use crate::courier::{client, keep_epoch};
use crate::identity::{FalseAnswer, Identity};
use crate::wire::{SyncError, Wire, ask};
use ed25519_dalek::SigningKey;
use perron_ledger::sync::{Enrol, EnrolAnswer};
use perron_ledger::{Store, StoreError};

const ENROLLING: &str = "enrolling";

/// Why a device is not enrolled.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotEnrolled {
    /// The hub did not answer, or refuses the code.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// The answer does not hold together: perhaps somebody stands between.
    #[error(transparent)]
    FalseAnswer(#[from] FalseAnswer),
    /// This device cannot keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gives no randomness for a key.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Enrols the device whose store this is; `secret` gives the bytes of a new key, once.
///
/// # Errors
/// [`NotEnrolled`]; asking again is safe.
pub async fn enrol<S: Store, W: Wire>(
    store: &S,
    wire: &W,
    secret: impl FnOnce() -> Result<[u8; 32], NoRandomness>,
    code: &str,
    label: &str,
) -> Result<Identity, NotEnrolled> {
    let key = key(store, secret).await?;
    let question = Enrol::new(code.trim().to_owned(), label.trim().to_owned(), client(), &key);
    let answer: EnrolAnswer = ask(wire, "/sync/enrol", &question).await?;
    let me = Identity::of_answer(&answer, key, label.trim().to_owned())?;
    keep_epoch(store, answer.epoch).await?;
    me.keep(store).await?;
    store.delete_named(ENROLLING).await?;
    Ok(me)
}

async fn key<S: Store>(
    store: &S,
    secret: impl FnOnce() -> Result<[u8; 32], NoRandomness>,
) -> Result<SigningKey, NotEnrolled> {
    let kept = store.named(ENROLLING).await?.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    if let Some(secret) = kept {
        return Ok(SigningKey::from_bytes(&secret));
    }
    let secret = secret()?;
    store.set_named(ENROLLING, &secret).await?;
    Ok(SigningKey::from_bytes(&secret))
}

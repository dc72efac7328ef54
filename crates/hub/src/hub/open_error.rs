//! Why a relay could not be opened.

use crate::keys::KeyError;
use perron_ledger::StoreError;

/// Why a relay could not be opened or founded.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The relay's facts cannot be used.
    #[error("the relay's facts cannot be read: {0}")]
    Store(#[from] StoreError),
    /// The first facts of a new relay could not be written.
    #[error("the relay could not be founded: {0}")]
    Founding(String),
}

//! One tab of this device writes at a time; the others see it and may take over.

use crate::browser::locks::{Ask, Held, LockError, ask};

const LOCK: &str = "perron/writer";

/// Whether this tab writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Writer {
    /// Not known yet.
    #[default]
    Asking,
    /// This tab writes.
    Here,
    /// Another tab writes; this one waits for it to close, or takes over.
    Elsewhere,
}

/// Asks for the right to write. A browser without locks gets it: the store still compares heads.
///
/// # Errors
/// [`LockError::Taken`] when another tab has it.
pub async fn take(how: Ask, lost: impl FnOnce() + 'static) -> Result<Option<Held>, LockError> {
    match ask(LOCK, how, lost).await {
        Ok(held) => Ok(Some(held)),
        Err(LockError::Unsupported) => Ok(None),
        Err(other) => Err(other),
    }
}

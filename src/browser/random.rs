//! Randomness from the system, for keys and for the salts of facts about people.

/// The system gives no randomness: nothing that needs a key or a salt may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no randomness")]
pub struct NoRandomness;

/// Returns `N` random bytes fit for keys.
///
/// # Errors
/// [`NoRandomness`] when the system refuses.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut made = [0_u8; N];
    getrandom::fill(&mut made).map_err(|_| NoRandomness)?;
    Ok(made)
}

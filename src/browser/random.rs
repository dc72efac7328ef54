//! Randomness from the system, for keys and for the salts of facts about people.

use perron_tablet::NoRandomness;

/// Returns `N` random bytes fit for keys.
///
/// # Errors
/// [`NoRandomness`] when the system refuses.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut made = [0_u8; N];
    getrandom::fill(&mut made).map_err(|_| NoRandomness)?;
    Ok(made)
}

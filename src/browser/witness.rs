//! A witness outside both copies: how many changes were certainly saved. A copy that was cut cannot tell that it was, nor can
//! one that was put back to an earlier day; when both are short, only this still knows that something is missing.
//!
//! It may lag behind by some seconds, never be ahead: it is kept after the changes are durable.

use super::outside;

const REACHED: &str = "perron.reached";
const LOST: &str = "perron.lost";

/// Keeps the number of the last change that is durable.
pub fn keep(reached: u64) {
    if read() != Some(reached) {
        outside::set(REACHED, &reached.to_string());
    }
}

fn read() -> Option<u64> {
    outside::get(REACHED)?.parse().ok()
}

/// Returns how many changes were saved that are not there any more, when the last one found is `reached`.
#[must_use]
pub fn missing(reached: u64) -> u64 {
    read().map_or(0, |known| known.saturating_sub(reached))
}

/// Remembers, until somebody has read it, that steps may be lost.
pub fn keep_lost(lost: bool) {
    if may_have_lost() != lost {
        outside::set(LOST, if lost { "1" } else { "" });
    }
}

/// Returns whether steps may be lost and nobody has read it yet.
#[must_use]
pub fn may_have_lost() -> bool {
    outside::get(LOST).is_some_and(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_and_is_not_there_is_counted() {
        assert_eq!(missing(4), 0, "nothing is known yet");
        keep(9);
        assert_eq!((missing(9), missing(12), missing(7)), (0, 0, 2));
        // Made anew with fewer: from then on that counts.
        keep(7);
        assert_eq!(missing(7), 0);
    }

    #[test]
    fn a_loss_is_told_until_it_was_read() {
        assert!(!may_have_lost());
        keep_lost(true);
        assert!(may_have_lost());
        keep_lost(false);
        assert!(!may_have_lost());
    }
}

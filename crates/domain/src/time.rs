//! Time as facts carry it: the wall clock as it was read, and the hybrid logical clock that orders facts.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// An instant of a wall clock: milliseconds since 1970-01-01T00:00Z, as the device read it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Wall(#[n(0)] pub i64);

impl Wall {
    /// Returns the instant `minutes` later (earlier when negative).
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }

    /// Returns the milliseconds from `earlier` to here; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// How far a received clock may pull ours ahead of our own wall clock, in milliseconds (5 minutes).
pub const MAX_AHEAD_MS: i64 = 5 * 60 * 1000;

/// A hybrid logical clock: the largest wall clock seen, then a counter. Its order is compatible with cause and effect.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Encode, Decode, Serialize, Deserialize)]
pub struct Hlc {
    /// Milliseconds since 1970.
    #[n(0)]
    pub ms: i64,
    /// Distinguishes facts of one millisecond.
    #[n(1)]
    pub counter: u32,
}

impl Hlc {
    /// Returns the clock of the next fact written here, at wall clock `now`.
    #[must_use]
    pub fn tick(self, now: Wall) -> Self {
        if now.0 > self.ms {
            return Self { ms: now.0, counter: 0 };
        }
        // A received counter may be the largest there is: then the next millisecond begins.
        match self.counter.checked_add(1) {
            Some(counter) => Self { ms: self.ms, counter },
            None => Self { ms: self.ms.saturating_add(1), counter: 0 },
        }
    }

    /// Returns our clock after having seen `received`, which may pull us at most [`MAX_AHEAD_MS`] beyond `now`.
    #[must_use]
    pub fn receive(self, received: Self, now: Wall) -> Self {
        if received.ms > now.0.saturating_add(MAX_AHEAD_MS) { self } else { self.max(received) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_ten_years_ahead_does_not_pull_ours() {
        let ours = Hlc { ms: 1_000, counter: 0 };
        let theirs = Hlc { ms: 315_360_000_000, counter: 0 };
        assert_eq!(ours.receive(theirs, Wall(1_000)), ours);
    }

    #[test]
    fn the_largest_counter_that_can_be_received_has_a_next_one() {
        let received = Hlc { ms: 1_000, counter: u32::MAX };
        let ours = Hlc::default().receive(received, Wall(1_000));
        assert!(ours.tick(Wall(1_000)) > received);
    }

    #[test]
    fn a_wall_clock_that_goes_back_does_not_turn_the_order_round() {
        let first = Hlc::default().tick(Wall(5_000));
        let second = first.tick(Wall(4_000));
        assert!(second > first);
    }
}

//! This tablet's clock against the hub's: measured at each contact, noted when it is not what is known already.
//!
//! The hub's hour is taken for the middle of the time that question and answer took, so it is known to half of that.

use perron_domain::time::Wall;

/// What is not worth a question, in milliseconds, beside what the measure leaves open: one minute.
pub const TOLERANCE_MS: i64 = 60_000;

/// One comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Compared {
    /// What must be added to the tablet's wall clock to get the hub's, in milliseconds.
    pub offset_ms: i64,
    /// How long question and answer took, in milliseconds.
    pub round_trip_ms: u32,
}

impl Compared {
    /// Returns what follows from an answer that said the hub's hour: asked and received at these hours of the tablet. None
    /// when the tablet's clock went back in between.
    #[must_use]
    pub fn of(asked: Wall, hub: Wall, received: Wall) -> Option<Self> {
        let round_trip_ms = u32::try_from(received.since(asked)).ok()?;
        Some(Self { offset_ms: hub.since(asked).saturating_sub(i64::from(round_trip_ms / 2)), round_trip_ms })
    }

    /// Says whether this comparison found another offset than `known_ms`, beyond what it leaves open.
    #[must_use]
    pub fn differs(self, known_ms: i64) -> bool {
        let apart = self.offset_ms.saturating_sub(known_ms).saturating_abs();
        apart > TOLERANCE_MS + i64::from(self.round_trip_ms / 2)
    }

    /// Returns the better of two comparisons of one run: the quicker one.
    #[must_use]
    pub fn better(self, other: Option<Self>) -> Self {
        other.filter(|other| other.round_trip_ms < self.round_trip_ms).unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hub_answers_in_the_middle_of_the_way() {
        let compared = Compared::of(Wall(7_200_000), Wall(1_000), Wall(7_202_000)).unwrap();
        assert_eq!(compared, Compared { offset_ms: -7_200_000, round_trip_ms: 2_000 });
        assert_eq!(Compared::of(Wall(2), Wall(0), Wall(1)), None);
    }

    #[test]
    fn a_slow_line_is_no_clock_that_is_off() {
        let slow = Compared { offset_ms: 75_000, round_trip_ms: 60_000 };
        assert!(!slow.differs(0), "half a minute of it may be the way");
        assert!(Compared { round_trip_ms: 200, ..slow }.differs(0));
        assert!(!Compared { round_trip_ms: 200, ..slow }.differs(70_000), "that is known");
    }

    #[test]
    fn of_two_comparisons_the_quicker_one_counts() {
        let (slow, quick) =
            (Compared { offset_ms: 9, round_trip_ms: 90 }, Compared { offset_ms: 5, round_trip_ms: 10 });
        assert_eq!(slow.better(Some(quick)), quick);
        assert_eq!(quick.better(Some(slow)), quick);
    }
}

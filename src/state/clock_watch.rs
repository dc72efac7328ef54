//! Notices that somebody, or the network, set the wall clock: countdowns compare it with a clock that only goes forward.
//!
//! A tablet that slept also shows more wall time than monotonic time, because the second stands still then. Sleep hides
//! the page first; so forward differences count only while the page was on the screen all the time, backward ones always.

use crate::browser::clock::Reading;
use perron_domain::time::Wall;

/// What is not worth a question, in milliseconds: clocks are disciplined in small steps.
const TOLERANCE_MS: i64 = 30_000;

/// The clocks as they were last read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockWatch {
    last: Option<Reading>,
    hidden: bool,
}

impl ClockWatch {
    /// Notes that the page was hidden since the last reading.
    pub fn hid(&mut self) {
        self.hidden = true;
    }

    /// Takes a reading; returns by how many milliseconds the wall clock jumped since the last one (negative: back).
    pub fn read(&mut self, reading: Reading) -> Option<i64> {
        let hidden = std::mem::take(&mut self.hidden);
        let last = self.last.replace(reading)?;
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
        let passed = (reading.monotonic - last.monotonic).max(0.0) as i64;
        let jump = reading.wall.since(last.wall).saturating_sub(passed);
        let counts = if jump > 0 { jump > TOLERANCE_MS && !hidden } else { jump < -TOLERANCE_MS };
        counts.then_some(jump)
    }
}

/// Returns how far the wall clock went back since `seen`, the last wall clock that this device noted before it was
/// closed; only going back can be told after that.
#[must_use]
pub fn back_since(seen: Wall, now: Wall) -> Option<i64> {
    let jump = now.since(seen);
    (jump < -TOLERANCE_MS).then_some(jump)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(wall: i64, monotonic: f64) -> Reading {
        Reading { wall: Wall(wall), monotonic }
    }

    #[test]
    fn two_clocks_that_go_together_are_no_jump() {
        let mut watch = ClockWatch::default();
        assert_eq!(watch.read(at(1_000_000, 0.0)), None);
        assert_eq!(watch.read(at(1_060_000, 60_000.0)), None);
        assert_eq!(watch.read(at(1_065_000, 61_000.0)), None, "four seconds are within the tolerance");
    }

    #[test]
    fn a_clock_set_by_hand_is_a_jump_in_both_directions() {
        let mut watch = ClockWatch::default();
        let _ = watch.read(at(10_000_000, 0.0));
        assert_eq!(watch.read(at(13_601_000, 1_000.0)), Some(3_600_000));
        assert_eq!(watch.read(at(10_002_000, 2_000.0)), Some(-3_600_000));
    }

    #[test]
    fn a_tablet_that_slept_did_not_jump_but_one_that_went_back_did() {
        let mut watch = ClockWatch::default();
        let _ = watch.read(at(10_000_000, 0.0));
        watch.hid();
        assert_eq!(watch.read(at(13_600_000, 1_000.0)), None);
        watch.hid();
        assert_eq!(watch.read(at(10_000_000, 2_000.0)), Some(-3_601_000));
    }

    #[test]
    fn a_clock_that_went_back_while_the_app_was_closed_is_told_at_the_start() {
        assert_eq!(back_since(Wall(10_000_000), Wall(9_000_000)), Some(-1_000_000));
        assert_eq!(back_since(Wall(10_000_000), Wall(99_000_000)), None);
    }
}

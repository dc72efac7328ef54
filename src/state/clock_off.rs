//! What a contact with the hub says about this tablet's clock, and what of it is noted and asked. Pure.

use perron_domain::{command::Command, name::FactName};
use perron_tablet::Compared;

/// The clock is off the hub's, and nobody said yet why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockOff {
    /// What must be added to the tablet's clock to get the hub's, in milliseconds.
    pub offset_ms: i64,
    /// How long the question took, in milliseconds.
    pub round_trip_ms: u32,
    /// What had to be added until then, where it was known.
    pub before_ms: Option<i64>,
    /// The fact that notes it, once it is noted.
    pub fact: Option<FactName>,
}

impl ClockOff {
    /// Returns the command that notes it, with what somebody said of it.
    #[must_use]
    pub fn command(self, said: Option<String>) -> Command {
        let Self { offset_ms, round_trip_ms, before_ms, .. } = self;
        Command::NoteClock { offset_ms, round_trip_ms, before_ms, said }
    }
}

/// Returns what is to be noted in the open round, which counts with `in_round` milliseconds to add; `before` is what the
/// contact before this one found. None while the round says so already.
#[must_use]
pub fn to_note(in_round: i64, before: Option<i64>, found: Compared) -> Option<ClockOff> {
    found.differs(in_round).then_some(ClockOff {
        offset_ms: found.offset_ms,
        round_trip_ms: found.round_trip_ms,
        before_ms: before,
        fact: None,
    })
}

/// Says whether the difference is worth a question: two minutes or more, and not answered already.
#[must_use]
pub fn to_ask(found: Compared, answered: Option<i64>) -> bool {
    found.differs(0) && found.offset_ms.abs() >= 120_000 && answered.is_none_or(|answered| found.differs(answered))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(minutes: i64) -> Compared {
        Compared { offset_ms: minutes * 60_000, round_trip_ms: 200 }
    }

    #[test]
    fn a_clock_that_is_right_is_not_noted_at_each_contact() {
        assert_eq!(to_note(0, Some(0), found(0)), None);
        assert_eq!(to_note(-7_200_000, Some(-7_200_000), found(-120)), None, "the round says so already");
    }

    #[test]
    fn a_clock_two_hours_ahead_is_noted_with_what_the_contact_before_had_found() {
        let noted = to_note(0, Some(0), found(-120)).unwrap();
        assert_eq!((noted.offset_ms, noted.before_ms), (-7_200_000, Some(0)));
        assert_eq!(to_note(0, None, found(-120)).unwrap().before_ms, None);
    }

    #[test]
    fn a_clock_set_right_again_is_noted_and_not_asked_about() {
        assert!(to_note(-7_200_000, Some(-7_200_000), found(0)).is_some());
        assert!(!to_ask(found(0), None));
    }

    #[test]
    fn the_same_difference_is_asked_about_once() {
        assert!(to_ask(found(-120), None));
        assert!(!to_ask(found(-120), Some(-7_200_000)));
        assert!(to_ask(found(-180), Some(-7_200_000)));
    }
}

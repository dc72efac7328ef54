//! How long clinical waste (DASRI) may be kept, by the law's own months, days and hours.
//!
//! Source: arrêté of 7 September 1999 as amended, art. 2 and 3. The time starts with the «production effective», the
//! first use of the container ([`crate::state::Round::first_use`] says which facts show it); neither its opening nor its
//! closing starts it. A month is a month of the calendar: from 31 January it ends on the last day of February, in the
//! relay's zone. Cold does not lengthen it, and freezing is forbidden. What the text leaves open stands in [`Reading`].

use crate::date::Day;
use crate::fact::{ContainerKind, WasteStream};
use crate::rules::Interval;
use crate::time::Wall;
use crate::zone::Zone;

/// Grams of a week or a month, over the last twelve months.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grams {
    /// The mean.
    pub mean: u32,
    /// The most of any one week or month.
    pub most: u32,
}

impl Grams {
    /// Returns an amount that is the same all year.
    #[must_use]
    pub const fn every(grams: u32) -> Self {
        Self { mean: grams, most: grams }
    }

    /// Says whether the threshold holds: the mean is not above it, and no single one is above it by more than a tenth.
    const fn within(self, threshold: u32) -> bool {
        self.mean <= threshold && self.most <= threshold + threshold / 10
    }
}

/// How much a producer makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Production {
    /// By week.
    pub week: Grams,
    /// By month.
    pub month: Grams,
}

/// What must have happened when the time is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// The collector took the container («enlèvement»).
    Removal,
    /// The waste was treated: the collector took it long enough before.
    Treatment,
}

/// How the relay reads what the text leaves open. Every field is a setting «à valider», never a constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Whether a sharps box counts as sharps alone where the relay keeps other clinical waste beside it.
    pub box_is_alone: bool,
    /// What the six months of sharps alone end with.
    pub sharps: Until,
}

impl Default for Reading {
    /// A closed sharps box holds sharps alone; of the two ends, the one that comes first.
    fn default() -> Self {
        Self { box_is_alone: true, sharps: Until::Treatment }
    }
}

/// A length of time as the law writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// Hours, from the very hour of the first use.
    Hours(u16),
    /// Days or months, from the day of the first use.
    Calendar(Interval),
}

/// How long a container may be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// How long.
    pub length: Length,
    /// What must have happened then.
    pub until: Until,
    /// Whether it rests on a [`Reading`], which the relay has to validate.
    pub to_validate: bool,
}

/// When the time of a container is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// At this instant.
    At(Wall),
    /// With this day, which still counts.
    On(Day),
}

/// Returns how long a container may be kept; none for ordinary waste.
///
/// Over 100 kg a week: 72 hours until treatment. Up to that, over 15 kg a month: 7 days until treatment. Over 5 to
/// 15 kg a month: 1 month until treatment. Up to 5 kg a month: 3 months until removal. Sharps alone, under 15 kg a
/// month: 6 months. The thresholds are means of twelve months that no month exceeds by more than a tenth.
#[must_use]
pub fn limit(kind: ContainerKind, production: Production, reading: Reading) -> Option<Limit> {
    let sharps = match kind.stream() {
        WasteStream::Ordinary => return None,
        stream => stream == WasteStream::Sharps,
    };
    let month = production.month;
    let calendar = |interval, until| Limit { length: Length::Calendar(interval), until, to_validate: false };
    Some(if !production.week.within(100_000) {
        Limit { length: Length::Hours(72), until: Until::Treatment, to_validate: false }
    } else if sharps && reading.box_is_alone && month.within(15_000) && month.mean < 15_000 {
        Limit { to_validate: true, ..calendar(Interval::Months(6), reading.sharps) }
    } else if !month.within(15_000) {
        calendar(Interval::Days(7), Until::Treatment)
    } else if !month.within(5_000) {
        calendar(Interval::Months(1), Until::Treatment)
    } else {
        calendar(Interval::Months(3), Until::Removal)
    })
}

impl Limit {
    /// Returns when the time is over for a container first used at `first_use`, where the clocks show `zone`.
    #[must_use]
    pub fn end(self, first_use: Wall, zone: Zone) -> End {
        match self.length {
            Length::Hours(hours) => End::At(first_use.plus_minutes(i64::from(hours) * 60)),
            Length::Calendar(interval) => End::On(interval.after(zone.day(first_use))),
        }
    }
}

impl End {
    /// Says whether the time is over at `now`.
    #[must_use]
    pub fn is_over(self, now: Wall, zone: Zone) -> bool {
        match self {
            Self::At(end) => now >= end,
            Self::On(day) => zone.day(now) > day,
        }
    }

    /// Returns the day on which the time is over.
    #[must_use]
    pub fn day(self, zone: Zone) -> Day {
        match self {
            Self::At(end) => zone.day(end),
            Self::On(day) => day,
        }
    }
}

//! Lengths of time between acts, and the day on which an age is reached.
//!
//! Two conventions, as in [`crate::date`]:
//! - An **interval** in months or years ends on the day that bears the same number; when the month has no such day, on
//!   its last day: 6 months after 31 August is 28 (or 29) February (code de procédure civile, art. 641; règlement
//!   (CEE, Euratom) 1182/71, art. 3). A dose is possible from that day on.
//! - An **age** is reached on the anniversary, never the day before it: somebody born on 29 February completes a year on
//!   1 March of a common year.

use crate::date::Day;
use chrono::{Datelike, NaiveDate};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A length of time between two acts, in calendar units.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CalendarInterval"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Interval {
    /// Days.
    #[n(0)]
    Days(#[n(0)] u16),
    /// Calendar months.
    #[n(1)]
    Months(#[n(0)] u16),
    /// Calendar years.
    #[n(2)]
    Years(#[n(0)] u16),
}

impl Interval {
    /// Returns the first day on which the interval, counted from `day`, has passed.
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        match self {
            Self::Days(days) => day.plus_days(days.into()),
            Self::Months(months) => day.plus_months(months.into()),
            Self::Years(years) => day.plus_months(u32::from(years) * 12),
        }
    }
}

/// A number of completed years, months or days of life.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Age {
    /// Completed years.
    #[n(0)]
    Years(#[n(0)] u16),
    /// Completed months.
    #[n(1)]
    Months(#[n(0)] u16),
    /// Days.
    #[n(2)]
    Days(#[n(0)] u16),
}

impl Age {
    /// Returns the first day on which somebody born on `birth` has this age.
    #[must_use]
    pub fn reached_on(self, birth: Day) -> Day {
        let months = match self {
            Self::Years(years) => u32::from(years) * 12,
            Self::Months(months) => months.into(),
            Self::Days(days) => return birth.plus_days(days.into()),
        };
        let day = birth.plus_months(months);
        if day.0 == NaiveDate::MAX || day.0.day() == birth.0.day() { day } else { day.plus_days(1) }
    }

    /// Tells whether somebody born on `birth` has this age on `on`.
    #[must_use]
    pub fn is_reached(self, birth: Day, on: Day) -> bool {
        match self {
            Self::Years(years) => on.years_since(birth) >= i32::from(years),
            Self::Months(months) => on.months_since(birth) >= i32::from(months),
            Self::Days(days) => on.days_since(birth) >= i64::from(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn six_months_after_the_31st_of_august_end_with_february() {
        assert_eq!(Interval::Months(6).after(day("2021-08-31")), day("2022-02-28"));
        assert_eq!(Interval::Months(6).after(day("2023-08-31")), day("2024-02-29"));
        assert_eq!(Interval::Months(5).after(day("2021-07-20")), day("2021-12-20"));
    }

    #[test]
    fn somebody_born_on_the_29th_of_february_is_twelve_on_the_first_of_march() {
        let twelve = Age::Years(12);
        assert_eq!(twelve.reached_on(day("2008-02-29")), day("2020-02-29"));
        assert_eq!(twelve.reached_on(day("2009-12-17")), day("2021-12-17"));
        assert_eq!(Age::Years(13).reached_on(day("2008-02-29")), day("2021-03-01"));
        assert!(!Age::Years(13).is_reached(day("2008-02-29"), day("2021-02-28")));
    }

    #[test]
    fn an_age_is_reached_on_the_day_that_it_says_and_not_the_day_before() {
        let start = day("2019-12-25");
        for shift in 0..800 {
            let birth = start.plus_days(shift);
            for age in [Age::Years(1), Age::Years(12), Age::Months(1), Age::Months(6), Age::Months(14), Age::Days(42)] {
                let reached = age.reached_on(birth);
                assert!(age.is_reached(birth, reached), "{age:?} of {birth}");
                assert!(!age.is_reached(birth, reached.plus_days(-1)), "{age:?} of {birth} a day early");
            }
        }
    }
}

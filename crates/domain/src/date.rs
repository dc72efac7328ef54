//! Calendar days, whole and partial: a birth date may be a year only, an earlier dose may have no date at all.
//!
//! Months are calendar months: "6 months after 31 August" is the last day of February (the same day number, or the
//! last day of a shorter month), as chrono's `checked_add_months` does. Someone born on 29 February completes a year
//! on 1 March of a common year: the anniversary is reached, not anticipated.

use chrono::{Datelike, Months, NaiveDate};
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A calendar day, written `2021-12-16` everywhere it is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct Day(pub NaiveDate);

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "description": "A day, YYYY-MM-DD." })
    }
}

impl Day {
    /// Returns that day, or `None` when the calendar does not have it.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Returns the day `months` calendar months later; the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }

    /// Returns the day `days` later, earlier when negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.checked_add_signed(chrono::Duration::days(days)).unwrap_or(NaiveDate::MAX))
    }

    /// Returns the completed years on `self` of somebody born on `birth`; negative before birth.
    #[must_use]
    pub fn years_since(self, birth: Self) -> i32 {
        let before = (self.0.month(), self.0.day()) < (birth.0.month(), birth.0.day());
        self.0.year() - birth.0.year() - i32::from(before)
    }

    /// Returns the completed calendar months on `self` of somebody born on `birth`; negative before birth.
    #[must_use]
    pub fn months_since(self, birth: Self) -> i32 {
        let months = (self.0.year() - birth.0.year()) * 12 + self.0.month() as i32 - birth.0.month() as i32;
        months - i32::from(self.0.day() < birth.0.day())
    }

    /// Returns the days from `earlier` to here; negative when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that is not a day of the calendar, nor a month, nor a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date (YYYY-MM-DD, YYYY-MM or YYYY)")]
pub struct NotADate;

impl FromStr for Day {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        // By hand: chrono's own parser knows every format, and a tablet would download all of it.
        let mut parts = text.splitn(3, '-');
        let mut part = |length| digits(parts.next().unwrap_or_default(), length);
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        i32::try_from(year).ok().and_then(|year| Self::new(year, month, day)).ok_or(NotADate)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads a number of exactly so many digits.
fn digits(text: &str, length: usize) -> Result<u32, NotADate> {
    let known = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    known.then(|| text.parse().ok()).flatten().ok_or(NotADate)
}

/// A date of which the day, or the month too, may be unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i32),
    /// The year and the month (1–12) are known.
    Month(i32, u32),
    /// The whole date.
    Day(Day),
}

impl PartialDate {
    /// Returns the first day that it may mean.
    #[must_use]
    pub fn earliest(self) -> Day {
        match self {
            Self::Year(year) => Day::new(year, 1, 1),
            Self::Month(year, month) => Day::new(year, month, 1),
            Self::Day(day) => Some(day),
        }
        .unwrap_or(Day(NaiveDate::MIN))
    }

    /// Returns the last day that it may mean.
    #[must_use]
    pub fn latest(self) -> Day {
        match self {
            Self::Year(year) => Day::new(year, 12, 31),
            Self::Month(..) => Some(self.earliest().plus_months(1).plus_days(-1)),
            Self::Day(day) => Some(day),
        }
        .unwrap_or(Day(NaiveDate::MAX))
    }

    /// Returns the day, when the whole date is known.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        match text.len() {
            4 => Ok(Self::Year(i32::try_from(digits(text, 4)?).map_err(|_| NotADate)?)),
            7 => {
                let (year, month) = text.split_once('-').ok_or(NotADate)?;
                let (year, month) = (digits(year, 4)?, digits(month, 2)?);
                if !(1..=12).contains(&month) {
                    return Err(NotADate);
                }
                Ok(Self::Month(i32::try_from(year).map_err(|_| NotADate)?, month))
            }
            _ => text.parse().map(Self::Day),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! cbor_as_text {
    ($type:ty) => {
        impl<C> Encode<C> for $type {
            fn encode<W: encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.str(&self.to_string())?.ok()
            }
        }
        impl<'b, C> Decode<'b, C> for $type {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                d.str()?.parse().map_err(|_| decode::Error::message("not a date"))
            }
        }
    };
}
cbor_as_text!(Day);
cbor_as_text!(PartialDate);

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn years_are_completed_on_the_anniversary() {
        assert_eq!(day("2021-12-15").years_since(day("2009-12-16")), 11);
        assert_eq!(day("2021-12-16").years_since(day("2009-12-16")), 12);
    }

    #[test]
    fn a_leap_day_birthday_is_reached_on_the_first_of_march() {
        assert_eq!(day("2021-02-28").years_since(day("2008-02-29")), 12);
        assert_eq!(day("2021-03-01").years_since(day("2008-02-29")), 13);
    }

    #[test]
    fn six_months_after_31_august_is_the_last_day_of_february() {
        assert_eq!(day("2021-08-31").plus_months(6), day("2022-02-28"));
    }

    #[test]
    fn a_month_covers_its_days() {
        let february: PartialDate = "2024-02".parse().expect("a month");
        assert_eq!((february.earliest(), february.latest()), (day("2024-02-01"), day("2024-02-29")));
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["2021-02-30", "2021-13", "21", "2021-1-1", "abcd", "", "+021-09-20", "-008-01-02", "2021- 9-20"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
        for text in ["\"2021-9-20\"", "\" 2021-09-20\"", "\"2021-09-20T10:00:00Z\"", "null"] {
            assert!(serde_json::from_str::<Day>(text).is_err(), "{text}");
        }
    }
}

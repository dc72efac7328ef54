//! The relay's wall clock: from instants to days and hours as people there read them.
//!
//! Metropolitan France follows the summer time of the European Union (directive 2000/84/CE: last Sundays of March and
//! October, at 01:00 UTC). Saint-Pierre-et-Miquelon follows that of North America (second Sunday of March, first Sunday of
//! November, at 2 in the morning there). The other overseas territories keep one offset all year.

use crate::date::Day;
use crate::fact::RelayCreated;
use crate::time::Wall;
use chrono::{DateTime, Datelike, Duration, NaiveDateTime, Timelike, Weekday};

/// A wall clock: an offset from UTC, and whether it follows summer time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Zone {
    /// Offset in winter, in minutes east of UTC.
    pub offset_minutes: i16,
    /// Whether summer time applies: that of the European Union east of Greenwich, that of North America west of it.
    pub summer_time: bool,
}

/// Metropolitan France.
pub const PARIS: Zone = Zone { offset_minutes: 60, summer_time: true };

/// Saint-Pierre-et-Miquelon.
const MIQUELON: &str = "FR-975";

impl Zone {
    /// Returns the wall clock of a relay.
    #[must_use]
    pub fn of(relay: &RelayCreated) -> Self {
        Self::named(&relay.territory, relay.utc_offset_minutes)
    }

    /// Returns the wall clock of a territory with this offset in winter, in minutes east of UTC.
    #[must_use]
    pub fn named(territory: &str, offset_minutes: i16) -> Self {
        let mut zone = Self::of_offset(offset_minutes);
        zone.summer_time |= territory == MIQUELON;
        zone
    }

    /// Returns the wall clock with this offset in winter, in minutes east of UTC.
    #[must_use]
    pub fn of_offset(offset_minutes: i16) -> Self {
        Self { offset_minutes, summer_time: offset_minutes == PARIS.offset_minutes }
    }

    fn local(self, at: Wall) -> NaiveDateTime {
        let utc = DateTime::from_timestamp_millis(at.0).unwrap_or_default().naive_utc();
        let summer = self.is_summer(utc);
        utc + Duration::minutes(i64::from(self.offset_minutes) + if summer { 60 } else { 0 })
    }

    /// Returns the day there.
    #[must_use]
    pub fn day(self, at: Wall) -> Day {
        Day(self.local(at).date())
    }

    /// Returns the minutes after midnight there.
    #[must_use]
    pub fn minute(self, at: Wall) -> u16 {
        let time = self.local(at).time();
        u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
    }

    /// Returns the instant of `minute` minutes after midnight of `day` there.
    #[must_use]
    pub fn at(self, day: Day, minute: u16) -> Wall {
        let local = day.0.and_time(chrono::NaiveTime::MIN) + Duration::minutes(i64::from(minute));
        let winter = local - Duration::minutes(i64::from(self.offset_minutes));
        let summer = self.is_summer(winter - Duration::minutes(60));
        let utc = if summer { winter - Duration::minutes(60) } else { winter };
        Wall(utc.and_utc().timestamp_millis())
    }

    /// Returns every instant that reads as `minute` minutes after midnight of `day` there, in order: one on most days, none
    /// for the hour that is stepped over in March, two for the one that comes twice in October.
    #[must_use]
    pub fn instants(self, day: Day, minute: u16) -> Vec<Wall> {
        let local = day.0.and_time(chrono::NaiveTime::MIN) + Duration::minutes(i64::from(minute));
        let offset = i64::from(self.offset_minutes);
        let offsets = if self.summer_time { vec![offset + 60, offset] } else { vec![offset] };
        let instants = offsets.into_iter().map(|offset| local - Duration::minutes(offset));
        instants.map(|utc| Wall(utc.and_utc().timestamp_millis())).filter(|at| self.local(*at) == local).collect()
    }
}

impl Zone {
    fn is_summer(self, utc: NaiveDateTime) -> bool {
        self.summer_time && if self.offset_minutes < 0 { self.in_american_summer(utc) } else { in_summer(utc) }
    }

    /// From 2 in the morning of winter time on the second Sunday of March to 2 in the morning of summer time on the first of
    /// November.
    fn in_american_summer(self, utc: NaiveDateTime) -> bool {
        let winter = utc + Duration::minutes(i64::from(self.offset_minutes));
        match (sunday_from(winter.year(), 3, 8, 2), sunday_from(winter.year(), 11, 1, 1)) {
            (Some(start), Some(end)) => start <= winter && winter < end,
            _ => false,
        }
    }
}

/// Returns `hour` of the first Sunday from that day of the month on.
fn sunday_from(year: i32, month: u32, day: u32, hour: u32) -> Option<NaiveDateTime> {
    let mut day = Day::new(year, month, day)?.0;
    while day.weekday() != Weekday::Sun {
        day = day.succ_opt()?;
    }
    day.and_hms_opt(hour, 0, 0)
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDateTime> {
    let mut day = Day::new(year, month, 31)?.0;
    while day.weekday() != Weekday::Sun {
        day = day.pred_opt()?;
    }
    day.and_hms_opt(1, 0, 0)
}

fn in_summer(utc: NaiveDateTime) -> bool {
    match (last_sunday(utc.year(), 3), last_sunday(utc.year(), 10)) {
        (Some(start), Some(end)) => start <= utc && utc < end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_december_evening_in_bondy_is_one_hour_ahead_of_utc() {
        let day = Day::new(2021, 12, 16).unwrap();
        assert_eq!(PARIS.at(day, 9 * 60), Wall(1_639_641_600_000));
        assert_eq!(PARIS.minute(Wall(1_639_641_600_000)), 540);
    }

    #[test]
    fn saint_pierre_and_miquelon_follows_the_summer_time_of_north_america() {
        let miquelon = Zone { offset_minutes: -180, summer_time: true };
        let hour = |on: &str, minute: u16| miquelon.minute(miquelon.at(on.parse().unwrap(), minute));
        let utc = |text: &str| Wall(DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis());
        // 2026: summer time from 8 March, 02:00 (05:00 UTC), to 1 November, 02:00 (04:00 UTC).
        assert_eq!(miquelon.minute(utc("2026-03-08T04:59:00Z")), 119);
        assert_eq!(miquelon.minute(utc("2026-03-08T05:00:00Z")), 180);
        assert_eq!(miquelon.minute(utc("2026-11-01T03:59:00Z")), 119);
        assert_eq!(miquelon.minute(utc("2026-11-01T04:00:00Z")), 60);
        assert_eq!((hour("2026-07-14", 600), hour("2026-12-24", 600)), (600, 600));
    }

    #[test]
    fn a_territory_far_away_has_its_own_hours_on_every_screen() {
        let noon = Wall(1_768_910_400_000);
        let hour = |territory: &str, offset: i16| Zone::named(territory, offset).minute(noon) / 60;
        assert_eq!([hour("FR-93", 60), hour("FR-974", 240), hour("FR-971", -240)], [13, 16, 8]);
        assert!(Zone::named("FR-975", -180).summer_time, "also for the desk, which knows a territory and an offset");
    }

    #[test]
    fn summer_time_begins_on_the_last_sunday_of_march() {
        let before = PARIS.at(Day::new(2026, 3, 28).unwrap(), 600);
        let after = PARIS.at(Day::new(2026, 3, 29).unwrap(), 600);
        assert_eq!(after.since(before), 23 * 3_600_000);
    }

    #[test]
    fn the_day_in_la_reunion_begins_four_hours_before_utc() {
        let reunion = Zone { offset_minutes: 240, summer_time: false };
        assert_eq!(reunion.day(Wall(1_639_681_200_000)), Day::new(2021, 12, 16).unwrap());
        assert_eq!(reunion.day(Wall(1_639_686_000_000)), Day::new(2021, 12, 17).unwrap());
    }

    #[test]
    fn the_day_in_guadeloupe_and_in_polynesia_begins_after_the_day_in_utc() {
        let (sixteenth, fifteenth) = (Day::new(2021, 12, 16).unwrap(), Day::new(2021, 12, 15).unwrap());
        let guadeloupe = Zone { offset_minutes: -240, summer_time: false };
        assert_eq!(guadeloupe.day(Wall(1_639_627_140_000)), fifteenth, "03:59 in UTC");
        assert_eq!(guadeloupe.day(Wall(1_639_627_200_000)), sixteenth, "04:00 in UTC");
        let polynesia = Zone { offset_minutes: -600, summer_time: false };
        assert_eq!(polynesia.day(Wall(1_639_648_740_000)), fifteenth, "09:59 in UTC");
        assert_eq!(polynesia.day(Wall(1_639_648_800_000)), sixteenth, "10:00 in UTC");
    }
}

//! What an hour means that a nurse types: on any day of any relay's clock, the ones of 23 and 25 hours included.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::date::Day;
use perron_domain::hour::{AHEAD_MS, About, meant, minute, read, text};
use perron_domain::time::Wall;
use perron_domain::zone::{PARIS, Zone};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).unwrap()
}

fn zones() -> impl Strategy<Value = Zone> {
    let still = |offset_minutes| Zone { offset_minutes, summer_time: false };
    prop_oneof![
        3 => Just(PARIS),
        1 => Just(still(240)),
        1 => Just(still(-240)),
        1 => Just(still(-600)),
        1 => Just(Zone { offset_minutes: -180, summer_time: true }),
    ]
}

/// Instants of three years, more of them about the nights when the clocks change.
fn instants() -> impl Strategy<Value = Wall> {
    let near = |centre: i64| (centre - 3_000 * MINUTE..centre + 3_000 * MINUTE).prop_map(Wall);
    prop_oneof![
        (1_735_689_600_000_i64..1_830_297_600_000).prop_map(Wall),
        near(1_774_746_000_000), // 2026-03-29 01:00 UTC
        near(1_792_890_000_000), // 2026-10-25 01:00 UTC
    ]
}

/// Goes through whole minutes from `from` on, forwards or backwards, and returns the first that reads as `typed`.
fn first(zone: Zone, from: Wall, step: i64, typed: u16) -> Option<Wall> {
    let whole = if step > 0 { from.0.div_euclid(MINUTE) + 1 } else { from.0.div_euclid(MINUTE) };
    (0..3 * 1_500).map(|count| Wall((whole + count * step) * MINUTE)).find(|at| zone.minute(*at) == typed)
}

proptest! {
    #[test]
    fn what_was_done_was_done_at_the_latest_such_hour_that_has_passed(zone in zones(), now in instants(), typed in 0_u16..1440) {
        let at = meant(zone, typed, About::Done, now);
        prop_assert_eq!(at, first(zone, Wall(now.0 + AHEAD_MS), -1, typed));
    }

    #[test]
    fn an_end_is_the_first_such_hour_after_the_beginning(zone in zones(), now in instants(), typed in 0_u16..1440) {
        let at = meant(zone, typed, About::After(now), now);
        prop_assert_eq!(at, first(zone, now, 1, typed));
    }

    #[test]
    fn a_corrected_hour_stays_on_the_day_of_the_fact(
        zone in zones(), now in instants(), ago in 0_i64..40 * 1_440, typed in 0_u16..1440,
    ) {
        let fact = now.plus_minutes(-ago);
        let at = meant(zone, typed, About::Corrected(fact), now);
        let there = zone.instants(zone.day(fact), typed);
        let passed: Vec<Wall> = there.iter().copied().filter(|at| at.since(now) <= AHEAD_MS).collect();
        match at {
            None => prop_assert!(there.is_empty(), "the clocks step over it"),
            Some(at) if !passed.is_empty() => {
                prop_assert_eq!(zone.day(at), zone.day(fact));
                prop_assert!(passed.iter().all(|other| at.since(fact).abs() <= other.since(fact).abs()));
            }
            Some(at) => prop_assert_eq!(Some(at), meant(zone, typed, About::Done, now)),
        }
    }

    #[test]
    fn what_is_shown_is_what_was_typed(zone in zones(), now in instants(), ago in 0_i64..5_000, typed in 0_u16..1440) {
        for about in [About::Done, About::Corrected(now.plus_minutes(-ago)), About::After(now)] {
            if let Some(at) = meant(zone, typed, about, now) {
                prop_assert_eq!(zone.minute(at), typed);
                prop_assert_eq!(minute(&text(zone, at)), Some(typed));
            }
        }
    }

    #[test]
    fn an_hour_left_as_it_stands_keeps_its_seconds(zone in zones(), now in instants(), ago in 0_i64..400_000_000) {
        let fact = Wall(now.0 - ago);
        prop_assert_eq!(read(zone, &text(zone, fact), About::Corrected(fact), now), Some(fact));
    }
}

#[test]
fn a_dose_of_five_past_midnight_corrected_the_next_day_stays_on_its_day() {
    let given = PARIS.at(day(2026, 11, 27), 12);
    let now = PARIS.at(day(2026, 11, 28), 10 * 60);
    assert_eq!(read(PARIS, "00:05", About::Corrected(given), now), Some(PARIS.at(day(2026, 11, 27), 5)));
}

#[test]
fn ten_to_midnight_typed_at_midnight_was_ten_minutes_ago() {
    let now = PARIS.at(day(2026, 11, 28), 0);
    assert_eq!(read(PARIS, "23:50", About::Done, now), Some(now.plus_minutes(-10)));
}

#[test]
fn an_hour_of_the_evening_before_corrects_a_fact_written_after_midnight() {
    let given = PARIS.at(day(2026, 11, 28), 12);
    let now = PARIS.at(day(2026, 11, 28), 30);
    assert_eq!(read(PARIS, "23:55", About::Corrected(given), now), Some(PARIS.at(day(2026, 11, 27), 23 * 60 + 55)));
}

#[test]
fn an_hour_two_minutes_ahead_of_the_tablet_is_of_today() {
    let now = PARIS.at(day(2026, 11, 28), 14 * 60 + 3);
    assert_eq!(read(PARIS, "14:05", About::Done, now), Some(now.plus_minutes(2)));
}

#[test]
fn syringes_prepared_in_the_evening_may_be_used_until_the_small_hours() {
    let prepared = PARIS.at(day(2026, 11, 27), 22 * 60);
    let until = PARIS.at(day(2026, 11, 28), 4 * 60);
    assert_eq!(read(PARIS, "04:00", About::After(prepared), prepared), Some(until));
}

#[test]
fn half_past_two_on_the_night_of_25_hours_is_the_second_one_once_that_has_passed() {
    let sunday = day(2026, 10, 25);
    let [summer, winter] = PARIS.instants(sunday, 150)[..] else { panic!("the hour comes twice") };
    assert_eq!(winter.since(summer), 60 * MINUTE);
    assert_eq!(meant(PARIS, 150, About::Done, winter.plus_minutes(3)), Some(winter));
    assert_eq!(meant(PARIS, 150, About::Done, winter.plus_minutes(-10)), Some(summer));
    assert_eq!(meant(PARIS, 150, About::Corrected(summer.plus_minutes(5)), winter.plus_minutes(60)), Some(summer));
}

#[test]
fn half_past_two_on_the_night_of_23_hours_is_no_hour_of_that_night() {
    let sunday = day(2026, 3, 29);
    assert!(PARIS.instants(sunday, 150).is_empty());
    let given = PARIS.at(sunday, 195);
    assert_eq!(meant(PARIS, 150, About::Corrected(given), given.plus_minutes(60)), None);
    let before = PARIS.at(day(2026, 3, 28), 150);
    assert_eq!(meant(PARIS, 150, About::Done, given), Some(before), "the last one was the night before");
}

#[test]
fn only_hours_of_a_day_are_read() {
    assert_eq!(minute("9:05"), Some(545));
    assert_eq!(minute(" 18:42 "), Some(1122));
    for wrong in ["", "24:00", "12:60", "1205", "12:5", "-1:30", "+1:30", "12:300", "12:3a", "12:é0"] {
        assert_eq!(minute(wrong), None, "{wrong}");
    }
}

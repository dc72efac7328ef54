//! Clinical waste: the law's months, days and hours, counted from the first use of a container.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::Command;
use perron_domain::fact::*;
use perron_domain::rules::Interval;
use perron_domain::time::Wall;
use perron_domain::waste_law::*;
use perron_domain::zone::{PARIS, Zone};
use perron_testkit::world::*;
use proptest::prelude::*;

fn made(monthly_grams: u32) -> Production {
    Production { week: Grams::every(monthly_grams / 4), month: Grams::every(monthly_grams) }
}

fn limit_of(kind: ContainerKind, monthly_grams: u32) -> Limit {
    limit(kind, made(monthly_grams), Reading::default()).unwrap()
}

fn months(count: u16) -> Length {
    Length::Calendar(Interval::Months(count))
}

#[test]
fn the_table_of_the_law_is_in_its_own_words() {
    let bag = |grams| {
        let limit = limit_of(ContainerKind::YellowBag, grams);
        (limit.length, limit.until)
    };
    assert_eq!(bag(5_000), (months(3), Until::Removal));
    assert_eq!(bag(5_001), (months(1), Until::Treatment));
    assert_eq!(bag(15_000), (months(1), Until::Treatment));
    assert_eq!(bag(15_001), (Length::Calendar(Interval::Days(7)), Until::Treatment));
    assert_eq!(bag(400_000), (Length::Calendar(Interval::Days(7)), Until::Treatment));
    assert_eq!(bag(400_004), (Length::Hours(72), Until::Treatment));
    for kind in [ContainerKind::Drum, ContainerKind::Carton] {
        assert_eq!(limit_of(kind, 10_000).length, months(1));
    }
    assert_eq!(limit(ContainerKind::OrdinaryBag, made(4_000), Reading::default()), None);
}

#[test]
fn sharps_alone_have_six_months_under_fifteen_kilograms() {
    assert_eq!(limit_of(ContainerKind::SharpsBox, 4_000).length, months(6));
    assert_eq!(limit_of(ContainerKind::SharpsBox, 14_999).length, months(6));
    assert_eq!(limit_of(ContainerKind::SharpsBox, 15_000).length, months(1));
    assert_eq!(limit_of(ContainerKind::SharpsBox, 20_000).length, Length::Calendar(Interval::Days(7)));
}

#[test]
fn what_the_law_leaves_open_is_read_by_the_relay_and_says_so() {
    assert!(limit_of(ContainerKind::SharpsBox, 4_000).to_validate);
    assert!(!limit_of(ContainerKind::YellowBag, 4_000).to_validate);
    let beside = Reading { box_is_alone: false, ..Reading::default() };
    assert_eq!(limit(ContainerKind::SharpsBox, made(4_000), beside).unwrap().length, months(3));
    let removal = Reading { sharps: Until::Removal, ..Reading::default() };
    assert_eq!(limit(ContainerKind::SharpsBox, made(4_000), removal).unwrap().until, Until::Removal);
}

#[test]
fn the_mean_keeps_the_threshold_and_no_month_passes_it_by_more_than_a_tenth() {
    let length = |mean, most| {
        let production = Production { week: Grams::every(1_000), month: Grams { mean, most } };
        limit(ContainerKind::YellowBag, production, Reading::default()).unwrap().length
    };
    assert_eq!(length(5_000, 5_500), months(3), "one heavy month within a tenth");
    assert_eq!(length(5_000, 5_501), months(1), "one month over it");
    assert_eq!(length(5_100, 5_500), months(1), "a mean above the threshold is never tolerated");
}

#[test]
fn a_month_from_the_31st_of_january_ends_on_the_last_day_of_february() {
    let month = limit_of(ContainerKind::YellowBag, 10_000);
    let used = PARIS.at(day("2022-01-31"), 23 * 60 + 30);
    let end = month.end(used, PARIS);
    assert_eq!(end, End::On(day("2022-02-28")));
    assert!(!end.is_over(PARIS.at(day("2022-02-28"), 23 * 60), PARIS), "the last day still counts");
    assert!(end.is_over(PARIS.at(day("2022-03-01"), 0), PARIS));
    let three = limit_of(ContainerKind::YellowBag, 4_000);
    assert_eq!(three.end(used, PARIS), End::On(day("2022-04-30")), "not 91 days: 2 May");
    let six = limit_of(ContainerKind::SharpsBox, 4_000);
    assert_eq!(six.end(PARIS.at(day("2021-08-31"), 600), PARIS), End::On(day("2022-02-28")), "not 183 days: 2 March");
}

#[test]
fn the_day_is_the_relays_and_hours_stay_hours_over_the_change_of_the_clocks() {
    let month = limit_of(ContainerKind::YellowBag, 10_000);
    let reunion = Zone { offset_minutes: 240, summer_time: false };
    let used = Wall(1_643_660_000_000); // 31 January 2022, 20:13 in UTC: 1 February in La Réunion.
    assert_eq!(month.end(used, reunion), End::On(day("2022-03-01")));
    assert_eq!(month.end(used, PARIS), End::On(day("2022-02-28")));
    let hours = limit_of(ContainerKind::YellowBag, 500_000);
    let before = PARIS.at(day("2026-03-28"), 600);
    assert_eq!(hours.end(before, PARIS), End::At(PARIS.at(day("2026-03-31"), 660)), "72 hours are 72 hours");
}

proptest! {
    /// No length is a number of days in disguise: a month later has the same day number, or is the month's last day.
    #[test]
    fn a_length_in_months_ends_on_the_same_day_number_or_on_the_last_of_the_month(
        shift in 0_i64..2_000, minute in 0_u16..1_440, grams in 1_u32..15_000, sharps in any::<bool>(),
    ) {
        let kind = if sharps { ContainerKind::SharpsBox } else { ContainerKind::YellowBag };
        let first = day("2021-01-01").plus_days(shift);
        let limit = limit_of(kind, grams);
        let Length::Calendar(Interval::Months(count)) = limit.length else { panic!("{limit:?}") };
        let End::On(last) = limit.end(PARIS.at(first, minute), PARIS) else { panic!() };
        let number = |day: perron_domain::date::Day| day.to_string()[8..].parse::<u32>().unwrap();
        let ends_short = number(last.plus_days(1)) == 1 && number(last) < number(first);
        prop_assert!(number(last) == number(first) || ends_short, "{first} → {last}");
        prop_assert_eq!(last.plus_days(1).months_since(first) >= i32::from(count), true);
        prop_assert!(!End::On(last).is_over(PARIS.at(last, 1_439), PARIS));
        prop_assert!(End::On(last).is_over(PARIS.at(last.plus_days(1), 0), PARIS));
    }

    /// More waste never lengthens the time.
    #[test]
    fn more_waste_never_gives_more_time(one in 1_u32..900_000, more in 0_u32..900_000, shift in 0_i64..800) {
        for kind in [ContainerKind::SharpsBox, ContainerKind::YellowBag] {
            let used = PARIS.at(day("2024-01-01").plus_days(shift), 600);
            let end = |grams| limit_of(kind, grams).end(used, PARIS).day(PARIS);
            prop_assert!(end(one.saturating_add(more)) <= end(one));
        }
    }
}

#[test]
fn the_time_starts_with_the_first_dose_and_neither_with_the_opening_nor_with_the_closing() {
    let mut tablet = tablet_with(vec![person("Bobine", "1940-01-01", &[SYRINGE])]);
    let container = tablet.ok(Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 6 });
    assert_eq!(tablet.round.first_use(container), None, "an empty box waits");
    tablet.pass(60);
    let syringes =
        DosesLoaded { product: SYRINGE.into(), form: DoseForm::Prefilled, doses_per_unit: 1, ..vial_load("S1", 2) };
    let load = tablet.ok(Command::Load(syringes));
    let act = tablet.prepare(tablet.people()[0]);
    let given_at = tablet.now;
    tablet.run(Command::Give(give(act, load, given_at))).unwrap();
    assert_eq!(tablet.round.first_use(container), Some(given_at));
    tablet.pass(120);
    tablet.ok(Command::CloseContainer(container));
    assert_eq!(tablet.round.first_use(container), Some(given_at));
    // A box opened after the dose has not taken its needle.
    let second = tablet.ok(Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 6 });
    assert_eq!(tablet.round.first_use(second), None);
    tablet.pass(5);
    tablet.ok(Command::Tally { stream: WasteStream::Sharps, delta: 1 });
    assert_eq!(tablet.round.first_use(second), Some(tablet.now), "a piece counted by hand is a use");
}

#[test]
fn a_level_above_zero_is_a_use_and_a_container_closed_without_any_counts_from_its_opening() {
    let mut tablet = tablet_with(vec![person("Bobine", "1940-01-01", &[SYRINGE])]);
    let opened_at = tablet.now;
    let bag = tablet.ok(Command::OpenContainer { kind: ContainerKind::YellowBag, volume_dl: 100 });
    let unused = tablet.ok(Command::OpenContainer { kind: ContainerKind::Drum, volume_dl: 300 });
    tablet.pass(30);
    tablet.ok(Command::Fill { container: bag, percent: 0 });
    assert_eq!(tablet.round.first_use(bag), None);
    tablet.ok(Command::Fill { container: bag, percent: 25 });
    let seen = tablet.now;
    tablet.pass(30);
    tablet.ok(Command::Fill { container: bag, percent: 50 });
    assert_eq!(tablet.round.first_use(bag), Some(seen));
    tablet.ok(Command::CloseContainer(unused));
    assert_eq!(tablet.round.first_use(unused), Some(opened_at));
}

//! Days, hours and ages as a person reads and types them.

use chrono::Datelike;
use perron_domain::date::{Day, PartialDate};

use crate::{
    components::fr,
    i18n::{I18n, t_string},
};

/// Returns minutes after midnight as an hour: «9 h 05».
#[must_use]
pub fn minute(i18n: I18n, minute: u16) -> String {
    fr::time(i18n.get_locale(), u32::from(minute / 60), u32::from(minute % 60))
}

/// Returns a day: «16 décembre 2021».
#[must_use]
pub fn day(i18n: I18n, day: Day) -> String {
    fr::date(i18n.get_locale(), day.0)
}

/// Returns a day with its name: «jeudi 16 décembre 2021».
#[must_use]
pub fn day_long(i18n: I18n, day: Day) -> String {
    fr::date_long(i18n.get_locale(), day.0)
}

/// Returns a date of which a part may be unknown: «14/03/1962», «03/1962», «1962».
#[must_use]
pub fn partial(date: PartialDate) -> String {
    match date {
        PartialDate::Year(year) => format!("{year:04}"),
        PartialDate::Month(year, month) => format!("{month:02}/{year:04}"),
        PartialDate::Day(day) => fr::date_short(day.0),
    }
}

/// Returns the date typed as «14/03/1962», «03/1962» or «1962»; none when the calendar does not have it.
#[must_use]
pub fn read_partial(typed: &str) -> Option<PartialDate> {
    let parts: Vec<u32> = typed.trim().split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let year = |year: u32| (1800..=2200).contains(&year).then(|| i32::try_from(year).ok()).flatten();
    match parts.as_slice() {
        [only] => year(*only).map(PartialDate::Year),
        [month, then] if (1..=12).contains(month) => year(*then).map(|year| PartialDate::Month(year, *month)),
        [day, month, then] => Day::new(year(*then)?, *month, *day).map(PartialDate::Day),
        _ => None,
    }
}

/// Returns the whole date typed as «14/03/1962»; none for anything else.
#[must_use]
pub fn read_day(typed: &str) -> Option<Day> {
    match read_partial(typed) {
        Some(PartialDate::Day(day)) => Some(day),
        _ => None,
    }
}

/// Returns an age in words: «84 ans», «4 mois», «61 ou 62 ans» where the birth date leaves it open.
#[must_use]
pub fn age(i18n: I18n, birth: PartialDate, on: Day) -> String {
    let (young, old) = (on.years_since(birth.latest()), on.years_since(birth.earliest()));
    if young != old {
        return t_string!(i18n, visit.age_between, young = young.max(0), old = old.max(0));
    }
    if old < 2 {
        return t_string!(i18n, visit.age_months, count = on.months_since(birth.earliest()).max(0));
    }
    t_string!(i18n, visit.age_years, count = old)
}

/// Returns the year of a day, for checks of typed dates.
#[must_use]
pub fn year(day: Day) -> i32 {
    day.0.year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nurse_types_dates_as_she_writes_them() {
        assert_eq!(read_partial("14/03/1962"), Day::new(1962, 3, 14).map(PartialDate::Day));
        assert_eq!(read_partial("03/1962"), Some(PartialDate::Month(1962, 3)));
        assert_eq!(read_partial(" 1962 "), Some(PartialDate::Year(1962)));
        for wrong in ["31/02/1962", "13/1962", "62", "", "1962-03-14", "14/03/19620"] {
            assert_eq!(read_partial(wrong), None, "{wrong}");
        }
    }
}

//! Dates as French lists write them, whole or partial.

use super::fold::fold;
use chrono::Datelike;
use perron_domain::date::{Day, PartialDate};

/// Why a text is not a date that can be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateProblem {
    /// Not written like a date.
    Unreadable,
    /// Written like a date, but the calendar does not have it.
    Impossible,
    /// Later than today.
    Future,
    /// The year has two digits: 12/03/21 may mean 1921 or 2021.
    TwoDigitYear,
    /// More than 125 years ago.
    TooOld,
}

const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// How many days later a day number means in a file that counts from 1904.
pub(super) const SINCE_1904: i64 = 1_462;

/// How one file writes its dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Habit {
    /// The month stands before the day: 03/25/1950.
    pub month_first: bool,
    /// Some dates are day numbers of a spreadsheet, so that a number of four digits may be one too.
    pub numbered: bool,
    /// Day numbers count from 1904 and not from 1900.
    pub since_1904: bool,
}

/// Returns the date that `text` writes, not later than `today`.
///
/// # Errors
/// Says why the text cannot be used.
pub fn read_date(text: &str, today: Day, habit: Habit) -> Result<PartialDate, DateProblem> {
    let date = parse(text, habit, today)?;
    if date.earliest() > today {
        return Err(DateProblem::Future);
    }
    if date.latest().0.year() < today.0.year() - 125 {
        return Err(DateProblem::TooOld);
    }
    Ok(date)
}

fn parse(text: &str, habit: Habit, today: Day) -> Result<PartialDate, DateProblem> {
    let folded = fold(without_hour(text));
    let parts: Vec<&str> =
        folded.split(' ').filter(|part| !matches!(*part, "le" | "en" | "vers" | "ne" | "nee")).collect();
    match parts.as_slice() {
        [only] => single(only, habit, today),
        // A day number with the hour as its fraction.
        [number, hour] if number.len() == 5 && is_digits(number) && is_digits(hour) => single(number, habit, today),
        [month, year] if is_year(year) => month_of(month).and_then(|month| whole(Some(month), None, year)),
        [year, month] if is_year(year) => month_of(month).and_then(|month| whole(Some(month), None, year)),
        [month, day, year]
            if is_year(year) && (habit.month_first || number(month).is_none()) && day_of(day).is_ok() =>
        {
            whole(Some(month_of(month)?), Some(day_of(day)?), year)
        }
        [day, month, year] if is_year(year) => whole(Some(month_of(month)?), Some(day_of(day)?), year),
        [year, month, day] if is_year(year) => whole(Some(month_of(month)?), Some(day_of(day)?), year),
        [a, b, c] if [a, b, c].iter().all(|part| part.len() <= 2 && number(part).is_some()) => {
            Err(DateProblem::TwoDigitYear)
        }
        _ => Err(DateProblem::Unreadable),
    }
}

/// A program adds an hour to a day: «1950-03-12 00:00:00», «1950-03-12T00:00:00Z», «12/03/1950 0:00».
pub(super) fn without_hour(text: &str) -> &str {
    let text = text.trim();
    let hour = |rest: &str| {
        let (hours, minutes) = rest.split_once(':').unwrap_or((rest, ""));
        (1..=2).contains(&hours.len()) && is_digits(hours) && minutes.starts_with(|c: char| c.is_ascii_digit())
    };
    match text.find([' ', 'T']) {
        Some(at) if text[..at].contains(['/', '-', '.']) && hour(&text[at + 1..]) => &text[..at],
        _ => text,
    }
}

fn single(text: &str, habit: Habit, today: Day) -> Result<PartialDate, DateProblem> {
    if let Some(days) = day_number(text, habit, today) {
        return Ok(PartialDate::Day(days));
    }
    if is_year(text) {
        return whole(None, None, text);
    }
    if text.len() != 8 || number(text).is_none() || !text.is_ascii() {
        return Err(DateProblem::Unreadable);
    }
    // 12031950 or 19500312: a year of the last centuries is no month, so at most one reading holds.
    let (first, second) = (part(&text[..2]), part(&text[2..4]));
    let (day, month) = if habit.month_first { (second, first) } else { (first, second) };
    let french = Day::new(int(&text[4..]), month, day);
    let iso = Day::new(int(&text[..4]), part(&text[4..6]), part(&text[6..]));
    let plausible = |day: &Day| (1880..2200).contains(&day.0.year());
    match (french.filter(plausible), iso.filter(plausible)) {
        (Some(day), None) | (None, Some(day)) => Ok(PartialDate::Day(day)),
        _ => Err(DateProblem::Unreadable),
    }
}

/// Returns the day that a spreadsheet counts so: 1 is 1 January 1900, and 1900 has a 29 February for it; where the file counts from
/// 1904, the same number is four years and a day later. Five digits are
/// 1927 to 2064; four are a year, unless the file has others of five and no such year has come yet.
pub(super) fn day_number(text: &str, habit: Habit, today: Day) -> Option<Day> {
    let days = number(text)?;
    let year = i32::try_from(days).is_ok_and(|year| year <= today.0.year() + 1);
    let counted = match text.len() {
        5 => days >= 10_000,
        4 => habit.numbered && !year && days != 9_999,
        _ => false,
    };
    counted
        .then(|| Day::new(1899, 12, 30))
        .flatten()
        .map(|start| start.plus_days(i64::from(days) + if habit.since_1904 { SINCE_1904 } else { 0 }))
        .filter(|day| *day <= today)
}

/// Builds the date; a month or day of 0 says «unknown», as identity papers do.
fn whole(month: Option<u32>, day: Option<u32>, year: &str) -> Result<PartialDate, DateProblem> {
    let year = int(year);
    match (month.filter(|month| *month > 0), day.filter(|day| *day > 0)) {
        (None, _) => Ok(PartialDate::Year(year)),
        (Some(month), None) if month <= 12 => Ok(PartialDate::Month(year, month)),
        (Some(_), None) => Err(DateProblem::Impossible),
        (Some(month), Some(day)) => Day::new(year, month, day).map(PartialDate::Day).ok_or(DateProblem::Impossible),
    }
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && number(text).is_some()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn number(text: &str) -> Option<u32> {
    is_digits(text).then(|| text.parse().ok()).flatten()
}

fn part(text: &str) -> u32 {
    number(text).unwrap_or(99)
}

fn int(text: &str) -> i32 {
    number(text).and_then(|n| i32::try_from(n).ok()).unwrap_or(0)
}

fn day_of(text: &str) -> Result<u32, DateProblem> {
    let text = text.strip_suffix("er").unwrap_or(text);
    if text.len() > 2 {
        return Err(DateProblem::Unreadable);
    }
    number(text).ok_or(DateProblem::Unreadable)
}

fn month_of(text: &str) -> Result<u32, DateProblem> {
    if let Some(month) = number(text) {
        return if text.len() <= 2 { Ok(month) } else { Err(DateProblem::Unreadable) };
    }
    // «janv», «sept», «déc»: at least three letters, and «jui» alone says neither June nor July.
    let mut found = (1..).zip(MONTHS).filter(|(_, name)| text.len() >= 3 && name.starts_with(text));
    match (found.next(), found.next()) {
        (Some((month, _)), None) => Ok(month),
        _ => Err(DateProblem::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 1, 20).expect("a day")
    }

    #[test]
    fn dates_are_read_as_lists_write_them() {
        for (text, date) in [
            ("12/03/1950", "1950-03-12"),
            ("1950-03-12", "1950-03-12"),
            ("12.3.1950", "1950-03-12"),
            ("12 mars 1950", "1950-03-12"),
            ("1er février 1950", "1950-02-01"),
            ("le 3 DÉC. 1950", "1950-12-03"),
            ("1950-03-12 00:00:00", "1950-03-12"),
            ("12031950", "1950-03-12"),
            ("03/1950", "1950-03"),
            ("1950-03", "1950-03"),
            ("mars 1950", "1950-03"),
            ("00/03/1950", "1950-03"),
            ("00/00/1950", "1950"),
            ("1950", "1950"),
            ("vers 1950", "1950"),
            ("29/02/2024", "2024-02-29"),
            ("20/01/2026", "2026-01-20"),
            ("2026", "2026"),
            ("1950-03-12T00:00:00Z", "1950-03-12"),
            ("1950-03-12T00:00:00.000+01:00", "1950-03-12"),
            ("12/03/1950 0:00", "1950-03-12"),
            ("18334", "1950-03-12"),
            ("18334.5", "1950-03-12"),
            ("44197", "2021-01-01"),
        ] {
            assert_eq!(
                read_date(text, today(), Habit::default()).map(|d| d.to_string()),
                Ok(date.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_a_date_says_why() {
        use DateProblem::{Future, Impossible, TooOld, TwoDigitYear, Unreadable};
        for (text, why) in [
            ("31/02/1950", Impossible),
            ("29/02/2023", Impossible),
            ("12/13/1950", Impossible),
            ("13/1950", Impossible),
            ("21/01/2026", Future),
            ("2027", Future),
            ("02/2026", Future),
            ("12/03/21", TwoDigitYear),
            ("01/01/1850", TooOld),
            ("0000", TooOld),
            ("inconnu", Unreadable),
            ("99999", Unreadable),
            ("9999", Future),
            ("123", Unreadable),
            ("99999999", Unreadable),
            ("jui 1950", Unreadable),
            ("é²³4", Unreadable),
        ] {
            assert_eq!(read_date(text, today(), Habit::default()), Err(why), "{text}");
        }
    }
}

//! The last day of use, as it stands on a box.

use super::plain;
use crate::date::Day;

/// Reads a last day of use as it stands on a box: `31/05/2026`, `05/2026` and `05/26` (the last day of the month),
/// `2026-05`, `2026-05-31`, and the six digits of a GS1 code with day 00, `260500` (the last day of the month).
///
/// Six digits that could be read both ways round, `260531`, and a day beside a year of two digits are not guessed at.
/// Source of day 00: GS1 General Specifications, application identifier 17.
#[must_use]
pub fn read_expiry(typed: &str) -> Option<Day> {
    let plain: String = typed.chars().map(plain).filter(|one| !one.is_whitespace()).collect();
    let parts: Vec<&str> = plain.trim_end_matches('/').split(['/', '.', '-']).collect();
    let digits = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let year = |text: &str| match text.len() {
        2 => number(text).map(|short| 2000 + short),
        4 => number(text).filter(|year| (2000..2200).contains(year)),
        _ => None,
    };
    let short = |text: &str| (1..=2).contains(&text.len());
    match parts.as_slice() {
        [six] if six.len() == 6 => {
            let (first, month, last) = (six.get(..2)?, number(six.get(2..4)?)?, six.get(4..)?);
            let backwards =
                number(last).filter(|year| *year > 0).and_then(|_| day_or_last(year(last)?, month, number(first)?));
            day_or_last(year(first)?, month, number(last)?).filter(|_| backwards.is_none())
        }
        [first, month] if first.len() == 4 && short(month) => day_or_last(year(first)?, number(month)?, 0),
        [month, last] if short(month) => day_or_last(year(last)?, number(month)?, 0),
        [first, month, day] if first.len() == 4 && short(month) && short(day) => {
            day_or_last(year(first)?, number(month)?, number(day)?)
        }
        [day, month, last] if short(day) && short(month) && last.len() == 4 => {
            day_or_last(year(last)?, number(month)?, number(day)?)
        }
        _ => None,
    }
}

/// Returns a day; the last one of the month where its number is 0.
fn day_or_last(year: u32, month: u32, day: u32) -> Option<Day> {
    let year = i32::try_from(year).ok()?;
    if day != 0 {
        return Day::new(year, month, day);
    }
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Day::new(year, month, 1)?;
    Day::new(next_year, next_month, 1).and_then(|first| first.0.pred_opt()).map(Day)
}

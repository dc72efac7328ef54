//! The birth date in a search: whole or in part, however somebody writes it.

use chrono::Datelike;
use perron_domain::date::PartialDate;

/// Says whether a word of a search means this birth date: «12/03/1941», «12.3.41», «1941-03-12», «12031941», «03/1941»,
/// «1941». What is known of the date in part is found by that part of what is typed.
#[must_use]
pub fn is_meant(birth: PartialDate, word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '-', '.', ' ']).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    match parts[..] {
        [year] if year.len() == 4 => is_year(birth, year),
        [all] if all.len() == 8 => {
            is_day(birth, &all[4..], &all[2..4], &all[..2]) || is_day(birth, &all[..4], &all[4..6], &all[6..])
        }
        [year, month] if year.len() == 4 => is_month(birth, year, month),
        [month, year] if year.len() == 4 => is_month(birth, year, month),
        [year, month, day] if year.len() == 4 => is_day(birth, year, month, day),
        [day, month, year] if matches!(year.len(), 2 | 4) => is_day(birth, year, month, day),
        _ => false,
    }
}

/// A year of two figures means any century: whoever searches sees whom she found.
fn is_year(birth: PartialDate, typed: &str) -> bool {
    let year = match birth {
        PartialDate::Year(year) | PartialDate::Month(year, _) => year,
        PartialDate::Day(day) => day.0.year(),
    };
    let century = if typed.len() == 2 { 100 } else { 10_000 };
    typed.parse::<i32>().is_ok_and(|typed| typed == year.rem_euclid(century))
}

fn is_month(birth: PartialDate, year: &str, month: &str) -> bool {
    let known = match birth {
        PartialDate::Year(_) => None,
        PartialDate::Month(_, month) => Some(month),
        PartialDate::Day(day) => Some(day.0.month()),
    };
    month.len() <= 2 && is_year(birth, year) && known.is_none_or(|known| month.parse() == Ok(known))
}

fn is_day(birth: PartialDate, year: &str, month: &str, day: &str) -> bool {
    let known = birth.day().map(|day| day.0.day());
    day.len() <= 2 && is_month(birth, year, month) && known.is_none_or(|known| day.parse() == Ok(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(birth: &str, word: &str) -> bool {
        is_meant(birth.parse().expect("a date"), word)
    }

    #[test]
    fn a_birth_date_is_found_however_it_is_written() {
        for word in [
            "12/03/1941",
            "12/3/1941",
            "12.3.41",
            "12-03-1941",
            "1941-03-12",
            "1941/3/12",
            "12 03 1941",
            "12031941",
            "19410312",
            "03/1941",
            "1941-03",
            "1941",
        ] {
            assert!(means("1941-03-12", word), "{word}");
        }
        for word in
            ["13/03/1941", "12/04/1941", "12/03/1942", "12.3.42", "1942", "04/1941", "12/03", "12", "41", "3", ""]
        {
            assert!(!means("1941-03-12", word), "{word}");
        }
    }

    #[test]
    fn what_is_known_in_part_is_found_by_that_part() {
        assert!(means("1941", "12/03/1941") && means("1941-03", "12/03/1941") && means("1941-03", "1941"));
        assert!(!means("1941", "12/03/1942") && !means("1941-03", "12/04/1941"));
    }
}

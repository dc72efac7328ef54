//! How one file writes its dates: the month before the day, or as day numbers of a spreadsheet. One date says little; all of them
//! together say it.

use super::dates::{Habit, day_number, is_year, number, without_hour};
use super::epoch::Epoch;
use super::fold::fold;
use super::problem::Code;
use perron_domain::date::Day;

/// What the dates of one file say of how it writes them.
#[derive(Debug, Default)]
pub struct Evidence {
    day_first: u64,
    month_first: u64,
    numbered: u64,
    epoch: Epoch,
    first_month_first: Option<(u64, String)>,
    first_numbered: Option<(u64, String)>,
}

impl Evidence {
    /// Looks at a date on a line, of something that cannot have been before a day.
    pub fn see(&mut self, line: u64, text: &str, not_before: Option<Day>, today: Day) {
        let folded = fold(without_hour(text));
        let parts: Vec<&str> = folded.split(' ').collect();
        match parts.as_slice() {
            [a, b, year] if is_year(year) => match (number(a), number(b)) {
                (Some(13..=31), Some(1..=12)) => self.day_first += 1,
                (Some(1..=12), Some(13..=31)) => {
                    self.month_first += 1;
                    self.first_month_first.get_or_insert_with(|| (line, text.to_owned()));
                }
                _ => {}
            },
            [number] | [number, _] if number.len() == 5 && day_number(number, Habit::default(), today).is_some() => {
                self.numbered += 1;
                self.epoch.see(number, not_before, today);
                self.first_numbered.get_or_insert_with(|| (line, text.to_owned()));
            }
            _ => {}
        }
    }

    /// Returns how the file writes dates. A few that the calendar does not have are slips; more are a habit.
    #[must_use]
    pub fn habit(&self) -> Habit {
        Habit {
            month_first: self.month_first > 10 * self.day_first,
            numbered: self.numbered > 0,
            since_1904: self.epoch.since_1904(),
        }
    }

    /// Returns what is to be told of it: the line and the date that showed it first.
    #[must_use]
    pub fn told(&self) -> Vec<(Code, u64, String)> {
        let mixed = self.month_first * 10 > self.day_first && !self.habit().month_first;
        let code = if mixed { Code::DatesMixed } else { Code::DatesMonthFirst };
        let order = self.first_month_first.clone().filter(|_| mixed || self.habit().month_first);
        let order = order.map(|(line, text)| (code, line, text));
        let since = if self.epoch.since_1904() { Code::DatesNumberedSince1904 } else { Code::DatesNumbered };
        let numbered = self.first_numbered.clone().map(|(line, text)| (since, line, text));
        order.into_iter().chain(numbered).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::dates::{DateProblem, read_date};
    use perron_domain::date::PartialDate;

    fn today() -> Day {
        Day::new(2026, 1, 20).expect("a day")
    }

    fn habit(dates: &[&str]) -> Habit {
        let mut evidence = Evidence::default();
        (2..).zip(dates).for_each(|(line, date)| evidence.see(line, date, None, today()));
        evidence.habit()
    }

    #[test]
    fn one_date_that_only_a_month_first_can_be_is_evidence_about_the_whole_file() {
        let read = |text: &str, habit| read_date(text, today(), habit).map(|date| date.to_string());
        let american = habit(&["03/25/1950", "12/31/1948", "04/05/1960"]);
        assert_eq!(read("04/05/1960", american), Ok("1960-04-05".to_owned()));
        assert_eq!(read("03-25-1950", american), Ok("1950-03-25".to_owned()));
        assert_eq!(read("1960-05-04", american), Ok("1960-05-04".to_owned()), "the year first is written one way");
        assert_eq!(read("4 mai 1960", american), Ok("1960-05-04".to_owned()));
        let french = habit(&["25/03/1950", "04/05/1960"]);
        assert_eq!(read("04/05/1960", french), Ok("1960-05-04".to_owned()));
        assert_eq!(habit(&["04/05/1960"]), Habit::default(), "what says nothing is French");
    }

    #[test]
    fn a_slip_is_no_habit_and_a_mixture_is_told() {
        let mut evidence = Evidence::default();
        (0..30).for_each(|line| evidence.see(line, "25/03/1950", None, today()));
        evidence.see(40, "03/25/1950", None, today());
        assert_eq!((evidence.habit(), evidence.told()), (Habit::default(), Vec::new()));
        for line in 41..50 {
            evidence.see(line, "03/25/1950", None, today());
        }
        assert!(!evidence.habit().month_first);
        assert_eq!(evidence.told(), [(Code::DatesMixed, 40, "03/25/1950".to_owned())]);
    }

    #[test]
    fn four_digits_are_a_day_number_only_among_others() {
        let numbered = habit(&["18334"]);
        assert_eq!(read_date("9500", today(), numbered).map(|date| date.to_string()), Ok("1926-01-03".to_owned()));
        assert_eq!(read_date("1950", today(), numbered), Ok(PartialDate::Year(1950)));
        assert_eq!(read_date("9500", today(), Habit::default()), Err(DateProblem::Future));
    }
}

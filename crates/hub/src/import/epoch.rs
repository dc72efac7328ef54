//! From which day a file counts its day numbers: spreadsheets count from 1900, those that came from a Macintosh from 1904. No cell
//! says which; a day on which something cannot have been does.

use super::columns::Column;
use super::dates::{Habit, SINCE_1904, day_number};
use super::products::ProductNames;
use perron_domain::date::Day;
use perron_domain::rules::Family;

/// Returns the day before which a date cannot be: of an infection, and of a dose against COVID-19.
pub fn not_before(column: Column, product: &str, products: &ProductNames) -> Option<Day> {
    let against_covid = || products.earlier(product).and_then(|code| products.family(code)) == Some(Family::Covid);
    let covid = column == Column::Infections || (column == Column::Doses && against_covid());
    covid.then(|| Day::new(2019, 12, 1)).flatten()
}

/// What the day numbers of one file say of the day that they count from.
#[derive(Debug, Default)]
pub struct Epoch {
    /// Numbers that can be no day counted from 1900, and can be one counted from 1904.
    only_1904: u64,
    /// Numbers that are a possible day counted from 1900, where not every day is.
    can_be_1900: u64,
    /// Numbers that have not come yet counted from 1904.
    only_1900: u64,
}

impl Epoch {
    /// Looks at a number of five digits, of something that cannot have been before a day.
    pub fn see(&mut self, number: &str, not_before: Option<Day>, today: Day) {
        let Some(day) = day_number(number, Habit::default(), today) else { return };
        let later = day.plus_days(SINCE_1904);
        match not_before {
            _ if later > today => self.only_1900 += 1,
            Some(first) if day < first && later >= first => self.only_1904 += 1,
            Some(first) if day >= first => self.can_be_1900 += 1,
            _ => {}
        }
    }

    /// Says whether the file counts from 1904: most of what tells the two apart says so.
    #[must_use]
    pub fn since_1904(&self) -> bool {
        self.only_1904 > self.can_be_1900 + self.only_1900
    }
}

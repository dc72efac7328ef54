//! The law's time for clinical waste in words, for the tablet and the desk.

use perron_domain::{
    rules::Interval,
    time::Wall,
    waste_law::{End, Grams, Length, Limit, Production, Until},
    zone::Zone,
};

use super::{day, minute};
use crate::i18n::{I18n, t_string};

/// Returns an amount inside the class of the law that a form keeps by this word; none while nothing is said.
#[must_use]
pub fn production(class: &str) -> Option<Production> {
    let (week, month) = match class {
        "5" => (1_000, 4_000),
        "15" => (2_500, 10_000),
        "week" => (50_000, 200_000),
        "more" => (200_000, 800_000),
        _ => return None,
    };
    Some(Production { week: Grams::every(week), month: Grams::every(month) })
}

/// Returns the classes of the law, with the word that a form keeps each by.
#[must_use]
pub fn classes(i18n: I18n) -> Vec<(String, String)> {
    vec![
        ("5".to_owned(), t_string!(i18n, stock.made_5).to_owned()),
        ("15".to_owned(), t_string!(i18n, stock.made_15).to_owned()),
        ("week".to_owned(), t_string!(i18n, stock.made_week).to_owned()),
        ("more".to_owned(), t_string!(i18n, stock.made_more).to_owned()),
    ]
}

/// Returns a length of time of the law.
#[must_use]
pub fn length(i18n: I18n, length: Length) -> String {
    match length {
        Length::Hours(count) => t_string!(i18n, stock.storage_hours, count = count),
        Length::Calendar(Interval::Days(count)) => t_string!(i18n, stock.storage_days, count = count),
        Length::Calendar(Interval::Months(1)) => t_string!(i18n, stock.storage_month).to_owned(),
        Length::Calendar(Interval::Months(count)) => t_string!(i18n, stock.storage_months, count = count),
        Length::Calendar(Interval::Years(count)) => t_string!(i18n, stock.storage_months, count = count * 12),
    }
}

/// Returns the end of a container's time: a day, or a day and an hour.
#[must_use]
pub fn end(i18n: I18n, zone: Zone, end: End) -> String {
    let day = day(i18n, end.day(zone));
    match end {
        End::On(_) => day,
        End::At(at) => t_string!(i18n, stock.day_and_hour, day = day, hour = minute(i18n, zone.minute(at))),
    }
}

/// Returns what is to be done with a container before its time is over, in a line.
#[must_use]
pub fn before(i18n: I18n, zone: Zone, limit: Limit, over: End, now: Wall) -> String {
    let day = end(i18n, zone, over);
    match limit.until {
        _ if over.is_over(now, zone) => t_string!(i18n, stock.keep_over, day = day),
        Until::Removal => t_string!(i18n, stock.remove_before, day = day),
        Until::Treatment => t_string!(i18n, stock.treat_before, day = day),
    }
}

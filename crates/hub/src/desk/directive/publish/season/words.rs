//! How sentences speak of a season, and how they do of the next one.

use chrono::Datelike;
use perron_desk_api::SeasonDates;
use perron_domain::date::Day;

/// Returns how the sentences spoke of the seasons, and how they do now.
pub(super) fn spans(dates: &[SeasonDates]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for one in dates {
        let span = |from: Day, until: Day, dash: char| format!("{}{dash}{}", from.0.year(), until.0.year());
        for dash in ['–', '-'] {
            found.push((span(one.was_from, one.was_until, dash), span(one.from, one.until, dash)));
        }
        for (was, now) in [(one.was_from, one.from), (one.was_until, one.until)] {
            found.push((fr(was), fr(now)));
            found.push((en(was), en(now)));
        }
    }
    found
}

pub(super) fn said_anew(text: &str, spans: &[(String, String)]) -> String {
    // What is new is not changed again.
    let mut found = String::new();
    let mut rest = text;
    'text: while let Some(sign) = rest.chars().next() {
        for (was, now) in spans {
            if let Some(after) = rest.strip_prefix(was.as_str()) {
                found.push_str(now);
                rest = after;
                continue 'text;
            }
        }
        found.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
    found
}

fn fr(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    in_words(day, &MONTHS, "1er")
}

fn en(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    in_words(day, &MONTHS, "1")
}

fn in_words(day: Day, months: &[&str; 12], first: &str) -> String {
    let number = if day.0.day() == 1 { first.to_owned() } else { day.0.day().to_string() };
    let month = usize::try_from(day.0.month0()).ok().and_then(|month| months.get(month).copied());
    format!("{number} {} {}", month.unwrap_or_default(), day.0.year())
}

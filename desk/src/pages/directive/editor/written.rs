//! Ages, days and deferrals as people write them, and as a directive file holds them. What cannot be read goes to the hub
//! as it was typed: the hub says what is wrong with it.

use crate::components::fr;
use crate::i18n::{I18n, Locale};
use crate::pages::words;
use perron_domain::date::Day;

/// Returns an age of a file as people write it: `12y` is «12 ans».
pub fn age_words(i18n: I18n, code: &str) -> String {
    let Some((number, unit)) = number_and_unit(code) else { return code.to_owned() };
    let one = number == "1";
    let word = match (i18n.get_locale_untracked(), unit.chars().next()) {
        (Locale::fr, Some('y')) => {
            if one {
                "an"
            } else {
                "ans"
            }
        }
        (Locale::fr, Some('m')) => "mois",
        (Locale::fr, Some('d')) => {
            if one {
                "jour"
            } else {
                "jours"
            }
        }
        (_, Some('y')) => {
            if one {
                "year"
            } else {
                "years"
            }
        }
        (_, Some('m')) => {
            if one {
                "month"
            } else {
                "months"
            }
        }
        (_, Some('d')) => {
            if one {
                "day"
            } else {
                "days"
            }
        }
        _ => return code.to_owned(),
    };
    format!("{number}\u{a0}{word}")
}

/// Returns an age that people wrote as a file holds it: «12 ans», «12» and «12 years» are `12y`, «6 mois» is `6m`.
pub fn age_code(text: &str) -> String {
    let text = text.trim();
    let Some((number, unit)) = number_and_unit(text) else { return text.to_owned() };
    match unit.to_lowercase().chars().next() {
        None | Some('a' | 'y') => format!("{number}y"),
        Some('m') => format!("{number}m"),
        Some('j' | 'd') => format!("{number}d"),
        Some(_) => text.to_owned(),
    }
}

fn number_and_unit(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = (text.get(..end)?, text.get(end..)?);
    (!number.is_empty()).then(|| (number, unit.trim()))
}

/// Returns a day of a file as fields hold it: `2021-11-08` is `08/11/2021`.
pub fn day_words(code: &str) -> String {
    code.parse::<Day>().map_or_else(|_| code.to_owned(), |day| fr::date_short(day.0))
}

/// Returns a day of a field as a file holds it.
pub fn day_code(text: &str) -> String {
    words::read_day(text).map_or_else(|| text.trim().to_owned(), |day| day.to_string())
}

/// Until when a deferral runs, as a form asks it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// No date can be said.
    NoDate,
    /// Until an age.
    Age,
    /// Until a day.
    Day,
    /// Written as in the file.
    Other,
}

impl Kind {
    /// Returns the key of a list.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoDate => "no_date",
            Self::Age => "age",
            Self::Day => "day",
            Self::Other => "other",
        }
    }

    /// Returns the kind of a key.
    pub fn of(key: &str) -> Self {
        match key {
            "no_date" => Self::NoDate,
            "age" => Self::Age,
            "day" => Self::Day,
            _ => Self::Other,
        }
    }
}

/// Takes a deferral of a file apart: its kind, and its age, day or text as people write it.
pub fn deferral(i18n: I18n, code: &str) -> (Kind, String) {
    let bare = code.trim().trim_matches('"');
    if bare.is_empty() || bare == "no_date" {
        return (Kind::NoDate, String::new());
    }
    let value = |name: &str| {
        let inside = code.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        let quoted = inside.strip_prefix(name)?.trim_start().strip_prefix('=')?.trim();
        let value = quoted.strip_prefix('"')?.strip_suffix('"')?;
        (!value.contains('"')).then_some(value)
    };
    if let Some(age) = value("age") {
        (Kind::Age, age_words(i18n, age))
    } else if let Some(day) = value("day") {
        (Kind::Day, day_words(day))
    } else {
        (Kind::Other, code.to_owned())
    }
}

/// Puts a deferral together as a file holds it.
pub fn deferral_code(kind: Kind, value: &str) -> String {
    match kind {
        Kind::NoDate => "\"no_date\"".to_owned(),
        Kind::Age => format!("{{ age = \"{}\" }}", age_code(value)),
        Kind::Day => format!("{{ day = \"{}\" }}", day_code(value)),
        Kind::Other => value.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_however_a_coordinator_writes_it() {
        for text in ["12 ans", "12", "12\u{a0}ans", "12 years", "12y", " 12 an "] {
            assert_eq!(age_code(text), "12y", "{text}");
        }
        assert_eq!(age_code("6 mois"), "6m");
        assert_eq!(age_code("42 jours"), "42d");
        assert_eq!(age_code("42 days"), "42d");
        assert_eq!(age_code("douze ans"), "douze ans");
        assert_eq!(age_code(""), "");
    }

    #[test]
    fn a_day_goes_to_the_file_and_back() {
        assert_eq!(day_words("2021-11-08"), "08/11/2021");
        assert_eq!(day_code("08/11/2021"), "2021-11-08");
        assert_eq!(day_code("bientôt"), "bientôt");
        assert_eq!(day_code(""), "");
    }

    #[test]
    fn a_deferral_is_written_as_the_file_wants_it() {
        assert_eq!(deferral_code(Kind::NoDate, ""), "\"no_date\"");
        assert_eq!(deferral_code(Kind::Age, "12 ans"), "{ age = \"12y\" }");
        assert_eq!(deferral_code(Kind::Day, "31/01/2026"), "{ day = \"2026-01-31\" }");
        assert_eq!(deferral_code(Kind::Other, " { after_infection = \"2m\" } "), "{ after_infection = \"2m\" }");
    }
}

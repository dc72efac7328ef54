//! Numbers, hours and dates as each language writes them: «18 h 42», «0,3 ml», «2ᵉ dose», «jeudi 16 décembre 2021».
//!
//! Pure functions of a value and a language, so that pages never glue units on by hand.

use chrono::{Datelike, NaiveDate};

use crate::i18n::Locale;

/// The no-break space of French `:` and of quotation marks.
pub const NBSP: char = '\u{a0}';
/// The narrow no-break space of French `;`, `?`, `!` and of thousands.
pub const NNBSP: char = '\u{202f}';

/// Returns an hour: «18 h 42» or «18:42».
#[must_use]
pub fn time(locale: Locale, hour: u32, minute: u32) -> String {
    match locale {
        Locale::fr => format!("{hour}{NBSP}h{NBSP}{minute:02}"),
        Locale::en => format!("{hour:02}:{minute:02}"),
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Returns a duration in words that exist: «40 s», «12 min», «2 h 05 min» (which is no hour of the day), «3 jours»; the abbreviations are the same in both
/// languages. Its sign is left to the sentence around.
#[must_use]
pub fn duration(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.saturating_abs();
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match seconds {
        ..60 => format!("{seconds}{NBSP}s"),
        60..3600 => format!("{minutes}{NBSP}min"),
        3600..=172_799 => format!("{hours}{NBSP}h{NBSP}{minutes:02}{NBSP}min"),
        _ => {
            let days = seconds / DAY;
            let word = if locale == Locale::fr { "jours" } else { "days" };
            format!("{}{NBSP}{word}", number(locale, days, 0))
        }
    }
}

/// Returns a countdown: «14:05» under an hour, «1 h 05 min» from an hour on, «3 jours» from two days on. Negative seconds count
/// as none.
#[must_use]
pub fn countdown(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0);
    if seconds >= 2 * DAY {
        return duration(locale, seconds);
    }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    if hours > 0 {
        format!("{hours}{NBSP}h{NBSP}{minutes:02}{NBSP}min")
    } else {
        format!("{minutes}:{:02}", seconds % 60)
    }
}

/// Returns a number with the language's decimal mark: `value` counts its last decimal, so 125 with two is «1,25».
#[must_use]
pub fn number(locale: Locale, value: i64, decimals: usize) -> String {
    let plain = format!("{:0>1$}", value.unsigned_abs(), decimals + 1);
    let (whole, part) = plain.split_at(plain.len() - decimals);
    grouped(locale, value < 0, whole, part)
}

/// Returns a fraction rounded to exactly `decimals` decimals. For the desk: this needs the code of floating numbers.
#[must_use]
pub fn rounded(locale: Locale, value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    grouped(locale, whole.starts_with('-'), whole.trim_start_matches('-'), part)
}

fn grouped(locale: Locale, negative: bool, whole: &str, part: &str) -> String {
    let (thousands, mark) = match locale {
        Locale::fr => (NNBSP, ','),
        Locale::en => (',', '.'),
    };
    let mut grouped = String::from(if negative { "\u{2212}" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(thousands);
        }
        grouped.push(digit);
    }
    if !part.is_empty() {
        grouped.push(mark);
        grouped.push_str(part);
    }
    grouped
}

/// Returns a whole number with its thousands apart.
#[must_use]
pub fn count(locale: Locale, value: u32) -> String {
    number(locale, value.into(), 0)
}

/// Returns an amount of stored bytes: «12 Mo», «3,2 Go».
#[must_use]
pub fn bytes(locale: Locale, bytes: u64) -> String {
    let unit = if locale == Locale::fr { 'o' } else { 'B' };
    let megabytes = i64::try_from(bytes.div_ceil(1_000_000)).unwrap_or(i64::MAX);
    match megabytes {
        ..1000 => format!("{}{NBSP}M{unit}", number(locale, megabytes, 0)),
        _ => format!("{}{NBSP}G{unit}", number(locale, megabytes / 100, 1)),
    }
}

/// Returns a volume from hundredths of a millilitre: 30 is «0,3 ml», 25 is «0,25 ml».
#[must_use]
pub fn millilitres(locale: Locale, hundredths: u32) -> String {
    format!("{}{NBSP}ml", short_number(locale, hundredths.into(), 2))
}

/// Returns a number like [`number`], without the zeros at its end.
#[must_use]
pub fn short_number(locale: Locale, mut value: i64, mut decimals: usize) -> String {
    while decimals > 0 && value % 10 == 0 {
        value /= 10;
        decimals -= 1;
    }
    number(locale, value, decimals)
}

/// Returns a temperature from tenths of a degree: 91 is «9,1 °C».
#[must_use]
pub fn celsius(locale: Locale, tenths: i32) -> String {
    format!("{}{NBSP}°C", number(locale, tenths.into(), 1))
}

/// Returns a feminine rank, as in «1ʳᵉ dose», «2ᵉ dose»; «1st», «2nd» in English.
#[must_use]
pub fn rank(locale: Locale, rank: u32) -> String {
    match (locale, rank) {
        (Locale::fr, 1) => "1ʳᵉ".to_owned(),
        (Locale::fr, rank) => format!("{rank}ᵉ"),
        (Locale::en, rank) => {
            let ending = match (rank % 10, rank % 100) {
                (1, last) if last != 11 => "st",
                (2, last) if last != 12 => "nd",
                (3, last) if last != 13 => "rd",
                _ => "th",
            };
            format!("{rank}{ending}")
        }
    }
}

/// Returns whether a count takes the plural: from 2 on in French, all but 1 in English.
///
/// For words with a count, keep two keys, `…_single` and `…_several`, and choose with this.
#[must_use]
pub const fn several(locale: Locale, count: u32) -> bool {
    match locale {
        Locale::fr => count >= 2,
        Locale::en => count != 1,
    }
}

const DAYS: [[&str; 7]; 2] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 2] = [
    [
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
    ],
    [
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
    ],
];

const fn row(locale: Locale) -> usize {
    match locale {
        Locale::fr => 0,
        Locale::en => 1,
    }
}

/// Returns a date without its day of the week: «16 décembre 2021», «1er mars 2026».
#[must_use]
pub fn date(locale: Locale, date: NaiveDate) -> String {
    let month = MONTHS[row(locale)].get(date.month0() as usize).copied().unwrap_or_default();
    let day = match (locale, date.day()) {
        (Locale::fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{day}{NBSP}{month} {}", date.year())
}

/// Returns a date with its day of the week: «jeudi 16 décembre 2021».
#[must_use]
pub fn date_long(locale: Locale, day: NaiveDate) -> String {
    let index = day.weekday().num_days_from_monday() as usize;
    let name = DAYS[row(locale)].get(index).copied().unwrap_or_default();
    format!("{name} {}", date(locale, day))
}

/// Returns a date in digits, day first in both languages: «16/12/2021».
#[must_use]
pub fn date_short(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// Returns a text that begins with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns the text with the no-break spaces that French puts before `: ; ? ! »` and after `«`, where a plain space was
/// typed. For text that comes from people and from data; the screens' own words carry them already.
#[must_use]
pub fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        spaced.push(match (letter, next) {
            (' ', Some(':' | '»')) => NBSP,
            (' ', Some(';' | '?' | '!')) => NNBSP,
            (' ', _) if spaced.ends_with('«') => NBSP,
            (letter, _) => letter,
        });
    }
    spaced
}

/// Returns what a date field shows after the person typed: slashes come by themselves, never while deleting.
///
/// With `partial`, «1962» stays a year: slashes then come only from the person, or once eight digits are there.
#[must_use]
pub fn date_typed(old: &str, typed: &str, partial: bool) -> String {
    // «hier» is no date, and no empty field either: it stays to be seen and corrected.
    if typed.chars().any(char::is_alphabetic) {
        return typed.to_owned();
    }
    let kept: String = typed.chars().filter(|letter| letter.is_ascii_digit() || *letter == '/').collect();
    // Who types the slash that came by itself means that one.
    let kept = kept.replace("//", "/");
    if kept.len() < old.len() {
        return kept;
    }
    let digits: String = kept.chars().filter(char::is_ascii_digit).take(8).collect();
    if digits.len() == 8 {
        return format!("{}/{}/{}", &digits[..2], &digits[2..4], &digits[4..]);
    }
    if partial {
        return kept;
    }
    match (kept.as_str(), digits.len()) {
        (plain, 2) if !plain.contains('/') => format!("{plain}/"),
        (plain, 4) if plain.matches('/').count() == 1 && plain.find('/') == Some(2) => format!("{plain}/"),
        _ => kept,
    }
}

/// Returns what the field of a last day of use shows after the person typed: slashes come by themselves where a day and a
/// month stand before them, and not in «05/2026», «05/26», «2026-05».
#[must_use]
pub fn expiry_typed(old: &str, typed: &str) -> String {
    if typed.chars().any(char::is_alphabetic) {
        return typed.to_owned();
    }
    let kept: String = typed.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '/' | '-')).collect();
    if kept.contains('-') || kept == "20" {
        return kept;
    }
    let month = kept.split('/').nth(1).filter(|month| month.len() == 2);
    if month.is_some_and(|month| month > "12") {
        return kept;
    }
    date_typed(old, &kept, false)
}

/// Returns what an hour field shows after the person typed: the colon comes by itself, never while deleting.
///
/// «9h05» is how French writes it; who types the colon that came by itself means that one.
#[must_use]
pub fn time_typed(old: &str, typed: &str) -> String {
    let typed = typed.replace(['h', 'H'], ":").replace("::", ":");
    if typed.chars().any(char::is_alphabetic) {
        return typed;
    }
    let kept: String = typed.chars().filter(|letter| letter.is_ascii_digit() || *letter == ':').take(5).collect();
    if kept.len() < old.len() || kept.contains(':') {
        return kept;
    }
    match kept.len() {
        2 => format!("{kept}:"),
        3 | 4 => format!("{}:{}", &kept[..2], &kept[2..]),
        _ => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_megabytes_and_gigabytes() {
        let said = |locale, amount| bytes(locale, amount).replace(NBSP, " ");
        assert_eq!((said(Locale::fr, 0), said(Locale::fr, 11_400_000)), ("0 Mo".to_owned(), "12 Mo".to_owned()));
        assert_eq!(said(Locale::fr, 3_240_000_000), "3,2 Go");
        assert_eq!(said(Locale::en, 999_000_001), "1.0 GB");
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn an_hour_is_written_as_french_does() {
        assert_eq!(time(Locale::fr, 18, 42), "18\u{a0}h\u{a0}42");
        assert_eq!(time(Locale::fr, 9, 5), "9\u{a0}h\u{a0}05");
        assert_eq!(time(Locale::en, 9, 5), "09:05");
    }

    #[test]
    fn a_countdown_stays_short_and_never_goes_below_nothing() {
        assert_eq!(countdown(Locale::fr, 845), "14:05");
        assert_eq!(countdown(Locale::fr, 3_900), "1\u{a0}h\u{a0}05\u{a0}min");
        assert_eq!(countdown(Locale::fr, -3), "0:00");
    }

    #[test]
    fn a_duration_has_words_that_exist() {
        assert_eq!(duration(Locale::fr, 40), "40\u{a0}s");
        assert_eq!(duration(Locale::fr, -7 * 60), "7\u{a0}min");
        assert_eq!(duration(Locale::fr, 7_500), "2\u{a0}h\u{a0}05\u{a0}min");
        assert_eq!(duration(Locale::fr, 3 * 86_400 + 5), "3\u{a0}jours");
        assert_eq!(duration(Locale::fr, -5_254_439 * 60), "3\u{202f}648\u{a0}jours");
        assert_eq!(duration(Locale::en, 172_800), "2\u{a0}days");
        assert_eq!(countdown(Locale::fr, 3 * 86_400), "3\u{a0}jours");
    }

    #[test]
    fn volumes_and_degrees_take_a_comma() {
        assert_eq!(millilitres(Locale::fr, 30), "0,3\u{a0}ml");
        assert_eq!(millilitres(Locale::fr, 25), "0,25\u{a0}ml");
        assert_eq!(millilitres(Locale::en, 50), "0.5\u{a0}ml");
        assert_eq!(celsius(Locale::fr, 91), "9,1\u{a0}°C");
        assert_eq!(celsius(Locale::fr, -5), "\u{2212}0,5\u{a0}°C");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(count(Locale::fr, 300_000), "300\u{202f}000");
        assert_eq!(count(Locale::en, 2_181), "2,181");
        assert_eq!(count(Locale::fr, 12), "12");
    }

    #[test]
    fn ranks_agree_with_dose() {
        assert_eq!(rank(Locale::fr, 1), "1ʳᵉ");
        assert_eq!(rank(Locale::fr, 2), "2ᵉ");
        assert_eq!(rank(Locale::en, 3), "3rd");
        assert_eq!(rank(Locale::en, 11), "11th");
    }

    #[test]
    fn nothing_is_singular_in_french_and_plural_in_english() {
        assert!(!several(Locale::fr, 0));
        assert!(several(Locale::en, 0));
        assert!(several(Locale::fr, 2));
    }

    #[test]
    fn a_day_has_its_name() {
        assert_eq!(date_long(Locale::fr, day(2021, 12, 16)), "jeudi 16\u{a0}décembre 2021");
        assert_eq!(date_long(Locale::en, day(2026, 1, 20)), "Tuesday 20\u{a0}January 2026");
        assert_eq!(date(Locale::fr, day(2026, 3, 1)), "1er\u{a0}mars 2026");
        assert_eq!(date_short(day(2021, 12, 6)), "06/12/2021");
    }

    #[test]
    fn typed_text_gets_its_no_break_spaces() {
        assert_eq!(spaced("Pourquoi ?"), "Pourquoi\u{202f}?");
        assert_eq!(spaced("« Jean » : oui"), "«\u{a0}Jean\u{a0}»\u{a0}: oui");
    }

    #[test]
    fn slashes_come_by_themselves_and_can_be_deleted() {
        assert_eq!(date_typed("1", "14", false), "14/");
        assert_eq!(date_typed("14/0", "14/03", false), "14/03/");
        assert_eq!(date_typed("14/", "14", false), "14");
        assert_eq!(date_typed("14/", "14//", false), "14/");
        assert_eq!(date_typed("14/03/", "14/03//", false), "14/03/");
        assert_eq!(date_typed("1403196", "14031962", false), "14/03/1962");
        assert_eq!(date_typed("", "14031962", true), "14/03/1962");
        assert_eq!(date_typed("196", "1962", true), "1962");
        assert_eq!(date_typed("14/03/196", "14/03/1962", false), "14/03/1962");
        assert_eq!(date_typed("", "31.", false), "31/");
        assert_eq!(date_typed("12/03/1941", "hier", true), "hier", "what is no date is not an empty field");
        assert_eq!(time_typed("09:30", "midi"), "midi");
    }

    #[test]
    fn a_month_of_a_box_is_typed_without_a_day() {
        let keys =
            |text: &str| text.chars().fold(String::new(), |shown, key| expiry_typed(&shown, &format!("{shown}{key}")));
        for whole in ["05/2026", "05/26", "2026-05", "31/05/2026", "20/06/2026"] {
            assert_eq!(keys(whole), whole);
        }
        assert_eq!(keys("31052026"), "31/05/2026");
        assert_eq!(keys("052026"), "05/2026");
    }

    #[test]
    fn the_colon_comes_by_itself_and_can_be_deleted() {
        assert_eq!(time_typed("1", "18"), "18:");
        assert_eq!(time_typed("18:", "18"), "18");
        assert_eq!(time_typed("", "1842"), "18:42");
        assert_eq!(time_typed("18:4", "18:42"), "18:42");
    }

    #[test]
    fn an_hour_may_be_typed_with_its_colon_or_its_h() {
        let keys =
            |text: &str| text.chars().fold(String::new(), |shown, key| time_typed(&shown, &format!("{shown}{key}")));
        assert_eq!(keys("09:05"), "09:05");
        assert_eq!(keys("0905"), "09:05");
        assert_eq!(keys("9h05"), "9:05");
        assert_eq!(keys("18H42"), "18:42");
    }
}

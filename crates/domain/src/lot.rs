//! Lots: a product and a number, compared as a person means them and not as she typed them.
//!
//! The number on a box is copied by hand, scanned, read aloud on the phone: case, spaces, hyphens and full-width forms
//! change on the way and mean nothing. What *could* mean something (`O` or `0`, `I`, `l` or `1`) is never folded: it is
//! asked about ([`doubts`]), because guessing a lot may give somebody a dose that was recalled.

use crate::date::Day;
use crate::fact::{Confirmed, DosesLoaded};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most characters of a lot number (GS1 General Specifications, application identifier 10). More is a scan whose
/// separator was lost, or two scans in one field.
pub const LONGEST: usize = 20;

/// Most doses of one lot that come in at once. More is a slip of the hand, or two numbers in one field.
pub const MOST_DOSES: u32 = 100_000;

/// Doses above which a delivery is asked about: a relay that has its label gives about 200 a month.
const MANY_DOSES: u32 = 2_400;

/// Years ahead after which a last day of use is asked about: no vaccine is kept that long.
const FAR_YEARS: u32 = 5;

/// The number of a lot as it is compared: in capitals, without spaces and hyphens, full-width forms as plain ones.
///
/// Folding twice is folding once. What is printed stays in the facts, for people to read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LotKey(String);

impl LotKey {
    /// Folds a number as it was typed, scanned or printed.
    #[must_use]
    pub fn of(lot: &str) -> Self {
        let kept = lot.chars().map(plain).filter(|one| !means_nothing(*one));
        Self(kept.flat_map(char::to_uppercase).collect())
    }

    /// Returns the folded number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Says whether nothing was left of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says whether two different numbers are easily taken for each other: `O` and `0`, `I`, `l` and `1`, letters of
    /// another script that look the same, a slash or a dot more or less.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        self != other && self.outline() == other.outline()
    }

    /// Returns what is left of the number for the eye.
    fn outline(&self) -> String {
        let seen = self.0.chars().map(latin).map(unadorned).filter(|one| one.is_alphanumeric());
        seen.map(|one| match one {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
    }
}

impl fmt::Display for LotKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// Returns the plain form of a full-width character.
fn plain(one: char) -> char {
    match one {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(one) - 0xfee0).unwrap_or(one),
        other => other,
    }
}

/// Says whether a character of a number is only there for the eye: spaces of any width, hyphens and dashes, invisible
/// marks that come along when a text is copied.
fn means_nothing(one: char) -> bool {
    let hyphen = matches!(one, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}');
    let invisible = matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    one.is_whitespace() || one.is_control() || hyphen || invisible
}

/// Returns the Latin capital that a Greek or Cyrillic capital cannot be told from.
fn latin(one: char) -> char {
    match one {
        'Α' | 'А' => 'A',
        'Β' | 'В' => 'B',
        'С' => 'C',
        'Ε' | 'Е' => 'E',
        'Η' | 'Н' => 'H',
        'Ι' | 'І' => 'I',
        'Κ' | 'К' => 'K',
        'Μ' | 'М' => 'M',
        'Ν' => 'N',
        'Ο' | 'О' => 'O',
        'Ρ' | 'Р' => 'P',
        'Ѕ' => 'S',
        'Τ' | 'Т' => 'T',
        'Χ' | 'Х' => 'X',
        'Υ' | 'У' => 'Y',
        'Ζ' => 'Z',
        other => other,
    }
}

/// Returns the plain figure or letter of one that is circled, raised, lowered, Roman, or of another script.
fn unadorned(one: char) -> char {
    let code = u32::from(one);
    let figure = |from: u32| char::from_digit((code - from) % 10, 10);
    let letter = |from: u32| char::from_u32(u32::from('A') + (code - from));
    let plain = match one {
        '\u{660}'..='\u{669}' => figure(0x660),
        '\u{6f0}'..='\u{6f9}' => figure(0x6f0),
        '\u{966}'..='\u{96f}' => figure(0x966),
        '\u{1d7ce}'..='\u{1d7ff}' => figure(0x1d7ce),
        '\u{2460}'..='\u{2468}' => figure(0x245f),
        '⓪' | '⁰' => Some('0'),
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '\u{2074}'..='\u{2079}' => figure(0x2070),
        '\u{2080}'..='\u{2089}' => figure(0x2080),
        '\u{24b6}'..='\u{24cf}' => letter(0x24b6),
        'Ⅰ' => Some('I'),
        'Ⅴ' => Some('V'),
        'Ⅹ' => Some('X'),
        'Ⅼ' => Some('L'),
        'Ⅽ' => Some('C'),
        'Ⅾ' => Some('D'),
        'Ⅿ' => Some('M'),
        _ => None,
    };
    plain.unwrap_or(one)
}

/// A lot: the same number of two products is two lots.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Deserialize)]
pub struct LotId {
    /// Product code.
    pub product: String,
    /// Its number, folded.
    pub number: LotKey,
}

impl LotId {
    /// Returns the lot of a product with this number, in whatever spelling.
    #[must_use]
    pub fn new(product: &str, lot: &str) -> Self {
        Self { product: product.to_owned(), number: LotKey::of(lot) }
    }

    /// Says whether a product and a number, in whatever spelling, are this lot.
    #[must_use]
    pub fn is(&self, product: &str, lot: &str) -> bool {
        self.product == product && self.number == LotKey::of(lot)
    }
}

/// Says whether two numbers, in whatever spelling, are the same.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    LotKey::of(one) == LotKey::of(other)
}

impl fmt::Display for LotId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}", self.product, self.number)
    }
}

impl Serialize for LotId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// What is known of a lot before another one is typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownLot {
    /// Product code; none where the relay set a number apart without naming a product.
    pub product: Option<String>,
    /// The number as it is written where it is known.
    pub lot: String,
    /// Last day of use; none where nobody received it.
    pub expiry: Option<Day>,
    /// Whether it must not be used.
    pub isolated: bool,
}

/// What speaks against a lot as it was typed: a question to a person, who may confirm it with a reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "doubt")]
pub enum LotDoubt {
    /// A lot whose number looks the same is known: «Est-ce le lot … ?»
    LooksLike {
        /// Its number as it is written there.
        lot: String,
        /// Whether it must not be used.
        isolated: bool,
    },
    /// A character stands in the number that no box carries, an «é», a Greek letter, a circled figure: read, spoken or copied
    /// wrongly, it would be another lot than the one on the box.
    OddCharacter {
        /// The first such character.
        character: char,
    },
    /// The number is known, of another product only.
    OtherProduct {
        /// The number as it is written there.
        lot: String,
        /// That product's code.
        product: String,
    },
    /// The lot is known with another last day of use.
    OtherExpiry {
        /// The last day that is known.
        expiry: Day,
    },
    /// The last day of use is more than five years ahead.
    FarExpiry {
        /// The day as it was typed.
        expiry: Day,
    },
    /// The last day of use is before last year.
    OldExpiry {
        /// The day as it was typed.
        expiry: Day,
    },
    /// The last day of use is over: nobody may receive these doses.
    Expired {
        /// The day as it was typed.
        expiry: Day,
    },
    /// More doses come in at once than a relay gives in a year.
    ManyDoses {
        /// As many as were typed.
        doses: u32,
    },
}

impl LotDoubt {
    /// Says whether the number itself is beyond doubt: a day or an amount is odd, and «yes, it is right» is answer enough.
    #[must_use]
    pub const fn is_odd_only(&self) -> bool {
        matches!(self, Self::FarExpiry { .. } | Self::OldExpiry { .. } | Self::Expired { .. } | Self::ManyDoses { .. })
    }

    /// Returns the code that a confirmation names, so that it covers what was asked and nothing that comes later.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::LooksLike { lot, .. } => format!("looks:{}", LotKey::of(lot)),
            Self::OddCharacter { character } => format!("odd:{character}"),
            Self::OtherProduct { product, .. } => format!("product:{product}"),
            Self::OtherExpiry { expiry } => format!("expiry:{expiry}"),
            Self::FarExpiry { expiry } => format!("far:{expiry}"),
            Self::OldExpiry { expiry } => format!("old:{expiry}"),
            Self::Expired { expiry } => format!("expired:{expiry}"),
            Self::ManyDoses { doses } => format!("many:{doses}"),
        }
    }
}

/// Returns what speaks against a lot of `product` with this number and last day, typed on the day `today`.
///
/// A lot set apart that looks the same is always asked about; a lot in use only where the number itself is not known.
#[must_use]
pub fn doubts(known: &[KnownLot], product: &str, lot: &str, expiry: Option<Day>, today: Day) -> Vec<LotDoubt> {
    let key = LotKey::of(lot);
    let mut found = Vec::new();
    let same: Vec<&KnownLot> = known.iter().filter(|one| LotKey::of(&one.lot) == key).collect();
    let mine = || same.iter().filter(|one| one.product.as_deref() == Some(product));
    for one in known.iter().filter(|one| LotKey::of(&one.lot).looks_like(&key)) {
        if one.isolated || mine().next().is_none() {
            push(&mut found, LotDoubt::LooksLike { lot: one.lot.clone(), isolated: one.isolated });
        }
    }
    if mine().next().is_none() {
        found.extend(odd_character(&key));
        for one in &same {
            if let Some(other) = &one.product {
                push(&mut found, LotDoubt::OtherProduct { lot: one.lot.clone(), product: other.clone() });
            }
        }
    }
    let Some(expiry) = expiry else { return found };
    for told in mine().filter_map(|one| one.expiry).filter(|told| *told != expiry) {
        push(&mut found, LotDoubt::OtherExpiry { expiry: told });
    }
    if today.0.checked_add_months(chrono::Months::new(FAR_YEARS * 12)).is_some_and(|last| expiry.0 > last) {
        found.push(LotDoubt::FarExpiry { expiry });
    }
    if expiry.0.year() < today.0.year() - 1 {
        found.push(LotDoubt::OldExpiry { expiry });
    } else if expiry < today {
        found.push(LotDoubt::Expired { expiry });
    }
    found
}

/// Returns what speaks against so many doses of one lot coming in at once.
#[must_use]
pub fn amount_doubt(doses: u32) -> Option<LotDoubt> {
    (doses > MANY_DOSES).then_some(LotDoubt::ManyDoses { doses })
}

/// Returns the first character of a number that no box carries. Source: GS1 General Specifications, application identifier
/// 10, whose numbers are printable ASCII (character set 82).
fn odd_character(key: &LotKey) -> Option<LotDoubt> {
    key.0.chars().find(|one| !one.is_ascii_graphic()).map(|character| LotDoubt::OddCharacter { character })
}

/// Returns what speaks against setting apart a number as it was typed: another one, which looks the same, would stay in use.
#[must_use]
pub fn isolation_doubts(known: &[KnownLot], product: Option<&str>, lot: &str, today: Day) -> Vec<LotDoubt> {
    let meant = |one: &KnownLot| {
        let other = product.is_some() && one.product.is_some() && one.product.as_deref() != product;
        same(&one.lot, lot) && !other
    };
    if LotKey::of(lot).is_empty() || known.iter().any(meant) {
        return Vec::new();
    }
    let mut found = doubts(known, product.unwrap_or_default(), lot, None, today);
    found.retain(|doubt| {
        product.is_some() || matches!(doubt, LotDoubt::LooksLike { .. } | LotDoubt::OddCharacter { .. })
    });
    found
}

/// Returns the code of a difference of a round with its lot folded: earlier versions wrote the number as it was printed.
#[must_use]
pub fn folded_code(code: &str) -> String {
    let lot = code.strip_prefix("lot:").and_then(|rest| rest.split_once(':'));
    lot.map_or_else(|| code.to_owned(), |(product, number)| format!("lot:{}", LotId::new(product, number)))
}

/// Returns the lots set apart among those `known` that doses aboard may be of, by the look of their number.
#[must_use]
pub fn isolated_doubts(known: &[KnownLot], loaded: &DosesLoaded) -> Vec<LotDoubt> {
    let key = LotKey::of(&loaded.lot);
    let mut found = Vec::new();
    for one in known.iter().filter(|one| one.isolated && LotKey::of(&one.lot).looks_like(&key)) {
        push(&mut found, LotDoubt::LooksLike { lot: one.lot.clone(), isolated: true });
    }
    found
}

fn push(found: &mut Vec<LotDoubt>, doubt: LotDoubt) {
    if found.iter().all(|known| known.code() != doubt.code()) {
        found.push(doubt);
    }
}

/// Returns the doubts that a confirmation does not cover.
#[must_use]
pub fn open(doubts: Vec<LotDoubt>, confirmed: Option<&Confirmed>) -> Vec<LotDoubt> {
    let reason = confirmed.filter(|confirmed| !confirmed.reason.trim().is_empty());
    let covered = |doubt: &LotDoubt| reason.is_some_and(|confirmed| confirmed.doubts.contains(&doubt.code()));
    doubts.into_iter().filter(|doubt| !covered(doubt)).collect()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn known(product: &str, lot: &str, expiry: &str, isolated: bool) -> KnownLot {
        KnownLot { product: Some(product.into()), lot: lot.into(), expiry: Some(day(expiry)), isolated }
    }

    #[test]
    fn the_spellings_of_a_box_are_one_number() {
        for spelling in
            ["FL2517", "fl2517", " FL 2517 ", "Fl-2517", "ＦＬ２５１７", "FL\u{a0}25\u{2011}17", "F\u{200b}L2517"]
        {
            assert!(same(spelling, "FL2517"), "{spelling}");
        }
        for other in ["FL2518", "FL25I7", "FL251", "KX77/B"] {
            assert!(!same(other, "FL2517"), "{other}");
        }
        assert!(LotKey::of(" - ").is_empty());
        assert!(!same("KX77/B", "KX77B"), "a slash may mean something: it is asked about");
        assert_eq!(LotKey::of("000190A").as_str(), "000190A", "zeros in front are part of the number");
    }

    #[test]
    fn what_only_looks_the_same_is_asked_about_and_not_folded() {
        for typed in ["FL25I7", "FL25l7", "fl25i7", "F12517", "FI2517", "FL-25I7", "FL2517.", "FL25І7"] {
            assert!(LotKey::of(typed).looks_like(&LotKey::of("FL2517")), "{typed}");
        }
        assert!(LotKey::of("E0123").looks_like(&LotKey::of("EO123")));
        assert!(!LotKey::of("FL2517").looks_like(&LotKey::of("fl 2517")), "the same number is no look-alike");
        assert!(!LotKey::of("FL2577").looks_like(&LotKey::of("FL2517")));
    }

    #[test]
    fn a_lot_that_looks_like_an_isolated_one_is_asked_about_even_where_it_is_known() {
        let relay = [known("flu", "FL2517", "2026-06-30", true), known("flu", "FL25I7", "2026-06-30", false)];
        let asked = |lot: &str| doubts(&relay, "flu", lot, Some(day("2026-06-30")), day("2026-01-20"));
        assert_eq!(asked("fl 25i7"), [LotDoubt::LooksLike { lot: "FL2517".into(), isolated: true }]);
        assert!(doubts(&relay[1..], "flu", "FL25I7", Some(day("2026-06-30")), day("2026-01-20")).is_empty());
    }

    #[test]
    fn a_character_that_no_box_carries_is_asked_about_everywhere() {
        for typed in ["FⅬ2517", "ⒻL2517", "FL٢517", "FLé517", "FL\u{3164}2517", "FL²517", "ΑL2517"] {
            let asked = doubts(&[], "flu", typed, None, day("2026-01-20"));
            assert!(matches!(asked[..], [LotDoubt::OddCharacter { .. }]), "{typed}: {asked:?}");
            assert_eq!(isolation_doubts(&[], None, typed, day("2026-01-20")), asked, "{typed}");
        }
        // Where it looks like a lot that must not be used, that is said too.
        let relay = [known("flu", "FL2517", "2026-06-30", true)];
        for typed in ["FⅬ2517", "ⒻL2517", "FL٢517", "FL②517", "FL²517", "FL₂517"] {
            let asked = doubts(&relay, "flu", typed, None, day("2026-01-20"));
            let recalled = |doubt: &LotDoubt| matches!(doubt, LotDoubt::LooksLike { isolated: true, .. });
            assert!(asked.iter().any(recalled), "{typed}: {asked:?}");
        }
        for typed in ["FL2517", "ＦＬ 2517", "KX77/B", "a.1_2#(3)"] {
            assert!(doubts(&[], "flu", typed, None, day("2026-01-20")).is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_number_of_another_product_or_with_another_last_day_is_asked_about() {
        let relay = [known("flu", "A100", "2026-06-30", false), known("covid", "B200", "2026-03-31", false)];
        let today = day("2026-01-20");
        assert_eq!(
            doubts(&relay, "covid", "a-100", Some(day("2026-06-30")), today),
            [LotDoubt::OtherProduct { lot: "A100".into(), product: "flu".into() }]
        );
        assert_eq!(
            doubts(&relay, "covid", "B200", Some(day("2026-05-31")), today),
            [LotDoubt::OtherExpiry { expiry: day("2026-03-31") }]
        );
        assert!(doubts(&relay, "covid", "C300", Some(day("2026-05-31")), today).is_empty());
    }

    #[test]
    fn a_last_day_of_use_that_no_box_carries_is_asked_about() {
        let asked = |expiry: &str| doubts(&[], "flu", "A1", Some(day(expiry)), day("2026-01-20"));
        assert_eq!(asked("2031-01-21"), [LotDoubt::FarExpiry { expiry: day("2031-01-21") }]);
        assert_eq!(asked("2024-12-31"), [LotDoubt::OldExpiry { expiry: day("2024-12-31") }]);
        assert_eq!(asked("2025-01-01"), [LotDoubt::Expired { expiry: day("2025-01-01") }]);
        assert!(asked("2031-01-20").is_empty() && asked("2026-01-20").is_empty());
    }

    #[test]
    fn a_confirmation_covers_what_was_asked_and_nothing_that_came_later() {
        let one = LotDoubt::LooksLike { lot: "FL2517".into(), isolated: false };
        let other = LotDoubt::LooksLike { lot: "FI2517".into(), isolated: true };
        let confirmed = Confirmed { reason: "lu deux fois".into(), doubts: vec![one.code()] };
        assert_eq!(open(vec![one.clone(), other.clone()], Some(&confirmed)), [other]);
        let silent = Confirmed { reason: "  ".into(), ..confirmed };
        assert_eq!(open(vec![one.clone()], Some(&silent)), [one]);
    }

    #[test]
    fn a_month_on_a_box_ends_with_its_last_day() {
        for typed in
            ["05/2026", "05/26", "5/2026", "2026-05", "260500", "00/05/2026", "2026-05-00", "05.2026", "05-2026"]
        {
            assert_eq!(read_expiry(typed), Some(day("2026-05-31")), "{typed}");
        }
        assert_eq!(read_expiry("02/2024"), Some(day("2024-02-29")));
        assert_eq!(read_expiry("12/26"), Some(day("2026-12-31")));
        for (typed, meant) in [("30/06/2026", "2026-06-30"), ("2026-06-30", "2026-06-30"), ("320630", "2032-06-30")] {
            assert_eq!(read_expiry(typed), Some(day(meant)), "{typed}");
        }
        for wrong in
            ["", "13/2026", "31/04/2026", "261331", "2026", "mai 2026", "05/126", "1/5", "0/2026", "30/06/1926"]
        {
            assert_eq!(read_expiry(wrong), None, "{wrong}");
        }
        // The 31st of May 2026 for a scanner, the 26th of May 2031 for a person.
        for wrong in ["260531", "26/05/31"] {
            assert_eq!(read_expiry(wrong), None, "{wrong}");
        }
    }
}

//! Lots: a product and a number, compared as a person means them and not as she typed them.
//!
//! The number on a box is copied by hand, scanned, read aloud on the phone: case, spaces, hyphens and full-width forms
//! change on the way and mean nothing. What *could* mean something (`O` or `0`, `I`, `l` or `1`) is never folded: it is
//! asked about ([`doubts`]), because guessing a lot may give somebody a dose that was recalled.

mod doubt;
mod expiry;
#[cfg(test)]
mod tests;

pub use doubt::{KnownLot, LotDoubt, MOST_DOSES, amount_doubt, doubts, isolated_doubts, isolation_doubts, open};
pub use expiry::read_expiry;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most characters of a lot number (GS1 General Specifications, application identifier 10). More is a scan whose
/// separator was lost, or two scans in one field.
pub const LONGEST: usize = 20;

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

/// Returns the code of a difference of a round with its lot folded: earlier versions wrote the number as it was printed.
#[must_use]
pub fn folded_code(code: &str) -> String {
    let lot = code.strip_prefix("lot:").and_then(|rest| rest.split_once(':'));
    lot.map_or_else(|| code.to_owned(), |(product, number)| format!("lot:{}", LotId::new(product, number)))
}

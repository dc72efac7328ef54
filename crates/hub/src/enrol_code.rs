//! The short code that lets a tablet in: read out or typed with gloves on, so without letters that look alike.

use std::fmt;
use std::str::FromStr;

/// Letters and digits that nobody takes for another: no vowels, no 0 1 B G I L O S Y Z.
const ALPHABET: &[u8; 23] = b"23456789CDFHJKMNPQRTVWX";

/// How many of them a code has.
const LENGTH: usize = 8;

/// An enrolment code. Written `ABCD-EFGH`; read in any case, with or without hyphen and spaces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnrolCode(String);

/// A text that cannot be an enrolment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an enrolment code")]
pub struct NotACode;

impl EnrolCode {
    /// Draws a new code; `None` when the system gives no randomness.
    #[must_use]
    pub fn draw() -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).ok()?;
            // 253 = 11 × 23: the bytes above would make the first letters likelier.
            let fair = bytes.iter().filter(|byte| **byte < 253);
            code.extend(fair.map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])));
        }
        code.truncate(LENGTH);
        Some(Self(code))
    }

    /// Returns the eight letters without hyphen, as they are stored.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.0
    }
}

impl FromStr for EnrolCode {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let kept =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}'));
        let letters: String = kept.take(LENGTH + 1).map(|c| c.to_ascii_uppercase()).collect();
        let right = letters.len() == LENGTH && letters.bytes().all(|byte| ALPHABET.contains(&byte));
        if right { Ok(Self(letters)) } else { Err(NotACode) }
    }
}

impl fmt::Display for EnrolCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(LENGTH / 2);
        write!(f, "{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_was_typed() {
        let code = EnrolCode::draw().unwrap();
        let shown = code.to_string();
        assert_eq!(shown.len(), 9);
        for typed in
            [shown.clone(), shown.to_lowercase(), format!(" {} ", shown.replace('-', " ")), shown.replace('-', "")]
        {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in ["", "ABCD-EFGH", "2222-222", "2222-22222", "22é2-2222", &"2".repeat(1_000_000)] {
            assert_eq!(typed.parse::<EnrolCode>(), Err(NotACode));
        }
    }

    #[test]
    fn two_codes_differ() {
        assert_ne!(EnrolCode::draw(), EnrolCode::draw());
    }
}

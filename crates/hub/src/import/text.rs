//! Bytes to text: one cell after another, in the encoding of the file, cleaned of what nobody sees.
//!
//! A list goes through several hands before it comes here. Cells are decoded one by one, so that a file glued together from
//! two sources is read as well as each source alone.

use super::encoding::{Encoding, Legacy};
use super::repair::repair;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Decodes cells and remembers what it met, to tell the coordinator how the file was read.
#[derive(Default, Debug)]
pub struct Decoder {
    utf8: u64,
    old: u64,
    utf16: bool,
    legacy: Legacy,
    /// How many cells had accents encoded twice, now repaired.
    pub repaired: u64,
}

impl Decoder {
    /// Starts a file: `utf16` says that it was UTF-16; what is no UTF-8 is read in `legacy`.
    #[must_use]
    pub fn new(utf16: bool, legacy: Legacy) -> Self {
        Self { utf16, legacy, ..Self::default() }
    }

    /// Returns the text of one cell, repaired, without what nobody sees, without white space at its ends, runs of white
    /// space made one space, accents and letters put together.
    pub fn cell(&mut self, bytes: &[u8]) -> String {
        if bytes.is_ascii() {
            return one_line(&String::from_utf8_lossy(bytes));
        }
        let text = if let Ok(text) = std::str::from_utf8(bytes) {
            self.utf8 += 1;
            Cow::Borrowed(text)
        } else {
            self.old += 1;
            self.legacy.decode(bytes)
        };
        let text = match repair(&text) {
            Some(repaired) => {
                self.repaired += 1;
                Cow::Owned(repaired)
            }
            None => text,
        };
        one_line(&text.nfc().filter(|c| !unseen(*c)).collect::<String>())
    }

    /// Returns how the cells seen so far were encoded.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        match (self.utf16, self.utf8, self.old) {
            (true, ..) => Encoding::Utf16,
            (_, _, 0) => Encoding::Utf8,
            (_, 0, _) => self.legacy.named(),
            _ => Encoding::Mixed,
        }
    }
}

/// Returns whether a character only stands between others without being seen: marks of byte order, joiners, soft hyphens,
/// directions of writing, variants.
const fn unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_ascii_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_read_cell_by_cell() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.cell(b"Th\xe9i\xe8re"), "Théière");
        assert_eq!(decoder.encoding(), Encoding::Windows1252);
        assert_eq!(decoder.cell("Cafetière".as_bytes()), "Cafetière");
        assert_eq!(decoder.encoding(), Encoding::Mixed);
    }

    #[test]
    fn what_nobody_sees_is_taken_out_and_every_white_space_is_one_space() {
        let mut decoder = Decoder::default();
        for odd in ["\u{200b}", "\u{feff}", "\u{ad}", "\u{200e}", "\u{2060}", "\u{200d}", "\u{202c}"] {
            assert_eq!(decoder.cell(format!("{odd}Théi{odd}ère{odd}").as_bytes()), "Théière", "{odd:?}");
            assert_eq!(decoder.cell(format!("06{odd}12").as_bytes()), "0612", "{odd:?}");
        }
        for white in ["\u{a0}", "\u{202f}", "\u{2003}", "\t", "\n", "\r\n", "\u{2028}", "\u{b}"] {
            assert_eq!(decoder.cell(format!("{white}A{white}{white}É").as_bytes()), "A É", "{white:?}");
        }
        assert_eq!(decoder.cell("Zoe\u{301}".as_bytes()), "Zoé", "a letter and its accent apart");
    }
}

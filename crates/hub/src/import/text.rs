//! Bytes to text: the encodings that French offices send, and accents that were encoded twice on the way.
//!
//! A list goes through several hands before it comes here. Excel saves Windows-1252 or UTF-16, a web form UTF-8, and
//! a file that was read once with the wrong encoding carries «GalliÃ©ni» for ever. Cells are decoded one by one, so
//! that a file glued together from two sources is read as well as each source alone. A repair is made only where the
//! characters cannot be French: whoever is called «CAFÉ» between two guillemets keeps the name.

use encoding_rs::WINDOWS_1252;
use serde::Serialize;
use std::borrow::Cow;

/// How the bytes of a file were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8 throughout (plain ASCII too).
    Utf8,
    /// Windows-1252, as Excel saves CSV in France.
    Windows1252,
    /// UTF-16 with its byte order mark, as Excel saves «Texte Unicode».
    Utf16,
    /// Some cells in UTF-8, others in Windows-1252.
    Mixed,
}

/// Returns the bytes without a UTF-8 byte order mark, and rewritten in UTF-8 when a UTF-16 one stands at their start.
#[must_use]
pub fn without_mark(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == encoding_rs::UTF_8 => (Cow::Borrowed(&bytes[length..]), false),
        Some((encoding, length)) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
            (Cow::Owned(text.into_owned().into_bytes()), true)
        }
        None => (Cow::Borrowed(bytes), false),
    }
}

/// Decodes cells and remembers what it met, to tell the coordinator how the file was read.
#[derive(Default, Debug)]
pub struct Decoder {
    utf8: u64,
    windows: u64,
    utf16: bool,
    /// How many cells had accents encoded twice, now repaired.
    pub repaired: u64,
}

impl Decoder {
    /// Starts a file; `utf16` says that its byte order mark was one of UTF-16.
    #[must_use]
    pub fn new(utf16: bool) -> Self {
        Self { utf16, ..Self::default() }
    }

    /// Returns the text of one cell, repaired, without white space at its ends, runs of white space made one space.
    pub fn cell(&mut self, bytes: &[u8]) -> String {
        if bytes.is_ascii() {
            return one_line(&String::from_utf8_lossy(bytes));
        }
        let text = if let Ok(text) = std::str::from_utf8(bytes) {
            self.utf8 += 1;
            Cow::Borrowed(text)
        } else {
            self.windows += 1;
            WINDOWS_1252.decode_without_bom_handling(bytes).0
        };
        if let Some(repaired) = repair(&text) {
            self.repaired += 1;
            return one_line(&repaired);
        }
        one_line(&text)
    }

    /// Returns how the cells seen so far were encoded.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        match (self.utf16, self.utf8, self.windows) {
            (true, ..) => Encoding::Utf16,
            (_, _, 0) => Encoding::Utf8,
            (_, 0, _) => Encoding::Windows1252,
            _ => Encoding::Mixed,
        }
    }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns `text` with its twice encoded accents repaired, or `None` when nothing was certainly wrong.
#[must_use]
pub fn repair(text: &str) -> Option<String> {
    let mut current = repair_once(text)?;
    // «GalliÃƒÂ©ni» was encoded three times; more has not been seen.
    for _ in 0..2 {
        match repair_once(&current) {
            Some(again) => current = again,
            None => break,
        }
    }
    Some(current)
}

fn repair_once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    let mut at = 0;
    while let Some(&first) = chars.get(at) {
        if let Some((repaired, length)) = twice_encoded(&chars[at..]) {
            out.push(repaired);
            changed = true;
            at += length;
        } else {
            out.push(first);
            at += 1;
        }
    }
    changed.then_some(out)
}

/// Returns the character that the first two or three of `chars` stood for, when they can be nothing else.
fn twice_encoded(chars: &[char]) -> Option<(char, usize)> {
    let length = match chars.first()? {
        'Â' | 'Ã' | 'Ä' | 'Å' => 2,
        'â' => 3,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = chars.get(..length)?.iter().map(|c| windows_1252_byte(*c)).collect();
    let bytes = bytes?;
    let decoded = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    certain(decoded, chars[1]).then_some((decoded, length))
}

/// Returns whether `decoded` is something that French text writes, and `second` does not make the reading doubtful.
fn certain(decoded: char, second: char) -> bool {
    match decoded {
        // Latin-1 letters and signs, by Â and Ã; typographic quotes, dashes, the ellipsis, the euro.
        '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203a}' | '€' | '™' | 'œ' | 'Œ' => true,
        // Other Latin letters (Łukasz, Šárka), by Ä and Å: not when the second character is punctuation that may
        // simply follow an Å.
        '\u{100}'..='\u{17f}' => {
            !matches!(second, '«' | '»' | '‹' | '›' | '‘' | '’' | '“' | '”' | '…' | '–' | '—' | '\u{a0}' | '°')
        }
        _ => false,
    }
}

/// Returns the byte that Windows-1252 shows as `c`. Its five unused bytes stand for themselves, and so do the controls that
/// ISO 8859-1 has there: programs confuse the two.
fn windows_1252_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x20..=0xff => u8::try_from(code).ok(),
        _ => {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            match (bytes.as_ref(), unmappable) {
                ([byte], false) => Some(*byte),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_encoded_twice_by_way_of_latin_1_are_repaired_too() {
        assert_eq!(repair("Ã\u{89}tage").as_deref(), Some("Étage"));
        assert_eq!(repair("Ã‰tage").as_deref(), Some("Étage"));
    }

    #[test]
    fn accents_encoded_twice_are_repaired() {
        for (wrong, right) in [
            ("Avenue GalliÃ©ni", "Avenue Galliéni"),
            ("Route dâ€™Aulnay", "Route d’Aulnay"),
            ("AllÃ©e des HÃªtres", "Allée des Hêtres"),
            ("Ã‰lÃ©onore", "Éléonore"),
            ("CÅ“ur", "Cœur"),
            ("nÂ° 3", "n° 3"),
            ("GalliÃƒÂ©ni", "Galliéni"),
            ("RenÃ© et René", "René et René"),
            ("Å\u{81}ukasz", "Łukasz"),
        ] {
            assert_eq!(repair(wrong).as_deref(), Some(right), "{wrong}");
        }
    }

    #[test]
    fn names_that_only_look_odd_are_left_alone() {
        for good in ["« CAFÉ»", "JOÃO", "CONCEIÇÃO", "Zoë", "Ångström", "Château d’Eau", "«Å»", "Bâle", "Âge", "L’Haÿ"]
        {
            assert_eq!(repair(good), None, "{good}");
        }
    }

    #[test]
    fn windows_1252_is_read_cell_by_cell() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.cell(b"Th\xe9i\xe8re"), "Théière");
        assert_eq!(decoder.encoding(), Encoding::Windows1252);
        assert_eq!(decoder.cell("Cafetière".as_bytes()), "Cafetière");
        assert_eq!(decoder.encoding(), Encoding::Mixed);
    }

    #[test]
    fn utf_16_and_the_utf_8_mark_are_recognised() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("é;a".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(without_mark(&utf16), (Cow::Owned("é;a".as_bytes().to_vec()), true));
        assert_eq!(without_mark(b"\xef\xbb\xbfNom"), (Cow::Borrowed(b"Nom".as_slice()), false));
    }
}

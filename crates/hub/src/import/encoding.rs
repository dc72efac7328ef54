//! Which encoding a file was saved in, by what its bytes would spell in each.
//!
//! UTF-8 says so by itself. The old encodings of one byte do not: `é` of a Macintosh is `Ž` for Windows. So each byte
//! beyond ASCII is read in every encoding, and judged by its neighbours as French is spelled: small accents stand in small
//! words, `ë` follows a vowel, `à` ends a word. The whole file decides once.

use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};
use serde::Serialize;
use std::borrow::Cow;

/// How the bytes of a file were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8 throughout (plain ASCII too).
    Utf8,
    /// Windows-1252, as Excel saves CSV in France.
    Windows1252,
    /// ISO 8859-15: Latin-1 with the euro and `œ`, as older Unix programs save.
    Latin9,
    /// Mac Roman, as Excel for Macintosh saves CSV.
    MacRoman,
    /// Code page 850, as «CSV (MS-DOS)» and old programs save.
    Cp850,
    /// UTF-16, as Excel saves «Texte Unicode».
    Utf16,
    /// Some cells in UTF-8, others in an older encoding.
    Mixed,
}

/// An encoding of one byte for each character.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Legacy {
    /// Windows-1252.
    #[default]
    Windows1252,
    /// ISO 8859-15.
    Latin9,
    /// Mac Roman.
    MacRoman,
    /// Code page 850.
    Cp850,
}

/// On equal terms the earlier one is meant: it is met more often.
const LEGACY: [Legacy; 4] = [Legacy::Windows1252, Legacy::Latin9, Legacy::MacRoman, Legacy::Cp850];

/// Code page 850 from 0x80 to 0xff.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// As many bytes beyond ASCII decide; more do not change the answer.
const ENOUGH: usize = 20_000;

impl Legacy {
    /// Returns how a file in it was read.
    #[must_use]
    pub const fn named(self) -> Encoding {
        match self {
            Self::Windows1252 => Encoding::Windows1252,
            Self::Latin9 => Encoding::Latin9,
            Self::MacRoman => Encoding::MacRoman,
            Self::Cp850 => Encoding::Cp850,
        }
    }

    /// Returns what bytes in this encoding spell.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            Self::Latin9 => ISO_8859_15.decode_without_bom_handling(bytes).0,
            Self::MacRoman => MACINTOSH.decode_without_bom_handling(bytes).0,
            Self::Cp850 => {
                let beyond = |byte: u8| CP850.chars().nth(usize::from(byte) - 0x80).unwrap_or('\u{fffd}');
                Cow::Owned(bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { beyond(*b) }).collect())
            }
        }
    }
}

/// Returns the encoding in which the bytes that are no UTF-8 spell French best.
#[must_use]
pub fn detect(bytes: &[u8]) -> Legacy {
    let mut scores = [0_i64; LEGACY.len()];
    let mut judged = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.is_ascii() || std::str::from_utf8(line).is_ok() {
            continue;
        }
        // Cells in UTF-8 on the same line have nothing to say.
        for word in line.split(|byte| matches!(byte, b';' | b',' | b'\t' | b'"' | b'|')) {
            if word.is_ascii() || std::str::from_utf8(word).is_ok() {
                continue;
            }
            judged += word.iter().filter(|byte| !byte.is_ascii()).count();
            for (score, legacy) in scores.iter_mut().zip(LEGACY) {
                *score += plausible(&legacy.decode(word));
            }
        }
        if judged > ENOUGH {
            break;
        }
    }
    let mut best = (LEGACY[0], scores[0]);
    for (legacy, score) in LEGACY.into_iter().zip(scores) {
        if score > best.1 {
            best = (legacy, score);
        }
    }
    best.0
}

/// Returns how much like French the characters beyond ASCII of a text are; more is better.
fn plausible(text: &str) -> i64 {
    let chars: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| chars.get(place)).copied();
    let beyond = chars.iter().enumerate().filter(|(_, c)| !c.is_ascii());
    beyond.map(|(place, c)| fits(*c, at(place.checked_sub(1)), at(Some(place + 1)), at(Some(place + 2)))).sum()
}

fn fits(c: char, before: Option<char>, after: Option<char>, then: Option<char>) -> i64 {
    let letter = |c: Option<char>| c.filter(|c| c.is_alphabetic());
    let (left, right) = (letter(before), letter(after));
    if !c.is_alphabetic() {
        return sign(c, before, left, right);
    }
    let small: char = c.to_lowercase().next().unwrap_or(c);
    let alone = left.is_none() && right.is_none() && small != 'à';
    let spelled = spelling(small, left, right);
    // A letter alone is an initial, sometimes.
    case(c, left, right, letter(then)) + if alone { spelled.min(3) } else { spelled }
}

/// Returns whether a letter is as large as its neighbours make one expect.
fn case(c: char, left: Option<char>, right: Option<char>, then: Option<char>) -> i64 {
    let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    if c.is_uppercase() {
        if lower(left) || (left.is_some() && lower(right)) {
            -14
        } else if left.is_none() && lower(right) {
            1
        } else {
            0
        }
    } else if upper(left) && (upper(right) || (right.is_none() && !lower(then))) {
        // Under «Verr. Maj» a French keyboard still writes these small: «ANDRé».
        if matches!(c, 'é' | 'è' | 'ç' | 'à' | 'ù') { -1 } else { -8 }
    } else if left.is_none() && upper(right) {
        -8
    } else {
        0
    }
}

/// Returns how well a small letter goes with its neighbours in a French word.
fn spelling(c: char, left: Option<char>, right: Option<char>) -> i64 {
    const VOWELS: &str = "aeiouyàâéèêëîïôûùü";
    let folded = |c: Option<char>| c.and_then(|c| c.to_lowercase().next());
    let (left, right) = (folded(left), folded(right));
    let vowel = |c: Option<char>| c.is_some_and(|c| VOWELS.contains(c));
    let when = |good: bool, yes: i64, no: i64| if good { yes } else { no };
    match c {
        'é' => 8,
        'è' => when(right.is_none_or(|c| !VOWELS.contains(c)) && !vowel(left), 7, 4),
        'ê' => when(!vowel(left) && right.is_some(), 7, 2),
        'ç' => when(matches!(right, None | Some('a' | 'o' | 'u' | 'â' | 'û')), 7, 2),
        'à' => when(right.is_none(), 8, 1),
        'ù' => when(right.is_none() && left == Some('o'), 8, 0),
        'â' => when(!vowel(left) && right.is_some(), 6, 1),
        'ô' => when(!vowel(left) && right.is_some(), 7, 1),
        'î' => when(!vowel(left) || matches!(left, Some('a' | 'o')), 6, 1),
        'û' => when(!vowel(left) || matches!(left, Some('a' | 'o' | 'e')), 6, 1),
        'ë' | 'ï' => when(vowel(left), 7, 1),
        'ü' => when(vowel(left), 4, 3),
        'ÿ' => when(vowel(left), 6, 0),
        'œ' => when(right == Some('u'), 9, when(right.is_some(), 3, 0)),
        'æ' => 3,
        'ö' | 'ä' | 'ñ' | 'á' | 'í' | 'ó' | 'ú' => 2,
        'š' | 'ž' | 'ã' | 'õ' | 'ß' | 'ø' | 'å' => 1,
        _ => 0,
    }
}

/// Returns how well a sign stands where it does.
fn sign(c: char, before: Option<char>, left: Option<char>, right: Option<char>) -> i64 {
    let inside = left.is_some() && right.is_some();
    match c {
        '’' if inside => 9,
        '’' => 1,
        '°' | 'º' if matches!(before, Some('n' | 'N' | '0'..='9')) => 6,
        '«' | '»' | '“' | '”' if !inside => 3,
        '–' | '—' if left.is_none() && right.is_none() => 3,
        '€' if matches!(before, Some('0'..='9' | ' ' | '\u{a0}')) => 5,
        '…' if right.is_none() && left.is_some() => 1,
        '²' | '½' if matches!(before, Some('0'..='9' | 'm')) => 2,
        '\u{a0}' | '\u{202f}' if !inside => 2,
        '\u{a0}' => 1,
        c if c.is_control() || c == '\u{fffd}' => -20,
        _ if left.is_some() || right.is_some() => -10,
        _ => -4,
    }
}

/// Returns the bytes without a UTF-8 byte order mark, and rewritten in UTF-8 when they are UTF-16, with a mark or without.
#[must_use]
pub fn without_mark(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    match marked.or_else(|| Some((unmarked_utf16(bytes)?, 0))) {
        Some((encoding, length)) if encoding == encoding_rs::UTF_8 => (Cow::Borrowed(&bytes[length..]), false),
        Some((encoding, length)) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
            (Cow::Owned(text.into_owned().into_bytes()), true)
        }
        None => (Cow::Borrowed(bytes), false),
    }
}

/// UTF-16 of a French list has a zero in every second byte, and nowhere else.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4_096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let many = |count: usize| count * 4 > head.len();
    match (zeros(0), zeros(1)) {
        (0, odd) if many(odd) => Some(encoding_rs::UTF_16LE),
        (even, 0) if many(even) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a text in an encoding; none when the encoding lacks a letter of it.
    fn encoded(text: &str, legacy: Legacy) -> Option<Vec<u8>> {
        let byte = |c: char| {
            if c.is_ascii() {
                return u8::try_from(c).ok();
            }
            (0x80..=0xff_u8).find(|byte| legacy.decode(&[*byte]).chars().eq([c]))
        };
        text.chars().map(byte).collect()
    }

    #[test]
    fn every_french_letter_is_read_in_every_encoding() {
        let words = [
            "Zoé",
            "élan",
            "René",
            "Hélène",
            "tête",
            "forêt",
            "là",
            "voilà",
            "Bâle",
            "château",
            "Noël",
            "Zoë",
            "maïs",
            "Loïc",
            "île",
            "maître",
            "Benoît",
            "hôtel",
            "Rhône",
            "où",
            "sûr",
            "août",
            "Saül",
            "L’Haÿ",
            "cœur",
            "sœur",
            "français",
            "Étienne",
            "Élodie",
            "Éléonore",
            "Ça",
            "Île",
            "Œuvre",
            "ANDRÉ",
            "ÉTÉ",
            "BÂTIMENT",
            "FORÊT",
            "FRANÇOISE",
            "NOËL",
            "LOÏC",
            "MAÎTRE",
            "HÔTEL",
            "AOÛT",
            "CŒUR",
            "Rue de l’Est",
        ];
        for word in words {
            for legacy in LEGACY {
                let Some(bytes) = encoded(word, legacy) else { continue };
                let found = detect(&bytes).decode(&bytes).into_owned();
                assert_eq!(found, word, "{legacy:?}");
            }
        }
    }

    #[test]
    fn letters_that_stand_alone_for_another_are_settled_by_the_rest_of_the_file() {
        let file = "Nom;Prénom;Adresse\nMÈRE;Zoé;1 allée de l’Église\nDUPRÉ;François;3 rue du Château\n\
            OÙ-ÇA;Agnès;Bâtiment À, 1 hôtel de la Forêt\nCŒUR;Maëlys;5 rue Benoît\n";
        for legacy in LEGACY {
            let file =
                if legacy == Legacy::Cp850 { file.replace('Œ', "OE").replace('’', "'") } else { file.to_owned() };
            let file = if legacy == Legacy::Latin9 { file.replace('’', "'") } else { file };
            let bytes = encoded(&file, legacy).expect("every letter is there");
            assert_eq!(detect(&bytes), legacy);
            assert_eq!(legacy.decode(&bytes), file);
        }
    }

    #[test]
    fn what_windows_alone_can_mean_is_windows() {
        for bytes in [&b"Th\xe9i\xe8re"[..], b"ANDR\xe9", b"rue de l\x92Est", b"s\x9cur", b"12 \x80", b"10 \x96 12"] {
            assert_eq!(detect(bytes), Legacy::Windows1252, "{bytes:?}");
        }
    }

    #[test]
    fn utf_16_and_the_utf_8_mark_are_recognised() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("é;a".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(without_mark(&utf16), (Cow::Owned("é;a".as_bytes().to_vec()), true));
        assert_eq!(without_mark(b"\xef\xbb\xbfNom"), (Cow::Borrowed(b"Nom".as_slice()), false));
        let unmarked: Vec<u8> = "Nom;Prénom\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(without_mark(&unmarked), (Cow::Owned("Nom;Prénom\n".as_bytes().to_vec()), true));
    }
}

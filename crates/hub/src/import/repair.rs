//! Accents that were encoded twice on the way: «GalliÃ©ni» is «Galliéni».
//!
//! A repair is made only where the characters cannot be French: whoever is called «CAFÉ» between two guillemets keeps the
//! name.

use encoding_rs::WINDOWS_1252;

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
        // «ï¿½» is the sign of a lost letter, «ï»¿» a mark of byte order.
        'â' | 'ï' => 3,
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
        '\u{a0}'..='\u{ff}' | '\u{fffd}' | '\u{feff}' | '\u{2010}'..='\u{203a}' | '€' | '™' | 'œ' | 'Œ' => true,
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

/// Returns whether letters of a text were lost for ever: nobody can tell which they were.
///
/// The sign of a lost letter (U+FFFD), a sign that no text writes, and a question mark inside a word say so.
#[must_use]
pub fn damaged(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic());
    chars.iter().enumerate().any(|(at, c)| match c {
        '\u{fffd}' | '\u{80}'..='\u{9f}' => true,
        '?' => at > 0 && letter(chars.get(at - 1)) && letter(chars.get(at + 1)),
        'Ã' | 'Â' => {
            chars.get(at + 1).is_some_and(|c| matches!(c, '\u{a0}'..='\u{bf}' | '‚' | '„' | '€' | '™' | 'ƒ'))
        }
        _ => false,
    })
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
    fn letters_that_are_lost_are_seen_and_questions_are_not() {
        for lost in ["Andr\u{fffd}", "M?ller", "Andr\u{92}e"] {
            assert!(damaged(lost), "{lost}");
        }
        for whole in ["Zoé", "sonner 2 fois ?", "?", "JOÃO", "qui ? sa fille", "CONCEIÇÃO"] {
            assert!(!damaged(whole), "{whole}");
        }
        assert!(damaged(&repair("AndrÃ¯Â¿Â½").unwrap_or_default()), "the sign of a lost letter, itself encoded twice");
    }
}

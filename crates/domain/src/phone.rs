//! Telephone numbers: whatever a person types, in the one form that is dialled.

/// Returns the telephone number as it is dialled: `0612345678`, or `+` and digits from abroad; `None` when it cannot be.
///
/// A spreadsheet that took a number for a number drops its first zero: nine digits get it back.
#[must_use]
pub fn dialled(text: &str) -> Option<String> {
    // Of «06 12 34 56 78 / 01 48 …» the first can be dialled.
    let first = text.split(['/', ',', ';']).next()?.replace("(0)", "");
    let mut digits = String::new();
    let mut foreign = false;
    for (place, c) in first.trim().chars().enumerate() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if place == 0 => foreign = true,
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' | '(' | ')' => {}
            _ => return None,
        }
    }
    if !foreign && let Some(rest) = digits.strip_prefix("00") {
        digits = rest.to_owned();
        foreign = true;
    }
    if foreign {
        if let Some(national) = digits.strip_prefix("33") {
            return dialled(national);
        }
        return (8..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    }
    if digits.len() == 9 && !digits.starts_with('0') {
        digits.insert(0, '0');
    }
    (digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00")).then_some(digits)
}

/// Says whether somebody who types `part` of a number may mean `phone`: «06 12», «0612», «+33 6 12», «06.12», the last digits.
/// Both may be written in any way; less than two digits mean nothing.
#[must_use]
pub fn has_part(phone: &str, part: &str) -> bool {
    let Some(part) = digits_of(part).filter(|digits| digits.trim_start_matches('+').len() >= 2) else { return false };
    let phone = dialled(phone).or_else(|| digits_of(phone)).unwrap_or_default();
    if phone.contains(&part) {
        return true;
    }
    // «33612…» as it stands on a screen that left the sign out.
    part.strip_prefix("33").is_some_and(|national| national.len() >= 2 && phone.starts_with(&format!("0{national}")))
}

/// Returns the digits of a whole or partial number, a French one with its first zero; none where something else stands there.
fn digits_of(text: &str) -> Option<String> {
    let plain = text.replace("(0)", "");
    let mut digits = String::new();
    for (place, c) in plain.trim().chars().enumerate() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if place == 0 => digits.push(c),
            ' ' | '.' | '-' | '/' | '\u{a0}' | '\u{202f}' | '(' | ')' => {}
            _ => return None,
        }
    }
    let national = digits.strip_prefix("+33").or_else(|| digits.strip_prefix("0033"));
    Some(national.map_or_else(|| digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0'))))
}

/// Returns whether a text is a short number: `15`, `112`, `116117`, `3624`.
#[must_use]
pub fn is_short(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    all && matches!((digits.len(), digits.as_bytes().first()), (2 | 3 | 6, Some(b'1')) | (4, Some(b'1' | b'3')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_are_brought_to_one_form() {
        for (text, number) in [
            ("06 12 34 56 78", Some("0612345678")),
            ("+33 6 12 34 56 78", Some("0612345678")),
            ("+33 (0)6 12 34 56 78", Some("0612345678")),
            ("0033612345678", Some("0612345678")),
            ("612345678", Some("0612345678")),
            ("01.48.00.00.00", Some("0148000000")),
            ("06 12 34 56 78 / 01 48 00 00 00", Some("0612345678")),
            ("+44 20 7946 0000", Some("+442079460000")),
            ("chez la voisine", None),
            ("12", None),
            ("061234567", None),
        ] {
            assert_eq!(dialled(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn a_number_is_found_however_a_part_of_it_is_written() {
        for phone in ["06 12 34 56 78", "+33 6 12 34 56 78", "0612345678"] {
            for part in [
                "06 12",
                "0612",
                "06.12",
                "06-12",
                "+33 6 12",
                "+33612",
                "0033 6 12",
                "33612",
                "5678",
                "34 56",
                "+33 (0)6 12",
            ] {
                assert!(has_part(phone, part), "{part} in {phone}");
            }
            for part in ["0613", "6", "", "rue", "07", "+33 7", "+44 6"] {
                assert!(!has_part(phone, part), "{part} in {phone}");
            }
        }
        assert!(has_part("+44 20 7946 0000", "+44 20") && has_part("+44 20 7946 0000", "7946"));
    }

    #[test]
    fn short_numbers_are_those_of_services() {
        for text in ["15", "112", "116 117", "3624", "1007"] {
            assert!(is_short(text), "{text}");
        }
        for text in ["", "12345", "06123456", "abc", "4000"] {
            assert!(!is_short(text), "{text}");
        }
    }
}

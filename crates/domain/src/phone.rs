//! Telephone numbers: whatever a person types, in the one form that is dialled.

/// Returns the telephone number as it is dialled: `0612345678`, or `+` and digits from abroad; `None` when it cannot be.
///
/// A spreadsheet that took a number for a number drops its first zero: nine digits get it back, and so do `33` and nine.
#[must_use]
pub fn dialled(text: &str) -> Option<String> {
    // Of «06 12 34 56 78 / 01 48 …» the first can be dialled; «06/12/34/56/78» is one number.
    let whole = |text: &str| number(&text.replace('/', " "));
    whole(text).or_else(|| number(text.split(['/', ',', ';']).next()?))
}

/// Returns the number that a text is, and nothing else stands in it.
fn number(text: &str) -> Option<String> {
    let text = text.replace("(0)", "").replace("(+33)", "+33");
    let mut digits = String::new();
    let mut foreign = false;
    for (place, c) in text.trim().chars().enumerate() {
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
    if foreign && !digits.starts_with("33") {
        return (8..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    }
    if let Some(rest) = digits.strip_prefix("33").filter(|rest| foreign || matches!(rest.len(), 9 | 10)) {
        digits = rest.to_owned();
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

/// The first number that can be dialled in a text, and whether something else stands there too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The number, as it is dialled.
    pub number: String,
    /// Another number or a word stands beside it: «(sa fille)», «ou 07 12 34 56 78».
    pub more: bool,
}

/// Returns the first number in a text that can be dialled; none when there is none.
#[must_use]
pub fn first_in(text: &str) -> Option<Found> {
    if let Some(number) = number(&text.replace('/', " ")) {
        return Some(Found { number, more: false });
    }
    let text = text.replace("(0)", "").replace("(+33)", "+33");
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let begins = chars[at].is_ascii_digit() || chars[at] == '+';
        if !begins {
            at += 1;
            continue;
        }
        let part = |c: &char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '/' | '\u{a0}' | '\u{202f}');
        let length = 1 + chars[at + 1..].iter().take_while(|c| part(c)).count();
        let run: String = chars[at..at + length].iter().collect();
        if let Some(number) = first_of_run(&run) {
            return Some(Found { number, more: true });
        }
        at += length;
    }
    None
}

/// Returns the number at the start of a run of digits and separators: the whole run, or as much of it as is a number.
fn first_of_run(run: &str) -> Option<String> {
    let ends = run.char_indices().filter(|(_, c)| !c.is_ascii_digit()).map(|(at, _)| at);
    // The longest that is one number wins: «06 12 34 56 78 18» has a number of five pairs at its start.
    let mut ends: Vec<usize> = ends.chain([run.len()]).collect();
    ends.reverse();
    let cut = ends.iter().find_map(|end| number(&run[..*end].replace('/', " ")));
    // Two numbers of ten digits with nothing between.
    cut.or_else(|| {
        let digits = run.trim().len() == 20 && run.trim().bytes().all(|b| b.is_ascii_digit());
        digits.then(|| number(&run.trim()[..10])).flatten()
    })
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
            ("06/12/34/56/78", Some("0612345678")),
            ("33612345678", Some("0612345678")),
            ("33 6 12 34 56 78", Some("0612345678")),
            ("330612345678", Some("0612345678")),
            ("+33 06 12 34 56 78", Some("0612345678")),
            ("(+33) 6 12 34 56 78", Some("0612345678")),
            ("0033 (0)6 12 34 56 78", Some("0612345678")),
            ("+44 20 7946 0000", Some("+442079460000")),
            ("3361234567", None),
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
    fn the_first_number_of_a_text_is_found_and_what_stands_beside_it_is_told() {
        let found = |number: &str, more| Some(Found { number: number.to_owned(), more });
        for (text, expected) in [
            ("06 12 34 56 78", found("0612345678", false)),
            ("06/12/34/56/78", found("0612345678", false)),
            ("+33 (0)6 12 34 56 78", found("0612345678", false)),
            ("06 12 34 56 78 (sa fille)", found("0612345678", true)),
            ("06 12 34 56 78 (2e étage)", found("0612345678", true)),
            ("06 12 34 56 78 18h-20h", found("0612345678", true)),
            ("sa fille : 06.12.34.56.78", found("0612345678", true)),
            ("Tél. +33612345678", found("0612345678", true)),
            ("06 12 34 56 78 ou 07 12 34 56 78", found("0612345678", true)),
            ("06 12 34 56 78/07 12 34 56 78", found("0612345678", true)),
            ("0612345678/0712345678", found("0612345678", true)),
            ("0612345678 0712345678", found("0612345678", true)),
            ("06123456780712345678", found("0612345678", true)),
            ("0612345678-0712345678", found("0612345678", true)),
            ("appt 12, 06 12 34 56 78", found("0612345678", true)),
            ("06 12 34", None),
            ("chez la voisine", None),
            ("", None),
        ] {
            assert_eq!(first_in(text), expected, "{text}");
        }
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

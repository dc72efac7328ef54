//! Cells that hold one of a few words, a number or a telephone.

use super::fold::fold;

/// Returns the telephone number as it is dialled: `0612345678`, or `+` and digits from abroad; `None` when it cannot be.
///
/// A spreadsheet that took a number for a number drops its first zero: nine digits get it back.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
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
            return phone(national);
        }
        return (8..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    }
    if digits.len() == 9 && !digits.starts_with('0') {
        digits.insert(0, '0');
    }
    (digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00")).then_some(digits)
}

/// Returns yes or no, or `None` for another word.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "oui" | "o" | "x" | "1" | "vrai" | "true" | "yes" | "y" => Some(true),
        "non" | "n" | "0" | "faux" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// Returns the degrees of a coordinate, with a comma or a point.
#[must_use]
pub fn degrees(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite())
}

/// Returns whether a point is in France, overseas included: rough boxes that catch swapped or Lambert coordinates.
#[must_use]
pub fn in_france(lon: f64, lat: f64) -> bool {
    const BOXES: [(f64, f64, f64, f64); 7] = [
        (-5.5, 10.0, 41.0, 51.5),      // mainland and Corsica
        (-63.5, -60.5, 14.0, 18.5),    // Antilles
        (-55.0, -51.0, 2.0, 6.0),      // Guyane
        (44.5, 56.5, -22.0, -12.0),    // Mayotte, La Réunion
        (-57.0, -55.5, 46.5, 47.5),    // Saint-Pierre-et-Miquelon
        (-178.5, -134.0, -28.0, -7.0), // Polynésie, Wallis-et-Futuna
        (158.0, 172.5, -23.5, -17.5),  // Nouvelle-Calédonie
    ];
    BOXES.iter().any(|(west, east, south, north)| (*west..=*east).contains(&lon) && (*south..=*north).contains(&lat))
}

/// Splits a cell that lists several words: `|`, `;`, `,`, `+` and `/` separate.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', ';', ',', '+', '/']).map(str::trim).filter(|word| !word.is_empty())
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
            assert_eq!(phone(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn coordinates_of_lambert_or_swapped_are_not_in_france() {
        assert!(in_france(2.488881, 48.893494));
        assert!(in_france(55.45, -20.88));
        assert!(!in_france(48.893494, 2.488881));
        assert!(!in_france(662_524.1, 6_866_064.08));
    }
}

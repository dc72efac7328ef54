//! What spreadsheets and programs leave in a cell in the place of what somebody typed: quoting that forces a text, numbers
//! that became decimals, errors of formulas.

/// Returns a cell without the quoting by which a spreadsheet is told that a number is a text: `="0612"`, `'0612`.
#[must_use]
pub fn unquoted(cell: &str) -> &str {
    let inner = cell.strip_prefix('=').map(str::trim).and_then(|rest| rest.strip_prefix('"')?.strip_suffix('"'));
    if let Some(inner) = inner {
        return inner.trim();
    }
    match cell.strip_prefix('\'') {
        // «'t Hart» keeps its apostrophe; a sign of a formula gets one from whoever exports with care.
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || "+-=@(".contains(c)) => rest.trim(),
        _ => cell,
    }
}

/// Returns whether a cell holds an error of a formula: `#REF!`, `#N/A`, `#VALEUR!`, `Err:502`, or the hashes of a column
/// that was too narrow.
#[must_use]
pub fn is_error(cell: &str) -> bool {
    if let Some(rest) = cell.strip_prefix('#') {
        let narrow = !rest.is_empty() && rest.chars().all(|c| c == '#');
        let named = rest.len() >= 2 && rest.ends_with(['!', '?']) && rest.chars().all(|c| !c.is_lowercase());
        let other = matches!(
            rest,
            "N/A" | "NA" | "N/D" | "GETTING_DATA" | "NULL" | "REF" | "VALEUR" | "VALUE" | "NOM" | "NOMBRE"
        );
        return narrow || named || other;
    }
    cell.strip_prefix("Err:").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns whether a program wrote its word for «nothing».
#[must_use]
pub fn is_void(cell: &str) -> bool {
    matches!(
        cell,
        "nan"
            | "NaN"
            | "NAN"
            | "null"
            | "NULL"
            | "<NA>"
            | "<null>"
            | "NaT"
            | "undefined"
            | "None"
            | "N/A"
            | "n/a"
            | "(null)"
    )
}

/// Returns a cell of digits as they were typed, before a program took them for a number: `93140.0` is `93140`, `9.3140E4`
/// too. None when digits are lost, as of `6,12E+08`; any other text stays as it is.
#[must_use]
pub fn whole(cell: &str) -> Option<String> {
    let same = Some(cell.to_owned());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let zeros = |text: &str| text.bytes().all(|b| b == b'0');
    let (mantissa, exponent) =
        cell.split_once(['e', 'E']).map_or((cell, None), |(number, power)| (number, Some(power)));
    let Some((before, after)) = mantissa
        .split_once(['.', ','])
        .filter(|(before, after)| !before.is_empty() && !after.is_empty() && digits(before) && digits(after))
    else {
        // «12E3» is a door or a flat as well as a number.
        return same;
    };
    let Some(exponent) = exponent else { return if zeros(after) { Some(before.to_owned()) } else { same } };
    match exponent.trim_start_matches('+').parse::<usize>() {
        Ok(places) if places > 20 || before.len() > 1 => same,
        Ok(places) if after.len() < places => None,
        Ok(places) => {
            let (kept, beyond) = after.split_at(places);
            if zeros(beyond) { Some(format!("{before}{kept}")) } else { same }
        }
        Err(_) => same,
    }
}

/// Returns a text whose words of digits are as they were typed: `12.0 Rue du Test 93140.0` is `12 Rue du Test 93140`.
#[must_use]
pub fn whole_words(text: &str) -> String {
    if !text.contains(".0") && !text.contains(",0") {
        return text.to_owned();
    }
    let word = |word: &str| {
        let (bare, tail) = word.strip_suffix(',').map_or((word, ""), |bare| (bare, ","));
        whole(bare).map_or_else(|| word.to_owned(), |typed| typed + tail)
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_became_decimals_are_as_they_were_typed() {
        for (cell, typed) in [
            ("93140.0", "93140"),
            ("93140,00", "93140"),
            ("612340001.0", "612340001"),
            ("9.3140E4", "93140"),
            ("9,3140E+04", "93140"),
            ("6.12340001E8", "612340001"),
            ("6,12340001e+008", "612340001"),
            ("6.123400010E8", "612340001"),
            ("12", "12"),
            ("12 bis", "12 bis"),
            ("2.4826", "2.4826"),
            ("12E3", "12E3"),
            ("12.5", "12.5"),
            ("E", "E"),
            ("", ""),
        ] {
            assert_eq!(whole(cell), Some(typed.to_owned()), "{cell}");
        }
        for cell in ["6,12E+08", "6.12E8", "9.31E4", "3,36E+10"] {
            assert_eq!(whole(cell), None, "{cell}");
        }
        assert_eq!(whole_words("12.0 Rue du Test, 93140.0 Bondy"), "12 Rue du Test, 93140 Bondy");
    }

    #[test]
    fn errors_of_formulas_are_none_of_what_people_write() {
        for cell in [
            "#REF!", "#N/A", "#VALEUR!", "#VALUE!", "#DIV/0!", "#NOM?", "#NAME?", "#NUL!", "#NOMBRE!", "#NUM!",
            "#####", "Err:502",
        ] {
            assert!(is_error(cell), "{cell}");
        }
        for cell in ["#12", "#", "Bât #2", "Erreur", "Err:", "#a"] {
            assert!(!is_error(cell), "{cell}");
        }
    }

    #[test]
    fn quoting_that_forces_a_text_is_undone() {
        for (cell, inner) in [
            ("=\"0612340004\"", "0612340004"),
            ("= \"0612340004\"", "0612340004"),
            ("'0612340005", "0612340005"),
            ("'+33612340005", "+33612340005"),
            ("'t Hart", "'t Hart"),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(unquoted(cell), inner, "{cell}");
        }
    }
}

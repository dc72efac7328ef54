//! French typography of the texts that come out of the files, so that nobody has to type a no-break space.

/// Returns `text` with the no-break spaces and apostrophes of French typography.
pub(crate) fn french(text: &str) -> String {
    let mut set = text.replace('\'', "’");
    for sign in [":", ";", "?", "!", "»", "%", "µg", "ml", "°C"] {
        set = set.replace(&format!(" {sign}"), &format!("\u{a0}{sign}"));
    }
    set.replace("« ", "«\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::french;

    #[test]
    fn high_signs_and_units_stay_with_their_word() {
        assert_eq!(french("Dès 12 ans : « 30 µg » ?"), "Dès 12 ans\u{a0}: «\u{a0}30\u{a0}µg\u{a0}»\u{a0}?");
        assert_eq!(french("l'accord"), "l’accord");
    }
}

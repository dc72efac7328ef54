//! Folding of words for comparison: no accents, no case, no punctuation.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Returns `text` in lower case without accents, everything but letters and digits made single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    for c in text.nfd() {
        match c {
            'œ' | 'Œ' => "oe".chars().for_each(&mut push),
            'æ' | 'Æ' => "ae".chars().for_each(&mut push),
            'ß' => "ss".chars().for_each(&mut push),
            'ø' | 'Ø' => push('o'),
            'ł' | 'Ł' => push('l'),
            c if is_combining_mark(c) => {}
            c => push(c),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Returns [`fold`] without its spaces, so that «Jean-Marc», «Jean Marc» and «JEANMARC» are one.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| c != ' ');
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_punctuation_do_not_count() {
        assert_eq!(fold("  N° d’Étage "), "n d etage");
        assert_eq!(squeeze("Jean-Marc"), squeeze("JEAN  MARC"));
        assert_eq!(fold("Cœur"), "coeur");
    }
}

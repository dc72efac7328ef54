//! How names are written: as they are compared, and what makes one look unfinished.

/// Returns a name as it is compared: in lower case, without accents, spaces and punctuation.
#[must_use]
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ď' | 'đ' => out.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' | 'ģ' => out.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => out.push('i'),
            'ł' | 'ľ' | 'ļ' => out.push('l'),
            'ñ' | 'ń' | 'ň' | 'ņ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => out.push('o'),
            'ŕ' | 'ř' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            // An accent written as a sign of its own goes the way of spaces and hyphens.
            letter if letter.is_alphanumeric() => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Says whether the name of somebody who signs or witnesses looks as if it was not finished: one word, a lone letter, a digit.
/// There are people of one name: it is asked about, never refused. Nothing typed yet is not unfinished.
#[must_use]
pub fn looks_unfinished(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lone = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() < 2;
    !words.is_empty() && (words.len() < 2 || words.iter().any(lone) || name.chars().any(|one| one.is_ascii_digit()))
}

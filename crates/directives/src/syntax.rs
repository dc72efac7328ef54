//! What the reader of a file says, in English, told in French: which field, what stands there, what is wanted.

/// Returns the French sentence for a message of the reader.
pub(crate) fn french(message: &str) -> String {
    let told = message.lines().next().unwrap_or_default().trim();
    own(told)
        .or_else(|| missing(told))
        .or_else(|| unknown(told))
        .or_else(|| twice(told))
        .or_else(|| wrong_kind(told))
        .unwrap_or_else(|| {
            "ne se lit pas : vérifier les guillemets, les crochets et le signe = de cette ligne".to_owned()
        })
}

/// What our own reading of a field says.
fn own(told: &str) -> Option<String> {
    let known = [
        ("ages are written", "un âge s’écrit \"12y..16y\" (dès 12 ans, avant 16), \"65y..\" ou \"..30y\""),
        ("no age lies in this range", "aucun âge n’est entre ces bornes : cela ne peut jamais être vrai"),
        ("ranks are written", "un rang s’écrit 2, \"1..2\" (les deux compris), \"3..\" ou \"unknown\""),
        ("a length of time is", "une durée s’écrit avec un nombre et d, m ou y : \"21d\", \"6m\", \"2y\""),
    ];
    let found = known.iter().find(|(english, _)| told.starts_with(english))?;
    Some(found.1.to_owned())
}

/// Returns what stands between back-ticks, one after the other.
fn ticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn missing(told: &str) -> Option<String> {
    let field = told.strip_prefix("missing field ")?;
    Some(format!("il manque le champ « {} »", ticked(field).next()?))
}

fn unknown(told: &str) -> Option<String> {
    let (what, rest) = match (told.strip_prefix("unknown field "), told.strip_prefix("unknown variant ")) {
        (Some(rest), _) => ("n’est pas un champ d’ici", rest),
        (_, Some(rest)) => ("n’est pas une valeur possible", rest),
        _ => return None,
    };
    let mut named = ticked(rest);
    let found = named.next()?;
    let wanted: Vec<&str> = named.collect();
    Some(if wanted.is_empty() {
        format!("« {found} » {what}")
    } else {
        format!("« {found} » {what} : {}", wanted.join(", "))
    })
}

fn twice(told: &str) -> Option<String> {
    let field = told.strip_prefix("duplicate field ").or_else(|| told.strip_prefix("duplicate key"))?;
    Some(match ticked(field).next() {
        Some(name) => format!("le champ « {name} » est écrit deux fois"),
        None => "ce champ est écrit deux fois".to_owned(),
    })
}

fn wrong_kind(told: &str) -> Option<String> {
    let rest = told.strip_prefix("invalid type: ").or_else(|| told.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    Some(format!("{} ne convient pas : il faut {}", thing(found), wanted(expected)))
}

/// Says what stands in the file.
fn thing(found: &str) -> String {
    if let Some(text) = found.strip_prefix("string ") {
        return format!("« {} »", text.trim_matches('"'));
    }
    match ticked(found).next() {
        Some(value) => format!("« {value} »"),
        None if found.starts_with("sequence") => "une liste".to_owned(),
        None if found.starts_with("map") => "un groupe de champs".to_owned(),
        None => "cette valeur".to_owned(),
    }
}

/// Says what is wanted.
fn wanted(expected: &str) -> String {
    let whole = |most: &str| format!("un nombre entier de 0 à {most}");
    match expected {
        "u8" => whole("255"),
        "u16" => whole("65 535"),
        "u32" | "u64" | "usize" => "un nombre entier, pas en dessous de 0".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "un nombre entier".to_owned(),
        "f32" | "f64" => "un nombre".to_owned(),
        "a boolean" => "true ou false".to_owned(),
        "a string" | "a borrowed string" => "un texte entre guillemets".to_owned(),
        "a sequence" => "une liste entre crochets".to_owned(),
        _ if expected.starts_with("a map") || expected.starts_with("struct ") => "un groupe de champs".to_owned(),
        _ if expected.starts_with("one of ") || expected.contains('`') => {
            format!("l’un de : {}", ticked(expected).collect::<Vec<_>>().join(", "))
        }
        _ => "une autre valeur".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_message_is_french_and_names_the_field_and_the_value() {
        for (english, french) in [
            ("missing field `fr`", "il manque le champ « fr »"),
            ("unknown field `agee`, expected one of `age`, `rank`", "« agee » n’est pas un champ d’ici : age, rank"),
            ("unknown variant `maybe`, expected `yes` or `no`", "« maybe » n’est pas une valeur possible : yes, no"),
            ("duplicate key `id` in document root", "le champ « id » est écrit deux fois"),
            (
                "invalid type: string \"trois\", expected u16",
                "« trois » ne convient pas : il faut un nombre entier de 0 à 65 535",
            ),
            (
                "invalid value: integer `-1`, expected u8",
                "« -1 » ne convient pas : il faut un nombre entier de 0 à 255",
            ),
            (
                "invalid type: integer `5`, expected a string",
                "« 5 » ne convient pas : il faut un texte entre guillemets",
            ),
            (
                "invalid type: map, expected a sequence",
                "un groupe de champs ne convient pas : il faut une liste entre crochets",
            ),
            (
                "no age lies in this range: it can never be true",
                "aucun âge n’est entre ces bornes : cela ne peut jamais être vrai",
            ),
        ] {
            assert_eq!(super::french(english), french);
        }
    }

    #[test]
    fn what_the_reader_of_toml_says_of_a_broken_line_is_french_too() {
        for text in ["id = ", "id = \"x", "[[rule", "id \"x\"", "= 3", "id = 1\nid = 2"] {
            let told = toml::from_str::<toml::Table>(text).unwrap_err();
            let said = french(told.message());
            assert!(said.contains("ne se lit pas") || said.contains("deux fois"), "{text}: {said}");
        }
    }
}

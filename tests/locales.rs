//! The words of the screens: both languages say the same things, and French keeps its no-break spaces.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Map, Value};

fn words(language: &str) -> Vec<(String, Map<String, Value>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
        })
        .collect();
    files.sort_by(|one, other| one.0.cmp(&other.0));
    files
}

/// Returns every text below a value, with its path.
fn texts(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| texts(&format!("{path}.{key}"), value, found)),
        Value::Array(items) => items.iter().for_each(|value| texts(path, value, found)),
        _ => {}
    }
}

fn all(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (file, fields) in words(language) {
        texts(&file, &Value::Object(fields), &mut found);
    }
    found
}

/// Returns what is wrong with the spaces of a French text, if anything is.
fn bad_space(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let word = |letter: char| letter.is_alphanumeric() || matches!(letter, ')' | '»' | '’' | '}');
    letters.windows(2).find_map(|pair| match *pair {
        [' ', mark @ (':' | ';' | '?' | '!' | '»' | '°' | '%')] => Some(format!("plain space before {mark}")),
        ['«', ' '] => Some("plain space after «".to_owned()),
        ['\'', _] => Some("straight apostrophe".to_owned()),
        [letter, mark @ (';' | '?' | '!' | '»')] if word(letter) => Some(format!("no space before {mark}")),
        ['«', letter] if word(letter) => Some("no space after «".to_owned()),
        _ => None,
    })
}

#[test]
fn french_keeps_its_no_break_spaces() {
    let wrong: Vec<_> = all("fr")
        .into_iter()
        .filter_map(|(key, text)| bad_space(&text).map(|what| format!("{key}: {what}: {text}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_plain_space_would_be_found() {
    assert!(bad_space("Pourquoi ?").is_some());
    assert!(bad_space("Pourquoi?").is_some());
    assert!(bad_space("« oui").is_some());
    assert!(bad_space("l'accord").is_some());
    assert!(bad_space("Pourquoi\u{202f}? «\u{a0}oui\u{a0}»\u{a0}: 8\u{a0}°C").is_none());
}

#[test]
fn both_languages_have_the_same_keys_and_no_empty_word() {
    let keys = |language| all(language).into_iter().map(|(key, _)| key).collect::<BTreeSet<_>>();
    let (french, english) = (keys("fr"), keys("en"));
    let apart: Vec<_> = french.symmetric_difference(&english).collect();
    assert!(apart.is_empty(), "only in one language: {apart:?}");
    for language in ["fr", "en"] {
        assert!(all(language).iter().all(|(_, text)| !text.trim().is_empty()), "an empty word in {language}");
    }
}

/// Adds the Rust sources below a folder.
fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// A text that no page says is found by nobody who reads them aloud.
#[test]
fn every_text_is_said_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    for folder in ["src", "desk/src", "crates/ui/src"] {
        sources(&root.join(folder), &mut code);
    }
    let code: String = code.chars().filter(|one| !one.is_whitespace()).collect();
    // A plural is named without its form.
    let forms = ["_zero", "_one", "_two", "_few", "_many", "_other"];
    let said = |file: &str, key: &str| {
        let plain = forms.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key);
        [key, plain].iter().any(|key| {
            let path = format!("{file}.{key}");
            code.match_indices(&path)
                .any(|(at, _)| !code[at + path.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_'))
        })
    };
    let mut silent = Vec::new();
    for (file, fields) in words("fr") {
        silent.extend(fields.keys().filter(|key| !said(&file, key)).map(|key| format!("{file}.{key}")));
    }
    assert!(silent.is_empty(), "said nowhere: {silent:?}");
}

/// Finds the buttons that carry a check mark: it says that something is done.
fn check_marks(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check_marks(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains("icon=Glyph::Check"));
            found.extend(lines.map(|(number, _)| format!("{}:{}", path.display(), number + 1)));
        }
    }
}

#[test]
fn no_button_looks_already_done() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "desk/src", "crates/ui/src"] {
        check_marks(&root.join(folder), &mut found);
    }
    // Every widget is shown there, and does nothing.
    found.retain(|place| !place.contains("gallery"));
    assert!(found.is_empty(), "{found:#?}");
}

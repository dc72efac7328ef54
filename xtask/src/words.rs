//! `cargo xtask words`: every French sentence of both apps on one page, by where it stands, to be read aloud.
//!
//! Most stand in `locales/fr`, by screen. The rules' own stand in `directives`; what the hub and the rules' evaluator say by
//! themselves stands in their code, as literals.

use crate::paths::root;
use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::str::FromStr;
use walkdir::WalkDir;

/// Where code says French by itself.
const CODE: [&str; 4] = ["crates/hub/src", "crates/domain/src", "crates/directives/src", "crates/ui/src"];

/// Prints the page.
pub fn print() -> Result<()> {
    print!("{}", page(&root()?)?);
    Ok(())
}

fn page(root: &Path) -> Result<String> {
    let mut page = String::from("# Toutes les phrases\n");
    for path in files(&root.join("locales/fr"), "json") {
        let text = fs::read_to_string(&path)?;
        let all: serde_json::Value = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        let mut found = Vec::new();
        json(&all, "", &mut found);
        section(&mut page, root, &path, &found);
    }
    for path in
        files(&root.join("directives"), "toml").into_iter().filter(|path| !path.starts_with(root.join("directives/1")))
    {
        let all: toml::Table =
            toml::from_str(&fs::read_to_string(&path)?).with_context(|| path.display().to_string())?;
        let mut found = Vec::new();
        french(&toml::Value::Table(all), "", &mut found);
        section(&mut page, root, &path, &found);
    }
    for path in CODE.iter().flat_map(|folder| files(&root.join(folder), "rs")) {
        let text = fs::read_to_string(&path)?;
        let Ok(tokens) = TokenStream::from_str(&text) else { continue };
        let mut found = Vec::new();
        literals(tokens, &mut found);
        section(&mut page, root, &path, &found);
    }
    Ok(page)
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let found =
        WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok).map(|entry| entry.into_path());
    found.filter(|path| path.extension().is_some_and(|end| end == ending)).filter(|path| !is_test(path)).collect()
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|name| name.to_string_lossy().ends_with("tests"))
}

fn section(page: &mut String, root: &Path, path: &Path, found: &[(String, String)]) {
    if found.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n## {}\n", path.strip_prefix(root).unwrap_or(path).display());
    for (place, text) in found {
        let _ = writeln!(page, "- {text}  `{place}`");
    }
}

fn json(value: &serde_json::Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => found.push((place.to_owned(), text.clone())),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                json(value, &dotted(place, name), found);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|one| json(one, place, found)),
        _ => {}
    }
}

/// Finds what stands under `fr`, at any depth: directives say everything in French and in English.
fn french(value: &toml::Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        toml::Value::Table(fields) => {
            for (name, value) in fields {
                match value.as_str().filter(|_| name == "fr" || name.ends_with("_fr") || name == "title") {
                    Some(text) => found.push((dotted(place, name), text.to_owned())),
                    None => french(value, &dotted(place, name), found),
                }
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|one| french(one, place, found)),
        _ => {}
    }
}

fn dotted(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

/// Finds the literals that are French sentences, with their lines; what is compiled for tests alone is left out.
fn literals(tokens: TokenStream, found: &mut Vec<(String, String)>) {
    let mut for_tests = false;
    let mut attribute = false;
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => {
                if attribute {
                    // A documentation comment is an attribute too; `#[cfg(test)]` hides what follows.
                    for_tests |= group.stream().to_string().replace(' ', "") == "cfg(test)";
                } else if for_tests {
                    for_tests = false;
                } else {
                    literals(group.stream(), found);
                }
                attribute = false;
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let inside = text.trim_start_matches('r').trim_matches('#');
                let inside = inside.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                if let Some(sentence) = inside.filter(|inside| is_french(inside)) {
                    let said =
                        sentence.replace("\\u{a0}", "\u{a0}").replace("\\u{202f}", "\u{202f}").replace('\n', " ");
                    found.push((format!("ligne {}", literal.span().start().line), said));
                }
                attribute = false;
            }
            TokenTree::Punct(punct) => attribute = punct.as_char() == '#' || (attribute && punct.as_char() == '!'),
            TokenTree::Ident(_) => attribute = false,
        }
    }
}

/// Says whether a literal looks like something that a person reads in French.
fn is_french(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let marked = text.chars().any(|one| "éèêàâçùûîôœÉÀ«’".contains(one)) || text.contains("\\u{a0}");
    words > 1 && marked
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_words_has_what_screens_rules_and_the_hub_say() {
        let page = page(&root().unwrap()).unwrap();
        for (said, by) in [
            ("Reprendre la visite", "the tablet"),
            ("locales/fr/desk.json", "the desk"),
            ("directives/national-covid-2021.toml", "the rules"),
            ("crates/directives/src/syntax.rs", "the reader of directives"),
        ] {
            assert!(page.contains(said), "the page lacks what {by} says: {said}");
        }
        assert!(page.lines().count() > 1500, "{}", page.lines().count());
    }

    #[test]
    fn what_stands_in_comments_and_tests_is_not_said() {
        let text = "/// Une phrase répétée.\n#[cfg(test)] mod tests { const A: &str = \"une phrase cachée\"; } const B: &str = \"une phrase dite à voix haute\"; const C: &str = \"code\";";
        let mut found = Vec::new();
        literals(TokenStream::from_str(text).unwrap(), &mut found);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.contains("à voix haute"));
    }
}

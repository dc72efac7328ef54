//! Reads the paths of a source file, inside macros and groups too.

use super::Wrong;
use super::rules::{Room, begins, is_test_file, rooms_of};
use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path of code, or a single word, and its line.
pub struct Found {
    /// The names between the colons; an empty one at the end of an import.
    pub path: Vec<String>,
    pub line: usize,
    /// It stands in a `pub use`: what is named is handed on.
    pub handed_on: bool,
}

/// Returns the wrong arrows of one source file.
pub fn check(file: &str, text: &str) -> Result<Vec<Wrong>> {
    if is_test_file(file) {
        return Ok(Vec::new());
    }
    let rooms: Vec<&Room> = rooms_of(file).collect();
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let mut wrong = Vec::new();
    for Found { path, line, .. } in paths(tokens(file, text)?) {
        for room in &rooms {
            if let Some(name) = forbidden(room, &path) {
                let place = room.folders.first().copied().unwrap_or_default().trim_end_matches('/');
                let sentence =
                    format!("{place} never imports {name} (here {})", path.join("::").trim_end_matches("::"));
                wrong.push(Wrong { file: file.to_owned(), line, sentence });
            }
        }
    }
    Ok(wrong)
}

/// Reads the words of a source file.
pub fn tokens(file: &str, text: &str) -> Result<TokenStream> {
    text.parse().map_err(|error: proc_macro2::LexError| anyhow!("{file}:{}: {error}", error.span().start().line))
}

/// Returns the paths that are compiled into the product.
pub fn paths(tokens: TokenStream) -> Vec<Found> {
    let mut found = Vec::new();
    walk(tokens, &mut found);
    found
}

fn forbidden(room: &Room, path: &[String]) -> Option<&'static str> {
    // A word that stands alone is not an import, only a name like another.
    let word = path.len() == 1;
    let banned = room.never.iter().find(|rule| !word && begins(path, rule));
    let handed = room.nowhere.iter().find(|name| path.iter().any(|part| part == *name));
    let spoken = room.no_words.iter().find(|name| word && path[0] == **name);
    banned.or(handed).or(spoken).copied()
}

/// Collects the paths of `tokens`, leaving out what is only compiled for tests.
fn walk(tokens: TokenStream, found: &mut Vec<Found>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < trees.len() {
        if is_test_attribute(&trees[at..]) {
            at = after_item(&trees, at + 2);
            continue;
        }
        match &trees[at] {
            TokenTree::Group(group) => {
                walk(group.stream(), found);
                at += 1;
            }
            TokenTree::Ident(word) if *word == "use" => {
                let (handed_on, first) = (is_handed_on(&trees[..at]), found.len());
                at = read_use(&trees, at + 1, &[], found);
                for one in &mut found[first..] {
                    one.handed_on = handed_on;
                }
            }
            TokenTree::Ident(_) if !follows_path(&trees, at) => at = read_path(&trees, at, found),
            _ => at += 1,
        }
    }
}

/// Reads one tree of a `use` from `at`, adds its leaves, and returns where it ends.
fn read_use(trees: &[TokenTree], mut at: usize, before: &[String], found: &mut Vec<Found>) -> usize {
    let mut path = before.to_vec();
    let mut line = trees.get(at).map_or(0, line_of);
    while let Some(tree) = trees.get(at) {
        match tree {
            // `as name` and what follows a leaf.
            TokenTree::Punct(star) if star.as_char() == '*' => path.push("*".to_owned()),
            TokenTree::Ident(word) if *word == "as" => at += 1,
            TokenTree::Ident(word) => {
                let renamed = at > 0 && matches!(&trees[at - 1], TokenTree::Ident(word) if *word == "as");
                if !renamed {
                    path.push(word.to_string());
                    line = line_of(tree);
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut inside = 0;
                while inside < inner.len() {
                    inside = read_use(&inner, inside, &path, found);
                }
                path.clear();
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' || punct.as_char() == ';' => {
                at += 1;
                break;
            }
            _ => (),
        }
        at += 1;
    }
    if path.len() > before.len() {
        // The empty end tells an import of one name from a word that merely stands there.
        path.push(String::new());
        found.push(Found { path, line, handed_on: false });
    }
    at
}

/// Whether what was read before a `use` is `pub`, or `pub(…)`.
fn is_handed_on(before: &[TokenTree]) -> bool {
    let is_pub = |tree: Option<&TokenTree>| matches!(tree, Some(TokenTree::Ident(word)) if *word == "pub");
    match before.last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            is_pub(before.iter().rev().nth(1))
        }
        last => is_pub(last),
    }
}

/// Reads `a::b::c` from `at`, adds it, and returns where it ends.
fn read_path(trees: &[TokenTree], mut at: usize, found: &mut Vec<Found>) -> usize {
    let line = line_of(&trees[at]);
    let mut path = Vec::new();
    while let Some(TokenTree::Ident(word)) = trees.get(at) {
        path.push(word.to_string());
        at += 1;
        if is_colon(trees.get(at))
            && is_colon(trees.get(at + 1))
            && matches!(trees.get(at + 2), Some(TokenTree::Ident(_)))
        {
            at += 2;
        } else {
            break;
        }
    }
    found.push(Found { path, line, handed_on: false });
    at
}

/// Whether the word at `at` belongs to something before it: a field, or a path that was read already.
fn follows_path(trees: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| trees.get(index));
    let dot = matches!(before(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
    // `.await` is a word of the language, not a field.
    let awaits = matches!(&trees[at], TokenTree::Ident(word) if *word == "await");
    dot && !awaits
}

fn is_colon(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

fn is_end(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == ';')
}

/// Whether `trees` begin with `#[cfg(test)]` or `#[test]`.
pub fn is_test_attribute(trees: &[TokenTree]) -> bool {
    let [TokenTree::Punct(punct), TokenTree::Group(group), ..] = trees else { return false };
    if punct.as_char() != '#' || group.delimiter() != Delimiter::Bracket {
        return false;
    }
    let text: String = group.stream().into_iter().map(|tree| tree.to_string()).collect();
    let text: String = text.split_whitespace().collect();
    text == "cfg(test)" || text == "test" || text.starts_with("cfg(all(test,") || text == "cfg(feature=\"contract\")"
}

/// Returns the index after the item that begins at `at`: after its braces, or its semicolon.
pub fn after_item(trees: &[TokenTree], mut at: usize) -> usize {
    while let Some(tree) = trees.get(at) {
        at += 1;
        match tree {
            // The braces of `use a::{b};` are not its end.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !is_end(trees.get(at)) => return at,
            _ if is_end(Some(tree)) => return at,
            _ => (),
        }
    }
    at
}

fn line_of(tree: &TokenTree) -> usize {
    tree.span().start().line
}

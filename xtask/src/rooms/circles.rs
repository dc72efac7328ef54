//! Circles of files: one that names another, which names the first again, perhaps by way of others. Whoever reads one of them
//! must read them all.
//!
//! `pub use child::…` is a face and no arrow: whoever names what it hands on means the child. A child that implements
//! something for a type of its parent may name that type.

use super::rules::is_test_file;
use super::source::{self, Found, after_item, is_test_attribute};
use anyhow::Result;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// A file as one of the modules of its package.
struct Module {
    file: String,
    /// What it defines at its top.
    defined: BTreeSet<String>,
    /// The types that it implements something for.
    implemented: BTreeSet<String>,
    paths: Vec<Found>,
}

/// The modules of one package, by the names from its root.
type Package = BTreeMap<Vec<String>, Module>;

/// Returns the circles in `files` (path from the project's folder → text), each in order of its files.
pub fn circles(files: &BTreeMap<String, String>) -> Result<Vec<Vec<String>>> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    for (file, text) in files.iter().filter(|(file, _)| file.ends_with(".rs") && !is_test_file(file)) {
        let Some((root, inside)) = root_of(file) else { continue };
        let Some(name) = module_name(inside) else { continue };
        packages.entry(root).or_default().insert(name, read(file, source::tokens(file, text)?));
    }
    let mut found: Vec<_> = packages.values().flat_map(|package| connected(&arrows(package))).collect();
    found.sort();
    Ok(found)
}

/// Parts a path into its package's folder of sources and the rest.
fn root_of(file: &str) -> Option<(String, &str)> {
    let at = if file.starts_with("src/") { 4 } else { file.find("/src/")? + 5 };
    Some((file[..at].to_owned(), &file[at..]))
}

/// Returns the module that a file is; none for a program of its own.
fn module_name(inside: &str) -> Option<Vec<String>> {
    if inside == "main.rs" || inside.starts_with("bin/") {
        return None;
    }
    let mut names: Vec<String> = inside.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(names.last().map(String::as_str), Some("mod" | "lib")) {
        names.pop();
    }
    Some(names)
}

fn read(file: &str, tokens: TokenStream) -> Module {
    let (mut defined, mut implemented) = (BTreeSet::new(), BTreeSet::new());
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let word = |at: usize| match trees.get(at) {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    };
    let mut at = 0;
    while at < trees.len() {
        if is_test_attribute(&trees[at..]) {
            at = after_item(&trees, at + 2);
            continue;
        }
        match word(at).as_deref() {
            Some("fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union") => {
                defined.extend(word(at + 1));
            }
            Some("macro_rules") => defined.extend(word(at + 2)),
            Some("impl") => {
                // Every name up to the braces: the type is one of them, and so are its parts and the trait.
                let names = trees[at..].iter().take_while(|tree| !matches!(tree, TokenTree::Group(_)));
                implemented.extend(names.filter_map(|tree| match tree {
                    TokenTree::Ident(word) => Some(word.to_string()),
                    _ => None,
                }));
            }
            _ => (),
        }
        at += 1;
    }
    Module { file: file.to_owned(), defined, implemented, paths: source::paths(tokens) }
}

/// Returns which file names which.
fn arrows(package: &Package) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, module) in package {
        let to = arrows.entry(&module.file).or_default();
        // A word that stands alone is `mod name;` or a name like another.
        for found in module.paths.iter().filter(|found| found.path.len() > 1) {
            let Some((target, item)) = meant(package, name, &found.path, FACES) else { continue };
            let child = target.len() > name.len() && target.starts_with(name);
            let parent = name.len() > target.len() && name.starts_with(target);
            let face = found.handed_on && child;
            let implements = parent && item.is_some_and(|item| module.implemented.contains(item));
            if target != name && !face && !implements {
                to.insert(&package[target].file);
            }
        }
    }
    arrows
}

/// How many faces, one behind the other, are looked through.
const FACES: usize = 8;

/// A module, and what is named in it.
type Meant<'a> = (&'a Vec<String>, Option<&'a str>);

/// Returns what a path of code in module `from` means; none for what another package has.
fn meant<'a>(package: &'a Package, from: &[String], path: &'a [String], faces: usize) -> Option<Meant<'a>> {
    let path: Vec<&str> = path.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut parts = path.as_slice();
    let mut base = match *parts.first()? {
        "crate" => Vec::new(),
        "self" | "super" => from.to_vec(),
        first => {
            let child = [from, &[first.to_owned()]].concat();
            package.contains_key(&child).then(|| from.to_vec())?
        }
    };
    while let Some(first) = parts.first() {
        match *first {
            "crate" | "self" => (),
            "super" => drop(base.pop()),
            _ => break,
        }
        parts = &parts[1..];
    }
    while let Some(first) = parts.first() {
        let child = [base.as_slice(), &[(*first).to_owned()]].concat();
        if !package.contains_key(&child) {
            break;
        }
        base = child;
        parts = &parts[1..];
    }
    match parts.first() {
        Some(item) if *item != "*" => handed(package, &base, item, faces),
        _ => package.get_key_value(&base).map(|(name, _)| (name, None)),
    }
}

/// Returns where `item` of a module is defined: there, or where the module has it from; none when that is another package.
fn handed<'a>(package: &'a Package, base: &[String], item: &'a str, faces: usize) -> Option<Meant<'a>> {
    let (name, module) = package.get_key_value(base)?;
    let here = Some((name, Some(item)));
    if module.defined.contains(item) || faces == 0 {
        return here;
    }
    let imports = || module.paths.iter().filter(|found| found.path.last().is_some_and(String::is_empty));
    let ends =
        |found: &&Found, word: &str| found.path.iter().rfind(|part| !part.is_empty()).is_some_and(|last| last == word);
    if let Some(import) = imports().find(|found| ends(found, item)) {
        return meant(package, base, &import.path, faces - 1);
    }
    let all = imports().filter(|found| found.handed_on && ends(found, "*"));
    let from_all = all.filter_map(|found| meant(package, base, &found.path, faces - 1));
    let mut defined = from_all.filter_map(|(child, _)| handed(package, child, item, faces - 1));
    defined.find(|(child, _)| package[*child].defined.contains(item)).or(here)
}

/// Returns the sets of files that all reach each other.
fn connected(arrows: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Vec<String>> {
    let reached = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&str> = arrows.get(from).into_iter().flatten().copied().collect();
        while let Some(file) = next.pop() {
            if seen.insert(file) {
                next.extend(arrows.get(file).into_iter().flatten());
            }
        }
        seen
    };
    let from: BTreeMap<&str, BTreeSet<&str>> = arrows.keys().map(|file| (*file, reached(file))).collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, reached) in &from {
        let circle: Vec<String> = reached
            .iter()
            .filter(|other| from.get(*other).is_some_and(|back| back.contains(file)))
            .map(|other| (*other).to_owned())
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        circles(&files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()).unwrap()
    }

    #[test]
    fn two_files_that_name_each_other_are_a_circle_and_a_third_is_not() {
        let a = ("src/a.rs", "use crate::b::B; pub struct A;");
        let b = ("src/b.rs", "pub struct B; fn f() { crate::a::A; }");
        let c = ("src/c.rs", "use crate::a::A;");
        assert_eq!(of(&[a, b, c]), [["src/a.rs", "src/b.rs"]]);
        assert_eq!(of(&[a, ("src/b.rs", "pub struct B;"), c]), Vec::<Vec<String>>::new());
        let tested = ("src/b.rs", "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }");
        assert_eq!(of(&[a, tested]), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_face_is_no_arrow_and_hides_none() {
        let face = ("crates/x/src/words/mod.rs", "mod one; mod two; pub use one::*; pub use two::second;");
        let one = ("crates/x/src/words/one.rs", "use super::second; pub fn first() {}");
        let two = ("crates/x/src/words/two.rs", "use super::first; pub fn second() {}");
        assert_eq!(of(&[face, one, ("crates/x/src/words/two.rs", "pub fn second() {}")]), Vec::<Vec<String>>::new());
        assert_eq!(of(&[face, one, two]), [["crates/x/src/words/one.rs", "crates/x/src/words/two.rs"]]);
    }

    #[test]
    fn a_child_may_implement_for_its_parent_and_take_nothing_else() {
        let parent = ("src/round/mod.rs", "mod dose; pub struct Round; pub fn zone() { dose::count(); }");
        let implements = ("src/round/dose.rs", "use super::Round; impl Round { fn a() {} } pub fn count() {}");
        assert_eq!(of(&[parent, implements]), Vec::<Vec<String>>::new());
        let takes = ("src/round/dose.rs", "use super::zone; pub fn count() { zone(); }");
        assert_eq!(of(&[parent, takes]), [["src/round/dose.rs", "src/round/mod.rs"]]);
    }
}

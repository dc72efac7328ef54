//! The directives that ship: they load, and every worked example holds.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed read or a problem fails the test")]

use perron_directives::grid::{days, grid};
use perron_directives::{check_examples, load};

/// Returns the shipped files, by name.
fn shipped() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../directives");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_shipped_directives_load_and_their_worked_examples_hold() {
    let loaded = load(&shipped()).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    assert!(loaded.examples.len() > 70, "only {} examples", loaded.examples.len());
    let failed: Vec<String> = check_examples(&loaded).iter().map(ToString::to_string).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn no_age_rank_or_competence_is_left_without_an_answer() {
    let loaded = load(&shipped()).unwrap();
    let findings = grid(&loaded.directives, "FR-93", &days(&loaded.directives));
    let lines: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    assert!(findings.is_empty(), "\n{}", lines.join("\n"));
}

//! What no file may carry: paths of somebody's machine, and hosts that packages were downloaded from.

use crate::{paths, sh};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Written in two halves, so that this file does not name them either.
const NEVER: &[&str] = &[
    concat!("/home", "/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("C:\\Us", "ers\\"),
    concat!("/wo", "rk/"),
    concat!("/tmp", "/wt"),
    concat!("registry.", "npmjs"),
    concat!("registry.", "yarnpkg"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("deb.", "debian.org"),
    concat!("files.", "pythonhosted"),
];

/// Fails, after naming them all, when files of the project name a machine's folders or a registry's host.
pub fn check() -> Result<()> {
    sh::say("no path of a machine, no host of a registry");
    let root = paths::root()?;
    let mut git = Command::new("git");
    git.current_dir(&root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let list = sh::output(&mut git).context("the list of files needs git, and a clone of the project")?;
    let (mut looked, mut wrong) = (0, 0);
    for name in list.split('\0').filter(|name| !name.is_empty()) {
        // A picture, or a file that is gone but not yet committed so.
        let Ok(text) = std::fs::read_to_string(root.join(name)) else { continue };
        looked += 1;
        for (line, found) in named(&text) {
            println!("{name}:{line}: names {found}");
            wrong += 1;
        }
    }
    if wrong > 0 || looked == 0 {
        bail!("{wrong} places in {looked} files name a machine's folder or a registry's host");
    }
    println!("   {looked} files");
    Ok(())
}

/// Returns each line (from 1) that names one, and what it names.
fn named(text: &str) -> Vec<(usize, &'static str)> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            NEVER.iter().filter(|word| stands_alone(line, word)).map(move |word| (index + 1, *word))
        })
        .collect()
}

/// Whether `line` has `word` where a path or a host begins: not in the middle of a longer address of our own.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before
            .is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | '}' | '~' | '<' | '*'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_s_folder_is_found_and_a_route_is_not() {
        let home = concat!("let a = \"/home", "/anne/x\";");
        assert_eq!(named(&format!("one\n{home}")), [(2, NEVER[0])]);
        assert_eq!(named("GET /api/home/x and src/work/x"), []);
    }
}

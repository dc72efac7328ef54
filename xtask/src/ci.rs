//! `cargo xtask ci`: everything that must hold before a change is taken, the quick checks first.

use crate::setup::{self, Setup};
use crate::{bench, build, features, hygiene, long, paths, rooms, run, sh, test};
use anyhow::Result;
use std::path::Path;
use std::time::{Duration, Instant};
use walkdir::{DirEntry, WalkDir};

/// Above this, what earlier runs left in the build folder is worth less than the disk.
const BUILD_FOLDER_LIMIT_GB: f64 = 15.0;
/// What our own crates left there longer ago than this belongs to an earlier run.
const KEPT_FOR: Duration = Duration::from_secs(4 * 3600);

/// Runs every check; the first that fails ends the run.
pub fn ci() -> Result<()> {
    let start = Instant::now();
    let root = paths::root()?;
    make_room(&root)?;
    sh::run("format", &mut sh::cargo(&root, ["fmt", "--all", "--", "--check"]))?;
    hygiene::check()?;
    rooms::check()?;
    let setup = setup::everything()?;
    setup::checks(&setup)?;
    // Of every platform: cargo-deny looks at crates that no build on this machine would have brought.
    sh::run("the crates of every platform", &mut setup.cargo(&["fetch", "--locked"])?)?;
    features::check(&setup)?;
    let mut deny = setup.command("cargo-deny")?;
    sh::run(
        "licences and sources of the crates",
        deny.args(["--offline", "--workspace", "check", "bans", "licenses", "sources"]),
    )?;
    lint(&setup)?;
    test::native(&setup)?;
    test::in_a_browser(&setup)?;
    // What the README's commands do, in an order that builds each thing once.
    build::build_in(&setup, false)?;
    // Other figures are the business of `cargo xtask bench`: this one is the same however busy the machine is.
    bench::size_of_app()?;
    let hub = run::build_hub(&setup)?;
    run::check(&hub)?;
    long::a_few_kills(&setup, &hub)?;
    test::whole_journeys(&setup, "", false)?;
    sh::say(&format!("all checks passed in {} minutes", start.elapsed().as_secs() / 60));
    Ok(())
}

/// What is drawn with: looked at as it runs in the browser, and its unit tests as they run on the host.
const DRAWN: [&str; 6] = ["-p", "perron", "-p", "perron-desk", "-p", "perron-ui"];

/// Clippy over everything, warnings as errors, every finding at once; nothing twice in the same shape.
fn lint(setup: &Setup) -> Result<()> {
    let mut native = setup.cargo(&["clippy", "--workspace", "--all-targets", "--keep-going"])?;
    for package in DRAWN.iter().filter(|word| **word != "-p") {
        native.args(["--exclude", package]);
    }
    sh::run("clippy", native.args(["--", "-D", "warnings"]))?;
    let mut tested = setup.cargo(&["clippy", "--keep-going", "--profile", "test", "--lib", "--test", "locales"])?;
    sh::run("clippy over the apps' unit tests", tested.args(DRAWN).args(["--", "-D", "warnings"]))?;
    let mut browser = setup.cargo(&["clippy", "--keep-going"])?;
    browser.args(DRAWN);
    browser.args(["--lib", "--bins", "--test", "replica", "--test", "components", "--test", "frame"]);
    browser.args(["--target", "wasm32-unknown-unknown"]);
    sh::run("clippy for the browser", browser.args(["--", "-D", "warnings"]))
}

/// A build folder that outlives clones only grows: what was made of our own crates by earlier clones is taken away first, and
/// all of it when that is not enough.
fn make_room(root: &Path) -> Result<()> {
    let target = paths::target(root);
    if std::env::var_os("CI").is_none() || gigabytes(&target) <= BUILD_FOLDER_LIMIT_GB {
        return Ok(());
    }
    let old = |entry: &DirEntry| {
        let age = entry.metadata().ok().and_then(|data| data.modified().ok()?.elapsed().ok());
        age.is_some_and(|age| age > KEPT_FOR)
    };
    let removed = remove_ours(&target, &old)?;
    let left = gigabytes(&target);
    sh::say(&format!("the build folder was full: {removed} files of earlier runs are gone, it holds {left:.0} GB"));
    if left > BUILD_FOLDER_LIMIT_GB {
        sh::say("that is too much still: it is emptied");
        for profile in ["debug", "wasm32-unknown-unknown", "release", "wasm"] {
            let folder = target.join(profile);
            // This very program may be in it: a running program's file can be removed, its folder is made again.
            if folder.is_dir() {
                std::fs::remove_dir_all(folder)?;
            }
        }
    }
    Ok(())
}

/// Removes what was made of our own crates, where it is `old`; returns how many files. Whatever is missing then, cargo makes again.
fn remove_ours(folder: &Path, old: &dyn Fn(&DirEntry) -> bool) -> Result<usize> {
    let mut removed = 0;
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy();
        let ours = ["perron", "libperron", "cbor_map", "libcbor_map"].iter().any(|ours| name.starts_with(ours));
        if entry.file_type().is_file() && ours && old(&entry) {
            std::fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn gigabytes(folder: &Path) -> f64 {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter_map(|entry| entry.metadata().ok());
    let bytes: u64 = files.filter(std::fs::Metadata::is_file).map(|data| data.len()).sum();
    bytes as f64 / 1e9
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn only_what_is_old_and_ours_goes_from_a_full_build_folder() {
        let folder = tempfile::tempdir().unwrap();
        let deps = folder.path().join("debug/deps");
        std::fs::create_dir_all(&deps).unwrap();
        for name in ["libperron_domain-1.rlib", "perron_hub-2", "libserde-3.rlib", "libperron_new-4.rlib"] {
            std::fs::write(deps.join(name), "x").unwrap();
        }
        let old = |entry: &DirEntry| !entry.file_name().to_string_lossy().contains("new");
        assert_eq!(remove_ours(folder.path(), &old).unwrap(), 2);
        let mut left: Vec<_> = std::fs::read_dir(&deps).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["libperron_new-4.rlib", "libserde-3.rlib"]);
    }
}

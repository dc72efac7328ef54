//! `cargo xtask ci`: everything that must hold before a change is taken, the quick checks first.

use crate::setup::{self, Setup};
use crate::{bench, build, hygiene, long, paths, rooms, run, sh, test};
use anyhow::Result;
use std::time::Instant;

/// Above this, what earlier runs left in the build folder is worth less than the disk.
const BUILD_FOLDER_LIMIT_GB: f64 = 15.0;

/// Runs every check; the first that fails ends the run.
pub fn ci() -> Result<()> {
    let start = Instant::now();
    let root = paths::root()?;
    empty_a_full_build_folder(&root)?;
    sh::run("format", &mut sh::cargo(&root, ["fmt", "--all", "--", "--check"]))?;
    hygiene::check()?;
    rooms::check()?;
    let setup = setup::everything()?;
    setup::checks(&setup)?;
    // Of every platform: cargo-deny looks at crates that no build on this machine would have brought.
    sh::run("the crates of every platform", &mut setup.cargo(&["fetch", "--locked"])?)?;
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

/// Clippy over everything native, and over what runs in the browser, warnings as errors.
fn lint(setup: &Setup) -> Result<()> {
    let mut native = setup.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    sh::run("clippy", &mut native)?;
    // The apps' own unit tests run on the host, so only what runs in the browser is looked at here.
    let mut browser = setup.cargo(&["clippy", "-p", "perron", "-p", "perron-desk", "-p", "perron-ui"])?;
    browser.args(["--lib", "--bins", "--target", "wasm32-unknown-unknown"]);
    sh::run("clippy for the browser", browser.args(["--", "-D", "warnings"]))
}

/// A build folder that outlives clones only grows.
fn empty_a_full_build_folder(root: &std::path::Path) -> Result<()> {
    let target = paths::target(root);
    let files = walkdir::WalkDir::new(&target).into_iter().filter_map(Result::ok);
    let bytes: u64 =
        files.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|data| data.len()).sum();
    let gigabytes = bytes as f64 / 1e9;
    if gigabytes > BUILD_FOLDER_LIMIT_GB && std::env::var_os("CI").is_some() {
        sh::say(&format!("the build folder holds {gigabytes:.0} GB of earlier runs: it is emptied"));
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

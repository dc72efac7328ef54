//! Builds the two apps, tablet and desk: Trunk, then what Trunk does not do.

mod compress;
mod shell;
mod shrink;

pub use compress::size_as_sent;

use crate::setup::{self, Setup};
use crate::sh;
use anyhow::{Context, Result, bail};
use clap::Args;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Options of `cargo xtask build`.
#[derive(Args, Default)]
pub struct Options {
    /// Builds quickly: not optimised, larger, for looking at while working.
    #[arg(long)]
    pub dev: bool,
}

/// The files of a built app by their path under the site's root.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Which build of the apps, and to where.
struct Variant {
    dist: PathBuf,
    raw: PathBuf,
    profile: &'static str,
    features: &'static str,
}

/// One of the two apps.
struct App {
    package: &'static str,
    program: &'static str,
    /// Where its page and its Trunk.toml are, from the project's folder.
    folder: &'static str,
    /// Where its files go, from the site's root.
    base: &'static str,
}

/// What a tablet stores and runs without a network.
const TABLET: App = App { package: "perron", program: "perron-app", folder: "", base: "" };

/// What the relay's desk loads, online.
const DESK: App = App { package: "perron-desk", program: "perron-desk-app", folder: "desk", base: "relais/" };

/// What stands on a tablet and never at the desk: the names of facts' encoding, ledger, stores and keys.
const OF_THE_TABLET: &[&str] = &["perron_ledger", "perron_tablet", "perron_store", "minicbor", "ed25519"];

/// Builds the app that ships into `dist/`.
pub fn build(options: &Options) -> Result<PathBuf> {
    let setup = setup::app()?;
    build_in(&setup, options.dev)
}

/// Builds the app that ships into `dist/`, with tools that are there.
pub fn build_in(setup: &Setup, dev: bool) -> Result<PathBuf> {
    let profile = if dev { "dev" } else { "wasm" };
    let raw = setup.target.join("xtask/app-raw").join(profile);
    make(setup, &Variant { dist: setup.root.join("dist"), raw, profile, features: "" })
}

/// Builds the app of the journeys, whose clock can be moved; it never ships and never touches `dist/`.
pub fn build_for_journeys(setup: &Setup, dev: bool) -> Result<PathBuf> {
    let folder = setup.target.join("xtask/journeys");
    // Fast enough for a nurse's hand, and made in a fraction of the time of what ships: no journey looks at the size.
    let profile = if dev { "dev" } else { "journeys" };
    let raw = folder.join("app-raw").join(profile);
    make(setup, &Variant { dist: folder.join("dist"), raw, profile, features: "test-clock" })
}

fn make(setup: &Setup, variant: &Variant) -> Result<PathBuf> {
    compile(setup, variant)?;
    let mut files = one_app(setup, variant, &TABLET)?;
    // The tablet's service worker lists the tablet's files; the desk's come after that.
    shell::list_shell(&mut files)?;
    files.extend(one_app(setup, variant, &DESK)?);
    if variant.profile == "wasm" {
        compress::add_twins(setup, &mut files)?;
    }
    let changed = write(&variant.dist, &files)?;
    println!("   {}: {} files, {changed} of them new", variant.dist.display(), files.len());
    Ok(variant.dist.clone())
}

/// Compiles both programs at once, each on a core of its own: Trunk, which takes one after the other, finds them made.
fn compile(setup: &Setup, variant: &Variant) -> Result<()> {
    let mut cargo = setup.cargo(&["build", "--target", "wasm32-unknown-unknown", "--profile", variant.profile])?;
    for app in [&TABLET, &DESK] {
        cargo.args(["-p", app.package, "--bin", app.program]);
        if !variant.features.is_empty() {
            cargo.args(["--features", &format!("{}/{}", app.package, variant.features)]);
        }
    }
    sh::run("both apps", &mut cargo)
}

/// Builds one app: its page, its styles, its WebAssembly and glue, named by content.
fn one_app(setup: &Setup, variant: &Variant, app: &App) -> Result<Files> {
    let raw = variant.raw.join(app.program);
    fs::create_dir_all(&raw)?;
    let mut trunk = setup.command("trunk")?;
    trunk.current_dir(setup.root.join(app.folder));
    trunk.args(["build", "--color", "never", "--cargo-profile", variant.profile, "--dist"]).arg(&raw);
    if !variant.features.is_empty() {
        trunk.args(["--features", variant.features]);
    }
    // Trunk takes NO_COLOR=1 for a wrong value of its own option.
    trunk.env_remove("NO_COLOR");
    sh::run(app.program, &mut trunk)?;
    let mut files = read(&raw)?;
    // In a build for looking at, the names of what was left out stand in the module all the same.
    if variant.profile != "dev" {
        holds_what_it_may(app, &files)?;
    }
    shell::take_script_out(&mut files, app.base, app.program, |wasm| match variant.profile {
        "wasm" => shrink::shrink(setup, wasm),
        _ => Ok(wasm),
    })?;
    Ok(files.into_iter().map(|(name, bytes)| (format!("{}{name}", app.base), bytes)).collect())
}

/// Fails when the desk's module, as it was linked, names what only a tablet has; or when the tablet's names none of it, for
/// then the names are gone and nobody can tell.
fn holds_what_it_may(app: &App, files: &Files) -> Result<()> {
    let wasm = files.iter().find(|(name, _)| name.ends_with(".wasm")).context("Trunk left no WebAssembly")?.1;
    let names = |word: &&&str| wasm.windows(word.len()).any(|part| part == word.as_bytes());
    let named: Vec<&str> = OF_THE_TABLET.iter().filter(names).copied().collect();
    match app.package {
        "perron" if named.is_empty() => bail!("{} has no names of what it is made of", app.program),
        "perron-desk" if !named.is_empty() => bail!("{} holds {}", app.program, named.join(", ")),
        _ => Ok(()),
    }
}

/// Returns the names of the files that a tablet stores: what its service worker lists, and the worker itself.
pub fn of_the_tablet(files: &Files) -> Result<Vec<String>> {
    let worker = files.get("sw.js").context("there is no sw.js")?;
    let worker = String::from_utf8_lossy(worker);
    let listed = |name: &&String| worker.contains(&format!("\"url\":\"/{name}\"")) || *name == "sw.js";
    Ok(files.keys().filter(listed).cloned().collect())
}

/// Reads all files under `folder`.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        // Trunk keeps folders of its own, whose names begin with a dot, while it works.
        let inside = entry.path().strip_prefix(folder)?;
        if inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.')) {
            continue;
        }
        if entry.file_type().is_file() {
            let name = inside.to_str().context("a file's name is not UTF-8")?.replace('\\', "/");
            files.insert(name, fs::read(entry.path())?);
        }
    }
    if !files.contains_key("index.html") {
        bail!("Trunk left no index.html in {}", folder.display());
    }
    Ok(files)
}

/// Makes `folder` hold exactly `files`; an unchanged file is not touched, so that nothing is built again for it.
fn write(folder: &Path, files: &Files) -> Result<usize> {
    fs::create_dir_all(folder)?;
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let Ok(inside) = entry.path().strip_prefix(folder) else { continue };
        let known = inside.to_str().is_some_and(|name| files.contains_key(&name.replace('\\', "/")));
        if entry.file_type().is_file() && !known {
            fs::remove_file(entry.path())?;
        }
    }
    let mut changed = 0;
    for (name, bytes) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|present| present == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes)?;
        changed += 1;
    }
    Ok(changed)
}

/// Returns the SHA-256 of `bytes` in hex.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns what `make` gives for `bytes`, kept under the build folder so that the same work is done once.
fn kept(setup: &Setup, kind: &str, key: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let path = setup.target.join("xtask").join(kind).join(key);
    if let Ok(bytes) = fs::read(&path) {
        return Ok(bytes);
    }
    let bytes = make()?;
    let folder = path.parent().context("a kept file has a folder")?;
    fs::create_dir_all(folder)?;
    // Named once it is whole, so that an interrupted build leaves nothing half.
    let part = path.with_extension("part");
    fs::write(&part, &bytes)?;
    fs::rename(&part, &path)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn writing_again_touches_nothing_and_removes_what_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Files::from([("a.js".into(), b"1".to_vec()), ("in/b.css".into(), b"2".to_vec())]);
        assert_eq!(write(folder.path(), &files).unwrap(), 2);
        assert_eq!(write(folder.path(), &files).unwrap(), 0);
        files.remove("in/b.css");
        files.insert("a.js".into(), b"3".to_vec());
        assert_eq!(write(folder.path(), &files).unwrap(), 1);
        assert!(!folder.path().join("in/b.css").exists());
        assert_eq!(fs::read(folder.path().join("a.js")).unwrap(), b"3");
    }
}

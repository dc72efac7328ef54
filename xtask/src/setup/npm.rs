//! Tools that come from npm: wasm-opt, which shrinks the app, and axe-core, which checks it for accessibility.

use super::{Setup, there};
use crate::sh;
use anyhow::{Result, bail};
use std::fs;
use std::process::Command;

/// Installs the packages of `xtask/npm` as its lock file says. Without npm the app can be built all the same, larger.
pub fn packages(setup: &Setup) -> Result<()> {
    let from = setup.root.join("xtask/npm");
    let to = setup.tools.join("npm");
    let lock = fs::read_to_string(from.join("package-lock.json"))?;
    if lock.contains("\"resolved\"") {
        bail!("xtask/npm/package-lock.json names download addresses: write it with --omit-lockfile-registry-resolved");
    }
    let stamp = to.join("installed.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        there("wasm-opt, axe-core");
        return Ok(());
    }
    if sh::which("npm", &[]).is_none() {
        super::browsers::debian(&["npm"], "Node.js with npm")?;
    }
    if sh::which("npm", &[]).is_none() {
        println!("   npm is missing, so the app will be larger: install Node.js (with npm) for the full build");
        return Ok(());
    }
    fs::create_dir_all(&to)?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(from.join(file), to.join(file))?;
    }
    let mut command = Command::new("npm");
    command.current_dir(&to).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    sh::run("wasm-opt and axe-core from npm", &mut command)?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Fails with a sentence when the packages are not there.
pub fn require(setup: &Setup) -> Result<()> {
    if !setup.axe().is_file() {
        bail!("axe-core is missing because npm is: install Node.js (with npm) and run this again");
    }
    Ok(())
}

//! Tools that come from crates, built once into the project's tools folder.

use super::{Setup, there};
use crate::sh;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
const DENY: &str = "0.20.2";

/// The standard library for WebAssembly.
pub fn wasm_target(setup: &Setup) -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&setup.root).args(["--print", "target-libdir", "--target", target]);
    if sh::output(&mut rustc).is_some_and(|folder| PathBuf::from(folder).is_dir()) {
        there(target);
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&setup.root).args(["target", "add", target]);
    sh::run("Rust for WebAssembly", &mut rustup)
        .with_context(|| format!("Rust for WebAssembly is missing: install it with `rustup target add {target}`"))
}

/// Trunk, which builds the app's files.
pub fn trunk(setup: &Setup) -> Result<()> {
    install(setup, &Tool { name: "trunk", package: "trunk", version: TRUNK, locked: true, minutes: 4 })
}

/// wasm-bindgen, of exactly the version that Cargo.lock has, else the glue and the WebAssembly would not fit.
pub fn wasm_bindgen(setup: &Setup) -> Result<()> {
    let version = locked_version(setup, "wasm-bindgen")?;
    for name in ["wasm-bindgen", "wasm-bindgen-test-runner"] {
        // Its own lock file names yanked crates at times, so it is left aside.
        install(setup, &Tool { name, package: "wasm-bindgen-cli", version: &version, locked: false, minutes: 2 })?;
    }
    Ok(())
}

/// geckodriver, which drives Firefox.
pub fn geckodriver(setup: &Setup) -> Result<()> {
    install(
        setup,
        &Tool { name: "geckodriver", package: "geckodriver", version: GECKODRIVER, locked: true, minutes: 2 },
    )
}

/// cargo-deny, which checks licences and sources of the crates.
pub fn deny(setup: &Setup) -> Result<()> {
    install(setup, &Tool { name: "cargo-deny", package: "cargo-deny", version: DENY, locked: true, minutes: 4 })
}

struct Tool<'a> {
    name: &'a str,
    package: &'a str,
    version: &'a str,
    locked: bool,
    minutes: u32,
}

fn install(setup: &Setup, tool: &Tool) -> Result<()> {
    let Tool { name, package, version, .. } = tool;
    if let Some(found) = sh::which(name, &setup.folders())
        && sh::output(Command::new(found).arg("--version")).is_some_and(|text| has_version(&text, version))
    {
        there(&format!("{name} {version}"));
        return Ok(());
    }
    println!("   {package} {version} is built once, about {} minutes", tool.minutes);
    let building = setup.tools.join("build");
    let mut command = sh::cargo(&setup.root, ["install", package, "--version", version, "--force"]);
    if tool.locked {
        command.arg("--locked");
    }
    command.arg("--root").arg(&setup.tools).arg("--target-dir").arg(&building).env_remove("CARGO_TARGET_DIR");
    // A tool that runs for seconds need not take long minutes to be optimised.
    for (setting, value) in [("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0")] {
        command.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    command.env_remove("CARGO_INCREMENTAL").env_remove("RUSTFLAGS");
    sh::run(&format!("{package} {version}"), &mut command).with_context(|| {
        format!("{package} could not be built: install it with `cargo install {package} --version {version}`")
    })?;
    // Only the programs are wanted; their objects would fill the disk.
    let _ = std::fs::remove_dir_all(building);
    Ok(())
}

fn has_version(text: &str, version: &str) -> bool {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '-'))
        .any(|word| word == version)
}

fn locked_version(setup: &Setup, package: &str) -> Result<String> {
    let text = std::fs::read_to_string(setup.root.join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let lock: toml::Table = text.parse().context("Cargo.lock is not TOML")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock has no packages")?;
    let versions: Vec<&str> = packages
        .iter()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(toml::Value::as_str))
        .collect();
    match versions.as_slice() {
        [version] => Ok((*version).to_owned()),
        _ => bail!("Cargo.lock must have exactly one {package}, and has {}", versions.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::has_version;

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(has_version("trunk 0.21.14", "0.21.14"));
        assert!(has_version("geckodriver 0.37.1 (abc 2026-01-01 00:00 +0000)\n\nThe source", "0.37.1"));
        assert!(!has_version("wasm-bindgen 0.2.1300", "0.2.130"));
        assert!(!has_version("trunk 10.21.14", "0.21.14"));
    }
}

//! Set-up: installs what is missing, at the versions that the project names, and is quick when nothing is.

mod browsers;
mod cargo_tools;
mod npm;

use crate::{paths, sh};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// The project and its tools, ready to be used.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The project's folder.
    pub root: PathBuf,
    /// Cargo's build folder.
    pub target: PathBuf,
    /// Where the project's tools are kept.
    pub tools: PathBuf,
}

impl Setup {
    fn new() -> Result<Self> {
        let root = paths::root()?;
        Ok(Self { target: paths::target(&root), tools: paths::tools(&root), root })
    }

    /// Folders of tools that come before the path's.
    pub fn folders(&self) -> Vec<PathBuf> {
        vec![self.tools.join("bin"), self.tools.join("npm/node_modules/.bin")]
    }

    /// Returns a command that finds the project's tools first.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(sh::which(program, &self.folders()).unwrap_or_else(|| program.into()));
        command.current_dir(&self.root).env("PATH", sh::path_with(&self.folders())?);
        sh::forget_this_package(&mut command);
        Ok(command)
    }

    /// Returns a cargo command that finds the project's tools first.
    pub fn cargo(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = sh::cargo(&self.root, arguments);
        command.env("PATH", sh::path_with(&self.folders())?);
        Ok(command)
    }

    /// axe-core's one file.
    pub fn axe(&self) -> PathBuf {
        self.tools.join("npm/node_modules/axe-core/axe.min.js")
    }
}

/// Only the folders: for what needs no tool.
pub fn nothing() -> Result<Setup> {
    Setup::new()
}

/// What building the app needs.
pub fn app() -> Result<Setup> {
    let setup = Setup::new()?;
    sh::say("set-up of the build");
    cargo_tools::wasm_target(&setup)?;
    cargo_tools::trunk(&setup)?;
    cargo_tools::wasm_bindgen(&setup)?;
    npm::packages(&setup)?;
    Ok(setup)
}

/// What the tests need besides: the browsers, their drivers, axe-core.
pub fn everything() -> Result<Setup> {
    let setup = app()?;
    sh::say("set-up of the browsers");
    browsers::chromium()?;
    browsers::others()?;
    cargo_tools::geckodriver(&setup)?;
    npm::require(&setup)?;
    Ok(setup)
}

/// What pictures and benches need: the app's tools and Chromium.
pub fn chromium() -> Result<Setup> {
    let setup = app()?;
    browsers::chromium()?;
    Ok(setup)
}

/// What the checks need besides the tests.
pub fn checks(setup: &Setup) -> Result<()> {
    cargo_tools::deny(setup)
}

/// Says that `tool` is there already.
fn there(tool: &str) {
    println!("   {tool}: there");
}

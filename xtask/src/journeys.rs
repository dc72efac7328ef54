//! What journeys, pictures and benches in a browser run against: a hub and an app whose clock can be moved.

use crate::setup::Setup;
use crate::{build, sh};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// The built hub of the journeys.
pub struct Built {
    hub: PathBuf,
    folder: PathBuf,
}

/// Builds the app and the hub with the `test-clock` feature, apart from what ships; with `dev` the app quickly.
pub fn build(setup: &Setup, dev: bool) -> Result<Built> {
    let dist = build::build_for_journeys(setup, dev)?;
    let folder = setup.target.join("xtask/journeys");
    let mut cargo = setup.cargo(&["build", "-p", "perron-hub", "--bin", "perron", "--features", "test-clock"])?;
    sh::run("the hub of the journeys", cargo.env("PERRON_DIST", &dist))?;
    // The next build without the feature writes to the same name.
    let hub = folder.join("perron");
    let from = setup.target.join("debug/perron");
    std::fs::copy(&from, &hub).with_context(|| format!("{} cannot be copied", from.display()))?;
    Ok(Built { hub, folder })
}

impl Built {
    /// Returns a command that finds the hub, axe-core, the drivers, and a place for pictures of what failed.
    pub fn command(&self, setup: &Setup, mut command: Command) -> Command {
        command.env("PERRON_HUB", &self.hub).env("PERRON_AXE", setup.axe());
        command.env("PERRON_EVIDENCE", self.folder.join("evidence"));
        // An error here is a sentence about a screen; where in the harness it arose helps nobody.
        command.env("RUST_BACKTRACE", "0");
        command
    }
}

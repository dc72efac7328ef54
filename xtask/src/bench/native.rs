//! Figures without a browser: the hub over loopback, the rules, the import. Each is an example of its crate.

use super::{Figure, read};
use crate::{setup, sh};
use anyhow::Result;

/// Pushing 350 facts, and pulling them on a fresh tablet.
const PUSH_MS: f64 = 60.0;
const PULL_MS: f64 = 120.0;
/// One case, 100,000 lines on the command line, the full grid.
const CASE_US: f64 = 50.0;
const LINES_S: f64 = 10.0;
const GRID_S: f64 = 2.0;
/// One case in the browser.
const CASE_IN_BROWSER_US: f64 = 200.0;

pub fn sync() -> Result<Vec<Figure>> {
    measure("perron-hub", "sync_speed", &[PUSH_MS, PULL_MS])
}

pub fn rules() -> Result<Vec<Figure>> {
    let mut figures = measure("perron-directives", "speed", &[CASE_US, LINES_S, GRID_S])?;
    let setup = setup::chromium()?;
    let mut cargo =
        setup.cargo(&["test", "-p", "perron-directives", "--profile", "wasm", "--test", "speed_in_browser"])?;
    cargo.args(["--target", "wasm32-unknown-unknown", "--", "--nocapture"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.env("CHROMEDRIVER", sh::which("chromedriver", &[]).unwrap_or_default());
    figures.extend(read(&sh::listen("the rules in Chromium", &mut cargo)?, &[CASE_IN_BROWSER_US]));
    Ok(figures)
}

pub fn import() -> Result<Vec<Figure>> {
    measure("perron-hub", "import_speed", &[])
}

fn measure(package: &str, example: &str, limits: &[f64]) -> Result<Vec<Figure>> {
    let setup = setup::nothing()?;
    let mut cargo = setup.cargo(&["run", "--quiet", "--release", "-p", package, "--example", example])?;
    Ok(read(&sh::listen(&format!("measuring {example}"), &mut cargo)?, limits))
}

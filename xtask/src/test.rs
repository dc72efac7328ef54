//! `cargo xtask test`: every test, at three heights.

use crate::setup::{self, Setup};
use crate::{journeys, sh};
use anyhow::Result;
use clap::Args;

/// Crates whose tests run in a browser's engine, and which of them. Those with a clock that can be moved are built with it, as
/// the journeys build them.
const IN_A_BROWSER: &[(&str, &[&str])] = &[
    ("perron-store-idb", &["--lib", "--tests"]),
    ("perron-directives", &["--test", "same_everywhere"]),
    ("perron-ui", &["--test", "components", "--features", "test-clock"]),
    ("perron", &["--test", "replica", "--features", "test-clock"]),
    ("perron-desk", &["--test", "frame", "--features", "test-clock"]),
];

/// Options of `cargo xtask test`.
#[derive(Args, Default)]
pub struct Options {
    /// Only the native tests.
    #[arg(long)]
    native: bool,
    /// Only the tests in a browser's engine.
    #[arg(long)]
    wasm: bool,
    /// Only journeys, those whose name has this text; all of them with an empty text.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    journey: Option<String>,
    /// Builds the journeys' app quickly, not optimised: for writing a journey.
    #[arg(long, requires = "journey")]
    dev: bool,
}

/// Runs what was asked for; everything, when nothing was.
pub fn test(options: &Options) -> Result<()> {
    let all = !options.native && !options.wasm && options.journey.is_none();
    let setup = if options.native && !options.wasm { setup::nothing()? } else { setup::everything()? };
    if all || options.native {
        native(&setup)?;
    }
    if all || options.wasm {
        in_a_browser(&setup)?;
    }
    if all || options.journey.is_some() {
        whole_journeys(&setup, options.journey.as_deref().unwrap_or(""), options.dev)?;
    }
    Ok(())
}

/// Everything that needs no browser.
pub fn native(setup: &Setup) -> Result<()> {
    let mut cargo = setup.cargo(&["test", "--workspace", "--no-fail-fast", "--exclude", "perron-e2e"])?;
    sh::run("native tests", &mut cargo)?;
    sh::run("tests of the harness", &mut setup.cargo(&["test", "-p", "perron-e2e", "--lib"])?)
}

/// Stores and components, compiled to WebAssembly, in headless Chromium.
pub fn in_a_browser(setup: &Setup) -> Result<()> {
    for (package, which) in IN_A_BROWSER {
        let mut cargo = setup.cargo(&["test", "-p", package, "--profile", "journeys"])?;
        cargo.args(["--target", "wasm32-unknown-unknown"]);
        cargo.args(*which);
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
        cargo.env("CHROMEDRIVER", sh::which("chromedriver", &[]).unwrap_or_default());
        cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "180");
        sh::run(&format!("{package} in Chromium"), &mut cargo)?;
    }
    Ok(())
}

/// Journeys against the real hub in real browsers.
pub fn whole_journeys(setup: &Setup, name: &str, dev: bool) -> Result<()> {
    let built = journeys::build(setup, dev)?;
    let mut cargo = setup.cargo(&["test", "-p", "perron-e2e", "--tests"])?;
    if !name.is_empty() {
        cargo.args(["--", name]);
    }
    sh::run("journeys", &mut built.command(setup, cargo))
}

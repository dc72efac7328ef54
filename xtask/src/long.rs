//! `cargo xtask long`: the full counts of simulated days, wrong bytes and kills, which take too long for every change. It
//! writes a dated report into docs/reports/, whether all went well or not.

use crate::setup::{self, Setup};
use crate::{build, run, sh};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Options of `cargo xtask long`. A part whose count is 0 is left out; a second run of one day adds to its report.
#[derive(Args)]
pub struct Options {
    /// Simulated days.
    #[arg(long, default_value_t = 20_000)]
    seeds: u64,
    /// Wrong inputs for the decoders.
    #[arg(long, default_value_t = 5_000_000)]
    inputs: u64,
    /// Kills of the hub while tablets push.
    #[arg(long, default_value_t = 200)]
    hub_kills: u32,
    /// Kills of Chromium while it saves, starts and mends.
    #[arg(long, default_value_t = 500)]
    chromium_kills: u32,
    /// Kills of Firefox while it saves, starts and mends.
    #[arg(long, default_value_t = 100)]
    firefox_kills: u32,
}

/// Runs everything, writes the report, and fails when something failed.
pub fn long(options: &Options) -> Result<()> {
    let setup = setup::everything()?;
    build::build_in(&setup, false)?;
    let hub = run::build_hub(&setup)?;
    let kit = |name: &str, arguments: &[String]| -> Result<Command> {
        let mut cargo = setup.cargo(&["run", "--quiet", "--release", "-p", "perron-testkit", "--bin", name, "--"])?;
        cargo.args(arguments);
        Ok(cargo)
    };
    let kill = |what: &str, times: u32| kills(&setup, &hub, what, times);
    let seeds = ["--seeds".to_owned(), options.seeds.to_string()];
    let parts = [
        ("Simulated days", options.seeds > 0, kit("sim", &seeds)?),
        ("Wrong bytes into every decoder", options.inputs > 0, kit("fuzz", &[options.inputs.to_string()])?),
        ("Kills of the hub while tablets push", options.hub_kills > 0, kill("hub", options.hub_kills)?),
        ("Kills of Chromium", options.chromium_kills > 0, kill("chromium", options.chromium_kills)?),
        ("Kills of Firefox", options.firefox_kills > 0, kill("firefox", options.firefox_kills)?),
    ];
    let (mut report, mut failed) = (head(&setup)?, Vec::new());
    for (title, _, mut command) in parts.into_iter().filter(|(_, wanted, _)| *wanted) {
        let start = Instant::now();
        let told = sh::listen(title, &mut command);
        let well = told.is_ok();
        let text = told.unwrap_or_else(|error| format!("{error:#}"));
        let verdict = if well { "well" } else { "BADLY" };
        println!("   {}", text.trim().replace('\n', "\n   "));
        let seconds = start.elapsed().as_secs();
        let _ = write!(report, "\n## {title}\n\nEnded {verdict} after {seconds} s.\n\n```\n{}\n```\n", text.trim());
        if !well {
            failed.push(title);
        }
    }
    let folder = setup.root.join("docs/reports");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}-long.md", today()?));
    if let Ok(before) = std::fs::read_to_string(&path) {
        report = format!("{before}\n{report}");
    }
    std::fs::write(&path, report).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("   the report: docs/reports/{}-long.md", today()?);
    if !failed.is_empty() {
        bail!("{} ended badly", failed.join(", "));
    }
    Ok(())
}

/// Returns the command that kills the hub or a browser so many times.
fn kills(setup: &Setup, hub: &Path, what: &str, times: u32) -> Result<Command> {
    let mut cargo = setup.cargo(&["run", "--quiet", "-p", "perron-e2e", "--bin", "perron-faults", "--"])?;
    cargo.args([what, &times.to_string()]).env("PERRON_HUB", hub).env("RUST_BACKTRACE", "0");
    Ok(cargo)
}

/// Kills each browser that keeps its profile a few times: what CI has time for.
pub fn a_few_kills(setup: &Setup, hub: &Path) -> Result<()> {
    for browser in ["chromium", "firefox"] {
        sh::run(&format!("ten kills of {browser}"), &mut kills(setup, hub, browser, 10)?)?;
    }
    Ok(())
}

/// The report's first lines: when, and of which commit.
fn head(setup: &Setup) -> Result<String> {
    let commit = sh::output(Command::new("git").current_dir(&setup.root).args(["rev-parse", "--short", "HEAD"]));
    let commit = commit.unwrap_or_else(|| "unknown".to_owned());
    Ok(format!("# Faults, kills and wrong bytes, {}\n\nBy `cargo xtask long`, on commit {commit}.\n", today()?))
}

fn today() -> Result<String> {
    sh::output(Command::new("date").args(["+%Y-%m-%d"])).context("the machine has no date")
}

//! Figures of the app that ships, in headless Chromium, against the hub that ships.

use super::{Figure, read};
use crate::setup::{self, Setup};
use crate::{build, run, sh};
use anyhow::Result;

/// From the store being open to the round on the screen.
const START_MS: f64 = 300.0;
/// From the navigation to the round on the screen when a copy of 20,000 facts must be made anew.
const REBUILT_MS: f64 = 2000.0;
/// The same with 200,000 facts, which no tablet has before years have passed.
const MANY_MS: f64 = 1500.0;
/// From the touch to durable and on the screen: one frame of a screen of sixty.
const STEP_MS: f64 = 16.0;

/// Both mixes of 20,000 facts: shared by the tablet's rounds, and all in the round that is opened.
pub fn start() -> Result<Vec<Figure>> {
    measure("start", &[START_MS, REBUILT_MS, REBUILT_MS, START_MS])
}

/// Ten times as many.
pub fn many() -> Result<Vec<Figure>> {
    measure("many", &[MANY_MS])
}

pub fn step() -> Result<Vec<Figure>> {
    measure("step", &[STEP_MS])
}

fn measure(name: &str, limits: &[f64]) -> Result<Vec<Figure>> {
    let setup = setup::chromium()?;
    build::build_in(&setup, false)?;
    let hub = run::build_hub(&setup)?;
    let fill = fill(&setup)?;
    let mut cargo = setup.cargo(&["run", "--quiet", "-p", "perron-e2e", "--bin", "perron-measure", "--", name])?;
    cargo.env("PERRON_HUB", hub).env("PERRON_FILL", fill).env("RUST_BACKTRACE", "0");
    Ok(read(&sh::listen(&format!("measuring {name}"), &mut cargo)?, limits))
}

/// The program that fills a hub with facts.
fn fill(setup: &Setup) -> Result<std::path::PathBuf> {
    let mut cargo = setup.cargo(&["build", "--release", "-p", "perron-testkit", "--bin", "fill"])?;
    sh::run("the program that fills a hub", &mut cargo)?;
    Ok(setup.target.join("release/fill"))
}

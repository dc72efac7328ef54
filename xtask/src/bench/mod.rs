//! `cargo xtask bench`: measures, and prints beside each figure its limit and what this machine can do at best.

mod size;

use crate::sh;
use anyhow::{Result, bail};
use clap::Args;

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub struct Options {
    /// Which bench; all of them without a name.
    name: Option<String>,
}

/// One figure.
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it may be at most.
    pub limit: Option<f64>,
    /// What this machine, or the format, needs for the emptiest thing of the kind.
    pub floor: Option<(String, f64)>,
}

/// A bench: its name, what it measures, and how.
struct Bench {
    name: &'static str,
    about: &'static str,
    measure: fn() -> Result<Vec<Figure>>,
}

const BENCHES: &[Bench] =
    &[Bench { name: "size", about: "first download of the whole app, as sent", measure: size::measure }];

/// Runs the bench of that name, or all; fails when a figure is over its limit.
pub fn bench(options: &Options) -> Result<()> {
    let wanted = |bench: &&Bench| options.name.as_deref().is_none_or(|name| bench.name == name);
    let benches: Vec<&Bench> = BENCHES.iter().filter(wanted).collect();
    if benches.is_empty() {
        let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        bail!("there is no such bench; there are: {}", names.join(", "));
    }
    let mut over = Vec::new();
    for bench in benches {
        let figures = (bench.measure)()?;
        sh::say(&format!("{}: {}", bench.name, bench.about));
        over.extend(figures.iter().filter(|figure| !print(figure)).map(|figure| figure.what.clone()));
    }
    if !over.is_empty() {
        bail!("over the limit: {}", over.join(", "));
    }
    Ok(())
}

/// Prints a figure and returns whether it keeps its limit.
fn print(figure: &Figure) -> bool {
    let Figure { what, value, unit, limit, floor } = figure;
    let limit_text = limit.map_or(String::new(), |limit| format!("   at most {limit:.0} {unit}"));
    let floor_text =
        floor.as_ref().map_or(String::new(), |(name, floor)| format!("   floor, {name}: {floor:.1} {unit}"));
    let kept = limit.is_none_or(|limit| *value <= limit);
    let verdict = if kept { "" } else { "   OVER" };
    println!("   {value:>9.1} {unit:<3} {what}{limit_text}{floor_text}{verdict}");
    kept
}

/// Prints the size of the app that is built beside its limit; for the checks.
pub fn tell_size() -> Result<()> {
    sh::say("size of the app");
    for figure in size::measure()? {
        print(&figure);
    }
    Ok(())
}

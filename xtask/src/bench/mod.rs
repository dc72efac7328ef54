//! `cargo xtask bench`: measures, and prints beside each figure its limit and what this machine can do at best.
//!
//! Figures are told with their least, their median and their ninety-fifth percentile; the median is judged. No check of
//! a change runs these: a busy machine would judge the change by its neighbours.

mod browser;
mod native;
mod size;

use crate::sh;
use anyhow::{Result, bail};
use clap::Args;

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub struct Options {
    /// Which benches; all of them without a name.
    names: Vec<String>,
}

/// One figure.
#[derive(Debug, Default)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// Every time it was measured.
    pub values: Vec<f64>,
    /// Its unit.
    pub unit: String,
    /// What the median may be at most.
    pub limit: Option<f64>,
    /// What this machine, or the format, needs for the emptiest thing of the kind.
    pub floor: Option<(String, f64)>,
}

impl Figure {
    /// A figure that is the same however often it is measured.
    fn of(what: String, value: f64, unit: &str, limit: Option<f64>) -> Self {
        Self { what, values: vec![value], unit: unit.to_owned(), limit, floor: None }
    }

    /// The value that so many of a hundred measurements do not exceed.
    fn percentile(&self, percent: usize) -> f64 {
        let mut values = self.values.clone();
        values.sort_by(f64::total_cmp);
        let place = (values.len() * percent).div_ceil(100).saturating_sub(1);
        values.get(place).copied().unwrap_or(f64::NAN)
    }
}

/// A bench: its name, what it measures, and how.
struct Bench {
    name: &'static str,
    about: &'static str,
    measure: fn() -> Result<Vec<Figure>>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "size", about: "first download of the whole app, as sent", measure: size::measure },
    Bench { name: "start", about: "the app opens over 20,000 facts, in Chromium", measure: browser::start },
    Bench { name: "many", about: "the same over 200,000 facts", measure: browser::many },
    Bench { name: "step", about: "one saved step, in Chromium", measure: browser::step },
    Bench { name: "sync", about: "an evening of 350 facts, over loopback", measure: native::sync },
    Bench { name: "rules", about: "the eligibility rules", measure: native::rules },
    Bench { name: "import", about: "a list of 100,000 people", measure: native::import },
];

/// Runs the benches of these names, or all; fails when a figure is over its limit.
pub fn bench(options: &Options) -> Result<()> {
    let known = |name: &String| BENCHES.iter().any(|bench| bench.name == name);
    if let Some(unknown) = options.names.iter().find(|name| !known(name)) {
        let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        bail!("there is no bench «{unknown}»; there are: {}", names.join(", "));
    }
    let wanted = |bench: &&Bench| options.names.is_empty() || options.names.iter().any(|name| bench.name == name);
    let benches: Vec<&Bench> = BENCHES.iter().filter(wanted).collect();
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
    let Figure { what, values, unit, limit, floor } = figure;
    let median = figure.percentile(50);
    let spread = match values.len() {
        0 | 1 => String::new(),
        runs => format!("   ({:.1} to {:.1}, {runs} runs)", figure.percentile(1), figure.percentile(95)),
    };
    let limit_text = limit.map_or(String::new(), |limit| format!("   at most {limit:.0} {unit}"));
    let floor_text =
        floor.as_ref().map_or(String::new(), |(name, floor)| format!("   floor, {name}: {floor:.1} {unit}"));
    let kept = limit.is_none_or(|limit| median <= limit);
    let verdict = if kept { "" } else { "   OVER" };
    println!("   {median:>9.1} {unit:<3} {what}{spread}{limit_text}{floor_text}{verdict}");
    kept
}

/// Prints the size of the app that is built beside its limit, and refuses one that has grown; for the checks.
pub fn size_of_app() -> Result<()> {
    sh::say("size of the app");
    let figures = size::measure()?;
    for figure in &figures {
        print(figure);
    }
    match figures.first().map(|tablet| tablet.percentile(50)) {
        Some(kb) if kb <= size::LIMIT_KB => Ok(()),
        _ => bail!("the tablet's app has grown beyond {} kB", size::LIMIT_KB),
    }
}

/// Reads what a measuring program printed: lines of kind, name, unit and values. A `FIGURE` is judged by the limits, in
/// their order; a `FLOOR` belongs to the figures before it; `ALSO` is told and not judged.
fn read(output: &str, limits: &[f64]) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    let mut limits = limits.iter();
    for line in output.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let [kind, what, unit, values] = parts.as_slice() else { continue };
        let values = values.split(' ').filter_map(|value| value.parse().ok()).collect();
        let mut figure = Figure { what: (*what).to_owned(), values, unit: (*unit).to_owned(), ..Figure::default() };
        match *kind {
            "FIGURE" => figure.limit = limits.next().copied(),
            "FLOOR" => {
                let floor = (figure.what.clone(), figure.percentile(50));
                for figure in figures.iter_mut().filter(|figure| figure.limit.is_some() && figure.floor.is_none()) {
                    figure.floor = Some(floor.clone());
                }
                continue;
            }
            _ => {}
        }
        figures.push(figure);
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_printed_is_judged_by_its_median() {
        let output = "chatter\nFIGURE\ta step\tms\t3 1 2 90\nALSO\tof which durable\tms\t1\nFLOOR\traw\tms\t0.5\n";
        let figures = read(output, &[16.0]);
        assert_eq!(figures.len(), 2);
        assert_eq!((figures[0].percentile(50), figures[0].percentile(95), figures[0].limit), (2.0, 90.0, Some(16.0)));
        assert_eq!(figures[0].floor, Some(("raw".to_owned(), 0.5)));
        assert_eq!((figures[1].limit, &figures[1].floor), (None, &None));
        assert!(print(&figures[0]));
        assert!(!print(&Figure { limit: Some(1.0), ..read(output, &[]).remove(0) }));
    }
}

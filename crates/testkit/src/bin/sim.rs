//! Tells stories of bad days: `cargo xtask sim --seeds 1000 [--from 0]`. A seed whose story ends badly is told in full.

#![allow(clippy::print_stdout, reason = "a program that tells")]

use perron_testkit::sim;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let (mut seeds, mut from, mut most) = (200_u64, 0_u64, 3_usize);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().and_then(|value| value.parse::<u64>().ok());
        match (name.as_str(), value) {
            ("--seeds", Some(value)) => seeds = value,
            ("--from", Some(value)) => from = value,
            ("--most", Some(value)) => most = usize::try_from(value).unwrap_or(usize::MAX),
            _ => {
                println!("sim [--seeds N] [--from S] [--most FAILURES]");
                return ExitCode::FAILURE;
            }
        }
    }
    let started = Instant::now();
    let (mut facts, mut failed, mut hazards) = (0, Vec::new(), BTreeMap::<&str, u32>::new());
    for seed in from..from.saturating_add(seeds) {
        let told = match std::panic::catch_unwind(|| sim::tell(seed)) {
            Ok(told) => told,
            Err(_) => {
                println!("seed {seed}: it broke off");
                failed.push(seed);
                continue;
            }
        };
        facts += told.facts;
        for (hazard, times) in &told.hazards {
            *hazards.entry(hazard).or_default() += times;
        }
        if !told.wrong.is_empty() {
            failed.push(seed);
            if failed.len() <= most {
                println!("seed {seed}:\n   {}", told.lines.join("\n   "));
            }
            println!("seed {seed}, what does not hold:\n   {}", told.wrong.join("\n   "));
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{seeds} seeds from {from}: {facts} facts in {seconds:.1} s, {} failed", failed.len());
    for (hazard, times) in hazards {
        println!("   {times:>7} × {hazard}");
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("failed: {failed:?}; replay one with `cargo xtask sim --seeds 1 --from SEED`");
    ExitCode::FAILURE
}

//! A handful of simulated days, in the checks. `cargo xtask sim --seeds N` tells more.
#![allow(clippy::panic, reason = "tests")]

use perron_testkit::sim;

fn tell(seeds: std::ops::Range<u64>) {
    let mut bad = Vec::new();
    for seed in seeds {
        let told = sim::tell(seed);
        if !told.wrong.is_empty() {
            bad.push(format!("seed {seed}:\n   {}", told.wrong.join("\n   ")));
        }
    }
    assert!(bad.is_empty(), "replay with `cargo xtask sim --seeds 1 --from SEED`\n{}", bad.join("\n"));
}

#[test]
fn after_a_bad_day_everybody_has_the_same_and_nothing_is_lost() {
    tell(0..40);
}

#[test]
fn a_seed_tells_the_same_story_again() {
    let (one, other) = (sim::tell(7), sim::tell(7));
    assert_eq!(one.lines, other.lines);
    assert_eq!(one.facts, other.facts);
}

//! A handful of simulated days, in the checks. `cargo xtask sim --seeds N` tells more.
#![allow(clippy::panic, clippy::print_stdout, reason = "tests")]

use perron_testkit::copies::Planted;
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

/// Delivery: were the leaves not kept that a client signed ahead of its facts, a story would say so.
#[test]
fn a_hub_that_forgets_what_was_signed_ahead_is_found_out() {
    let wrong = |seed: &u64| !sim::tell_with_a_hub_that_forgets_leaves(*seed).wrong.is_empty();
    assert!((0..40).any(|seed| wrong(&seed)), "no story notices that facts never reach anybody");
}

/// Two copies: were one of these faults made, a story would say so, or break off.
#[test]
fn faults_in_how_two_copies_are_kept_are_found_out() {
    let faults =
        [Planted::TrustsTheShorter, Planted::SkipsTheChecksum, Planted::SaysSavedTooEarly, Planted::CutsTooMuch];
    for planted in faults {
        let found = |seed: &u64| {
            let told = std::panic::catch_unwind(|| sim::tell_with(planted, *seed));
            told.map_or(true, |told| !told.wrong.is_empty())
        };
        let first = (0..1000).find(found);
        println!("{planted:?} is found by seed {first:?}");
        assert!(first.is_some(), "no story notices {planted:?}");
    }
}

#[test]
fn a_seed_tells_the_same_story_again() {
    let (one, other) = (sim::tell(7), sim::tell(7));
    assert_eq!(one.lines, other.lines);
    assert_eq!(one.facts, other.facts);
}

#[test]
fn no_wrong_bytes_make_a_decoder_panic() {
    let (rng, real) = (perron_testkit::Rng::new(2), perron_testkit::fuzz::real(3));
    let decoded = (0..20_000).filter(|_| perron_testkit::fuzz::decode(&perron_testkit::fuzz::wrong(&rng, &real)) > 0);
    let decoded = decoded.count();
    assert!((500..19_000).contains(&decoded), "the wrong bytes are neither all right nor all nonsense: {decoded}");
}

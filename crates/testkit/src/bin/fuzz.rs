//! Puts wrong bytes into every decoder: `fuzz TIMES`. A panic ends it with the bytes that did it.

#![allow(clippy::print_stdout, reason = "a program that tells")]

use perron_testkit::{Rng, fuzz};
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let times: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let real: Vec<Vec<u8>> = (0..20).flat_map(fuzz::real).collect();
    let (rng, started, mut sense) = (Rng::new(1), Instant::now(), 0);
    for time in 0..times {
        let bytes = fuzz::wrong(&rng, &real);
        match std::panic::catch_unwind(|| fuzz::decode(&bytes)) {
            Ok(made) => sense += usize::from(made > 0),
            Err(_) => {
                println!("a decoder panicked at the {time}th of seed 1, on {bytes:02x?}");
                return ExitCode::FAILURE;
            }
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{times} wrong inputs made of {} real ones in {seconds:.0} s: no panic, {sense} still decoded",
        real.len()
    );
    ExitCode::SUCCESS
}

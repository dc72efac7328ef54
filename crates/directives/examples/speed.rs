//! Measures how long one case, 100,000 lines and a full grid take. Run by `cargo xtask bench rules`.

use perron_directives::grid::{days, grid};
use perron_directives::{check_examples, load, screen_line};
use perron_domain::rules::evaluate;
use std::time::Instant;

/// How often all the worked examples are run for one measurement, and how many measurements there are.
const ROUNDS: usize = 200;
const RUNS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir("directives")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push((path.display().to_string(), std::fs::read(path)?));
        }
    }
    let start = Instant::now();
    let loaded = load(&files).map_err(|problems| format!("{problems:?}"))?;
    println!("{} directives read in {:?}", loaded.directives.len(), start.elapsed());
    println!("{} examples, {} fail", loaded.examples.len(), check_examples(&loaded).len());

    for directive in &loaded.directives {
        println!("  {} {}: {} bytes of CBOR", directive.id, directive.version, minicbor::to_vec(directive)?.len());
    }

    let mut cases = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            for example in &loaded.examples {
                std::hint::black_box(evaluate(&loaded.directives, &example.case));
            }
        }
        let each = f64::from(u32::try_from(ROUNDS * loaded.examples.len())?);
        cases.push(start.elapsed().as_secs_f64() * 1e6 / each);
    }
    tell("one case of the worked examples", "µs", &cases);

    let lines = loaded.examples.iter().map(|example| serde_json::to_string(&example.case));
    let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
    let (mut screened, mut grids, mut findings) = (Vec::new(), Vec::new(), 0);
    for _ in 0..3 {
        let start = Instant::now();
        for line in lines.iter().cycle().take(100_000) {
            std::hint::black_box(screen_line(&loaded.directives, line));
        }
        screened.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        findings = grid(&loaded.directives, "FR-93", &days(&loaded.directives)).len();
        grids.push(start.elapsed().as_secs_f64());
    }
    tell("100,000 lines as on the command line", "s", &screened);
    tell(&format!("the full grid ({findings} findings)"), "s", &grids);
    Ok(())
}

fn tell(what: &str, unit: &str, times: &[f64]) {
    let times: Vec<String> = times.iter().map(|time| format!("{time:.4}")).collect();
    println!("FIGURE\t{what}\t{unit}\t{}", times.join(" "));
}

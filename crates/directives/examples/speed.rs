//! Prints how long one case, 100,000 lines and a full grid take: `cargo run --release -p perron-directives --example speed`.

use perron_directives::grid::{days, grid};
use perron_directives::{check_examples, load, screen_line};
use perron_domain::rules::evaluate;
use std::time::Instant;

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

    let (rounds, start) = (2_000, Instant::now());
    for _ in 0..rounds {
        for example in &loaded.examples {
            std::hint::black_box(evaluate(&loaded.directives, &example.case));
        }
    }
    let cases = u32::try_from(rounds * loaded.examples.len())?;
    println!("one case: {:?}", start.elapsed() / cases);

    let lines = loaded.examples.iter().map(|example| serde_json::to_string(&example.case));
    let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
    let start = Instant::now();
    for line in lines.iter().cycle().take(100_000) {
        std::hint::black_box(screen_line(&loaded.directives, line));
    }
    println!("100,000 lines: {:?}", start.elapsed());

    let start = Instant::now();
    let findings = grid(&loaded.directives, "FR-93", &days(&loaded.directives));
    println!("full grid: {:?}, {} findings", start.elapsed(), findings.len());
    Ok(())
}

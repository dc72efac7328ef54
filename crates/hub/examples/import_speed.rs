//! Measures how long a list of 100,000 people takes at the desk: its preview, and taking it in. Run by
//! `cargo xtask bench import`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that may stop at the first surprise")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fmt::Write;
use std::time::Instant;
use support::Relay;

const ROWS: u32 = 100_000;
const TIMES: usize = 3;

#[tokio::main]
async fn main() {
    let mut file = "Nom de naissance;Prénom(s);Date de naissance;Adresse\n".to_owned();
    for n in 0..ROWS {
        let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 1930 + n / 336 % 80);
        let _ = writeln!(file, "Nom{};Prenom{n};{day:02}/{month:02}/{year};{} Rue {}", n % 1_000, n % 90, n % 300);
    }
    let (mut previews, mut imports, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let relay = Relay::open().await;
        for (path, times) in [
            ("/api/people/import/preview", &mut previews),
            ("/api/people/import", &mut imports),
            ("/api/people/import", &mut again),
        ] {
            let started = Instant::now();
            let answer = relay.client.post(relay.at(path)).body(file.clone()).send().await.unwrap();
            assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
            answer.bytes().await.unwrap();
            times.push(format!("{:.3}", started.elapsed().as_secs_f64()));
        }
    }
    println!("FIGURE\tpreview of {ROWS} rows ({} bytes)\ts\t{}", file.len(), previews.join(" "));
    println!("FIGURE\ttaking {ROWS} people in, durable\ts\t{}", imports.join(" "));
    println!("FIGURE\tthe same list again, nobody twice\ts\t{}", again.join(" "));
}

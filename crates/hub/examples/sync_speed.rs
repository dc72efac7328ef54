//! Measures what a tablet waits for in the evening: 350 facts pushed to the hub over loopback, and pulled by another
//! tablet. Run by `cargo xtask bench sync`; prints one line per measure, with the machine's floor beside it.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that may stop at the first surprise")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::io::Write;
use std::time::{Duration, Instant};
use support::{ROUND, Relay};

const FACTS: usize = 350;
const TIMES: usize = 15;

#[tokio::main]
async fn main() {
    let relay = Relay::open().await;
    let reader = relay.tablet(2).await;
    let texts: Vec<String> =
        (0..FACTS).map(|number| format!("difficulté de la visite {number}, étage sans lumière")).collect();
    let (mut pushes, mut pulls, mut bytes) = (Vec::new(), Vec::new(), 0);
    for time in 0..TIMES {
        let mut tablet = relay.tablet(u8::try_from(10 + time).unwrap()).await;
        relay.push(&tablet, Vec::new()).await.unwrap();
        let before = relay.pull(&reader, &[(ROUND, 0)]).await.unwrap().reached[0].arrival;
        let before = latest(&relay, &reader, before).await;
        let batch = tablet.batch(texts.iter().map(String::as_str));
        bytes = perron_ledger::sync::to_bytes(&batch).len();
        let started = Instant::now();
        let answer = relay.push_one(&tablet, batch).await;
        pushes.push(started.elapsed());
        assert_eq!(answer.head, Some(tablet.head));
        let started = Instant::now();
        let pulled = relay.pull(&reader, &[(ROUND, before)]).await.unwrap();
        pulls.push(started.elapsed());
        assert_eq!(pulled.batches.iter().map(|batch| batch.facts.len()).sum::<usize>(), FACTS);
    }
    println!(
        "push of {FACTS} facts ({bytes} bytes): {:.1} ms (floor: one durable write {:.1} ms)",
        ms(median(pushes)),
        ms(durable_write())
    );
    let mut floors = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        relay.client.get(relay.at("/sync/hello")).send().await.unwrap().bytes().await.unwrap();
        floors.push(started.elapsed());
    }
    println!(
        "pull of {FACTS} facts: {:.1} ms (floor: an empty request {:.1} ms)",
        ms(median(pulls)),
        ms(median(floors))
    );
}

/// Follows the cursor of round 1 to its end.
async fn latest(relay: &Relay, reader: &support::Tablet, mut arrival: u64) -> u64 {
    loop {
        let answer = relay.pull(reader, &[(ROUND, arrival)]).await.unwrap();
        arrival = answer.reached[0].arrival;
        if !answer.more {
            return arrival;
        }
    }
}

/// How long this machine takes to put the same amount of bytes durably into a file.
fn durable_write() -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let times = (0..TIMES).map(|number| {
        let mut file = std::fs::File::create(folder.path().join(number.to_string())).unwrap();
        let started = Instant::now();
        file.write_all(&[7; 40_000]).unwrap();
        file.sync_all().unwrap();
        started.elapsed()
    });
    median(times.collect())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

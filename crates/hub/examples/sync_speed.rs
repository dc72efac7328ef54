//! Measures what a tablet waits for in the evening: 350 facts pushed to the hub over loopback, and pulled by a fresh
//! tablet. Run by `cargo xtask bench sync`. The tablets are the app's own code below its pages, with a store in memory.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that may stop at the first surprise")]

#[path = "../tests/support/mod.rs"]
mod support;

use perron_domain::date::Day;
use perron_domain::fact::{AccountNo, RoundAssigned};
use perron_domain::name::{DeviceId, Scope};
use perron_domain::{Command, CommonCommand};
use perron_ledger::Store;
use perron_tablet::enrol::enrol;
use perron_testkit::http::HubAt;
use perron_testkit::{Disk, Rng, Tablet, at_once};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;
use support::Relay;

const FACTS: u32 = 350;
const TIMES: u64 = 25;

#[tokio::main]
async fn main() {
    let relay = Relay::open().await;
    let wire = HubAt(relay.running.address.to_string());
    let (mut pushes, mut pulls, mut bytes) = (Vec::new(), Vec::new(), 0);
    for time in 0..TIMES {
        // A round of its own for each time.
        let round = u32::try_from(time).unwrap() + 1;
        let scope = Scope::round(round);
        let nurse = tablet(&relay, &wire, time * 2).await;
        assign(&relay, round, &[nurse.device()]).await;
        nurse.run(&wire, true).unwrap();
        for visit in 0..FACTS {
            let text = format!("difficulté de la visite {visit}, étage sans lumière, deuxième porte à gauche");
            nurse.run_command(scope, Command::ReportDifficulty(text)).unwrap();
        }
        let started = Instant::now();
        let outcome = nurse.run(&wire, true).unwrap();
        pushes.push(started.elapsed().as_secs_f64() * 1000.0);
        assert_eq!((outcome.waiting, outcome.stuck), (0, None));
        let records = at_once(nurse.disk.arrivals(scope, 0, usize::MAX)).unwrap();
        bytes = records.iter().filter_map(|record| record.bytes.as_ref()).map(Vec::len).sum();

        let fresh = tablet(&relay, &wire, time * 2 + 1).await;
        assign(&relay, round, &[nurse.device(), fresh.device()]).await;
        let started = Instant::now();
        fresh.run(&wire, true).unwrap();
        pulls.push(started.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(fresh.look(scope, |round| round.difficulties.len()), FACTS as usize);
    }
    tell("FIGURE", &format!("push of {FACTS} facts ({bytes} bytes), until acknowledged"), &pushes);
    tell("FIGURE", &format!("pull of {FACTS} facts and the common part on a fresh tablet, until folded"), &pulls);
    tell("FLOOR", &format!("{bytes} bytes to a bare server and back"), &echoes(bytes));
}

fn tell(kind: &str, what: &str, times: &[f64]) {
    let times: Vec<String> = times.iter().map(|time| format!("{time:.3}")).collect();
    println!("{kind}\t{what}\tms\t{}", times.join(" "));
}

async fn tablet(relay: &Relay, wire: &HubAt, seed: u64) -> Tablet {
    let (code, disk, luck) = (relay.new_code().await, Disk::new(), Rng::new(seed));
    at_once(enrol(&disk, wire, || Ok(luck.bytes()), &code, "Tablette")).unwrap();
    Tablet::over(disk, Rng::new(seed + 1000)).unwrap()
}

async fn assign(relay: &Relay, round: u32, devices: &[DeviceId]) {
    let on = Day::new(2026, 1, 20).unwrap();
    let assigned =
        RoundAssigned { round, on, label: format!("Bondy {round}"), devices: devices.to_vec(), cancelled: None };
    relay.running.hub.common_command(AccountNo(0), CommonCommand::AssignRound(assigned)).await.unwrap();
}

/// Sends so many bytes to a server that does nothing but send them back, one connection each as for the hub.
fn echoes(bytes: usize) -> Vec<f64> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        for _ in 0..TIMES {
            let (mut stream, _) = listener.accept().unwrap();
            let mut all = vec![0; bytes];
            stream.read_exact(&mut all).unwrap();
            stream.write_all(&all).unwrap();
        }
    });
    let times = (0..TIMES).map(|_| {
        let started = Instant::now();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(&vec![7; bytes]).unwrap();
        let mut back = vec![0; bytes];
        stream.read_exact(&mut back).unwrap();
        started.elapsed().as_secs_f64() * 1000.0
    });
    let times = times.collect();
    server.join().unwrap();
    times
}

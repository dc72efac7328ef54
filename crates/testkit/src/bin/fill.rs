//! Fills a hub with the facts of many visits: `fill ADDRESS CODE ROUND:FACTS…`. A tablet without a screen is let in with
//! the code, writes so many facts into each round named, and pushes them. `ROUND:FACTS:notes` writes notes of
//! difficulties only: for facts that must be there and are not read. For benches.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a program of benches")]

use perron_domain::fact::DifficultyReported;
use perron_domain::name::Scope;
use perron_testkit::http::HubAt;
use perron_testkit::tablet::Unsaved;
use perron_testkit::{Disk, Rng, Tablet, acts, at_once};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (address, code) = (arguments.next().expect("the hub's address"), arguments.next().expect("a code"));
    let rounds: Vec<(u32, usize, bool)> = arguments.map(|text| round(&text).expect("ROUND:FACTS")).collect();
    let (hub, luck, disk) = (HubAt(address), Rng::new(7), Disk::new());
    at_once(perron_tablet::enrol::enrol(&disk, &hub, || Ok(luck.bytes()), &code, "Remplissage")).unwrap();
    let tablet = Tablet::over(disk, Rng::new(8)).unwrap();
    tablet.run(&hub, true).unwrap();
    let started = Instant::now();
    let mut all = 0;
    for (round, facts, notes) in rounds {
        let scope = Scope::round(round);
        let planned = tablet.look(scope, |round| round.log().iter().next().map(|fact| fact.wall)).unwrap();
        let product =
            tablet.look(scope, |state| state.acts.values().next().map(|act| act.wish.product.clone())).unwrap();
        let (mut written, mut minutes, mut refused) = (0, 0, BTreeMap::<String, u32>::new());
        while written < facts {
            minutes += 1;
            tablet.now.set(planned.plus_minutes(60 + minutes / 20));
            // Each flush of the disk in memory copies what it holds: notes are written by the hundred.
            let names = if notes {
                let note = |number: usize| {
                    let text = format!("Note {number} : personne n’ouvre, la voisine dit de revenir.");
                    DifficultyReported { text }.into()
                };
                tablet.write(scope, (written..facts.min(written + 200)).map(note).collect()).map_err(Unsaved::NotKept)
            } else {
                let command = tablet.look(scope, |state| acts::work(&luck, state, &product, tablet.now.get()));
                tablet.run_command(scope, command)
            };
            match names {
                Ok(names) => written += names.len(),
                Err(refusal) => *refused.entry(format!("{refusal:?}")).or_default() += 1,
            }
        }
        all += written;
        let held = tablet
            .look(scope, |state| (state.people.len(), state.loads.len(), state.vials.len(), state.readings.len()));
        println!("round {round}: people, loads, vials, readings {held:?}; refused {refused:?}");
    }
    println!("{all} facts written in {:.1} s", started.elapsed().as_secs_f64());
    let outcome = tablet.run(&hub, true).unwrap();
    assert_eq!((outcome.waiting, outcome.stuck), (0, None), "everything was pushed");
}

/// Reads `ROUND:FACTS` or `ROUND:FACTS:notes`.
fn round(text: &str) -> Option<(u32, usize, bool)> {
    let mut parts = text.split(':');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next() == Some("notes")))
}

//! Fills a hub with the facts of many visits: `fill ADDRESS CODE FACTS ROUND…`. A tablet without a screen is let in with
//! the code, writes so many facts into the rounds named, in turn, and pushes them. For benches.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a program of benches")]

use perron_domain::name::Scope;
use perron_testkit::http::HubAt;
use perron_testkit::{Disk, Rng, Tablet, acts, at_once};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (address, code) = (arguments.next().expect("the hub's address"), arguments.next().expect("a code"));
    let facts: usize = arguments.next().and_then(|text| text.parse().ok()).expect("how many facts");
    let rounds: Vec<u32> = arguments.filter_map(|text| text.parse().ok()).collect();
    let (hub, luck, disk) = (HubAt(address), Rng::new(7), Disk::new());
    at_once(perron_tablet::enrol::enrol(&disk, &hub, || Ok(luck.bytes()), &code, "Remplissage")).unwrap();
    let tablet = Tablet::over(disk, Rng::new(8)).unwrap();
    tablet.run(&hub, true).unwrap();
    let started = Instant::now();
    let mut written = 0;
    for (turn, round) in rounds.iter().enumerate() {
        let scope = Scope::round(*round);
        let share = facts * (turn + 1) / rounds.len();
        let planned = tablet.look(scope, |round| round.log().iter().next().map(|fact| fact.wall)).unwrap();
        let product =
            tablet.look(scope, |state| state.acts.values().next().map(|act| act.wish.product.clone())).unwrap();
        let (mut minutes, mut refused) = (0, BTreeMap::<String, u32>::new());
        while written < share {
            minutes += 1;
            tablet.now.set(planned.plus_minutes(60 + minutes / 20));
            let command = tablet.look(scope, |state| acts::work(&luck, state, &product, tablet.now.get()));
            match tablet.run_command(scope, command) {
                Ok(names) => written += names.len(),
                Err(refusal) => *refused.entry(format!("{refusal:?}")).or_default() += 1,
            }
        }
        let held = tablet
            .look(scope, |state| (state.people.len(), state.loads.len(), state.vials.len(), state.readings.len()));
        println!("round {round}: people, loads, vials, readings {held:?}; refused {refused:?}");
    }
    println!("{written} facts written in {:.1} s", started.elapsed().as_secs_f64());
    let outcome = tablet.run(&hub, true).unwrap();
    assert_eq!((outcome.waiting, outcome.stuck), (0, None), "everything was pushed");
}

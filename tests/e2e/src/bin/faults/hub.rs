//! Kills of the real hub while tablets push.

use anyhow::{Context, ensure};
use perron_desk_api::RoundLine;
use perron_domain::Command;
use perron_domain::name::Scope;
use perron_e2e::{Desk, Hub, Result};
use perron_ledger::{Record, Store};
use perron_testkit::http::HubAt;
use perron_testkit::{Disk, Rng, at_once};
use std::collections::BTreeMap;
use std::time::Duration;

/// A tablet without a screen at a real hub.
async fn tablet(hub: &Hub, wire: &HubAt, seed: u64) -> Result<perron_testkit::Tablet> {
    let (code, disk, luck) = (Desk::of(hub).code_for("Tablette").await?, Disk::new(), Rng::new(seed));
    at_once(perron_tablet::enrol::enrol(&disk, wire, || Ok(luck.bytes()), &code, "Tablette"))?;
    let tablet = perron_testkit::Tablet::over(disk, Rng::new(seed + 1))?;
    tablet.run(wire, true)?;
    Ok(tablet)
}

/// Every fact of a scope by its place.
fn facts(tablet: &perron_testkit::Tablet, scope: Scope) -> Result<BTreeMap<(u32, u32), Record>> {
    let records = at_once(tablet.disk.arrivals(scope, 0, usize::MAX))?;
    Ok(records.into_iter().map(|one| ((one.place.chain.device.0, one.place.number), one)).collect())
}

/// Kills the hub at a random moment of a push, again and again. After each kill the hub is started on what its disk has,
/// and another tablet must find everything that was acknowledged.
pub async fn kill_the_hub(times: u32) -> Result<()> {
    let hub = Hub::start().await?;
    let wire = HubAt(hub.address().replace("http://", ""));
    let rounds: Vec<RoundLine> = Desk::of(&hub).read("/api/rounds").await?;
    let scope = Scope::round(rounds.first().context("the demo has rounds")?.number);
    let (nurse, reader) = (tablet(&hub, &wire, 1).await?, tablet(&hub, &wire, 3).await?);
    let (rng, mut in_the_middle, mut written) = (Rng::new(5), 0, 0);
    for time in 0..times {
        for visit in 0..40 + rng.below(300) {
            let text = format!("difficulté {time}/{visit}, deuxième porte à gauche");
            let saved = nurse.run_command(scope, Command::ReportDifficulty(text));
            written += saved.map_err(|why| anyhow::anyhow!("{why:?}"))?.len();
        }
        let (delay, killer) = (Duration::from_micros(u64::try_from(rng.below(25_000))?), &hub);
        let ran = std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(delay);
                killer.kill();
            });
            nurse.run(&wire, true)
        });
        in_the_middle += u32::from(ran.is_err());
        hub.start_again().await?;
        let acknowledged =
            nurse.outbox()?.iter().find(|own| own.chain.scope == scope).map_or(0, |own| own.acknowledged);
        reader.run(&wire, true)?;
        let there = facts(&reader, scope)?;
        for number in 1..=acknowledged {
            ensure!(
                there.contains_key(&(nurse.device().0, number)),
                "kill {time}: fact {number} was acknowledged and is lost"
            );
        }
    }
    let last = nurse.run(&wire, true)?;
    ensure!(last.waiting == 0 && last.stuck.is_none(), "not everything arrived in the end: {last:?}");
    reader.run(&wire, true)?;
    let (ours, theirs) = (facts(&nurse, scope)?, facts(&reader, scope)?);
    for (place, record) in &ours {
        let other = theirs.get(place).with_context(|| format!("fact {place:?} is lost"))?;
        ensure!(other.leaf == record.leaf && other.bytes == record.bytes, "fact {place:?} is another");
    }
    println!(
        "{times} kills of the hub, {in_the_middle} of them in the middle of an exchange; {written} facts, none lost"
    );
    Ok(())
}

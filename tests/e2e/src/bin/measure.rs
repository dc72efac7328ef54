//! Figures of the real app in headless Chromium: how fast it starts over many facts, how fast a step is saved. Run by
//! `cargo xtask bench start many step`; prints one line per figure, for xtask to judge.

use anyhow::{Context, ensure};
use perron_desk_api::RoundLine;
use perron_e2e::{Browser, Desk, Hub, Result, Tablet};
use serde_json::{Value, json};
use std::process::Command;
use std::time::{Duration, Instant};

/// What a tablet holds after a busy season.
const FACTS: usize = 20_000;
/// What it holds after years, if nothing of them was ever taken away.
const MANY: usize = 200_000;
const STARTS: usize = 15;
const STEPS: usize = 100;
/// How often each copy is lost before a start.
const LOSSES: usize = 5;
/// How long a copy that was lost may take to be whole again behind the page.
const MENDED: Duration = Duration::from_secs(10);
/// How many bytes a fact with its frame has in the database, for the floor.
const FACT_BYTES: usize = 300;

#[tokio::main]
async fn main() -> Result<()> {
    let name = std::env::args().nth(1).context("usage: perron-measure start|many|step")?;
    match name.as_str() {
        "start" => {
            let (hub, mut tablet) = filled(|round, of| (round < of, FACTS / of, false)).await?;
            starts(&hub, &mut tablet, "one of the rounds that share 20,000 facts", true).await?;
            drop((hub, tablet));
            let (hub, mut tablet) = filled(|round, _| (round == 0, FACTS, false)).await?;
            starts(&hub, &mut tablet, "one round with 20,000 facts of its own", false).await
        }
        "many" => {
            // The round that is opened is as large as before; what the tablet holds beside it is ten times as much.
            let beside = |of| (MANY - FACTS / of) / (of - 1);
            let (hub, mut tablet) =
                filled(|round, of| if round == 0 { (true, FACTS / of, false) } else { (true, beside(of), true) })
                    .await?;
            starts(&hub, &mut tablet, "the same round beside 200,000 facts", false).await
        }
        "step" => {
            let (hub, mut tablet) = filled(|round, _| (round == 0, 350, false)).await?;
            hub.stop().await?;
            steps(&mut tablet).await
        }
        other => anyhow::bail!("there is no figure «{other}»"),
    }
}

/// Tells one figure: what, the unit, and every time it was measured.
fn tell(kind: &str, what: &str, times: &[f64]) {
    let times: Vec<String> = times.iter().map(|time| format!("{time:.3}")).collect();
    println!("{kind}\t{what}\tms\t{}", times.join(" "));
}

/// A hub with the demo relay, and a tablet that has all of it. `facts` says of each of so many rounds, the one that is
/// opened first, whether it gets facts, how many, and whether they are notes only.
async fn filled(facts: impl Fn(usize, usize) -> (bool, usize, bool)) -> Result<(Hub, Tablet)> {
    let hub = Hub::start().await?;
    let desk = Desk::of(&hub);
    let rounds: Vec<RoundLine> = desk.read("/api/rounds").await?;
    let first = rounds.first().context("the demo has rounds")?;
    let filled = |(place, round): (usize, &RoundLine)| {
        let (chosen, facts, notes) = facts(place, rounds.len());
        chosen.then(|| format!("{}:{facts}{}", round.number, if notes { ":notes" } else { "" }))
    };
    let chosen: Vec<String> = rounds.iter().enumerate().filter_map(filled).collect();
    let code = desk.code_for("Remplissage").await?;
    let fill = std::env::var_os("PERRON_FILL").context("PERRON_FILL names the program that fills a hub")?;
    let address = hub.address().replace("http://", "");
    let mut command = Command::new(fill);
    command.args([address, code]).args(chosen);
    let status = tokio::task::spawn_blocking(move || command.status()).await??;
    ensure!(status.success(), "the hub was not filled");
    let code = desk.code_for("Mesure").await?;
    let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
    let source = json!({"source": include_str!("measure.js")});
    tablet.web()?.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
    tablet.go("/enrolement").await?;
    tablet.fill_id("enrol-code", &code).await?;
    tablet.fill_id("enrol-label", "Mesure").await?;
    tablet.tap_id("enrol").await?;
    let started = Instant::now();
    while tablet.see("Prêt à partir hors ligne").await.is_err() {
        ensure!(started.elapsed() < Duration::from_secs(300), "the tablet does not get ready");
    }
    eprintln!("   the tablet is ready after {:.0} s", started.elapsed().as_secs_f64());
    tablet.tap(&first.label).await?;
    tablet.tap(", infirmi").await?;
    tablet.tap_id("open-tour").await?;
    tablet.find_id("doors").await?;
    tablet.see("Synchronisé").await?;
    Ok((hub, tablet))
}

/// Opens the app again and again; the hub is away, as on a round. With `loses` also after each copy was lost.
async fn starts(hub: &Hub, tablet: &mut Tablet, what: &str, loses: bool) -> Result<()> {
    let stored = "return new Promise((resolve) => { const open = indexedDB.open('perron'); open.onsuccess = () => {
        const db = open.result; const count = db.transaction('facts').objectStore('facts').count();
        count.onsuccess = () => { db.close(); resolve(count.result); }; }; })";
    // The second copy follows; a start beside a copy that is being filled is another figure.
    let (mut held, started) = (tablet.script(stored, vec![]).await?, Instant::now());
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        let now = tablet.script(stored, vec![]).await?;
        if now == held {
            break;
        }
        held = now;
        ensure!(started.elapsed() < Duration::from_secs(300), "the second copy does not come to its end: {held}");
    }
    let stored = held;
    eprintln!("   the second copy has {stored} facts");
    hub.stop().await?;
    let (mut shown, mut whole) = (Vec::new(), Vec::new());
    open_again(tablet, &mut shown, &mut whole).await?;
    tell("FIGURE", &format!("store open to round on screen, {what} ({stored} facts stored)"), &shown);
    tell("ALSO", "navigation to round on screen, the same", &whole);
    if loses {
        let log =
            "return navigator.storage.getDirectory().then((root) => root.removeEntry('perron', {recursive: true}))";
        rebuilt(tablet, "navigation to round on screen after the log was lost", log).await?;
        let database = "return new Promise((resolve, reject) => { const gone = indexedDB.deleteDatabase('perron');
            gone.onsuccess = () => resolve(true); gone.onblocked = gone.onerror = () => reject(gone.error); })";
        rebuilt(tablet, "navigation to round on screen after the database was lost", database).await?;
    }
    let without = json!({"source": "delete StorageManager.prototype.getDirectory;"});
    tablet.web()?.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", without).await?;
    let (mut shown, mut whole) = (Vec::new(), Vec::new());
    open_again(tablet, &mut shown, &mut whole).await?;
    tell("ALSO", "store open to round on screen where a browser gives no files: the database alone", &shown);
    tell("ALSO", "navigation to round on screen, the same", &whole);
    let mut empty = Vec::new();
    for _ in 0..STARTS {
        tablet.go("/icon.svg").await?;
        let load =
            "const [load] = performance.getEntriesByType('navigation'); return load.loadEventEnd || load.duration";
        empty.push(number(&tablet.script(load, vec![]).await?)?);
    }
    tell("FLOOR", "an empty page from the service worker", &empty);
    Ok(())
}

/// Opens the app after a copy was taken away, again and again.
async fn rebuilt(tablet: &mut Tablet, what: &str, loss: &str) -> Result<()> {
    let mut whole = Vec::new();
    for _ in 0..LOSSES {
        tablet.go("/icon.svg").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        tablet.script(loss, vec![]).await?;
        tablet.go("/").await?;
        tablet.find_id("doors").await?;
        tablet.find_id("copy-mended").await.context("nothing says that a copy was made anew")?;
        whole.push(number(&seen(tablet).await?["seen"])?);
        tokio::time::sleep(MENDED).await;
    }
    tell("FIGURE", what, &whole);
    Ok(())
}

/// Opens the app so many times; the first one warms the machine up.
async fn open_again(tablet: &mut Tablet, shown: &mut Vec<f64>, whole: &mut Vec<f64>) -> Result<()> {
    for time in 0..=STARTS {
        tablet.go("/").await?;
        tablet.find_id("doors").await?;
        let noted = seen(tablet).await?;
        let (opened, seen) = (number(&noted["opened"])?, number(&noted["seen"])?);
        if time > 0 {
            shown.push(seen - opened);
            whole.push(seen);
        }
    }
    Ok(())
}

async fn seen(tablet: &Tablet) -> Result<Value> {
    let started = Instant::now();
    loop {
        let noted = tablet.script("return window.__noted", vec![]).await?;
        if noted["seen"].is_number() {
            return Ok(noted);
        }
        ensure!(started.elapsed() < Duration::from_secs(30), "the round does not appear: {noted}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().with_context(|| format!("no number: {value}"))
}

/// Counts one more piece of waste, again and again: the smallest step that is saved and shown.
async fn steps(tablet: &mut Tablet) -> Result<()> {
    tablet.go("/dasri").await?;
    tablet.find_id("tally-sharps-more").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let step = "return window.__step(document.querySelector(\"[data-testid='tally-sharps-more']\"),
                                     document.querySelector(\"[data-testid='tally-sharps']\"))";
    let (mut both, mut durable, mut changed, mut frame) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for time in 0..STEPS + 5 {
        let took = tablet.script(step, vec![]).await?;
        if time >= 5 {
            durable.push(number(&took["durable"])?);
            changed.push(number(&took["changed"])?);
            frame.push(number(&took["frame"])?);
            both.push(number(&took["durable"])?.max(number(&took["changed"])?));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tell("FIGURE", "one step, touched to durable and in the page", &both);
    tell("ALSO", "of which durable", &durable);
    tell("ALSO", "to the frame that paints it", &frame);
    let raw = tablet.script("return window.__raw(arguments[0], arguments[1])", vec![json!(STEPS), json!(FACT_BYTES)]);
    let raw: Vec<f64> = serde_json::from_value(raw.await?)?;
    tell("FLOOR", "a raw IndexedDB write, strict", &raw);
    Ok(())
}

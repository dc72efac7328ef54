//! Kills of a browser whose profile is kept: while steps are saved, while it starts, while it mends a copy or writes the
//! log anew. Between some of the kills one of the two copies is deleted, cut or damaged.

use super::hurt::{Hurt, log_files};
use anyhow::{Context, anyhow, ensure};
use futures::future::try_join_all;
use perron_desk_api::RoundLine;
use perron_e2e::{Browser, Desk, Hub, PATIENCE, Result, Tablet};
use perron_testkit::Rng;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How far the second copy has come, as it says itself; it has everything once that stays as it is.
const MARK: &str = "
    const done = arguments[0];
    const opened = indexedDB.open('perron');
    opened.onerror = () => done(null);
    opened.onsuccess = () => {
        const asked = opened.result.transaction('named').objectStore('named').get('copy/mark');
        asked.onsuccess = () => { opened.result.close(); done(asked.result ? [...asked.result].join() : null); };
    };";

/// What the badge of the strip says of steps that wait, and what a box of the waste page counts.
const LOOK: &str = r#"
    const text = (id) => document.querySelector(`[data-testid='${id}']`)?.textContent.replace(/\s/g, '') ?? '';
    const waiting = text('sync').match(/(\d+)àenvoyer/)?.[1];
    const tally = text('tally-sharps').match(/\d+/)?.[0];
    // A tab that only reads shows the second copy, which lags.
    if (document.querySelector("[data-testid='other-tab']")) return null;
    return waiting && tally ? [Number(waiting), Number(tally), Math.round(performance.now())] : null;"#;

/// What the page of the boxes shows.
struct Shown {
    /// How many steps the tablet has to send: each was saved, since the hub is away.
    steps: u64,
    /// The count of a box.
    tally: u64,
    /// Milliseconds since the page began to load.
    after: u64,
}

async fn look(tablet: &Tablet) -> Result<Option<Shown>> {
    let seen = tablet.script(LOOK, vec![]).await?;
    let number = |at: usize| seen.get(at).and_then(Value::as_u64);
    Ok(number(0).zip(number(1)).zip(number(2)).map(|((steps, tally), after)| Shown { steps, tally, after }))
}

/// Opens the page of the boxes and returns what it shows, once it shows something.
async fn open(tablet: &mut Tablet) -> Result<Shown> {
    tablet.go("/dasri").await?;
    let until = Instant::now() + PATIENCE;
    loop {
        let seen = look(tablet).await;
        if let Ok(Some(shown)) = seen {
            return Ok(shown);
        }
        if Instant::now() > until {
            let screen = tablet.text().await.unwrap_or_default();
            let console = tablet.complaints().await.unwrap_or_default();
            let why = seen.err().map(|error| format!("{error:#}"));
            return Err(anyhow!("the page did not open: {why:?}\non the screen: {screen}\nconsole: {console:#?}"));
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the second copy has what the first has: it says so by no longer moving.
async fn followed(tablet: &Tablet) -> Result<()> {
    let until = Instant::now() + PATIENCE * 2;
    let (mut before, mut still) = (Value::Null, 0);
    while still < 8 {
        ensure!(Instant::now() < until, "the second copy never had everything");
        sleep(Duration::from_millis(200)).await;
        let mark = tablet.web()?.execute_async(MARK, vec![]).await?.json().clone();
        still = if mark == before && !mark.is_null() { still + 1 } else { 0 };
        before = mark;
    }
    Ok(())
}

/// Touches the counter of the boxes as fast as it can be touched, until it is over and something was saved. Returns how many
/// steps the screen last called saved.
async fn save(
    tablet: &Tablet,
    shown: &Shown,
    down: &mut bool,
    mut is_over: impl AsyncFnMut() -> Result<bool>,
) -> Result<u64> {
    // The counter of a box ends at 999: up, then down again.
    *down = if *down { shown.tally > 50 } else { shown.tally > 800 };
    let button = if *down { "tally-sharps-less" } else { "tally-sharps-more" };
    let touch = format!("setInterval(() => document.querySelector(\"[data-testid='{button}']\").click(), 7)");
    tablet.script(&touch, vec![]).await?;
    let (given_up, mut saved) = (Instant::now() + PATIENCE * 2, shown.steps);
    loop {
        if let Some(now) = look(tablet).await? {
            saved = now.steps;
        }
        if is_over().await? && saved > shown.steps {
            return Ok(saved);
        }
        ensure!(Instant::now() < given_up, "nothing was saved; the box holds {}", shown.tally);
    }
}

/// Looks for some milliseconds whether the log in this folder is being written anew, or just was.
async fn is_written_anew(folder: &Path, generation: u64) -> bool {
    for _ in 0..20 {
        // A file that is cut while it is read tells nothing.
        let files = log_files(folder).unwrap_or_default();
        if files.iter().any(|file| file.header.is_none_or(|header| header.generation > generation)) {
            return true;
        }
        sleep(Duration::from_millis(1)).await;
    }
    false
}

/// How many browsers are killed at the same time, each with a profile and a hub of its own.
const AT_ONCE: u32 = 2;

/// Kills browsers at random moments, so many times together. What the screen counted must be there again.
pub async fn kill_the_browser(browser: Browser, times: u32) -> Result<()> {
    let share = |story: u32| times / AT_ONCE + u32::from(story < times % AT_ONCE);
    let told = try_join_all((0..AT_ONCE).map(|story| tell(browser, share(story), 5 + u64::from(story)))).await?;
    let sum = |part: fn(&Count) -> u32| told.iter().map(|(count, _)| part(count)).sum::<u32>();
    let latest = |hurt: usize| told.iter().map(|(count, _)| count.slowest[hurt]).max().unwrap_or_default();
    println!(
        "{times} kills of {browser:?}, {AT_ONCE} at a time: {} of them while it started or mended a copy, {} around the moment when \
         the log was written anew ({} left a file half written), the others while steps were saved; between them {} deletions of \
         the database, {} cuts and {} flipped bytes of the log; {} times the app went on with the log alone, because the browser's \
         database did not answer, and asked to be opened again; {} steps, none that was shown is lost. The page was there {} ms \
         after it began to load at the latest, {} ms after a copy was hurt",
        sum(|count| count.starts),
        sum(|count| count.anew[0]),
        sum(|count| count.anew[1]),
        sum(|count| count.hurts[0]),
        sum(|count| count.hurts[1]),
        sum(|count| count.hurts[2]),
        sum(|count| count.alone),
        told.iter().map(|(_, steps)| steps).sum::<u64>(),
        latest(0),
        latest(1),
    );
    Ok(())
}

/// Tells the story of one browser and returns what happened in it, and how many steps there were in the end.
async fn tell(browser: Browser, kills: u32, seed: u64) -> Result<(Count, u64)> {
    let hub = Hub::start().await?;
    let rounds: Vec<RoundLine> = Desk::of(&hub).read("/api/rounds").await?;
    let first = rounds.first().context("the demo has rounds")?;
    let code = Desk::of(&hub).code_for("Mesure").await?;
    let mut tablet = Tablet::open(browser, &hub.address()).await?;
    tablet.go("/enrolement").await?;
    tablet.fill_id("enrol-code", &code).await?;
    tablet.fill_id("enrol-label", "Mesure").await?;
    tablet.tap_id("enrol").await?;
    tablet.see("Prêt à partir hors ligne").await?;
    tablet.tap(&first.label).await?;
    tablet.tap(", infirmi").await?;
    tablet.tap_id("open-tour").await?;
    tablet.find_id("doors").await?;
    hub.stop().await?;
    let mut story = Story { tablet, rng: Rng::new(seed), saved: 0, down: false, count: Count::default() };
    // The screen shows steps that wait once there is one.
    story.tablet.go("/dasri").await?;
    story.tablet.tap_id("tally-sharps-more").await?;
    for kill in 0..kills {
        story.one_kill().await.with_context(|| format!("seed {seed}, kill {kill}, after {:?}", story.count))?;
    }
    let end = story.look_again(false).await.context("after the last kill")?.steps;
    Ok((story.count, end))
}

/// What happened in a story.
#[derive(Debug, Default)]
struct Count {
    /// How often each of [`Hurt::ALL`] happened.
    hurts: [u32; 3],
    /// How many kills met a start.
    starts: u32,
    /// How many kills met the log being written anew, or just written, and how many of them left a file half written.
    anew: [u32; 2],
    /// How often the app went on with the log alone and asked to be opened again.
    alone: u32,
    /// The longest time to open, in milliseconds: usually, and after a hurt.
    slowest: [u64; 2],
}

/// A browser that is killed again and again.
struct Story {
    tablet: Tablet,
    rng: Rng,
    /// How many steps the screen called saved.
    saved: u64,
    /// The counter counts down.
    down: bool,
    count: Count,
}

impl Story {
    fn up_to(&self, ms: usize) -> Duration {
        Duration::from_millis(self.rng.below(ms) as u64)
    }

    /// Opens the page and compares what came back with what was shown.
    async fn look_again(&mut self, hurt: bool) -> Result<Shown> {
        if !self.tablet.is_open() {
            self.tablet.reopen().await?;
        }
        let shown = open(&mut self.tablet).await?;
        ensure!(shown.steps >= self.saved, "{} were on the screen, {} came back", self.saved, shown.steps);
        self.saved = shown.steps;
        let slowest = &mut self.count.slowest[usize::from(hurt)];
        *slowest = (*slowest).max(shown.after);
        Ok(shown)
    }

    /// Kills the browser once while steps are saved; then, perhaps, hurts a copy, and kills it again in its start.
    async fn one_kill(&mut self) -> Result<()> {
        if self.rng.chance(15) {
            return self.kill_while_written_anew().await;
        }
        let shown = self.look_again(false).await?;
        let until = Instant::now() + Duration::from_millis(100) + self.up_to(1100);
        self.saved = save(&self.tablet, &shown, &mut self.down, async || Ok(Instant::now() > until)).await?;
        self.tablet.kill().await?;
        if self.rng.chance(30) {
            let which = self.rng.below(Hurt::ALL.len());
            self.hurt(which).await.with_context(|| format!("{:?}", Hurt::ALL[which]))?;
        } else if self.rng.chance(25) {
            self.tablet.reopen().await?;
            sleep(self.up_to(1500)).await;
            self.tablet.kill().await?;
            self.count.starts += 1;
        }
        Ok(())
    }

    /// Kills the browser when it writes its log anew: some seconds after a start, when something in it was deleted. A form that
    /// was saved deletes its draft.
    async fn kill_while_written_anew(&mut self) -> Result<()> {
        self.look_again(false).await?;
        self.tablet.go("/nouvelle-adresse").await?;
        self.tablet.fill_id("stop-line", "1 rue de l’Exemple").await?;
        // The draft must be there before it can be deleted.
        sleep(Duration::from_millis(1500)).await;
        self.tablet.tap_id("stop-save").await?;
        self.tablet.find_id("add-birth-name").await?;
        let shown = self.look_again(false).await?;
        let log =
            log_files(self.tablet.profile())?.into_iter().filter_map(|file| Some((file.header?.generation, file.path)));
        let (before, path) = log.max().context("no file of the profile holds a log")?;
        // The two files lie beside each other, or each in a folder of its own.
        let folder = path.ancestors().nth(2).context("a file lies in a folder")?;
        let is_over = async || Ok(is_written_anew(folder, before).await);
        self.saved = save(&self.tablet, &shown, &mut self.down, is_over).await?;
        sleep(self.up_to(12)).await;
        self.tablet.kill().await?;
        self.count.anew[0] += 1;
        self.count.anew[1] += u32::from(log_files(folder)?.iter().any(|file| file.header.is_none()));
        Ok(())
    }

    async fn hurt(&mut self, which: usize) -> Result<()> {
        let how = Hurt::ALL[which];
        if how != Hurt::DatabaseDeleted {
            // The log has every step; of the last second, only the log.
            self.look_again(false).await?;
            followed(&self.tablet).await?;
            self.tablet.kill().await?;
        }
        how.happens(self.tablet.profile(), &self.rng)?;
        self.count.hurts[which] += 1;
        if self.rng.chance(40) {
            // It is killed while it mends.
            self.tablet.reopen().await?;
            sleep(self.up_to(1500)).await;
            self.tablet.kill().await?;
            self.count.starts += 1;
            self.look_again(true).await?;
            self.goes_on_alone().await?;
        } else {
            self.look_again(true).await?;
            self.goes_on_alone().await?;
            // One damaged byte may be one that stands twice; the others cannot go unnoticed.
            if how != Hurt::ByteFlipped {
                self.tablet.find_id("copy-mended").await.context("nobody was told")?;
            }
        }
        // Nobody is hurt again before the copy is mended.
        followed(&self.tablet).await
    }

    /// A page that is left while Chromium makes its database makes that hang until the browser is closed; the app then says
    /// that steps stand in one place only, and asks to be opened again. Does what it asks.
    async fn goes_on_alone(&mut self) -> Result<()> {
        for _ in 0..5 {
            // The app says so within half a second of being open.
            sleep(Duration::from_millis(1200)).await;
            if !self.tablet.has_id("copy-behind").await? {
                return Ok(());
            }
            self.count.alone += 1;
            self.tablet.kill().await?;
            self.look_again(true).await?;
        }
        Err(anyhow!("the second copy does not come back"))
    }
}

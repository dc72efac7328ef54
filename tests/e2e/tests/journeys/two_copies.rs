//! Every saved step stands in two places: what the browser throws away of one comes back from the other, and somebody says
//! so.

use perron_desk_api::{TabletFault, TodoView};
use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result};
use std::time::Duration;

/// Deletes the browser's database, as Chromium does with one that it finds damaged.
const CLEAR: &str = "const done = arguments[0];
    const asked = indexedDB.deleteDatabase('perron');
    asked.onsuccess = () => done('gone'); asked.onerror = () => done('stays');";

/// Deletes the files of the log, as soon as the page that was left has let them go.
const CLEAR_FILES: &str = "const done = arguments[0];
    const clear = (left) => navigator.storage.getDirectory()
        .then((root) => root.removeEntry('perron', {recursive: true}))
        .then(() => done('gone'), (error) => left > 0 && error.name === 'NoModificationAllowedError'
            ? setTimeout(() => clear(left - 1), 100) : done(String(error)));
    clear(50);";

/// Cuts the end off the log, as a disk does that loses what it had not written yet: more than one saved step.
const CUT_FILES: &str = "const done = arguments[0];
    (async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('perron');
        for await (const file of folder.values()) {
            const { size } = await file.getFile();
            const to = await file.createWritable({keepExistingData: true});
            if (size > 4000) await to.truncate(size - 900);
            await to.close();
        }
    })().then(() => done('cut'), (error) => done(String(error)));";

const ROUND: &str = "Bondy, tournée A";
/// The lot of the first vaccine of round A.
const PURPLE: &str = "FH0151";

async fn clears_the_database(nurse: &Nurse) -> Result<()> {
    let answer = nurse.tablet.web()?.execute_async(CLEAR, vec![]).await?;
    anyhow::ensure!(answer.json() == "gone", "the database could not be deleted: {}", answer.json());
    Ok(())
}

/// Both copies go while the app is not open: an icon is a page of the site without it.
async fn loses_both_copies(nurse: &mut Nurse) -> Result<()> {
    nurse.tablet.go("/icon-192.png").await?;
    clears_the_database(nurse).await?;
    // The page that was just left may hold the files for a moment.
    for left in (0..50).rev() {
        let answer = nurse.tablet.web()?.execute_async(CLEAR_FILES, vec![]).await?;
        if answer.json() == "gone" {
            break;
        }
        anyhow::ensure!(left > 0, "the files could not be deleted: {}", answer.json());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_cleared_under_the_open_app_costs_nothing_and_is_said() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,0").await?;
    hub.stop().await?;
    nurse.goes_to("Parapluie").await?;
    clears_the_database(&nurse).await?;
    // The next step is saved all the same; then the tablet finds out.
    nurse.conforms().await?;
    nurse.tablet.find_id("copy-mended").await?;
    nurse.tablet.see("Rien de ce qui était enregistré n’est perdu").await?;
    nurse.tablet.tap_id("copy-mended-close").await?;
    // Both copies have it again: nothing is said at the next start, and the identity is not asked again.
    tokio::time::sleep(Duration::from_secs(2)).await;
    nurse.tablet.kill().await?;
    nurse.tablet.reopen().await?;
    nurse.goes_to("Parapluie").await?;
    nurse.hears_no().await?;
    anyhow::ensure!(!nurse.tablet.has_id("copy-mended").await?, "the copies were alike");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_cleared_between_two_starts_comes_back_from_the_log() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,0").await?;
    hub.stop().await?;
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    // An icon is a page of the site without the app.
    nurse.tablet.go("/icon-192.png").await?;
    clears_the_database(&nurse).await?;
    nurse.tablet.go("/").await?;
    nurse.tablet.find_id("copy-mended").await?;
    nurse.tablet.see("Rien de ce qui était enregistré n’est perdu").await?;
    nurse.goes_to("Parapluie").await?;
    nurse.hears_no().await?;
    // The relay is told too.
    hub.start_again().await?;
    nurse.synchronises().await?;
    let told = Desk::of(&hub).round(ROUND).await?.copies;
    anyhow::ensure!(told.len() == 1, "the desk knows of {} copies made anew", told.len());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_that_neither_copy_has_any_more_are_said_on_the_tablet_and_at_the_relay() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,0").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    // The second copy and the witness follow within a second.
    tokio::time::sleep(Duration::from_secs(2)).await;
    nurse.tablet.go("/icon-192.png").await?;
    clears_the_database(&nurse).await?;
    let answer = nurse.tablet.web()?.execute_async(CUT_FILES, vec![]).await?;
    anyhow::ensure!(answer.json() == "cut", "the log could not be cut: {}", answer.json());
    // What is left of the log cannot tell how much followed: the witness outside both copies can.
    nurse.tablet.go("/").await?;
    nurse.tablet.find_id("copy-mended").await?;
    nurse.tablet.see("vérifiez la dernière visite").await?;
    hub.start_again().await?;
    nurse.synchronises().await?;
    let desk = Desk::of(&hub);
    let told = desk.round(ROUND).await?.copies;
    anyhow::ensure!(told.len() == 1 && told[0].lost > 0, "the round says of it: {told:?}");
    let todo: TodoView = desk.read("/api/todo").await?;
    let said =
        todo.tablets.iter().filter(|it| matches!(&it.what, TabletFault::StepsLost { label, .. } if label == ROUND));
    anyhow::ensure!(said.count() == 1, "to do: {:?}", todo.tablets);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_that_lost_both_copies_says_what_is_lost_and_how_to_go_on() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.tablet.see("Synchronisé").await?;
    loses_both_copies(&mut nurse).await?;
    nurse.tablet.go("/dasri").await?;
    // No page shows a figure of what was not read.
    nurse.tablet.see("Cette tablette n’est enrôlée à aucun relais").await?;
    anyhow::ensure!(!nurse.tablet.has_id("tally-sharps").await?, "the page counts what is gone");
    nurse.tablet.see("Données perdues").await?;
    nurse.tablet.go("/urgence").await?;
    nurse.tablet.find_id("emergency-not-open").await?;
    anyhow::ensure!(!nurse.tablet.has_id("no-protocol").await?, "nobody knows whether the relay signed one");
    anyhow::ensure!(!nurse.tablet.can_press("adrenaline").await?, "it would note nothing");
    nurse.tablet.go("/enrolement").await?;
    nurse.tablet.find_id("data-gone").await?;
    nurse.tablet.see("Ce qui a été saisi après la dernière synchronisation").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_enrolled_anew_gives_the_doses_that_it_had_before() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,0").await?;
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.opens_a_vial().await?;
    nurse.tablet.see("Synchronisé").await?;
    loses_both_copies(&mut nurse).await?;

    nurse.enrols_anew(&hub, "Tablette 1", ROUND).await?;
    nurse.tablet.find_id("doses-taken-over").await?;
    nurse.tablet.see("Comptez la boîte").await?;
    // Who may have been vaccinated meanwhile is asked until somebody has checked it.
    nurse.tablet.reload().await?;
    nurse.tablet.find_id("gone-check").await?;
    // At a door it is one sentence; what to do about it, and the button, wait for another page.
    nurse.goes_to("Parapluie").await?;
    nurse.tablet.find_id("gone-check").await?;
    for longer in ["doses-taken-over", "doses-taken-over-close"] {
        anyhow::ensure!(!nurse.tablet.has_id(longer).await?, "«{longer}» takes lines that the door needs");
    }
    nurse.tablet.go("/").await?;
    nurse.tablet.tap_id("doses-taken-over-close").await?;
    nurse.goes_to("Parapluie").await?;
    nurse.injects(Arm::Left, PURPLE).await?;
    nurse.tablet.see("Synchronisé").await?;
    let round = Desk::of(&hub).round(ROUND).await?;
    let [taken] = &round.custodies[..] else { anyhow::bail!("taken over {} times", round.custodies.len()) };
    anyhow::ensure!(taken.device != taken.device_before && taken.wrote_since.is_none(), "{taken:?}");
    let given: u32 = round.lots.iter().map(|lot| u32::try_from(lot.given).unwrap_or(0)).sum();
    anyhow::ensure!(given == 1, "given {given} of {:?}", round.lots);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_box_says_so_and_the_other_tablet_is_told() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut first = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    first.departs("5,0").await?;
    first.is_synchronised().await?;
    let mut second = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 2", ROUND).await?;
    second.tablet.see("Prochaine visite").await?;
    second.tablet.go("/doses").await?;
    second.tablet.see("Autre tablette").await?;
    second.tablet.tap_id("source").await?;
    second.tablet.tap_id("in-my-box").await?;
    second.tablet.find_id("do-lose").await?;
    second.is_synchronised().await?;
    first.synchronises().await?;
    first.tablet.find_id("doses-taken-from").await?;
    first.tablet.see("Tablette 2").await?;
    let round = Desk::of(&hub).round(ROUND).await?;
    anyhow::ensure!(round.custodies.len() == 1, "{:?}", round.custodies);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_files_says_before_departure_that_there_is_one_copy() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let nurse = Nurse::takes_a_tablet(Browser::WebKit, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    // Not loaded anew: WebKitGTK gives no database to the page that follows one that was just left.
    let there = "history.pushState(null, '', '/enrolement'); window.dispatchEvent(new PopStateEvent('popstate'));";
    nurse.tablet.script(there, vec![]).await?;
    nurse.tablet.find_id("one-copy").await
}

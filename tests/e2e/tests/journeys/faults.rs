//! What goes wrong around a tablet in the middle of a round: each time one clear sentence, the work goes on, and in the
//! end nothing is lost.

use perron_e2e::steps::{Arm, Notes, Nurse};
use perron_e2e::{Between, Browser, Desk, Hub, Mood, ROUND_A, Result, Tablet};
use std::process::Command;

const ROUND: &str = "Bondy, tournée A";
const LOT: &str = "FH0151";

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_fails_in_every_way_costs_nothing() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let between = Between::before(&hub).await?;
    let address = between.address();
    let mut nurse = Nurse::takes_a_tablet_at(Browser::Chromium, &address, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    let ways = [
        (Mood::Fails, "le serveur du relais est en panne"),
        (Mood::Page, "ce n’est pas le relais qui répond"),
        (Mood::Half, "Hors ligne"),
        (Mood::Nothing, "Hors ligne"),
    ];
    for (index, (mood, sentence)) in ways.into_iter().enumerate() {
        between.is(mood);
        nurse.reads_the_box(&format!("4,{index}"), None, None).await?;
        nurse.tablet.see(sentence).await?;
    }
    nurse.goes_to("Chandelle").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.refuses().await?;
    between.is(Mood::Honest);
    nurse.synchronises().await?;
    assert_eq!(Notes::of(&Desk::of(&hub).round(ROUND).await?), nurse.notes);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_put_back_from_an_older_copy_gets_again_what_it_lost() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    let (data, copy) = (hub.folder().join("data"), hub.folder().join("copy"));
    anyhow::ensure!(Command::new("cp").arg("-a").arg(&data).arg(&copy).status()?.success(), "no copy");
    hub.start_again().await?;
    nurse.reads_the_box("4,4", None, None).await?;
    nurse.synchronises().await?;
    assert_eq!(Notes::of(&Desk::of(&hub).round(ROUND).await?), nurse.notes);

    // The disk dies; yesterday's copy is put back, and the hub is told so.
    hub.stop().await?;
    std::fs::remove_dir_all(&data)?;
    std::fs::rename(&copy, &data)?;
    hub.restored()?;
    hub.start_again().await?;
    assert_ne!(Notes::of(&Desk::of(&hub).round(ROUND).await?), nurse.notes, "the copy is older");
    nurse.reads_the_box("4,6", None, None).await?;
    nurse.synchronises().await?;
    assert_eq!(Notes::of(&Desk::of(&hub).round(ROUND).await?), nurse.notes);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_tablet_says_so_keeps_the_form_and_saves_once_there_is_room() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    nurse.tablet.kill().await?;
    nurse.tablet.reopen_full().await?;
    let tablet = &mut nurse.tablet;
    tablet.tap("Boîte").await?;
    tablet.fill_id("box-degrees", "6,1").await?;
    tablet.tap_id("box-save").await?;
    tablet.see("La tablette n’a plus de place. Libérer de l’espace, puis réessayer.").await?;
    tablet.holds("box-degrees", "6,1").await?;
    assert!(!tablet.has_id("box-saved").await?, "«Enregistré» for a reading that no disk has");
    tablet.has_room_again().await?;
    tablet.tap_id("box-save").await?;
    tablet.find_id("box-saved").await?;
    nurse.notes.temperatures.push(61);
    nurse.loses_power().await?;
    hub.start_again().await?;
    nurse.synchronises().await?;
    assert_eq!(Notes::of(&Desk::of(&hub).round(ROUND).await?), nurse.notes);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_promise_to_keep_the_data_the_departure_asks_for_a_reason() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.tablet.permission("persistent-storage", "denied").await?;
    nurse.tablet.reload().await?;
    nurse.tablet.see("Prêt, stockage non garanti").await?;
    nurse.prepares_the_departure("5,2").await?;
    let tablet = &mut nurse.tablet;
    assert!(!tablet.can_press("leave").await?, "gone without a word about the storage");
    tablet.fill_id("depart-reason", "Une seule tablette aujourd’hui").await?;
    tablet.tap_id("leave").await?;
    tablet.find_id("doors").await?;
    nurse.is_synchronised().await?;
    let view = Desk::of(&hub).round(ROUND).await?;
    assert_eq!(view.missing_reason.as_deref(), Some("Une seule tablette aujourd’hui"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_stores_nothing_says_so_in_a_sentence() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let tablet = Tablet::open_without_storage(&hub.address()).await?;
    tablet.see("Le navigateur refuse de stocker. Vérifier qu’il n’est pas en navigation privée.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_is_asked_about_and_the_round_goes_on() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.injects(Arm::Left, LOT).await?;
    // Somebody sets the clock ten years ahead, and back again.
    let ten_years = 10 * 365 * 24 * 3_600_000_i64;
    nurse.tablet.sets_the_wall_clock(ten_years).await?;
    nurse.tablet.find_id("clock-set").await?;
    nurse.tablet.tap_id("clock-by-hand").await?;
    nurse.tablet.gone_id("clock-set").await?;
    nurse.tablet.sets_the_wall_clock(0).await?;
    nurse.tablet.find_id("clock-set").await?;
    nurse.tablet.tap_id("clock-by-itself").await?;
    nurse.tablet.gone_id("clock-set").await?;
    // The minutes are those of the room, and the hub gets everything, in an order that both understand.
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.synchronises().await?;
    assert_eq!(Notes::of(&Desk::of(&hub).round(ROUND).await?), nurse.notes);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_that_is_ten_years_late_still_works_with_its_hub() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    nurse.tablet.move_clock(nurse.tablet.clock() - 10 * 365 * 24 * 3_600_000_i64).await?;
    nurse.loses_power().await?;
    nurse.tablet.find_id("clock-set").await?;
    nurse.tablet.tap_id("clock-unknown").await?;
    nurse.reads_the_box("5,4", None, None).await?;
    nurse.synchronises().await?;
    // Nothing is lost, and the hours are those that the tablet had: ten years before the first reading.
    let mut view = Desk::of(&hub).round(ROUND).await?;
    view.temperatures.reverse();
    assert_eq!(Notes::of(&view), nurse.notes);
    Ok(())
}

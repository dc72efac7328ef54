//! What must not go wrong when everything goes wrong: somebody faints on a phone's small screen, and the team leaves while
//! a time of observation still runs.

use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Hub, ROUND_A, Result, Size};
use serde_json::json;

const ROUND: &str = "Bondy, tournée A";
const LOT: &str = "FH0151";

/// How much of an element stands beyond its own frame, or beyond the sides of the screen.
const CUT: &str = "const it = document.querySelector('[data-testid=' + arguments[0] + ']');
    const box = it.getBoundingClientRect();
    return Math.max(0, it.scrollHeight - it.clientHeight - 1, it.scrollWidth - it.clientWidth - 1,
                    Math.ceil(box.right - innerWidth), Math.ceil(-box.left))";

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_on_a_phone_reads_out_everything_and_keeps_each_hour() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_device(Size::PHONE, &hub, ROUND_A, "Téléphone 1", ROUND).await?;
    nurse.departs("4,8").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.injects(Arm::Left, LOT).await?;
    nurse.tablet.tap_id("more-actions").await?;
    nurse.tablet.tap_id("go-urgent").await?;
    // What is read out to the 15: where, who, every vaccine of today with hour and lot.
    nurse.tablet.see_id_of("given-today", "Comirnaty", LOT).await?;
    nurse.tablet.tap_id("stopwatch-start").await?;
    nurse.tablet.tap_id("adrenaline").await?;
    nurse.tablet.see_id_of("adrenaline-lines", "1", "0:0").await?;
    nurse.waits(5).await?;
    nurse.tablet.tap_id("adrenaline").await?;
    nurse.tablet.tap_id("note-emergency").await?;
    nurse.tablet.tap_id("note-faint").await?;
    nurse.tablet.see_id_of("noted", "Appel du 15", "Malaise").await?;
    for part in ["read-out", "protocol", "adrenaline-lines", "noted"] {
        assert_eq!(nurse.tablet.script(CUT, vec![json!(part)]).await?, json!(0), "{part} is cut");
    }
    // Every line is there again after the battery was pulled.
    nurse.loses_power().await?;
    nurse.goes_back_to_the_timer_of("Parapluie").await?;
    nurse.tablet.tap_id("more-actions").await?;
    nurse.tablet.tap_id("go-urgent").await?;
    nurse.tablet.see_id_of("noted", "Appel du 15", "Malaise").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_that_closes_while_somebody_is_observed_has_a_gap_that_names_her() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("4,8").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.injects(Arm::Left, LOT).await?;
    nurse.opens_the_closing().await?;
    nurse.tablet.see("Parapluie Odette : surveillance sans fin notée").await?;
    // Her timer stands on this screen too, and leads back to her.
    nurse.goes_back_to_the_timer_of("Parapluie").await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.opens_the_closing().await?;
    nurse.tablet.find_id("balances").await?;
    nurse.tablet.gone("surveillance sans fin notée").await
}

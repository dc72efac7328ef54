//! The relay remembers: what a round learned of somebody is known where she is chosen again, and at her door.

use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Hub, ROUND_A, Result, Size, Tablet};

const LOT: &str = "FH0151";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_round_learned_is_known_when_the_next_is_planned_and_at_its_doors() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", "Bondy, tournée A").await?;
    nurse.departs("4,8").await?;
    // One is vaccinated, one had an anaphylaxis after her first dose, one asks never to be called again.
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.vaccinates(Arm::Left, LOT).await?;
    nurse.goes_to("Horloge").await?;
    nurse.conforms().await?;
    nurse.hears_yes("anaphylaxis_previous_dose").await?;
    nurse.hears_no().await?;
    nurse.ends_without_dose().await?;
    nurse.goes_to("Balançoire").await?;
    nurse.refuses_for_good("Ne veut plus être appelée").await?;
    nurse.synchronises().await?;

    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), nurse.tablet.clock()).await?;
    // Her page: the visit, the dose with its lot, and when the next one is possible.
    office.go("/relais/personnes").await?;
    office.fill_id("search", "Parapluie").await?;
    // The demo's other round has a namesake.
    office.tap_in("1937", "Parapluie Odette").await?;
    office.see_id_of("came-back", "Dose", LOT).await?;
    office.find_id("next-doses").await?;

    office.go("/relais/personnes").await?;
    office.fill_id("search", "Balançoire").await?;
    office.see_id_of("person", "Ne plus rappeler", "Ne plus rappeler : refus du 16/12/2021").await?;

    // The next round: who is chosen is seen with what is known of her.
    office.go("/relais/tournees").await?;
    office.tap_id("new-round").await?;
    office.fill_id("round-name", "Bondy, suite").await?;
    office.fill_id("round-day", "17/12/2021").await?;
    office.tap_id("create-round").await?;
    office.find_id("publish").await?;
    office.fill_id("search", "Balançoire").await?;
    office.see("Personne ne correspond à ces filtres").await?;
    office.fill_id("search", "Horloge").await?;
    office.see_id_of("picker", "Horloge", "Une réaction allergique grave après une dose précédente").await?;
    Ok(())
}

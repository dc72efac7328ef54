//! What the dossier knows at the door: somebody who was never vaccinated is asked once, and what is answered for one
//! vaccine is not answered for another.

use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Hub, ROUND_A, ROUND_B, Result};

const SPIKEVAX: &str = "000103A";
const INFLUENZA: &str = "FL2517";

#[tokio::test(flavor = "multi_thread")]
async fn an_adult_who_was_never_vaccinated_takes_at_most_thirteen_touches() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let round = "Bondy, tournée A";
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", round).await?;
    nurse.departs("4,8").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    // The vial that her neighbour's dose was drawn from is open.
    nurse.goes_to("Marmite").await?;
    nurse.corrects_birth("30/05/1949").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.injects(Arm::Right, SPIKEVAX).await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.opens_the_address().await?;

    nurse.tablet.watches_the_keyboard().await?;
    let before = nurse.tablet.touches();
    nurse.adds_a_neighbour("Lanterne", "Félix", "02/02/1951", "Spikevax").await?;
    nurse.conforms().await?;
    nurse.is_told("Accord manquant").await?;
    nurse.hears_never().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.vaccinates(Arm::Left, SPIKEVAX).await?;
    let touches = nurse.tablet.touches() - before;
    assert!(touches <= 13, "{touches} touches");
    // Name, given names, birth date.
    assert_eq!(nurse.tablet.keyboards().await?, 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_for_one_vaccine_is_not_answered_for_another() -> Result<()> {
    let hub = Hub::start_on(ROUND_B).await?;
    let round = "Bondy, tournée B";
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_B, "Tablette 1", round).await?;
    nurse.departs("4,8").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    // Covid and influenza: an allergy to one product says nothing of the other.
    nurse.goes_to("Boussole").await?;
    nurse.conforms().await?;
    nurse.hears_yes("allergy_component").await?;
    nurse.is_told("Contre-indication").await?;
    // The way goes on to the other vaccine, where the same question is still open: nobody has said no to it.
    nurse.tablet.tap_id("no-to-all").await?;
    nurse.is_told("Provisoire : il reste des questions à poser").await?;
    nurse.hears_no().await?;
    nurse.is_told("Contre-indication").await?;
    nurse.tablet.tap_id("end-without-dose").await?;
    // The influenza vaccine is not touched by it.
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.injects(Arm::Left, INFLUENZA).await?;
    nurse.takes_back_the_dose(INFLUENZA).await
}

//! The battery dies in the middle of a form: texts, tiles, ticks, counts and a signature are there again.

use perron_e2e::steps::Nurse;
use perron_e2e::{Browser, Hub, ROUND_A, Result, Tablet};
use std::time::Duration;

/// What is touched is kept a quarter of a second after the last touch.
async fn power_fails(nurse: &mut Nurse) -> Result<()> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    nurse.loses_power().await
}

/// The tablet changes hands: the first 400 ms of «Mode patient» take no touch.
async fn takes_back(nurse: &mut Nurse) -> Result<()> {
    tokio::time::sleep(Duration::from_millis(500)).await;
    nurse.tablet.tap_id("give-back").await?;
    nurse.tablet.gone_id("patient-mode").await
}

async fn chosen(tablet: &Tablet, tile: &str) -> Result<()> {
    tablet.find_css(&format!("[data-testid='{tile}']:checked")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_half_filled_comes_back_with_its_tiles_and_its_signature() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let round = "Bondy, tournée A";
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", round).await?;
    nurse.departs("5,0").await?;

    // A mother has chosen how, and half signed.
    nurse.goes_to("Tabouret").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.tablet.tap_id("consent-main").await?;
    nurse.tablet.fill_id("consent-name", "Anne Tabouret").await?;
    nurse.tablet.tap_id("consent-relation-0").await?;
    // A name that looks unfinished is asked about.
    nurse.tablet.fill_id("consent-name", "Anne").await?;
    nurse.tablet.find_id("name-whole").await?;
    assert!(!nurse.tablet.can_press("consent-save").await?, "an unfinished name is signed without a question");
    nurse.tablet.fill_id("consent-name", "Anne Tabouret").await?;
    nurse.tablet.gone_id("name-whole").await?;
    nurse.tablet.tap_id("consent-save").await?;
    // The capacity of whoever signs stands in what is signed.
    nurse.tablet.see("Anne Tabouret (mère, titulaire de l’autorité parentale)").await?;
    nurse.tablet.sign("signature").await?;
    power_fails(&mut nurse).await?;
    nurse.goes_to("Tabouret").await?;
    nurse.tablet.tap_id("consent-main").await?;
    nurse.tablet.holds("consent-name", "Anne Tabouret").await?;
    chosen(&nurse.tablet, "consent-relation-0").await?;
    nurse.tablet.tap_id("consent-save").await?;
    nurse.tablet.find_css("[data-testid=signature] path[d^=M]").await?;
    // The tablet is given back: a drawing without its person is nobody's.
    takes_back(&mut nurse).await?;
    nurse.tablet.fill_id("consent-name", "Paul Tabouret").await?;
    nurse.tablet.tap_id("consent-save").await?;
    nurse.tablet.find_id("patient-mode").await?;
    assert!(!nurse.tablet.can_press("signed").await?, "the mother's signature stands under the father's words");
    takes_back(&mut nurse).await?;
    nurse.tablet.tap_id("consent-cancel").await?;

    // Who objects, and what ends a visit.
    nurse.tablet.tap_id("object").await?;
    nurse.tablet.tap_id("objection-by-1").await?;
    power_fails(&mut nurse).await?;
    nurse.goes_to("Tabouret").await?;
    nurse.tablet.tap_id("object").await?;
    chosen(&nurse.tablet, "objection-by-1").await?;
    nurse.tablet.tap_id("objection-cancel").await?;
    nurse.tablet.tap_id("more-actions").await?;
    nurse.tablet.tap_id("go-outcome").await?;
    nurse.tablet.tap_id("outcome-2").await?;
    nurse.tablet.tap_id("call-again").await?;
    power_fails(&mut nurse).await?;
    nurse.goes_to("Tabouret").await?;
    nurse.tablet.tap_id("more-actions").await?;
    nurse.tablet.tap_id("go-outcome").await?;
    chosen(&nurse.tablet, "outcome-2").await?;
    nurse.tablet.find_css("[data-testid=call-again]:not(:checked)").await?;
    nurse.tablet.go("/").await?;

    // A refusal's reason and «peut être rappelé» go with the big button, and by any other way.
    nurse.goes_to("Boussole").await?;
    nurse.tablet.see_id_of("place", "7 Avenue Marguerite", "7 Avenue Marguerite").await?;
    nurse.tablet.tap_id("more-actions").await?;
    nurse.tablet.tap_id("go-outcome").await?;
    nurse.tablet.tap_id("outcome-1").await?;
    nurse.tablet.tap_id("outcome-save").await?;
    nurse.tablet.fill_id("ended-reason", "Ne veut pas aujourd’hui").await?;
    nurse.tablet.tap_id("ended-call-again").await?;
    let here = nurse.tablet.script("return location.pathname", vec![]).await?;
    let here = here.as_str().unwrap_or_default().to_owned();
    nurse.tablet.tap_id("next").await?;
    nurse.tablet.gone_id("ended-reason").await?;
    nurse.tablet.go(&here).await?;
    nurse.tablet.holds("ended-reason", "Ne veut pas aujourd’hui").await?;
    nurse.tablet.find_css("[data-testid=ended-call-again]:not(:checked)").await?;
    nurse.tablet.fill_id("ended-reason", "Ne veut pas, rappeler au printemps").await?;
    nurse.tablet.tap("Perron").await?;
    nurse.tablet.find_id("doors").await?;
    power_fails(&mut nurse).await?;
    nurse.tablet.go(&here).await?;
    nurse.tablet.holds("ended-reason", "Ne veut pas, rappeler au printemps").await?;
    nurse.tablet.go("/").await?;

    // Which arm.
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.tablet.tap_id("site-1").await?;
    power_fails(&mut nurse).await?;
    nurse.goes_to("Parapluie").await?;
    chosen(&nurse.tablet, "site-1").await?;

    // Syringes taken over from another team: their number.
    nurse.tablet.go("/doses/recevoir").await?;
    nurse.tablet.tap_id("load-units-more").await?;
    nurse.tablet.tap_id("load-units-more").await?;
    power_fails(&mut nurse).await?;
    nurse.tablet.go("/doses/recevoir").await?;
    nurse.tablet.find_css("[data-testid=load-units]").await?;
    nurse.tablet.see_id_of("load-units", "3", "3").await?;

    // A reading that is being corrected.
    nurse.tablet.go("/boite/corriger").await?;
    nurse.tablet.tap_id_of("written", "5,0").await?;
    nurse.tablet.fill_id("correct-count", "5,4").await?;
    power_fails(&mut nurse).await?;
    nurse.tablet.go("/boite/corriger").await?;
    nurse.tablet.tap_id_of("written", "5,0").await?;
    nurse.tablet.holds("correct-count", "5,4").await?;

    // Somebody waits on the list; a dose is free since somebody refused. She is not typed again, and leaves the list.
    nurse.tablet.go("/attente").await?;
    nurse.tablet.tap("Inscrire quelqu’un").await?;
    nurse.tablet.fill_id("waiting-name", "Lanterne").await?;
    nurse.tablet.fill_id("waiting-given", "Félix").await?;
    nurse.tablet.tap_id("waiting-save").await?;
    nurse.tablet.tap_id("waiting-take").await?;
    nurse.tablet.fill_id("stop-line", "3 Rue du Phare").await?;
    nurse.tablet.tap_id("stop-save").await?;
    nurse.tablet.holds("add-birth-name", "Lanterne").await?;
    nurse.tablet.holds("add-given-names", "Félix").await?;
    nurse.tablet.fill_id("add-birth", "12/03/1950").await?;
    nurse.tablet.tap("Spikevax").await?;
    nurse.tablet.tap("Ajouter ici").await?;
    nurse.tablet.title_has("Lanterne").await?;
    nurse.tablet.go("/attente").await?;
    nurse.tablet.gone_id("waiting-person").await?;
    assert_eq!(nurse.tablet.complaints().await?, Vec::<String>::new());
    Ok(())
}

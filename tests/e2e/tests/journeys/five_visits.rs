//! Five visits without network in the other two engines. Firefox is killed on the way and opened again with its profile;
//! WebKitGTK, whose automation keeps no storage between starts, is loaded again.

use perron_domain::fact::Outcome;
use perron_e2e::steps::{Arm, Notes, Nurse};
use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result};

const ROUND: &str = "Bondy, tournée A";
const LOT: &str = "FH0151";

#[tokio::test(flavor = "multi_thread")]
async fn five_visits_in_firefox() -> Result<()> {
    five_visits(Browser::Firefox).await
}

#[tokio::test(flavor = "multi_thread")]
async fn five_visits_in_webkit() -> Result<()> {
    five_visits(Browser::WebKit).await
}

async fn five_visits(browser: Browser) -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(browser, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;

    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.vaccinates(Arm::Left, LOT).await?;

    nurse.goes_to("Boussole").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.injects(Arm::Right, LOT).await?;
    match browser {
        Browser::WebKit => nurse.tablet.reload().await?,
        _ => nurse.loses_power().await?,
    }
    nurse.goes_back_to_the_timer_of("Boussole").await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.goes_on().await?;

    nurse.goes_to("Casserole").await?;
    nurse.conforms().await?;
    nurse.ends_as_told(Outcome::NotEligible).await?;

    nurse.goes_to("Chandelle").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.refuses().await?;

    nurse.goes_to("Bobine").await?;
    nurse.finds_nobody("Code d’entrée faux").await?;

    nurse.opens_the_closing().await?;
    nurse.signs("Tournée écourtée").await?;
    nurse.comes_back_into_coverage(&hub).await?;
    let view = Desk::of(&hub).round(ROUND).await?;
    assert_eq!(Notes::of(&view), nurse.notes);
    assert_eq!((view.totals.vaccinated, view.totals.doses, view.totals.pending), (2, 2, 19));
    Ok(())
}

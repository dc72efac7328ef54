//! The commonest visit, counted: an eligible adult, her second dose, the lot already set.

use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Hub, ROUND_A, Result};

#[tokio::test(flavor = "multi_thread")]
async fn the_commonest_visit_takes_at_most_nine_touches_and_no_keyboard() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let round = "Bondy, tournée A";
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", round).await?;
    nurse.departs("4,8").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;
    // The first visit of the day sets the lot.
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    nurse.injects(Arm::Right, "FH0151").await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.tablet.tap("Perron").await?;

    nurse.tablet.watches_the_keyboard().await?;
    let before = nurse.tablet.touches();
    nurse.goes_to("Boussole").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.vaccinates(Arm::Left, "FH0151").await?;
    let touches = nurse.tablet.touches() - before;
    assert!(touches <= 9, "{touches} touches");
    assert_eq!(nurse.tablet.keyboards().await?, 0);
    nurse.goes_to("Casserole").await
}

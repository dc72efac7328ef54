//! Two tabs of one tablet: one writes, the other shows and may take over; nothing is written twice or lost.

use perron_e2e::steps::Nurse;
use perron_e2e::{Browser, Hub, ROUND_A, Result};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_waits_visibly_and_may_take_over() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let round = "Bondy, tournée A";
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", round).await?;
    nurse.departs("5,0").await?;
    nurse.goes_to("Parapluie").await?;
    let first = nurse.tablet.tab().await?;

    let second = nurse.tablet.opens_a_tab("/").await?;
    nurse.tablet.find_id("other-tab").await?;
    // It shows the round, but saves nothing.
    nurse.goes_to("Parapluie").await?;
    nurse.tablet.tap_id("conforms").await?;
    nurse.tablet.see("Fermez l’un des deux").await?;

    nurse.tablet.shows_tab(&first).await?;
    nurse.conforms().await?;
    nurse.tablet.shows_tab(&second).await?;
    nurse.tablet.tap_id("write-here").await?;
    nurse.tablet.gone_id("other-tab").await?;
    // What the first tab wrote is here: the identity is not asked again.
    nurse.tablet.tap("Perron").await?;
    nurse.goes_to("Parapluie").await?;
    nurse.hears_no().await?;

    nurse.tablet.shows_tab(&first).await?;
    nurse.tablet.find_id("other-tab").await?;
    nurse.tablet.tap_id("no-to-all").await?;
    nurse.tablet.see("Fermez l’un des deux").await
}

//! Two tablets on one round, both without network for a while: after both have come back, both and the desk know the
//! same, whoever came first.

use perron_e2e::steps::{Arm, Notes, Nurse};
use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result};

const ROUND: &str = "Bondy, tournée A";
const LOT: &str = "FH0151";

#[tokio::test(flavor = "multi_thread")]
async fn two_tablets_on_one_round_end_up_knowing_the_same() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut first = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    first.departs("5,2").await?;
    first.is_synchronised().await?;
    let mut second = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 2", ROUND).await?;
    // The second knows that the team has left, and with which doses.
    second.tablet.see("Prochaine visite").await?;
    second.is_synchronised().await?;
    hub.stop().await?;

    first.goes_to("Parapluie").await?;
    first.conforms().await?;
    first.hears_no().await?;
    first.agrees().await?;
    first.opens_a_vial().await?;
    first.vaccinates(Arm::Left, LOT).await?;
    second.goes_to("Chandelle").await?;
    second.conforms().await?;
    second.hears_no().await?;
    // The doses are all on the first tablet, so nobody is asked for an agreement here; she refuses all the same.
    second.refuses_without_a_dose().await?;
    second.goes_to("Bobine").await?;
    second.finds_nobody("Code d’entrée faux").await?;
    second.goes_on().await?;

    hub.move_clock(first.tablet.clock());
    hub.start_again().await?;
    second.synchronises().await?;
    first.synchronises().await?;
    second.synchronises().await?;

    let both = Notes::of(&Desk::of(&hub).round(ROUND).await?);
    let mut told = first.notes.clone();
    told.people.extend(second.notes.people.clone());
    assert_eq!(both, told);
    // Each sees on her own tablet what the other has done.
    second.finds_done("Parapluie", "Vacciné").await?;
    first.finds_done("Chandelle", "Refus").await?;
    first.finds_done("Bobine", "Absent").await
}

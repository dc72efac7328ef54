//! The relay remembers: what a round learned of somebody is known where she is chosen again, and at her door.

use perron_desk_api::{DraftView, PeoplePage, RoundDraft, RoundLine, RoundView};
use perron_domain::fact::AccountNo;
use perron_domain::name::DeviceId;
use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result, Size, Tablet};
use serde_json::json;

const LOT: &str = "FH0151";
/// Nour Sarriette.
const NURSE: AccountNo = AccountNo(2);

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

    // It is published all the same, and her door knows on the tablet what the round before learned there.
    publishes_a_round_for(&hub, "Bondy, suite", "Horloge").await?;
    nurse.synchronises().await?;
    nurse.tablet.tap("Perron").await?;
    nurse.tablet.tap_id("change-round").await?;
    nurse.tablet.tap("Bondy, suite").await?;
    nurse.tablet.tap("Nour Sarriette").await?;
    nurse.tablet.tap_id("open-tour").await?;
    nurse.goes_to("Horloge").await?;
    nurse.is_told("Contre-indication").await?;
    nurse.tablet.see("Réaction grave après une dose de Comirnaty").await
}

/// Puts somebody into the round that is being prepared, gives it to the first tablet and publishes it.
async fn publishes_a_round_for(hub: &Hub, label: &str, name: &str) -> Result<()> {
    let desk = Desk::of(hub);
    let rounds: Vec<RoundLine> = desk.read("/api/rounds").await?;
    let round = rounds.iter().find(|one| one.label == label);
    let number = round.ok_or_else(|| anyhow::anyhow!("no round «{label}»"))?.number;
    let path = |rest: &str| format!("/api/rounds/{number}{rest}");
    let open: PeoplePage = desk.read(&format!("/api/people?state=open&q={name}")).await?;
    let people: Vec<String> = open.persons.iter().map(|person| person.id.to_string()).collect();
    let added: DraftView = desk.send(&path("/draft/people"), &json!({ "people": people })).await?;
    let (team, nurses, devices) = ("Équipe 1".to_owned(), vec![NURSE], vec![DeviceId(2)]);
    let draft = RoundDraft { team, nurses, devices, ..added.draft };
    let ready: DraftView = desk.put(&path("/draft"), &draft).await?;
    // What speaks against her is said to whoever publishes.
    assert!(ready.people.iter().any(|one| one.name.contains(name)), "{:?}", ready.people);
    let _: RoundView = desk.send(&path("/publish"), &json!({})).await?;
    Ok(())
}

//! The whole of round A, offline from the departure to the closing, with the battery pulled twice on the way; then the
//! desk's figures are what the nurse did.
#![expect(clippy::unwrap_used, reason = "a journey that cannot go on has failed")]

use perron_desk_api::GapKind;
use perron_domain::fact::{IncidentKind, Outcome};
use perron_e2e::steps::{Arm, By, Notes, Nurse};
use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result, Size, Tablet};

const ROUND: &str = "Bondy, tournée A";
/// Comirnaty 30 µg, two vials of six.
const PURPLE: &str = "FH0151";
/// Comirnaty 10 µg, a vial of ten.
const ORANGE: &str = "FN5988";
/// A vial of ten.
const SPIKEVAX: &str = "000103A";

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_round_without_network_gives_the_desk_what_was_done() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    hub.stop().await?;

    morning(&mut nurse).await?;
    noon(&mut nurse).await?;
    afternoon(&mut nurse).await?;
    evening(&mut nurse).await?;
    nurse.comes_back_into_coverage(&hub).await?;

    let desk = Desk::of(&hub);
    let view = desk.round(ROUND).await?;
    assert_eq!(Notes::of(&view), nurse.notes);
    // Signed with what the head of the relay has to decide.
    let open: Vec<GapKind> = view.gaps.iter().filter(|gap| gap.explained.is_none()).map(|gap| gap.kind).collect();
    assert_eq!(open.iter().filter(|kind| **kind == GapKind::SetApart).count(), 2, "{:?}", view.gaps);
    assert_eq!(
        open.iter().filter(|kind| **kind == GapKind::Lot).count(),
        1,
        "one of two lots was explained: {:?}",
        view.gaps
    );
    assert!(view.closed_at.is_some() && view.missing.is_empty());
    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), nurse.tablet.clock()).await?;
    the_head_decides(&mut office, PURPLE, "Utilisables").await?;
    the_head_decides(&mut office, ORANGE, "À détruire").await?;
    nurse.synchronises().await?;
    after_the_decision(&mut nurse).await?;
    nurse.synchronises().await?;

    let view = desk.round(ROUND).await?;
    assert_eq!(Notes::of(&view), nurse.notes);
    // The same again in plain figures, so that two empty lists are not taken for agreement.
    let totals = &view.totals;
    assert_eq!((totals.persons, totals.vaccinated, totals.doses, totals.pending), (25, 13, 13, 0));
    assert_eq!((totals.errors, totals.team_x100), (0, Some(400)));
    let ended = |outcome| nurse.notes.count(outcome);
    assert_eq!(
        [Outcome::Refused, Outcome::Absent, Outcome::Postponed, Outcome::NotEligible].map(ended),
        [3, 1, 4, 4],
        "refused, absent, postponed, not eligible"
    );
    let balances: Vec<_> = view
        .lots
        .iter()
        .map(|lot| (lot.lot.as_str(), lot.taken, lot.extra, lot.given, lot.ceded, lot.wasted, lot.left))
        .collect();
    assert_eq!(balances, [(ORANGE, 10, 0, 1, 0, 9, 0), (PURPLE, 12, 1, 11, 0, 2, 0), (SPIKEVAX, 10, 0, 1, 9, 0, 0)]);
    assert_eq!(view.waiting.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Lanterne Félix"]);
    assert_eq!(view.incidents.iter().filter(|one| one.kind == IncidentKind::NeedleStick).count(), 1);
    assert_eq!(view.containers.iter().filter_map(|one| one.grams).collect::<Vec<_>>(), [1_400]);
    assert_eq!(view.difficulties.len(), 1);
    assert!(view.apart.is_empty(), "{:?}", view.apart);
    let unexplained: Vec<_> = view.gaps.iter().filter(|gap| gap.explained.is_none()).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    let person = |name: &str| view.people.iter().find(|person| person.name.contains(name)).unwrap();
    assert_eq!(person("Girouette").again_on, Some("2021-12-17".parse().unwrap()));
    // The arm that was entered in the car stands at the hour it was done: before the next door's.
    assert!(person("Sifflet").doses[0].at < person("Pendule").doses[0].at);
    assert_eq!(nurse.tablet.complaints().await?, Vec::<String>::new());
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    Ok(())
}

async fn morning(nurse: &mut Nurse) -> Result<()> {
    nurse.goes_to("Parapluie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.opens_a_vial().await?;
    // A neighbour has come up; both are ready, and the dose is written on the wrong one of them.
    nurse.goes_to("Boussole").await?;
    ready(nurse).await?;
    nurse.injects(Arm::Left, PURPLE).await?;
    nurse.moves_the_dose_to("Parapluie", PURPLE, "Écrite sur la voisine").await?;
    nurse.goes_back_to_the_timer_of("Parapluie").await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.goes_to("Boussole").await?;
    nurse.vaccinates(Arm::Left, PURPLE).await?;

    // Her husband asks too: twenty wait for twelve doses, so he goes on the list.
    nurse.puts_on_the_list("Boussole", "Lanterne", "Félix", "02/02/1951").await?;

    nurse.goes_to("Casserole").await?;
    nurse.conforms().await?;
    nurse.is_told("Hors cible").await?;
    nurse.ends_as_told(Outcome::NotEligible).await?;
    nurse.goes_on().await?;

    nurse.goes_to("Tabouret").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.somebody_agrees("Anne Tabouret", Some("Mère"), By::Signature).await?;
    nurse.somebody_agrees("Paul Tabouret", Some("Père"), By::Signature).await?;
    nurse.is_told("Ordonnance manquante").await?;
    nurse.has_a_prescription().await?;
    nurse.opens_a_vial().await?;
    nurse.vaccinates(Arm::Right, ORANGE).await?;

    nurse.goes_to("Mappemonde").await?;
    nurse.conforms().await?;
    nurse.is_told("Hors cible").await?;
    nurse.ends_as_told(Outcome::NotEligible).await?;
    nurse.goes_on().await?;

    nurse.goes_to("Girouette").await?;
    nurse.conforms().await?;
    nurse.is_told("Pas aujourd’hui").await?;
    nurse.ends_as_told(Outcome::Postponed).await?;
    nurse.goes_on().await
}

async fn noon(nurse: &mut Nurse) -> Result<()> {
    nurse.goes_to("Théière").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.somebody_agrees("Rose Théière", Some("Mère"), By::Signature).await?;
    nurse.is_told("Accord manquant").await?;
    // The battery dies while the second parent is on the phone: what was saved is there, and so is the form.
    nurse.begins_an_agreement("Karim Théière").await?;
    nurse.loses_power().await?;
    nurse.goes_to("Théière").await?;
    nurse.finds_the_agreement_begun("Karim Théière").await?;
    nurse.somebody_agrees("Karim Théière", Some("Père"), By::Phone("01 99 00 00 77", "Nour Sarriette")).await?;
    nurse.vaccinates(Arm::Left, PURPLE).await?;

    nurse.goes_to("Escabeau").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.somebody_agrees("Jeanne Escabeau", Some("Mère"), By::Signature).await?;
    nurse.somebody_objects("titulaire de l’autorité parentale", "Marc Escabeau", "Pas avant d’en parler").await?;
    nurse.is_told("Accord manquant").await?;
    nurse.records_the_objection().await?;
    nurse.goes_on().await?;

    // The arm is given, and nobody writes it down; in the car, one door later, it is entered with its hour.
    nurse.goes_to("Sifflet").await?;
    ready(nurse).await?;
    nurse.goes_to("Pendule").await?;
    eligible(nurse, PURPLE).await?;
    nurse.goes_to("Sifflet").await?;
    nurse.remembers(Arm::Left, PURPLE, 16).await?;
    nurse.traces().await?;
    // One dose is left in the vial, and there is enough for a seventh syringe.
    nurse.draws(PURPLE, 7, 1).await?;

    nurse.goes_to("Passoire").await?;
    nurse.conforms().await?;
    nurse.is_told("Pas aujourd’hui").await?;
    nurse.ends_as_told(Outcome::Postponed).await?;
    nurse.goes_on().await?;

    nurse.goes_to("Brouette").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.injects(Arm::Left, PURPLE).await?;
    // The battery dies again; the minutes go on by the clock, and the timer is on the first screen.
    nurse.loses_power().await?;
    nurse.goes_back_to_the_timer_of("Brouette").await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.goes_on().await?;

    nurse.goes_to("Cafetière").await?;
    nurse.conforms().await?;
    nurse.is_told("Pas aujourd’hui").await?;
    nurse.ends_as_told(Outcome::Postponed).await?;
    nurse.goes_on().await
}

async fn afternoon(nurse: &mut Nurse) -> Result<()> {
    nurse.goes_to("Toupie").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.vaccinates(Arm::Left, PURPLE).await?;

    for (who, question) in [("Horloge", "anaphylaxis_previous_dose"), ("Coussin", "myocarditis_after_mrna")] {
        nurse.goes_to(who).await?;
        nurse.conforms().await?;
        nurse.hears_yes(question).await?;
        nurse.is_told("Contre-indication : avis médical").await?;
        nurse.hears_no().await?;
        nurse.ends_without_dose().await?;
        nurse.goes_on().await?;
    }

    nurse.goes_to("Arrosoir").await?;
    nurse.conforms().await?;
    nurse.hears_yes("fever").await?;
    nurse.hears_no().await?;
    nurse.is_told("Pas aujourd’hui").await?;
    nurse.ends_as_told(Outcome::Postponed).await?;
    nurse.goes_on().await?;

    nurse.goes_to("Balançoire").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.refuses().await?;
    nurse.goes_on().await?;

    nurse.goes_to("Trousse").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.somebody_agrees("Denis Classeur", None, By::Signature).await?;
    nurse.opens_a_vial().await?;
    nurse.vaccinates(Arm::Left, PURPLE).await?;

    nurse.goes_to("Paravent").await?;
    nurse.declares().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("À juger").await?;
    nurse.judges_yes().await?;
    nurse.vaccinates(Arm::Left, PURPLE).await?;

    nurse.goes_to("Marmite").await?;
    nurse.corrects_birth("30/05/1949").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.opens_a_vial().await?;
    nurse.vaccinates(Arm::Right, SPIKEVAX).await?;
    // Nobody else here wants this one: what is left of the vial goes to the other team.
    nurse.cedes(SPIKEVAX, 9, "Équipe 2").await?;

    nurse.goes_to("Chandelle").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.refuses().await?;
    nurse.goes_on().await?;

    // The battery is at 5 %: the screen says so, and the round goes on.
    nurse.tablet.battery(5).await?;
    nurse.tablet.see("Batterie faible : 5 %").await?;
    nurse.tablet.tap_id("low-battery-close").await?;
    nurse.goes_to("Bobine").await?;
    nurse.finds_nobody("Code d’entrée faux").await?;
    nurse.goes_on().await?;

    // Now doses are free: the husband, on the list since the morning, gets one of them.
    nurse.adds_somebody("Boussole", "Lanterne", "Félix", "02/02/1951").await?;
    nurse.goes_to("Lanterne").await?;
    nurse.conforms().await?;
    nurse.hears_never().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.vaccinates(Arm::Left, PURPLE).await?;

    nurse.goes_to("Cartable").await?;
    nurse.conforms().await?;
    nurse.hears_yes("anticoagulant").await?;
    nurse.hears_yes("fainting").await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await?;
    nurse.injects(Arm::Left, PURPLE).await?;
    nurse.reports_a_needle_stick("Gant percé en rangeant l’aiguille").await?;
    nurse.observes().await?;
    nurse.traces().await?;
    nurse.goes_on().await
}

async fn evening(nurse: &mut Nurse) -> Result<()> {
    // The box was read at 11 h and it was too warm for closed vials; the two that hold doses are open, and keep to 30 °C.
    nurse.reads_the_box("9,1", Some("11:00"), Some("Boîte restée ouverte")).await?;
    // On the way back it stood in the sun: what is left is set apart until the head of the relay decides.
    nurse.reads_the_box("31,2", None, Some("Boîte en plein soleil")).await?;
    nurse.tablet.see("À isoler").await?;
    nurse.hands_over_the_sharps("1,4", "Relais de Bondy").await?;
    nurse.opens_the_closing().await?;
    nurse.counts_entries().await?;
    nurse.explains("2 à justifier", "Fond de flacon, à voir avec la responsable").await?;
    nurse.tablet.see("Signer avec écarts à traiter").await?;
    nurse.signs("Code d’entrée faux chez Mme Bobine").await
}

/// At the desk, the head of the relay decides on the doses of one lot that were set apart.
async fn the_head_decides(office: &mut Tablet, lot: &str, word: &str) -> Result<()> {
    office.go("/relais/lots").await?;
    office.tap_in(&format!("lot {lot}"), word).await?;
    office.fill_id("apart-by", "Quelqu’un d’autre").await?;
    office.fill_id("apart-name", "Odile Lampion").await?;
    office.fill_id("apart-why", "Dix minutes à 31 °C, avis du fabricant").await?;
    office.tap_id("apart-go").await?;
    office.gone(&format!("lot {lot}, tournée")).await
}

/// The tablet hears what was decided; what stays over is written off, and the round is signed once more.
async fn after_the_decision(nurse: &mut Nurse) -> Result<()> {
    nurse.loses(ORANGE, 9, "À détruire").await?;
    nurse.loses(PURPLE, 2, "Fin de tournée").await?;
    nurse.opens_the_closing().await?;
    nurse.signs_again().await
}

/// An eligible adult, ready for the dose.
async fn ready(nurse: &mut Nurse) -> Result<()> {
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.is_told("Vaccination possible").await
}

/// An eligible adult, a dose of a vial that is open.
async fn eligible(nurse: &mut Nurse, lot: &str) -> Result<()> {
    ready(nurse).await?;
    nurse.vaccinates(Arm::Left, lot).await
}

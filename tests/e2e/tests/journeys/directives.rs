//! The head of the relay changes its protocol in the form, and it reaches the tablets; a message goes out and is read; a
//! physician confirms.

use perron_desk_api::{DirectiveDraft, DirectivesView};
use perron_e2e::steps::Nurse;
use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result, Size, Tablet};
use serde_json::json;

const ROUND: &str = "Bondy, tournée A";
const PROTOCOL: &str = "Protocole du relais, COVID-19";
const DRAFT: &str = "/api/directives/relay-protocol-2021/draft";
/// A nurse of the demo relay.
const NURSE: u32 = 2;

#[tokio::test(flavor = "multi_thread")]
async fn the_relays_protocol_goes_from_the_form_to_the_tablets() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let desk = Desk::of(&hub);
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.departs("5,2").await?;
    nurse.is_synchronised().await?;
    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), ROUND_A.shift()?).await?;

    writes_a_protocol_that_holds(&mut office).await?;

    // The desk offers only heads; the hub refuses anybody else.
    let text = desk.read::<DirectiveDraft>(DRAFT).await?.text;
    let refused = desk.send_as(NURSE, "/api/directives/publish", &json!({"text": text, "urgent": false})).await?;
    assert_eq!(refused, (403, "role_needed".to_owned()));
    publishes(&mut office, false).await?;
    office.see(&format!("Tournées en cours qui gardent leur version, et le disent : {ROUND}")).await?;
    // The round that has left keeps its version and says that there is a newer one.
    nurse.synchronises().await?;
    nurse.tablet.find_id("newer-directive").await?;
    assert!(!nurse.tablet.has_id("urgent-directive").await?);

    // An urgent one takes over at once.
    opens_the_protocol(&mut office).await?;
    office.holds("minutes", "20").await?;
    office.fill_id("minutes", "30").await?;
    adds_a_question_in_tamil(&mut office).await?;
    office.tap_id("check").await?;
    office.see_id_of("difference", "Surveillance", "30 min").await?;
    office.see_id_of("difference", "swallows", "ta உங்களால் விழுங்க முடிகிறதா?").await?;
    publishes(&mut office, true).await?;
    office.see(&format!("Tournées en cours qui la prennent aussitôt : {ROUND}")).await?;
    nurse.synchronises().await?;
    nurse.tablet.find_id("urgent-directive").await?;
    // Its question stands at the next door, in the person's language too.
    nurse.goes_to("Tabouret").await?;
    nurse.conforms().await?;
    nurse.tablet.gone("Traduction non validée").await?;
    nurse.tablet.fill_id("tongue", "தமிழ் (tamoul)").await?;
    nurse.tablet.see("உங்களால் விழுங்க முடிகிறதா?").await?;
    nurse.tablet.see("Traduction non validée").await?;

    confirms(&mut office).await?;
    let known: DirectivesView = desk.read("/api/directives?on=2021-12-16").await?;
    let now = known.directives.iter().find(|one| one.in_force && one.id == "relay-protocol-2021");
    let now = now.map(|one| (one.version.as_str(), one.observation_minutes, one.standing.urgent, one.validated));
    assert_eq!(now, Some(("2021-6", Some(30), true, false)));
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    assert_eq!(nurse.tablet.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_relay_sees_which_teams_have_read_a_message() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    nurse.is_synchronised().await?;
    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), ROUND_A.shift()?).await?;
    office.go("/relais/messages").await?;
    office.fill_id("notice-title", "DGS-Urgent 2021-135").await?;
    office.fill_id("notice-text", "Le rappel passe à 4 mois le 24 décembre.").await?;
    office.fill_id("notice-link", "http://dgs.example").await?;
    office.see("Le lien doit commencer par https://").await?;
    assert!(!office.can_press("send-notice").await?, "a link that tablets would not open");
    office.fill_id("notice-link", "https://dgs.example/135").await?;
    office.tap_id("send-notice").await?;
    office.see_id_of("notice", "DGS-Urgent 2021-135", "pas encore lu").await?;

    nurse.synchronises().await?;
    nurse.tablet.see("DGS-Urgent 2021-135").await?;
    nurse.tablet.see("https://dgs.example/135").await?;
    nurse.tablet.tap_in("DGS-Urgent 2021-135", "J’ai lu").await?;
    nurse.tablet.see("Messages lus (1)").await?;
    nurse.synchronises().await?;
    // Nobody loads the desk's page again: the news come by themselves.
    office.see_id_of("notice", "DGS-Urgent 2021-135", "lu par Nour Sarriette").await?;
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_a_mistake_shows_its_line_and_stays_as_it_was_left() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), ROUND_A.shift()?).await?;
    opens_the_protocol(&mut office).await?;
    office.fill_id("minutes", "20").await?;
    // Turning the page writes the form into the text.
    office.tap("Texte").await?;
    office.find_id("directive-text").await?;
    let spoil = "const area = document.querySelector('[data-testid=directive-text]');
        if (!area.value.includes('observation_minutes = 20')) return 'the form is not in the text';
        area.value = area.value.replace('outcome = \"prescription_missing\"', 'outcome = \"peut-être\"');
        area.dispatchEvent(new Event('input', {bubbles: true}));
        return 'spoiled'";
    assert_eq!(office.script(spoil, vec![]).await?, json!("spoiled"));
    office.tap_id("check").await?;
    office.see_id_of("problem", "peut-être", "Aller à la ligne").await?;
    office.gone_id("difference").await?;
    assert!(!office.can_press("publish-directive").await?);
    office.tap("Aller à la ligne").await?;
    office.settles().await?;
    let chosen = "const area = document.activeElement;
        return area.value.slice(area.selectionStart, area.selectionEnd)";
    assert_eq!(office.script(chosen, vec![]).await?, json!("outcome = \"peut-être\""));

    // From the form, the text comes up with the line.
    office.tap_id("drop-draft").await?;
    office.tap_id("drop-do").await?;
    office.see("Sans modification").await?;
    office.tap("Formulaire").await?;
    office.fill_id("until", "01012021").await?;
    office.tap_id("check").await?;
    office.find_id("problem").await?;
    office.tap("Aller à la ligne").await?;
    office.find_id("directive-text").await?;
    office.settles().await?;
    assert_eq!(office.script(chosen, vec![]).await?, json!("version = \"2021-5\""));

    // Another day: the draft is as it was left.
    office.go("/relais/directives").await?;
    office.see_id_of("directive", PROTOCOL, "Brouillon").await?;
    opens_the_protocol(&mut office).await?;
    office.find_id("problem").await?;
    office.tap_id("drop-draft").await?;
    office.tap_id("drop-do").await?;
    office.see("Sans modification").await?;
    office.gone_id("problem").await?;
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    Ok(())
}

/// Opens the editor from the list of directives.
async fn opens_the_protocol(office: &mut Tablet) -> Result<()> {
    office.go("/relais/directives").await?;
    office.tap_id_of("directive", PROTOCOL).await?;
    office.tap_id("edit-directive").await?;
    office.title_has(PROTOCOL).await
}

/// Changes the minutes and a rule, first in a way that a worked example forbids, then in one that holds.
async fn writes_a_protocol_that_holds(office: &mut Tablet) -> Result<()> {
    opens_the_protocol(office).await?;
    office.holds("minutes", "15").await?;
    office.fill_id("minutes", "20").await?;
    office.fill_id("from", "16122021").await?;
    office.tap_id_of("rule-form", "Comirnaty convient").await?;
    office.fill_id("rule-outcome", "À juger").await?;
    office.see("Modifications à vérifier").await?;
    office.tap_id("check").await?;
    office.see_id_of("example-fails", "Pendule, 28 ans", "À juger").await?;
    office.see_id_of("affected", "Pendule", "À juger").await?;
    office.see("Brouillon gardé à").await?;
    assert!(!office.can_press("publish-directive").await?, "an example fails");

    office.fill_id("rule-outcome", "Vaccination possible").await?;
    office.fill_id("age-below", "29 ans").await?;
    office.tap_id("check").await?;
    office.gone_id("example-fails").await?;
    office.see_id_of("difference", "Surveillance", "20 min").await?;
    office.see_id_of("difference", "relay-comirnaty-under-30", "de 12 ans à moins de 29 ans").await?;
    office.tap("Même réponse, autre durée de surveillance").await?;
    office.see_id_of("affected", "Parapluie", "surveillance 20 min").await?;
    assert!(office.can_press("publish-directive").await?);
    // Exactly what was checked is published: one letter more, and it has to be checked again.
    office.fill_id("version", "2021-5 ").await?;
    office.fill_id("version", "2021-3b").await?;
    office.see("Vérifiez d’abord").await?;
    assert!(!office.can_press("publish-directive").await?);
    office.fill_id("version", "2021-5").await?;
    office.see("Vérifiée").await
}

/// Adds a question for children with a translation that nobody has validated.
async fn adds_a_question_in_tamil(office: &mut Tablet) -> Result<()> {
    office.tap("Texte").await?;
    office.find_id("directive-text").await?;
    let add = "const area = document.querySelector('[data-testid=directive-text]');
        area.value += arguments[0];
        area.dispatchEvent(new Event('input', {bubbles: true}));
        return area.value.includes('observation_minutes = 30')";
    let question = "\n[[questions]]\ncode = \"swallows\"\norder = 90\npictogram = \"fever\"\nrequired = false\n\
        asked = { age = \"..12y\" }\nfr = \"Avale sans peine ?\"\nen = \"Swallows easily?\"\n\
        translations = [{ lang = \"ta\", text = \"உங்களால் விழுங்க முடிகிறதா?\" }]\n";
    assert_eq!(office.script(add, vec![json!(question)]).await?, json!(true), "the form is in the text");
    // The form reads what the text says.
    office.tap("Formulaire").await?;
    office.tap("Avale sans peine ?").await?;
    office.holds("translation-text", "உங்களால் விழுங்க முடிகிறதா?").await?;
    office.holds("translation-lang", "ta").await
}

/// Publishes what was checked, in the name of the head.
async fn publishes(office: &mut Tablet, urgent: bool) -> Result<()> {
    office.tap_id("publish-directive").await?;
    office.see("Publier, avec effet le 16/12/2021").await?;
    let offered = "return document.querySelector('[data-testid=who-signs]').innerText";
    let offered = office.script(offered, vec![]).await?;
    assert!(offered.as_str().is_some_and(|names| !names.contains("Nour Sarriette")), "{offered}");
    assert!(!office.can_press("publish-go").await?, "nobody publishes yet");
    office.fill_id("who-signs", "Hélène Armoise").await?;
    if urgent {
        office.tap_id("urgent").await?;
    }
    office.tap_id("publish-go").await?;
    office.find_id("published").await
}

/// The relay's physician confirms the version in force.
async fn confirms(office: &mut Tablet) -> Result<()> {
    office.go("/relais/directives").await?;
    office.see_id_of("directive", PROTOCOL, "À valider par un médecin").await?;
    office.see_id_of("directive", PROTOCOL, "Urgente").await?;
    office.tap_id_of("directive", PROTOCOL).await?;
    office.see("Publiée par Hélène Armoise").await?;
    office.tap_id("confirm-directive").await?;
    office.fill_id("who-signs", "Dr Claire Verveine").await?;
    office.tap_id("confirm-go").await?;
    office.see_id_of("directive", PROTOCOL, "Confirmée").await?;
    office.tap_id_of("directive", PROTOCOL).await?;
    office.see("Confirmée par Dr Claire Verveine").await
}

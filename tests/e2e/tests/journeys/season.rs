//! Every campaign that ships is over: the head of the relay opens the next season from last year's, leaves out the worked
//! examples that do not hold any more, adopts it; the physician confirms; it is in effect.

use perron_desk_api::{DirectivesView, SeasonsView};
use perron_e2e::{Browser, CAMPAIGNS_OVER, Desk, Hub, HubOptions, Result, Size, Tablet};
use std::path::PathBuf;

const TITLE: &str = "2026–2027";
/// A nurse of the demo relay.
const NURSE: u32 = 2;

#[tokio::test(flavor = "multi_thread")]
async fn the_relay_opens_a_season_that_no_perron_ships() -> Result<()> {
    let shift = CAMPAIGNS_OVER.shift()?;
    let hub = Hub::start_with(HubOptions { clock_ms: shift, ..HubOptions::default() }).await?;
    let desk = Desk::of(&hub);
    let over: SeasonsView = desk.read("/api/seasons").await?;
    let flu = over.campaigns.iter().find(|one| one.form.id == "influenza-2025");
    let flu = flu.ok_or_else(|| anyhow::anyhow!("no campaign of influenza is over: {over:?}"))?;
    // Each pair of days says where it holds, and what no team can take any more takes no vaccine's place.
    let places: Vec<_> = flu.form.dates.iter().map(|one| one.places.join(" ")).collect();
    assert_eq!(places, ["", "FR-976", "FR-987"]);
    assert!(flu.known.iter().any(|(code, _)| code == "efluelda"), "{:?}", flu.known);
    assert!(flu.known.iter().all(|(code, _)| code != "efluelda-tetra"), "{:?}", flu.known);
    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), shift).await?;

    office.go("/relais/directives").await?;
    office.see_id_of("season-over", "Grippe", "Ouvrez la saison suivante").await?;
    shows(&office, "1-list").await?;
    office.go("/relais/directives/saison?campagne=influenza-2025").await?;
    office.find_id("season-source").await?;
    shows(&office, "2-form").await?;
    // Without the document that opens it, the hub says what is missing.
    office.tap_id("check").await?;
    office.see("dire quel document ouvre la saison").await?;
    assert!(!office.can_press("adopt").await?, "nothing is checked yet");
    office.fill_id("season-source", "Instruction DGS du 5 octobre 2026").await?;
    office.fill_id("season-source-date", "05102026").await?;
    office.tap_id("check").await?;
    office.find_id("difference").await?;
    shows(&office, "3-checked").await?;
    leaves_out_what_does_not_hold(&mut office).await?;
    shows(&office, "4-holds").await?;

    office.tap_id("adopt").await?;
    office.see("Adopter cette directive").await?;
    office.fill_id("who-signs", "Hélène Armoise").await?;
    shows(&office, "5-adopt").await?;
    office.tap_id("adopt-go").await?;
    office.find_id("adopted").await?;
    office.see("attend la confirmation d’un médecin").await?;
    shows(&office, "6-adopted").await?;

    office.tap_id("to-confirmation").await?;
    office.see_id_of("season-over", "Grippe", "elle attend la confirmation").await?;
    office.see_id_of("directive", TITLE, "À valider par un médecin").await?;
    office.tap_id_of("directive", TITLE).await?;
    office.see("Adoptée par Hélène Armoise").await?;
    shows(&office, "7-waits").await?;
    office.tap_id("confirm-directive").await?;
    office.fill_id("who-signs", "Dr Claire Verveine").await?;
    office.tap_id("confirm-go").await?;
    // The pill beside its day: what waits speaks of «une fois confirmée» too.
    office.see_id_of("directive", TITLE, "depuis le 14/10/2026 Confirmée").await?;

    let known: DirectivesView = desk.read("/api/directives").await?;
    let now = known.directives.iter().find(|one| one.in_force && one.id == "influenza-2025");
    let adopted = now.and_then(|one| one.standing.adopted.as_ref()).map(|adopted| adopted.by.as_str());
    assert!(adopted.is_some_and(|by| by.starts_with("Hélène Armoise")), "{adopted:?}");
    let left: SeasonsView = desk.read("/api/seasons").await?;
    assert!(left.campaigns.iter().all(|one| one.form.id != "influenza-2025"), "the season is open");
    office.reload().await?;
    office.see_id_of("directive", TITLE, "depuis le 14/10/2026 Confirmée").await?;
    shows(&office, "8-in-effect").await?;
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_season_file_from_elsewhere_is_read_before_it_is_adopted() -> Result<()> {
    let shift = CAMPAIGNS_OVER.shift()?;
    let hub = Hub::start_with(HubOptions { clock_ms: shift, ..HubOptions::default() }).await?;
    let desk = Desk::of(&hub);
    // Another relay's season, as its head would send it: here, the hub writes it from last year's.
    let over: SeasonsView = desk.read("/api/seasons").await?;
    let mut form = over.campaigns.into_iter().map(|one| one.form).find(|one| one.id == "influenza-2025");
    let form = form.as_mut().ok_or_else(|| anyhow::anyhow!("no campaign of influenza is over"))?;
    form.source = "Instruction DGS du 5 octobre 2026".into();
    let text = loop {
        let answer: perron_desk_api::SeasonText = desk.send("/api/seasons/text", &*form).await?;
        let bad: Vec<String> = answer.check.examples.into_iter().filter(|one| !one.holds).map(|one| one.name).collect();
        if bad.is_empty() {
            break answer.text;
        }
        form.without.extend(bad);
    };
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("grippe-2026.toml");
    std::fs::write(&path, format!("{text}\noutcome = 3 3\n"))?;

    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), shift).await?;
    office.go("/relais/directives").await?;
    office.tap_id("load-file").await?;
    office.choose_file("file", &path.to_string_lossy()).await?;
    office.holds("file-name", "grippe-2026.toml").await?;
    office.tap_id("check").await?;
    office.see("le fichier ne se lit pas").await?;
    std::fs::write(&path, &text)?;
    office.choose_file("file", &path.to_string_lossy()).await?;
    office.tap_id("check").await?;
    office.see("Dites le nom du fichier, et de qui il vient").await?;
    assert!(!office.can_press("adopt").await?, "nobody has said where it comes from");
    office.fill_id("given-by", "ARS Île-de-France").await?;
    shows(&office, "9-file").await?;
    // The same text is nobody else's to adopt.
    let adopted = serde_json::json!({"text": text, "origin": {"file": {"name": "x", "given_by": "y"}}});
    assert_eq!(desk.send_as(NURSE, "/api/seasons/adopt", &adopted).await?, (403, "role_needed".to_owned()));
    office.tap_id("adopt").await?;
    office.fill_id("who-signs", "Hélène Armoise").await?;
    office.tap_id("adopt-go").await?;
    office.find_id("adopted").await?;
    office.tap_id("to-confirmation").await?;
    office.tap_id_of("directive", TITLE).await?;
    office.see("le fichier « grippe-2026.toml », reçu de ARS Île-de-France").await?;
    Ok(())
}

/// Leaves out every worked example of last year that does not hold, and checks again.
async fn leaves_out_what_does_not_hold(office: &mut Tablet) -> Result<()> {
    let tick = "const boxes = [...document.querySelectorAll('[data-testid=leave-out]')].filter((box) => !box.checked);
        boxes.forEach((box) => box.click());
        return boxes.length";
    let left = office.script(tick, vec![]).await?;
    if left.as_u64().unwrap_or_default() > 0 {
        office.see("Vérifiez d’abord").await?;
        office.tap_id("check").await?;
        office.find_id("difference").await?;
    }
    office.see("elle peut être adoptée").await
}

/// Keeps a picture where pictures are asked for.
async fn shows(office: &Tablet, name: &str) -> Result<()> {
    let Some(folder) = std::env::var_os("PERRON_EVIDENCE") else { return Ok(()) };
    office.settles().await?;
    office.picture(&PathBuf::from(folder).join(format!("season-{name}.png"))).await
}

//! What a screen reader, a keyboard or weak eyes would stumble over: nothing serious, on any screen, in each theme.

use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Browser, Hub, ROUND_A, Result, Size, Tablet};

/// The tablet's screens that have an address of their own.
const TABLET: &[&str] = &[
    "/",
    "/depart",
    "/doses",
    "/doses/recevoir",
    "/doses/corriger",
    "/boite",
    "/boite/corriger",
    "/dasri",
    "/dasri/ouvrir",
    "/dasri/corriger",
    "/cloture",
    "/apres-coup",
    "/attente",
    "/nouvelle-adresse",
    "/choix",
    "/urgence",
    "/plus",
    "/reglages",
    "/enrolement",
];

/// The desk's.
const DESK: &[&str] = &[
    "/relais/tournees",
    "/relais/personnes",
    "/relais/import",
    "/relais/lots",
    "/relais/tablettes",
    "/relais/reglages",
];

/// The tiles of the themes, on the settings' page.
const THEMES: [&str; 3] = ["Clair", "Sombre", "Plein soleil"];

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_of_the_tablet_makes_anybody_stumble() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let round = "Bondy, tournée A";
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", round).await?;
    nurse.departs("5,0").await?;
    let mut found = Vec::new();
    for theme in THEMES {
        chooses(&mut nurse.tablet, "/reglages", theme).await?;
        for path in TABLET {
            stumbles(&mut nurse.tablet, path, theme, &mut found).await?;
        }
    }
    // The steps of a visit, one theme each door.
    for (theme, who, lot) in
        [("Clair", "Parapluie", true), ("Sombre", "Boussole", false), ("Plein soleil", "Sifflet", false)]
    {
        chooses(&mut nurse.tablet, "/reglages", theme).await?;
        nurse.tablet.go("/").await?;
        nurse.goes_to(who).await?;
        looks(&nurse.tablet, "identity", theme, &mut found).await?;
        nurse.conforms().await?;
        looks(&nurse.tablet, "questions", theme, &mut found).await?;
        nurse.hears_no().await?;
        looks(&nurse.tablet, "consent", theme, &mut found).await?;
        nurse.agrees().await?;
        if lot {
            nurse.opens_a_vial().await?;
        }
        looks(&nurse.tablet, "injection", theme, &mut found).await?;
        nurse.injects(Arm::Left, "FH0151").await?;
        looks(&nurse.tablet, "observation", theme, &mut found).await?;
        nurse.observes().await?;
        nurse.traces().await?;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_of_the_desk_makes_anybody_stumble() -> Result<()> {
    let hub = Hub::start().await?;
    let mut office = Tablet::open_sized(Browser::Chromium, Size::DESK, &hub.address()).await?;
    let mut found = Vec::new();
    for theme in THEMES {
        chooses(&mut office, "/relais/reglages", theme).await?;
        for path in DESK {
            stumbles(&mut office, path, theme, &mut found).await?;
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

async fn chooses(tablet: &mut Tablet, settings: &str, theme: &str) -> Result<()> {
    tablet.go(settings).await?;
    tablet.tap(theme).await
}

async fn stumbles(tablet: &mut Tablet, path: &str, theme: &str, found: &mut Vec<String>) -> Result<()> {
    tablet.go(path).await?;
    looks(tablet, path, theme, found).await
}

async fn looks(tablet: &Tablet, what: &str, theme: &str, found: &mut Vec<String>) -> Result<()> {
    tablet.settles().await?;
    let here = tablet.stumbles().await?;
    found.extend(
        here.into_iter().map(|one| format!("{what}, {theme}: {} {}\n  {}", one.id, one.help, one.places.join("\n  "))),
    );
    Ok(())
}

//! The coordinator imports a list with everything that is wrong with real ones.

use perron_desk_api::PeoplePage;
use perron_e2e::{Browser, Desk, Hub, Result, Size, Tablet};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_bad_rows_goes_in_without_them_and_only_once() -> Result<()> {
    let hub = Hub::start().await?;
    let desk = Desk::of(&hub);
    let people = async || Ok::<_, anyhow::Error>(desk.read::<PeoplePage>("/api/people").await?.total);
    let before = people().await?;
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/personnes.csv").canonicalize()?;
    let list = list.to_string_lossy().into_owned();

    let mut office = Tablet::open_sized(Browser::Chromium, Size::DESK, &hub.address()).await?;
    office.go("/relais/import").await?;
    office.choose_file("file", &list).await?;
    // Each bad row with its line and its reason; nothing is in yet.
    for words in [
        "« 31/02/1950 » n’existe pas au calendrier",
        "« 14/08/2093 » est dans le futur",
        "année sur deux chiffres",
        "Nom de naissance : case vide",
        "« vaccin-miracle » n’est pas un vaccin connu",
        "Allée Alice",
        "Crémaillère",
    ] {
        office.see(words).await?;
    }
    assert_eq!(office.count_id("bad-row").await?, 5);
    // A row that stands there twice is asked about, too: two real people may share everything.
    assert_eq!(office.count_id("duplicate").await?, 4);
    assert_eq!(people().await?, before);
    // Those that may be somebody else stay out, unless the coordinator says otherwise: of one she does.
    office.tap_id("keep-19").await?;
    office.tap_id("import-commit").await?;
    office.gone_id("import-commit").await?;
    assert_eq!(people().await?, before + 10);

    // The same list again adds nobody.
    office.choose_file("file", &list).await?;
    office.find_id("import-commit").await?;
    assert!(!office.can_press("import-commit").await?, "the same list would add somebody again");
    assert_eq!(people().await?, before + 10);
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    Ok(())
}

//! The head of the relay changes its protocol, from the form to the tablets; a message goes out and is read; a physician
//! confirms.

use perron_e2e::{Browser, Desk, Hub, ROUND_A, Result, Size, Tablet};

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_the_desk() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let _ = Desk::of(&hub);
    let out = std::path::PathBuf::from("/tmp/w/U-pics");
    std::fs::create_dir_all(&out)?;
    for (name, size) in
        [("1280", Size { width: 1280, ..Size::DESK }), ("1024", Size { width: 1024, height: 768, ..Size::DESK })]
    {
        let mut office = Tablet::open_for(Browser::Chromium, size, &hub.address(), ROUND_A.shift()?).await?;
        let pic = async |office: &Tablet, what: &str| {
            office.settles().await?;
            office.picture(&out.join(format!("{what}-{name}.png"))).await
        };
        office.go("/relais/directives").await?;
        office.tap_id_of("directive", "Protocole du relais").await?;
        pic(&office, "list").await?;
        office.tap_id("edit-directive").await?;
        office.find_id("minutes").await?;
        pic(&office, "form").await?;
        office.fill_id("minutes", "20").await?;
        office.tap_id_of("rule-form", "Comirnaty convient").await?;
        office.fill_id("age-below", "28 ans").await?;
        pic(&office, "rule").await?;
        office.tap_id("check").await?;
        office.find_id("example-fails").await?;
        office.script("document.querySelector('.check-line').scrollIntoView()", vec![]).await?;
        pic(&office, "check").await?;
        office
            .script("document.querySelector('[data-testid=affected]').scrollIntoView({block:'center'})", vec![])
            .await?;
        pic(&office, "affected").await?;
        office.tap_id("mode-1").await?;
        office.find_id("directive-text").await?;
        office.script("window.scrollTo(0,0); document.querySelector('main').scrollTo(0,0)", vec![]).await?;
        pic(&office, "text").await?;
        office.tap_id("example-line").await.ok();
        pic(&office, "text-line").await?;
        office.tap_id("mode-0").await?;
        office.tap_id("drop-draft").await?;
        office.tap_id("drop-go").await?;
        office.see("Sans modification").await?;
        office.fill_id("minutes", "20").await?;
        office.fill_id("until", "31/13/2022").await?;
        office.tap_id("check").await?;
        office.find_id("problem").await?;
        office.script("document.querySelector('.check-line').scrollIntoView()", vec![]).await?;
        pic(&office, "problem").await?;
        office.tap("Aller à la ligne").await?;
        pic(&office, "problem-line").await?;
        office.go("/relais/directives/nouvelle").await?;
        office.find_id("minutes").await?;
        office.tap_id("add-rule").await?;
        pic(&office, "new").await?;
        office.go("/relais/messages").await?;
        office.fill_id("notice-title", "DGS-Urgent 2021-135").await?;
        office.fill_id("notice-text", "Rappel à 4 mois dès le 24 décembre.").await?;
        office.tap_id("send-notice").await?;
        office.find_id("notice").await?;
        pic(&office, "messages").await?;
        assert_eq!(office.complaints().await?, Vec::<String>::new());
        office.close_for_good().await?;
    }
    Ok(())
}

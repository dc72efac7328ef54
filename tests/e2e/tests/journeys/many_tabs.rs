//! A coordinator keeps many pages of the desk open. A browser gives one address six connections at most, and news from the
//! relay hold one each: pages that nobody looks at must give theirs back.

use perron_e2e::{Browser, Hub, Result, Size, Tablet};

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_still_answers_with_nine_pages_open() -> Result<()> {
    let hub = Hub::start().await?;
    let mut office = Tablet::open_sized(Browser::Chromium, Size::DESK, &hub.address()).await?;
    office.go("/relais/tournees").await?;
    let first = office.tab().await?;
    for _ in 0..8 {
        office.find_id("round").await?;
        office.opens_a_tab("/relais/tournees").await?;
    }
    office.go("/relais/tablettes").await?;
    office.fill_id("tablet-label", "Tablette 2").await?;
    office.tap_id("make-code").await?;
    office.find_id("code").await?;
    // A page that is looked at again hears what happened meanwhile.
    office.go("/relais/tournees").await?;
    office.tap_id("new-round").await?;
    office.fill_id("round-name", "Bondy nord").await?;
    office.fill_id("round-day", "20/12/2031").await?;
    office.tap_id("create-round").await?;
    office.find_id("publish").await?;
    office.shows_tab(&first).await?;
    office.see("Bondy nord").await?;
    assert_eq!(office.complaints().await?, Vec::<String>::new());
    Ok(())
}

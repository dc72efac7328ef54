//! Two windows of the desk, on one person and on one draft: nobody wipes what the other one saved, and an hour that is none is
//! not called saved.

use anyhow::Context;
use perron_desk_api::{DraftView, PeoplePage, RoundDraft};
use perron_domain::people::PersonRecord;
use perron_e2e::{Browser, Desk, Hub, Result, Size, Tablet};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_of_the_desk_wipe_nothing() -> Result<()> {
    let hub = Hub::start().await?;
    let desk = Desk::of(&hub);
    let people: PeoplePage = desk.read("/api/people").await?;
    let person = people.persons.first().context("the demo has people")?.id;
    let mut first = Tablet::open_sized(Browser::Chromium, Size::DESK, &hub.address()).await?;
    let mut second = Tablet::open_sized(Browser::Chromium, Size::DESK, &hub.address()).await?;
    for office in [&mut first, &mut second] {
        office.go(&format!("/relais/personnes/{person}")).await?;
        office.find_id("save-person").await?;
    }
    first.fill_id("phone", "06 00 00 00 01").await?;
    first.tap_id("save-person").await?;
    first.see("Enregistré").await?;
    second.fill("Étage", "3").await?;
    second.tap_id("save-person").await?;
    second.see("Enregistré").await?;
    second.holds("phone", "06 00 00 00 01").await?;

    // The same field: nothing is saved until somebody chooses.
    first.fill_id("phone", "06 00 00 00 02").await?;
    first.tap_id("save-person").await?;
    first.see("Enregistré").await?;
    second.fill_id("phone", "06 00 00 00 03").await?;
    second.tap_id("save-person").await?;
    second.see_id_of("differs", "Téléphone", "06 00 00 00 02").await?;
    second.tap_id("keep-here").await?;
    second.gone_id("differs").await?;
    let record: PersonRecord = desk.read(&format!("/api/people/{person}")).await?;
    assert_eq!((record.phone.as_deref(), record.floor.as_deref()), (Some("06 00 00 00 03"), Some("3")));

    // What is typed and not saved is there again after a reload, and another window of the account is told of it: it does not
    // write over it, and goes on with it when somebody says so.
    first.go("/relais/messages").await?;
    first.fill_id("notice-title", "Verglas").await?;
    first.see("Brouillon enregistré").await?;
    first.reload().await?;
    first.holds("notice-title", "Verglas").await?;
    second.go("/relais/messages").await?;
    second.find_id("kept-elsewhere").await?;
    second.holds("notice-title", "").await?;
    second.tap_id("kept-move-here").await?;
    second.holds("notice-title", "Verglas").await?;
    second.gone_id("kept-elsewhere").await?;
    second.tap_id("kept-clear").await?;
    second.holds("notice-title", "").await?;

    // A draft saves itself: what the other window changed is taken over, and the same field is asked about.
    let new = json!({ "on": "2031-03-04", "label": "Deux fenêtres" });
    let draft: DraftView = desk.send("/api/rounds", &new).await?;
    let number = draft.draft.number;
    for office in [&mut first, &mut second] {
        office.go(&format!("/relais/tournees/{number}/preparer")).await?;
        office.find_id("team").await?;
    }
    // A text is saved when its field is left.
    first.fill_id("team", "Équipe du port\u{e004}").await?;
    draft_has(&desk, number, |draft| draft.team == "Équipe du port").await?;
    second.fill_id("start-hour", "10:15").await?;
    second.find_id("joined").await?;
    second.holds("team", "Équipe du port").await?;
    second.fill("Lieu de départ", "Gare\u{e004}").await?;
    draft_has(&desk, number, |draft| draft.start_place == "Gare").await?;
    first.fill("Lieu de départ", "Mairie\u{e004}").await?;
    first.see_id_of("differs", "Lieu de départ", "Gare").await?;
    first.see("À corriger").await?;
    first.tap_id("take-there").await?;
    first.gone_id("differs").await?;
    first.see("Enregistré").await?;

    first.fill_id("start-hour", "25:99").await?;
    first.see("Cette heure n’existe pas").await?;
    first.see("À corriger").await?;
    let kept: DraftView = desk.read(&format!("/api/rounds/{number}/draft")).await?;
    assert_eq!((kept.draft.team.as_str(), kept.draft.start_minute), ("Équipe du port", 10 * 60 + 15));
    assert_eq!(kept.draft.start_place, "Gare");
    for office in [&first, &second] {
        assert_eq!(office.complaints().await?, Vec::<String>::new());
    }
    Ok(())
}

/// Waits until the hub has this of a draft.
async fn draft_has(desk: &Desk, number: u32, has: fn(&RoundDraft) -> bool) -> Result<()> {
    for _ in 0..100 {
        let kept: DraftView = desk.read(&format!("/api/rounds/{number}/draft")).await?;
        if has(&kept.draft) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("what was typed is not saved")
}

//! Enrolment without typing: the camera reads the code; where it may not or cannot, one sentence says to type it.

use perron_e2e::{Browser, Desk, Hub, Result, Tablet};
use serde_json::json;

/// Chromium on Linux has no reader of codes; on the tablets it has. This one reads `text` in every picture.
async fn reads(tablet: &Tablet, text: &str) -> Result<()> {
    let source = format!(
        "window.BarcodeDetector = class {{ async detect(video) {{
           return video.videoWidth > 0 ? [{{ rawValue: {} }}] : [];
         }} }};",
        json!(text)
    );
    tablet.web()?.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_camera_reads_the_code_that_the_desk_shows() -> Result<()> {
    let hub = Hub::start().await?;
    let code = Desk::of(&hub).code_for("Tablette 1").await?;
    let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
    tablet.permission("camera", "granted").await?;
    reads(&tablet, &format!("{}/enrolement#{code}", hub.address())).await?;
    tablet.go("/enrolement").await?;
    tablet.tap_id("scan").await?;
    tablet.holds("enrol-code", &code).await?;
    // The camera is off again once it has read.
    tablet.gone_id("camera").await?;
    tablet.tap_id("enrol").await?;
    tablet.find_id("ready-list").await?;
    assert_eq!(tablet.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_that_may_not_or_cannot_says_to_type_the_code() -> Result<()> {
    let hub = Hub::start().await?;
    let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
    // This browser reads no codes.
    tablet.go("/enrolement").await?;
    tablet.see("Ce navigateur ne lit pas les codes QR : tapez le code affiché au relais.").await?;
    assert!(!tablet.has_id("scan").await?);
    // Somebody said no.
    tablet.permission("camera", "denied").await?;
    reads(&tablet, "https://example.org/menu").await?;
    tablet.go("/enrolement").await?;
    tablet.tap_id("scan").await?;
    tablet.see("La caméra est refusée : tapez le code").await?;
    // A code on a menu is none of ours, and the camera looks on.
    tablet.permission("camera", "granted").await?;
    tablet.tap_id("scan").await?;
    tablet.see("Ce code QR n’est pas celui d’une tablette.").await?;
    tablet.tap_id("scan-stop").await?;
    tablet.find_id("scan").await?;
    tablet.find_id("enrol-code").await?;
    Ok(())
}

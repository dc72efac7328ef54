//! A new version of the app arrives while a form is half filled: it waits, it asks, and the form comes back.

use perron_e2e::steps::Nurse;
use perron_e2e::{Between, Browser, Hub, Mood, ROUND_A, Result};
use serde_json::json;

const LOOK: &str = "const done = arguments[arguments.length - 1];
    navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => done(true), () => done(false));";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_never_takes_a_half_filled_form_away() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let between = Between::before(&hub).await?;
    let round = "Bondy, tournée A";
    let address = between.address();
    let mut nurse = Nurse::takes_a_tablet_at(Browser::Chromium, &address, &hub, ROUND_A, "Tablette 1", round).await?;
    let tablet = &mut nurse.tablet;
    tablet.tap("Boîte").await?;
    tablet.fill_id("box-degrees", "6,3").await?;
    tablet.script("window.__same = true", vec![]).await?;

    between.is(Mood::Newer);
    assert_eq!(tablet.web()?.execute_async(LOOK, vec![]).await?.json(), true);
    tablet.find_id("update-waits").await?;
    // Nothing has happened to the page or the form.
    assert_eq!(tablet.script("return window.__same ?? false", vec![]).await?, json!(true));
    tablet.holds("box-degrees", "6,3").await?;

    tablet.tap_id("update-now").await?;
    tablet.gone_id("update-waits").await?;
    tablet.holds("box-degrees", "6,3").await?;
    assert_eq!(tablet.script("return window.__same ?? false", vec![]).await?, json!(false));
    // The form works in the new version.
    tablet.tap_id("box-save").await?;
    tablet.find_id("box-saved").await
}

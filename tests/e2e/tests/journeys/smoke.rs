//! The shortest journey: the app opens, in each of the three browsers.
#![expect(clippy::unwrap_used, reason = "a journey that cannot go on has failed")]

use perron_e2e::{Browser, Hub, Result, Tablet};

#[tokio::test(flavor = "multi_thread")]
async fn the_app_opens_in_chromium_without_a_complaint() -> Result<()> {
    let hub = Hub::start().await?;
    let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
    tablet.go("/reglages").await?;
    tablet.see("Réglages").await?;
    assert_eq!(tablet.complaints().await?, Vec::<String>::new());
    let stumbles = tablet.stumbles().await?;
    assert!(stumbles.is_empty(), "{stumbles:#?}");
    tablet.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_opens_in_firefox() -> Result<()> {
    let hub = Hub::start().await?;
    let mut tablet = Tablet::open(Browser::Firefox, &hub.address()).await?;
    tablet.go("/reglages").await?;
    tablet.see("Réglages").await?;
    tablet.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_opens_in_webkit() -> Result<()> {
    let hub = Hub::start().await?;
    let mut tablet = Tablet::open(Browser::WebKit, &hub.address()).await?;
    tablet.go("/reglages").await?;
    tablet.see("Réglages").await?;
    tablet.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_tablet_stored_is_there_after_it_was_killed() -> Result<()> {
    let hub = Hub::start().await?;
    for browser in [Browser::Chromium, Browser::Firefox] {
        let mut tablet = Tablet::open(browser, &hub.address()).await?;
        tablet.web()?.execute_async(STORE, vec![]).await?;
        tablet.kill().await?;
        tablet.reopen().await?;
        let found = tablet.web()?.execute_async(READ, vec![]).await?;
        assert_eq!(found.json().as_str().unwrap(), "gardé", "{browser:?}");
        tablet.close().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_hub_is_away_and_comes_back_at_the_same_address() -> Result<()> {
    let hub = Hub::start().await?;
    let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
    let asks = "const done = arguments[0]; fetch('/').then((answer) => done(answer.ok), () => done(false));";
    hub.stop().await?;
    let away =
        "const done = arguments[0]; fetch('/sync/hello', {method: 'POST'}).then(() => done(false), () => done(true));";
    assert_eq!(tablet.web()?.execute_async(away, vec![]).await?.json(), true);
    hub.start_again().await?;
    assert_eq!(tablet.web()?.execute_async(asks, vec![]).await?.json(), true);
    tablet.close().await
}

const STORE: &str = "const done = arguments[0];
    const open = indexedDB.open('harness', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('words');
    open.onsuccess = () => {
      const write = open.result.transaction('words', 'readwrite', {durability: 'strict'});
      write.objectStore('words').put('gardé', 1);
      write.oncomplete = () => done(true);
    };";

const READ: &str = "const done = arguments[0];
    const open = indexedDB.open('harness', 1);
    open.onsuccess = () => {
      const read = open.result.transaction('words').objectStore('words').get(1);
      read.onsuccess = () => done(read.result ?? null);
    };";

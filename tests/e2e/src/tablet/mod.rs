//! A tablet: a browser with a profile of its own that can be killed and opened again; a hand that touches it, an eye that
//! reads it.

mod eye;
mod hand;
mod size;

pub use size::Size;

use crate::driver::{self, Browser, Disk, Driven};
use crate::page::{self};
use crate::process::kill_those_using;
use crate::{PATIENCE, Result};
use anyhow::Context;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

/// A browser at one hub's address. What it stores lives in its profile, and goes with the journey.
#[derive(Debug)]
pub struct Tablet {
    browser: Browser,
    size: Size,
    address: String,
    profile: TempDir,
    driven: Option<Driven>,
    touches: u32,
    screen: String,
    clock_ms: i64,
    disk: Disk,
}

impl Tablet {
    /// Opens `address` on an 8-inch tablet that was never used before.
    pub async fn open(browser: Browser, address: &str) -> Result<Self> {
        Self::open_sized(browser, Size::TABLET, address).await
    }

    /// Opens `address` on an 8-inch tablet that was never used before, whose clock is `ms` off the real one.
    pub async fn open_at(browser: Browser, address: &str, ms: i64) -> Result<Self> {
        Self::open_for(browser, Size::TABLET, address, ms).await
    }

    /// Opens `address` on an 8-inch tablet whose browser lets no site store anything.
    pub async fn open_without_storage(address: &str) -> Result<Self> {
        let mut tablet = Self::closed(Browser::Chromium, Size::TABLET, address, 0)?;
        tablet.disk = Disk::Denied;
        tablet.reopen().await?;
        Ok(tablet)
    }

    /// Opens `address` on a device of `size` that was never used before.
    pub async fn open_sized(browser: Browser, size: Size, address: &str) -> Result<Self> {
        Self::open_for(browser, size, address, 0).await
    }

    /// Opens `address` on a device of `size` that was never used before, whose clock is `clock_ms` off the real one.
    pub async fn open_for(browser: Browser, size: Size, address: &str, clock_ms: i64) -> Result<Self> {
        let mut tablet = Self::closed(browser, size, address, clock_ms)?;
        tablet.reopen().await?;
        Ok(tablet)
    }

    fn closed(browser: Browser, size: Size, address: &str, clock_ms: i64) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("perron-tablet-").tempdir()?;
        let address = address.trim_end_matches('/').to_owned();
        let (driven, screen) = (None, String::new());
        Ok(Self { browser, size, address, profile, driven, touches: 0, screen, clock_ms, disk: Disk::Enough })
    }

    /// Starts the browser with the profile that it had, at the app's first address.
    pub async fn reopen(&mut self) -> Result<()> {
        anyhow::ensure!(self.driven.is_none(), "the browser is already open");
        self.screen = String::new();
        // What a killed Chromium leaves would make the next one ask whether the profile is in use.
        for left in ["SingletonLock", "SingletonCookie", "SingletonSocket"] {
            let _ = std::fs::remove_file(self.profile.path().join(left));
        }
        self.driven = Some(driver::start(self.browser, self.profile.path(), self.size, self.disk).await?);
        self.fit().await?;
        self.permission("persistent-storage", "granted").await?;
        if self.clock_ms != 0 {
            // The app must not see the real time first: that would be a jump. An icon is a page without the app.
            self.go("/icon-192.png").await?;
            self.move_clock(self.clock_ms).await?;
        }
        self.go("/").await?;
        Ok(())
    }

    /// Starts the browser with the profile that it had, on a disk that has become full.
    pub async fn reopen_full(&mut self) -> Result<()> {
        self.disk = Disk::Full;
        self.reopen().await
    }

    /// Somebody made room on the full disk.
    pub async fn has_room_again(&mut self) -> Result<()> {
        self.disk = Disk::Enough;
        // Given a size: lifting the override alone gives the database room, but not the files.
        let room = json!({"origin": self.address, "quotaSize": 1_000_000_000});
        self.web()?.cdp().send_raw("Storage.overrideQuotaForOrigin", room).await?;
        Ok(())
    }

    /// Moves the tablet's clock by `ms` from the real one, now and after each start. The app's builds that ship have
    /// no such clock.
    pub async fn move_clock(&mut self, ms: i64) -> Result<()> {
        self.clock_ms = ms;
        let set = "localStorage.setItem('__perron_clock_shift', arguments[0]); \
                   window.__perron_clock_shift = Number(arguments[0]);";
        self.script(set, vec![json!(ms.to_string())]).await?;
        Ok(())
    }

    /// Sets only the wall clock, `ms` from what it would be, as a hand in the settings does.
    pub async fn sets_the_wall_clock(&mut self, ms: i64) -> Result<()> {
        let set = "localStorage.setItem('__perron_wall_shift', arguments[0]); \
                   window.__perron_wall_shift = Number(arguments[0]);";
        self.script(set, vec![json!(ms.to_string())]).await.map(drop)
    }

    /// Lets `time` pass on the tablet's clock.
    pub async fn pass(&mut self, time: Duration) -> Result<()> {
        let ms = i64::try_from(time.as_millis())?;
        self.move_clock(self.clock_ms + ms).await
    }

    /// Kills the browser at once, as an empty battery would; what was not yet durable is lost.
    pub async fn kill(&mut self) -> Result<()> {
        let driven = self.driven.take().context("the browser is not open")?;
        kill_those_using(self.profile.path());
        // Nobody is left to take leave of.
        let _ = driven.web.clone().leak();
        drop(driven);
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok(())
    }

    /// Closes the browser properly.
    pub async fn close(&mut self) -> Result<()> {
        let driven = self.driven.take().context("the browser is not open")?;
        Ok(driven.web.clone().quit().await?)
    }

    /// Closes the browser properly; nobody needs it again.
    pub async fn close_for_good(mut self) -> Result<()> {
        self.close().await
    }

    /// The browser itself, for what has no word here.
    pub fn web(&self) -> Result<&WebDriver> {
        Ok(&self.driven.as_ref().context("the browser is not open")?.web)
    }

    /// Whether the browser is open.
    pub fn is_open(&self) -> bool {
        self.driven.is_some()
    }

    /// The folder of the browser's profile.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Goes to `path` of the app, as by typing the address.
    pub async fn go(&mut self, path: &str) -> Result<()> {
        let address = format!("{}{path}", self.address);
        self.web()?.goto(address).await?;
        Ok(())
    }

    /// Which tab is in front.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.web()?.window().await?)
    }

    /// Opens `path` of the app in another tab, beside those that are open.
    pub async fn opens_a_tab(&mut self, path: &str) -> Result<WindowHandle> {
        let tab = self.web()?.new_tab().await?;
        self.shows_tab(&tab).await?;
        self.go(path).await?;
        Ok(tab)
    }

    /// Brings a tab to the front.
    pub async fn shows_tab(&mut self, tab: &WindowHandle) -> Result<()> {
        self.web()?.switch_to_window(tab.clone()).await?;
        self.screen = String::new();
        self.fit().await
    }

    /// Loads the page again.
    pub async fn reload(&mut self) -> Result<()> {
        Ok(self.web()?.refresh().await?)
    }

    /// How far the tablet's clock is from the real one, in milliseconds.
    pub fn clock(&self) -> i64 {
        self.clock_ms
    }

    /// Runs JavaScript in the page and returns what it returns.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.web()?.execute(script, arguments).await?.json().clone())
    }

    /// Sets a permission of the app's origin to `granted`, `denied` or `prompt` (Chromium; Firefox grants by its profile).
    pub async fn permission(&self, name: &str, setting: &str) -> Result<()> {
        if self.browser == Browser::Chromium {
            let parameters = json!({"origin": self.address, "permission": {"name": name}, "setting": setting});
            self.web()?.cdp().send_raw("Browser.setPermission", parameters).await?;
        }
        Ok(())
    }

    /// Lets the battery have `percent` left from now on, as the page is told (Chromium only).
    pub async fn battery(&mut self, percent: u8) -> Result<()> {
        let level = f64::from(percent) / 100.0;
        let source = format!("navigator.getBattery = async () => ({{level: {level}, charging: false}});");
        self.web()?.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await?;
        self.reload().await
    }

    /// Errors that the page wrote to the console since the last call (Chromium only).
    pub async fn complaints(&self) -> Result<Vec<String>> {
        if self.browser != Browser::Chromium {
            return Ok(Vec::new());
        }
        let log = self.web()?.browser_log().await?;
        Ok(log
            .into_iter()
            .filter(|entry| format!("{:?}", entry.level).eq_ignore_ascii_case("severe"))
            .map(|entry| entry.message)
            .collect())
    }

    /// Waits until the page says something, loads nothing any more, and has stopped changing, but for what ticks.
    pub async fn settles(&self) -> Result<()> {
        let start = Instant::now();
        let mut before = String::new();
        loop {
            let now = page::text(self.web()?).await?.replace(|one: char| one.is_ascii_digit(), "");
            if !now.is_empty() && now == before && !now.contains("Chargement…") {
                return Ok(());
            }
            anyhow::ensure!(start.elapsed() < PATIENCE, "the page never came to rest; it says: {now}");
            before = now;
            tokio::time::sleep(Duration::from_millis(120)).await;
        }
    }

    /// Writes a picture of the screen to `path`.
    pub async fn picture(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.web()?.screenshot(path).await?)
    }

    /// Gives the page exactly the size of the device.
    async fn fit(&self) -> Result<()> {
        let web = self.web()?;
        if self.browser == Browser::Chromium {
            let Size { width, height, touch, .. } = self.size;
            let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch});
            web.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
            web.cdp().send_raw("Emulation.setTouchEmulationEnabled", json!({"enabled": touch})).await?;
            return Ok(());
        }
        // The window's frame is unknown until it is measured.
        web.set_window_rect(0, 0, self.size.width, self.size.height).await?;
        let inner: (u32, u32) = web.execute("return [innerWidth, innerHeight]", vec![]).await?.convert()?;
        let frame = (self.size.width.saturating_sub(inner.0), self.size.height.saturating_sub(inner.1));
        web.set_window_rect(0, 0, self.size.width + frame.0, self.size.height + frame.1).await?;
        Ok(())
    }
}

impl Drop for Tablet {
    fn drop(&mut self) {
        if let Some(driven) = self.driven.take() {
            kill_those_using(self.profile.path());
            let _ = driven.web.clone().leak();
        }
    }
}

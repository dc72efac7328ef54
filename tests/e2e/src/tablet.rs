//! A tablet: a browser with a profile of its own that can be killed and opened again.

use crate::driver::{self, Browser, Disk, Driven};
use crate::page::{self, find, look, wait};
use crate::process::kill_those_using;
use crate::{PATIENCE, Result};
use anyhow::Context;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

/// After a change of screen the app ignores touches for 400 ms (wet glass, gloves); a person waits without knowing, and
/// longer where the machine is slow.
const GUARD: Duration = Duration::from_millis(450);

/// What the shell wears while it ignores touches.
const GUARDED: &str = "return Boolean(document.querySelector('.tablet-guarded'))";

/// A screen's size in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Short name, for files.
    pub name: &'static str,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether fingers are used on it.
    pub touch: bool,
}

impl Size {
    /// An 8-inch tablet, upright.
    pub const TABLET: Self = Self { name: "8-portrait", width: 600, height: 960, touch: true };
    /// A 10-inch tablet, lying.
    pub const LANDSCAPE: Self = Self { name: "10-landscape", width: 1280, height: 800, touch: true };
    /// A phone.
    pub const PHONE: Self = Self { name: "phone", width: 390, height: 844, touch: true };
    /// The desk's computer.
    pub const DESK: Self = Self { name: "desk", width: 1280, height: 800, touch: false };
}

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

    /// Counts, from now on, the fields that are touched: each of them would bring up the keyboard.
    pub async fn watches_the_keyboard(&self) -> Result<()> {
        let watch = "window.__fields = 0; addEventListener('focusin', (event) => {
            if (event.target.matches('input:not([type=radio]):not([type=checkbox]), textarea')) window.__fields += 1;
        });";
        self.script(watch, vec![]).await.map(drop)
    }

    /// How often the keyboard would have come up since it is watched.
    pub async fn keyboards(&self) -> Result<Value> {
        self.script("return window.__fields", vec![]).await
    }

    /// Loads the page again.
    pub async fn reload(&mut self) -> Result<()> {
        Ok(self.web()?.refresh().await?)
    }

    /// Taps what carries these words (exact words first, else their beginning, else a part), once it can be tapped.
    pub async fn tap(&mut self, words: &str) -> Result<()> {
        self.touch(vec![json!("tap"), json!(words)], &format!("«{words}» to tap")).await
    }

    /// Taps what carries these words in the smallest part of the page that also says `part`: «Non» beside its question.
    pub async fn tap_in(&mut self, part: &str, words: &str) -> Result<()> {
        self.touch(vec![json!("tap"), json!(words), json!(part)], &format!("«{words}» to tap beside «{part}»")).await
    }

    /// Taps the element whose `data-testid` is `id`.
    pub async fn tap_id(&mut self, id: &str) -> Result<()> {
        self.touch(vec![json!("press"), json!(id)], &format!("the element {id} to tap")).await
    }

    /// Taps the element whose `data-testid` is `id` and that says `words`: one row of a list.
    pub async fn tap_id_of(&mut self, id: &str, words: &str) -> Result<()> {
        self.touch(vec![json!("press"), json!(id), json!(words)], &format!("the element {id} of «{words}» to tap"))
            .await
    }

    /// How far the tablet's clock is from the real one, in milliseconds.
    pub fn clock(&self) -> i64 {
        self.clock_ms
    }

    async fn touch(&mut self, arguments: Vec<Value>, wanted: &str) -> Result<()> {
        let web = self.web()?.clone();
        let start = Instant::now();
        loop {
            let element = wait(&web, wanted, || find(&web, arguments.clone())).await?;
            let screen: String = look(&web, vec![json!("screen")]).await?;
            if screen != self.screen {
                self.screen = screen;
                tokio::time::sleep(GUARD).await;
                continue;
            }
            if start.elapsed() < PATIENCE && self.script(GUARDED, vec![]).await? == json!(true) {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
            match element.click().await {
                Ok(()) => break,
                // Redrawn or covered for a moment: look again, as a person does.
                Err(_) if start.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(80)).await;
                    // Perhaps it lies under the bar at the bottom: a person scrolls on.
                    let _ = look::<Value>(&web, vec![json!("centre"), element.to_json()?]).await;
                }
                Err(error) => return Err(error).context(format!("{wanted}: it is there but cannot be tapped")),
            }
        }
        self.touches += 1;
        Ok(())
    }

    /// How often the screen was tapped so far.
    pub fn touches(&self) -> u32 {
        self.touches
    }

    /// Writes `value` into the field with this label; a list takes the entry that reads so, a file field a path.
    pub async fn fill(&mut self, label: &str, value: &str) -> Result<()> {
        let field = self.field(label).await?;
        page::put(self.web()?, &field, value).await.with_context(|| format!("the field «{label}»"))
    }

    /// Writes `value` into the field with this label in the smallest part of the page that also says `part`.
    pub async fn fill_in(&mut self, part: &str, label: &str, value: &str) -> Result<()> {
        let web = self.web()?;
        let wanted = format!("a field «{label}» beside «{part}»");
        let field = wait(web, &wanted, || find(web, vec![json!("field"), json!(label), json!(part)])).await?;
        page::put(web, &field, value).await.context(wanted)
    }

    /// Writes `value` into the field whose `data-testid` is `id`, as [`fill`](Self::fill) does.
    pub async fn fill_id(&mut self, id: &str, value: &str) -> Result<()> {
        let web = self.web()?;
        let field = wait(web, &format!("the field {id}"), || find(web, vec![json!("id"), json!(id)])).await?;
        page::put(web, &field, value).await.with_context(|| format!("the field {id}"))
    }

    /// Chooses the file at `path` in the field whose `data-testid` is `id`, hidden behind its button as such fields are.
    pub async fn choose_file(&self, id: &str, path: &str) -> Result<()> {
        let web = self.web()?;
        let hidden = async || Ok(web.find_all(By::Css(format!("[data-testid='{id}']"))).await?.pop());
        let field = wait(web, &format!("the field {id} for a file"), hidden).await?;
        Ok(field.send_keys(path).await?)
    }

    /// How many elements have this `data-testid`.
    pub async fn count_id(&self, id: &str) -> Result<usize> {
        Ok(self.web()?.find_all(By::Css(format!("[data-testid='{id}']"))).await?.len())
    }

    /// Whether the element whose `data-testid` is `id` is there and can be pressed now.
    pub async fn can_press(&self, id: &str) -> Result<bool> {
        Ok(find(self.web()?, vec![json!("press"), json!(id)]).await?.is_some())
    }

    /// Waits until the field whose `data-testid` is `id` holds `value`.
    pub async fn holds(&self, id: &str, value: &str) -> Result<()> {
        let web = self.web()?;
        wait(web, &format!("the field {id} with «{value}»"), async || {
            let Some(field) = find(web, vec![json!("id"), json!(id)]).await? else { return Ok(None) };
            Ok((field.prop("value").await?.as_deref() == Some(value)).then_some(()))
        })
        .await
    }

    /// Waits until the element whose `data-testid` is `id` is there.
    pub async fn find_id(&self, id: &str) -> Result<()> {
        let web = self.web()?;
        wait(web, &format!("the element {id}"), || find(web, vec![json!("id"), json!(id)])).await.map(drop)
    }

    /// Waits until an element that `selector` describes is there.
    pub async fn find_css(&self, selector: &str) -> Result<()> {
        let web = self.web()?;
        let there = async || Ok((!web.find_all(By::Css(selector)).await?.is_empty()).then_some(()));
        wait(web, &format!("an element {selector}"), there).await
    }

    /// Whether the element whose `data-testid` is `id` is on the screen now.
    pub async fn has_id(&self, id: &str) -> Result<bool> {
        Ok(find(self.web()?, vec![json!("id"), json!(id)]).await?.is_some())
    }

    /// Waits until the element whose `data-testid` is `id` and that says `part` also says `words`.
    pub async fn see_id_of(&self, id: &str, part: &str, words: &str) -> Result<()> {
        let web = self.web()?;
        wait(web, &format!("«{words}» on the element {id} of «{part}»"), async || {
            let Some(found) = find(web, vec![json!("id"), json!(id), json!(part)]).await? else { return Ok(None) };
            Ok(says(&found.text().await?, words).then_some(()))
        })
        .await
    }

    /// Waits until the element whose `data-testid` is `id` is no longer there.
    pub async fn gone_id(&self, id: &str) -> Result<()> {
        let web = self.web()?;
        let gone = async || Ok(find(web, vec![json!("id"), json!(id)]).await?.is_none().then_some(()));
        wait(web, &format!("the element {id} to go away"), gone).await
    }

    /// The page's title, as it stands on the screen now.
    pub async fn title(&self) -> Result<String> {
        look(self.web()?, vec![json!("title")]).await
    }

    /// Waits until the page's title has these words.
    pub async fn title_has(&self, words: &str) -> Result<()> {
        let wanted = format!("a title with «{words}»");
        wait(self.web()?, &wanted, async || Ok(says(&self.title().await?, words).then_some(()))).await
    }

    /// Waits until the page's title is another.
    pub async fn title_lacks(&self, words: &str) -> Result<()> {
        let wanted = format!("a title without «{words}»");
        wait(self.web()?, &wanted, async || Ok((!says(&self.title().await?, words)).then_some(()))).await
    }

    /// Waits until the address begins with one of these, and returns which.
    pub async fn leads_to<'a>(&self, starts: &[&'a str]) -> Result<&'a str> {
        let web = self.web()?;
        wait(web, &format!("an address that begins with one of {starts:?}"), async || {
            let path = web.current_url().await?.path().to_owned();
            Ok(starts.iter().copied().find(|start| path.starts_with(start)))
        })
        .await
    }

    /// Whether this is the app's page at `path`.
    pub async fn address_is(&self, path: &str) -> Result<bool> {
        Ok(self.web()?.current_url().await?.path() == path)
    }

    /// What the field with this label holds.
    pub async fn value(&self, label: &str) -> Result<String> {
        Ok(self.field(label).await?.prop("value").await?.unwrap_or_default())
    }

    async fn field(&self, label: &str) -> Result<WebElement> {
        let web = self.web()?;
        wait(web, &format!("a field «{label}»"), || find(web, vec![json!("field"), json!(label)])).await
    }

    /// Waits until these words are on the screen. White space, apostrophes and capitals are compared loosely.
    pub async fn see(&self, words: &str) -> Result<()> {
        let web = self.web()?;
        wait(web, &format!("«{words}»"), async || Ok(says(&page::text(web).await?, words).then_some(()))).await
    }

    /// Waits until one of these is on the screen, and returns which.
    pub async fn see_one<'a>(&self, choices: &[&'a str]) -> Result<&'a str> {
        let web = self.web()?;
        wait(web, &format!("one of {choices:?}"), async || {
            let text = page::text(web).await?;
            Ok(choices.iter().copied().find(|words| says(&text, words)))
        })
        .await
    }

    /// Waits until these words are no longer on the screen.
    pub async fn gone(&self, words: &str) -> Result<()> {
        let web = self.web()?;
        let wanted = format!("«{words}» to go away");
        wait(web, &wanted, async || Ok((!says(&page::text(web).await?, words)).then_some(()))).await
    }

    /// Waits until the element whose `data-testid` is `id` is there, and returns its text.
    pub async fn read_id(&self, id: &str) -> Result<String> {
        let web = self.web()?;
        let element = wait(web, &format!("the element {id}"), || find(web, vec![json!("id"), json!(id)])).await?;
        Ok(element.text().await?)
    }

    /// The visible text of the whole page, white space made plain.
    pub async fn text(&self) -> Result<String> {
        page::text(self.web()?).await
    }

    /// Draws a stroke across the element whose `data-testid` is `id`: a signature.
    pub async fn sign(&mut self, id: &str) -> Result<()> {
        let web = self.web()?;
        let pad = wait(web, &format!("the signature pad {id}"), || find(web, vec![json!("id"), json!(id)])).await?;
        pad.scroll_into_view().await?;
        web.action_chain()
            .move_to_element_with_offset(&pad, -60, 10)
            .click_and_hold()
            .move_by_offset(40, -25)
            .move_by_offset(30, 30)
            .move_by_offset(40, -15)
            .release()
            .perform()
            .await?;
        self.touches += 1;
        Ok(())
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

    /// Waits until the page says something and has stopped changing, but for what ticks.
    pub async fn settles(&self) -> Result<()> {
        let start = Instant::now();
        let mut before = String::new();
        loop {
            let now = page::text(self.web()?).await?.replace(|one: char| one.is_ascii_digit(), "");
            if !now.is_empty() && now == before {
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

/// Whether `text` has `words`, whatever their spaces, apostrophes and capitals.
fn says(text: &str, words: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'").to_lowercase();
    plain(text).contains(&plain(words))
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn french_spaces_and_apostrophes_do_not_hide_words() {
        assert!(says("Synchronisé à 18\u{202f}h\u{a0}42", "synchronisé à 18 h 42"));
        assert!(says("À utiliser d’ici midi", "d'ici"));
        assert!(!says("Ma tournée", "Doses"));
    }
}

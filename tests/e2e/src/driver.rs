//! The three browsers, and the WebDriver program that each is driven by.

use crate::Result;
use crate::process::{Process, free_port, listening};
use crate::tablet::Size;
use anyhow::Context;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, TimeoutConfiguration};

/// A browser that a tablet may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, the Android tablets' engine.
    Chromium,
    /// Firefox, with its profile kept between starts.
    Firefox,
    /// WebKitGTK, the nearest to the iPad's engine. Its automation keeps no storage between starts: reload only.
    WebKit,
}

/// A browser under a driver.
#[derive(Debug)]
pub struct Driven {
    /// What the journey talks to.
    pub web: WebDriver,
    // Dropped in this order: the driver first, then the display that its browser draws on.
    _driver: Process,
    _display: Option<Process>,
}

/// What a browser lets its sites keep. Only Chromium is ever told otherwise than `Enough`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// As much as they want.
    Enough,
    /// Nothing more than what they keep already.
    Full,
    /// Nothing at all.
    Denied,
}

/// Starts `browser` with its profile in `profile` and `disk` for what its sites keep.
pub async fn start(browser: Browser, profile: &Path, size: Size, disk: Disk) -> Result<Driven> {
    let port = free_port()?;
    let quiet = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    };
    let mut display = None;
    let (name, mut command) = match browser {
        Browser::Chromium => {
            let mut command = Command::new("chromedriver");
            command.arg(format!("--port={port}"));
            ("chromedriver", command)
        }
        Browser::Firefox => {
            let mut command = Command::new("geckodriver");
            command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
            // The second port that geckodriver talks to Firefox by; the default one would clash between journeys.
            command.args([
                "--websocket-port",
                &free_port()?.to_string(),
                "--marionette-port",
                &free_port()?.to_string(),
            ]);
            ("geckodriver", command)
        }
        Browser::WebKit => {
            let (process, number) = start_display(size)?;
            display = Some(process);
            let mut command = Command::new("WebKitWebDriver");
            command.arg(format!("--port={port}")).arg("--host=127.0.0.1");
            command.env("DISPLAY", format!(":{number}")).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
            command.env("XDG_DATA_HOME", profile.join("data")).env("XDG_CACHE_HOME", profile.join("cache"));
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
            ("WebKitWebDriver", command)
        }
    };
    quiet(&mut command);
    let mut driver = Process::start(name, &mut command)?;
    listening(&mut driver, port).await?;
    let capabilities = match browser {
        Browser::Chromium => chromium(profile, size, disk)?,
        Browser::Firefox => firefox(profile, size)?,
        Browser::WebKit => webkit()?,
    };
    let web = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities)
        .request_timeout(Duration::from_secs(60))
        .connect()
        .await
        .with_context(|| format!("{browser:?} did not start"))?;
    web.update_timeouts(TimeoutConfiguration::new(
        Some(Duration::from_secs(30)),
        Some(Duration::from_secs(30)),
        Some(Duration::ZERO),
    ))
    .await?;
    Ok(Driven { web, _driver: driver, _display: display })
}

fn chromium(profile: &Path, size: Size, disk: Disk) -> Result<Capabilities> {
    let mut caps = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=fr-FR",
        "--use-fake-device-for-media-stream",
        "--disable-features=Translate,OptimizationHints,MediaRouter",
    ] {
        caps.add_arg(argument)?;
    }
    caps.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    caps.add_arg(&format!("--window-size={},{}", size.width, size.height))?;
    if disk == Disk::Full {
        caps.add_arg("--enable-features=StorageQuotaSettings:PoolSizeBytes/1000/MustRemainAvailableBytes/1")?;
    }
    if let Some(binary) = std::env::var_os("PERRON_CHROMIUM") {
        caps.set_binary(&binary.to_string_lossy())?;
    }
    let mut prefs = json!({
        "intl.accept_languages": "fr-FR,fr",
        "webkit.webprefs.default_font_size": size.text * 16 / 100,
    });
    if disk == Disk::Denied {
        // What the settings call «Block all cookies» takes every kind of storage away.
        prefs["profile.default_content_setting_values.cookies"] = json!(2);
    }
    caps.add_experimental_option("prefs", prefs)?;
    let mut caps: Capabilities = caps.into();
    caps.set("goog:loggingPrefs", json!({"browser": "ALL"}))?;
    Ok(caps)
}

fn firefox(profile: &Path, size: Size) -> Result<Capabilities> {
    let mut caps = Capabilities::new();
    caps.set("browserName", "firefox")?;
    let names = ["firefox", "firefox-esr"].map(on_path);
    let binary = names.into_iter().flatten().next().context("Firefox is missing; `cargo xtask test` installs it")?;
    caps.set("moz:firefoxOptions", json!({
        "binary": binary,
        "args": ["-headless", "-profile", profile, "--width", size.width.to_string(), "--height", size.height.to_string()],
        "prefs": {
            "intl.accept_languages": "fr-FR,fr",
            "intl.locale.requested": "fr",
            "dom.storageManager.prompt.testing": true,
            "dom.storageManager.prompt.testing.allow": true,
            "media.navigator.streams.fake": true,
            "app.update.disabledForTesting": true,
            "datareporting.policy.dataSubmissionEnabled": false,
            "toolkit.telemetry.enabled": false,
            "browser.safebrowsing.downloads.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
        },
    }))?;
    Ok(caps)
}

fn webkit() -> Result<Capabilities> {
    let mut caps = Capabilities::new();
    caps.set("browserName", "MiniBrowser")?;
    let binary =
        mini_browser().context("WebKitGTK's MiniBrowser is not on this machine; `cargo xtask test` installs it")?;
    caps.set("webkitgtk:browserOptions", json!({"binary": binary, "args": ["--automation"]}))?;
    Ok(caps)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Debian keeps the browser in a folder that is named after the machine's kind.
fn mini_browser() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let places =
        folders.flat_map(|folder| ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"].map(|name| folder.join(name)));
    places.map(|place| place.join("MiniBrowser")).find(|path| path.exists())
}

/// Starts a display without a screen, and returns the number that it chose.
fn start_display(size: Size) -> Result<(Process, u32)> {
    let mut command = Command::new("Xvfb");
    let (width, height) = (size.width.max(1400), size.height.max(1100));
    command.args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = Process::start("Xvfb", &mut command)?;
    let output = process.stdout().context("Xvfb has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let number = line.trim().parse().context("Xvfb did not say which display it is")?;
    Ok((process, number))
}

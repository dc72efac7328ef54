//! Kills in the middle: of the real hub while tablets push, of a browser while it saves, starts and mends. Run by
//! `cargo xtask long`. What was acknowledged, or shown as saved, must be there afterwards. Prints one line, for the report.

mod browser;
mod hub;
mod hurt;

use anyhow::Context;
use perron_e2e::{Browser, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (what, times) = (arguments.next().unwrap_or_default(), arguments.next().context("how many kills?")?.parse()?);
    match what.as_str() {
        "hub" => hub::kill_the_hub(times).await,
        "chromium" => browser::kill_the_browser(Browser::Chromium, times).await,
        "firefox" => browser::kill_the_browser(Browser::Firefox, times).await,
        _ => anyhow::bail!("usage: perron-faults hub|chromium|firefox KILLS"),
    }
}

//! Looking at the page as a person would: by visible words and labels.

use crate::{PATIENCE, Result};
use anyhow::{Context, anyhow};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

const LOOK: &str = include_str!("page.js");

/// Runs one of the page's lookers and returns what it found.
pub async fn look<T: DeserializeOwned>(web: &WebDriver, arguments: Vec<Value>) -> Result<T> {
    Ok(web.execute(LOOK, arguments).await?.convert()?)
}

/// Returns the element that a looker finds, or nothing while it is not there.
pub async fn find(web: &WebDriver, arguments: Vec<Value>) -> Result<Option<WebElement>> {
    let found = web.execute(LOOK, arguments).await?;
    if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
}

/// Returns the visible text of the whole page, its white space made plain.
pub async fn text(web: &WebDriver) -> Result<String> {
    look(web, vec![json!("text")]).await
}

/// Waits until `attempt` gives something; otherwise says what was `wanted` and what is on the screen.
pub async fn wait<T, F>(web: &WebDriver, wanted: &str, mut attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let start = Instant::now();
    let mut trouble = None;
    loop {
        match attempt().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => (),
            // The page may be changing under our hands; only a trouble that lasts is one.
            Err(error) => trouble = Some(error),
        }
        if start.elapsed() > PATIENCE {
            return Err(gave_up(web, wanted, trouble).await);
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

/// The error of a wait that was in vain, with the page in words and, when asked for, in a picture.
async fn gave_up(web: &WebDriver, wanted: &str, trouble: Option<anyhow::Error>) -> anyhow::Error {
    let url = web.current_url().await.map(|url| url.to_string()).unwrap_or_default();
    let mut seen = text(web).await.unwrap_or_default();
    if let Some((end, _)) = seen.char_indices().nth(1500) {
        seen.truncate(end);
    }
    let mut picture = String::new();
    if let Some(folder) = std::env::var_os("PERRON_EVIDENCE") {
        let test = std::thread::current().name().unwrap_or("journey").replace("::", "-");
        let path = Path::new(&folder).join(format!("{test}-{}.png", std::process::id()));
        let _ = std::fs::create_dir_all(&folder);
        if web.screenshot(&path).await.is_ok() {
            picture = format!("\npicture: {}", path.display());
        }
    }
    let waited = PATIENCE.as_secs();
    let said = anyhow!("{wanted}: not within {waited} s, at {url}.{picture}\non the screen: {seen}");
    match trouble {
        Some(trouble) => trouble.context(said),
        None => said,
    }
}

/// Puts `value` into a field: by keys where a person would type, directly where browsers differ (dates, lists).
pub async fn put(web: &WebDriver, field: &WebElement, value: &str) -> Result<()> {
    let tag = field.tag_name().await?;
    let kind = field.attr("type").await?.unwrap_or_default();
    if kind == "file" {
        return Ok(field.send_keys(value).await?);
    }
    if tag == "select" || matches!(kind.as_str(), "date" | "time" | "month" | "datetime-local" | "range" | "color") {
        let done: bool = look(web, vec![json!("set"), field.to_json()?, json!(value)]).await?;
        anyhow::ensure!(done, "«{value}» is not in the list");
        return Ok(());
    }
    field.clear().await.context("the field cannot be emptied")?;
    if !value.is_empty() {
        field.send_keys(value).await?;
    }
    Ok(())
}

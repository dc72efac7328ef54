//! What a hand does on a tablet: touch, write, sign.

use super::Tablet;
use crate::page::{self, find, look, wait};
use crate::{PATIENCE, Result};
use anyhow::Context;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// After a change of screen the app ignores touches for 400 ms (wet glass, gloves); a person waits without knowing, and
/// longer where the machine is slow.
const GUARD: Duration = Duration::from_millis(450);

/// What the shell wears while it ignores touches.
const GUARDED: &str = "return Boolean(document.querySelector('.tablet-guarded'))";

impl Tablet {
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
}

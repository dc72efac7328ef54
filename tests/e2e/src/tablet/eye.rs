//! What an eye finds on a tablet, or waits for.

use super::Tablet;
use crate::Result;
use crate::page::{self, find, look, wait};
use serde_json::json;
use thirtyfour::prelude::*;

impl Tablet {
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

    pub(super) async fn field(&self, label: &str) -> Result<WebElement> {
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

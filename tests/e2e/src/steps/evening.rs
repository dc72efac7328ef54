//! The end of the day: counting, signing, and what the relay then knows.

use super::Nurse;
use crate::{Hub, Result};

impl Nurse {
    /// Opens the closing.
    pub async fn opens_the_closing(&mut self) -> Result<()> {
        self.tablet.tap("Perron").await?;
        self.tablet.tap("Plus").await?;
        // Whoever ends her day finds her vacation here too, and that it is over once it is.
        self.tablet.find_id("vacation").await?;
        self.tablet.tap_id("more-close").await?;
        // Once it is signed, the balances stand behind «Signer de nouveau».
        if self.tablet.see_one(&["Signée à", "Personnes et saisies"]).await? == "Signée à" {
            return Ok(());
        }
        self.doses_add_up().await
    }

    /// The line of the doses is a sum, and it is right as it stands.
    async fn doses_add_up(&self) -> Result<()> {
        let line = self.tablet.read_id("balance-doses").await?;
        let sum = |side: &str| {
            side.split(|sign: char| !sign.is_ascii_digit()).filter_map(|word| word.parse::<i32>().ok()).sum::<i32>()
        };
        let sides = line.split_once('=').map(|(came, went)| (sum(came), sum(went)));
        anyhow::ensure!(sides.is_some_and(|(came, went)| came == went), "«{line}» is no sum that adds up");
        Ok(())
    }

    /// Counts the entries on the nurse's own account: as many as are due. Nothing stands in the field before she does.
    pub async fn counts_entries(&mut self) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("balance-entries").await?;
        tablet.holds("entries-count", "").await?;
        let sum = tablet.read_id("entries-sum").await?;
        let due = sum.rsplit(' ').next().unwrap_or_default().to_owned();
        tablet.fill_id("entries-count", &due).await?;
        tablet.script("document.activeElement.blur()", Vec::new()).await?;
        tablet.gone("à compter").await?;
        tablet.tap_id("balance-entries").await
    }

    /// Explains the difference that says `about`, with these words.
    pub async fn explains(&mut self, about: &str, words: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id_of("gap", about).await?;
        tablet.fill_id("gap-text", words).await?;
        tablet.tap_id("gap-save").await?;
        tablet.gone_id("gap-save").await
    }

    /// Says how the day was, and signs the round.
    pub async fn signs(&mut self, difficulty: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("team-score-4").await?;
        tablet.fill_id("difficulty", difficulty).await?;
        // With differences that nobody explained, it is asked about.
        let with_gaps = tablet.read_id("sign").await?.contains("écarts");
        tablet.tap_id("sign").await?;
        if with_gaps {
            tablet.find_id("sign-gaps-left").await?;
            tablet.tap_id("sign-gaps-do").await?;
        }
        tablet.gone_id("sign").await?;
        tablet.find_id("sign-again").await
    }

    /// Signs the round once more, after something was entered or decided since.
    pub async fn signs_again(&mut self) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("sign-again").await?;
        tablet.find_id("no-gap").await?;
        tablet.tap_id("sign").await?;
        tablet.find_id("sign-again").await
    }

    /// Back in coverage: the hub answers again, at the hour that the tablet has, and gets everything.
    pub async fn comes_back_into_coverage(&mut self, hub: &Hub) -> Result<()> {
        hub.move_clock(self.tablet.clock());
        hub.start_again().await?;
        self.tablet.tap_id("sync-now").await?;
        self.is_synchronised().await
    }

    /// Asks for an exchange with the relay, as loading the app anew does, and waits for its end.
    pub async fn synchronises(&mut self) -> Result<()> {
        self.tablet.go("/").await?;
        self.tablet.title_has("Ma tournée").await?;
        self.is_synchronised().await
    }

    /// Finds a person among the doors that are done, with this word.
    pub async fn finds_done(&mut self, who: &str, word: &str) -> Result<()> {
        self.tablet.go("/").await?;
        self.tablet.tap("Portes faites").await?;
        self.tablet.see_id_of("door", who, word).await
    }
}

//! At the door: one step of a visit each.

use super::Nurse;
use crate::Result;
use perron_domain::fact::Outcome;
use serde_json::json;
use std::time::Duration;

/// Which arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arm {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// Who agrees for somebody else, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'a> {
    /// Signs on the tablet.
    Signature,
    /// Says so on the phone: the number, and the witness.
    Phone(&'a str, &'a str),
}

impl Nurse {
    /// Opens the door of a person, from «Ma tournée» when the last visit did not lead there by itself.
    pub async fn goes_to(&mut self, who: &str) -> Result<()> {
        if !self.tablet.title().await?.contains(who) {
            if !self.tablet.address_is("/").await? {
                self.tablet.tap("Perron").await?;
            }
            self.tablet.tap_id_of("door", who).await?;
            // Behind a door with several people, she is chosen there.
            if self.tablet.leads_to(&["/visite/", "/adresse/"]).await? == "/adresse/" {
                self.tablet.tap_id_of("person", who).await?;
            }
        }
        self.tablet.title_has(who).await?;
        self.with = who.to_owned();
        Ok(())
    }

    /// Goes back to a person by her timer, which stands on every screen.
    pub async fn goes_back_to_the_timer_of(&mut self, who: &str) -> Result<()> {
        self.tablet.tap(who).await?;
        self.tablet.title_has(who).await?;
        self.with = who.to_owned();
        Ok(())
    }

    /// The papers agree with the list.
    pub async fn conforms(&mut self) -> Result<()> {
        self.tablet.tap_id("conforms").await?;
        self.tablet.gone_id("conforms").await
    }

    /// No papers: the person says who she is.
    pub async fn declares(&mut self) -> Result<()> {
        self.tablet.tap_id("identity-declared").await?;
        self.tablet.gone_id("identity-declared").await
    }

    /// The list has the wrong birth date.
    pub async fn corrects_birth(&mut self, date: &str) -> Result<()> {
        self.tablet.tap_id("identity-correct").await?;
        self.tablet.fill_id("edit-birth", date).await?;
        self.tablet.tap_id("identity-save").await?;
        self.tablet.find_id("conforms").await
    }

    /// Nothing is known of somebody's history, and she says never to all of it.
    pub async fn hears_never(&mut self) -> Result<()> {
        self.tablet.tap_id("past-none").await?;
        self.tablet.gone_id("past-none").await
    }

    /// One question is answered with yes.
    pub async fn hears_yes(&mut self, question: &str) -> Result<()> {
        self.tablet.tap_id(&format!("question-{question}-yes")).await
    }

    /// Every question is read out, down to the last where the screen is small; no to all that have no answer.
    pub async fn hears_no(&mut self) -> Result<()> {
        // With large text a question is longer than the screen: its middle, its beginning, its end.
        let scroll = "const all = document.querySelectorAll('.questions > *'), at = arguments[0];
                      all[Math.min(Math.floor(at / 3), all.length - 1)]?.scrollIntoView({block: ['center', 'start', 'end'][at % 3]});
                      return all.length * 3";
        self.tablet.find_id("no-to-all").await?;
        let mut at = 0_u64;
        while !self.tablet.can_press("no-to-all").await? {
            let questions = self.tablet.script(scroll, vec![json!(at)]).await?.as_u64().unwrap_or(0);
            // The app looks every 150 ms at what is on the screen.
            tokio::time::sleep(Duration::from_millis(200)).await;
            at += 1;
            anyhow::ensure!(at < questions + 20, "the questions were read, and still cannot be answered together");
        }
        self.tablet.tap_id("no-to-all").await?;
        self.tablet.gone_id("no-to-all").await
    }

    /// The banner on top says `words`.
    pub async fn is_told(&self, words: &str) -> Result<()> {
        self.tablet.see(words).await
    }

    /// The person agrees, by word of mouth.
    pub async fn agrees(&mut self) -> Result<()> {
        self.tablet.tap_id("consent-main").await
    }

    /// Somebody agrees for the person: `relation` is the tile «Mère», «Père»; none for a guardian.
    pub async fn somebody_agrees(&mut self, name: &str, relation: Option<&str>, how: By<'_>) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("consent-main").await?;
        tablet.fill_id("consent-name", name).await?;
        if let Some(relation) = relation {
            tablet.tap(relation).await?;
        }
        match how {
            By::Signature => {
                tablet.tap_id("consent-save").await?;
                tablet.sign("signature").await?;
                tablet.tap_id("signed").await?;
            }
            By::Phone(number, witness) => {
                tablet.tap("Par téléphone").await?;
                tablet.fill_id("consent-number", number).await?;
                tablet.fill_id("consent-witness", witness).await?;
                tablet.tap_id("consent-save").await?;
            }
        }
        tablet.gone_id("patient-mode").await?;
        tablet.gone_id("consent-save").await
    }

    /// Begins to write down somebody's agreement, and leaves it there.
    pub async fn begins_an_agreement(&mut self, name: &str) -> Result<()> {
        self.tablet.tap_id("consent-main").await?;
        self.tablet.fill_id("consent-name", name).await?;
        // What is typed is kept a quarter of a second after the last key.
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    }

    /// Finds the agreement as it was left.
    pub async fn finds_the_agreement_begun(&mut self, name: &str) -> Result<()> {
        self.tablet.tap_id("consent-main").await?;
        self.tablet.holds("consent-name", name).await?;
        self.tablet.tap_id("consent-cancel").await
    }

    /// Somebody who must be asked objects: the tile «titulaire de l’autorité parentale», and the words.
    pub async fn somebody_objects(&mut self, quality: &str, name: &str, words: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("object").await?;
        tablet.tap(quality).await?;
        tablet.fill_id("objection-name", name).await?;
        tablet.fill_id("objection-reason", words).await?;
        tablet.tap_id("objection-save").await?;
        tablet.find_id("objection").await
    }

    /// The refusal that follows from an objection is recorded.
    pub async fn records_the_objection(&mut self) -> Result<()> {
        self.tablet.tap_id("consent-main").await?;
        self.ended(Outcome::Refused).await
    }

    /// The person refuses, where her agreement is asked.
    pub async fn refuses(&mut self) -> Result<()> {
        self.tablet.tap_id("refuse").await?;
        self.ended(Outcome::Refused).await
    }

    /// The person refuses, and no dose was there to ask her about.
    pub async fn refuses_without_a_dose(&mut self) -> Result<()> {
        self.tablet.tap_id("no-dose-main").await?;
        self.tablet.tap("Refus").await?;
        self.tablet.tap_id("outcome-save").await?;
        self.ended(Outcome::Refused).await
    }

    /// A prescription of the relay's physician is there.
    pub async fn has_a_prescription(&mut self) -> Result<()> {
        self.tablet.tap_id("physician-0").await?;
        self.tablet.tap_id("prescription-save").await?;
        self.tablet.gone_id("prescription-save").await
    }

    /// The rules leave it to the nurse: she vaccinates, and says why.
    pub async fn judges_yes(&mut self) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("judge-0").await?;
        tablet.tap_id("judge-phrase-2").await?;
        tablet.tap_id("judge-save").await?;
        tablet.gone_id("judge-save").await
    }

    /// The answer stops: it is recorded as the app proposes it.
    pub async fn ends_as_told(&mut self, outcome: Outcome) -> Result<()> {
        self.tablet.tap_id("response-main").await?;
        self.ended(outcome).await
    }

    /// The answer stops, and no physician is asked.
    pub async fn ends_without_dose(&mut self) -> Result<()> {
        self.tablet.tap_id("end-without-dose").await?;
        self.ended(Outcome::NotEligible).await
    }

    /// Nobody opens.
    pub async fn finds_nobody(&mut self, reason: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("more-actions").await?;
        tablet.tap_id("go-outcome").await?;
        tablet.tap("Absent").await?;
        tablet.fill_id("outcome-reason", reason).await?;
        tablet.tap_id("outcome-save").await?;
        self.ended(Outcome::Absent).await
    }

    /// The person refuses at her door, and asks never to be called again.
    pub async fn refuses_for_good(&mut self, reason: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("more-actions").await?;
        tablet.tap_id("go-outcome").await?;
        tablet.tap("Refus").await?;
        tablet.tap_id("call-again").await?;
        tablet.fill_id("outcome-reason", reason).await?;
        tablet.tap_id("outcome-save").await?;
        self.ended(Outcome::Refused).await
    }

    async fn ended(&mut self, outcome: Outcome) -> Result<()> {
        self.tablet.find_id("ended").await?;
        self.notes.ended(&self.with, outcome);
        Ok(())
    }

    /// Opens a new vial here.
    pub async fn opens_a_vial(&mut self) -> Result<()> {
        self.tablet.tap_id("open-vial").await?;
        self.tablet.find_id("source-0").await
    }

    /// Enters in the car an arm that was forgotten at the door: «Saisie après coup», with the hour it was done.
    pub async fn remembers(&mut self, arm: Arm, lot: &str, minutes_ago: i64) -> Result<()> {
        let hour = self.hour(minutes_ago)?;
        self.tablet.tap("Heure, préparateur, autre site").await?;
        self.tablet.fill_id("done-at", &hour).await?;
        self.injects(arm, lot).await?;
        // The minutes ran by the hour done, not by the hour entered.
        self.ends_observation().await
    }

    /// A dose that was written here is somebody else's: a correction moves it, both versions stay readable.
    pub async fn moves_the_dose_to(&mut self, who: &str, lot: &str, reason: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("more-actions").await?;
        tablet.tap_id("go-history").await?;
        tablet.tap_id_of("history-line", lot).await?;
        tablet.fill_id("correct-person", who).await?;
        tablet.fill_id("correct-reason", reason).await?;
        tablet.tap_id("correct-save").await?;
        tablet.see_id_of("history-line", lot, "Sur une autre personne").await?;
        tablet.tap_id("history-back").await?;
        self.notes.moved(&self.with, who);
        Ok(())
    }

    /// A dose that was never given is taken back: not without a reason, of which the usual ones are one touch.
    pub async fn takes_back_the_dose(&mut self, lot: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("more-actions").await?;
        tablet.tap_id("go-history").await?;
        tablet.tap_id_of("history-line", lot).await?;
        tablet.tap_id("correct-withdraw").await?;
        tablet.find_id("withdraw-do").await?;
        anyhow::ensure!(!tablet.can_press("withdraw-do").await?, "a dose goes without a reason");
        tablet.tap_id("withdraw-reason-usual-2").await?;
        tablet.tap_id("withdraw-do").await?;
        tablet.see_id_of("history-line", lot, "Retiré").await?;
        // What was said stays readable, with the reason.
        tablet.tap_id_of("history-line", lot).await?;
        tablet.see("Cela n’a pas eu lieu").await
    }

    /// Gives the dose, of `lot`.
    pub async fn injects(&mut self, arm: Arm, lot: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.see(&format!("Lot {lot}")).await?;
        tablet
            .tap_id(match arm {
                Arm::Left => "site-0",
                Arm::Right => "site-1",
            })
            .await?;
        tablet.tap_id("injected").await?;
        tablet.find_id("end-observation").await?;
        self.notes.gave(&self.with, lot);
        Ok(())
    }

    /// Waits until the minutes are over, and ends the observation.
    pub async fn observes(&mut self) -> Result<()> {
        self.waits(15).await?;
        self.ends_observation().await
    }

    async fn ends_observation(&mut self) -> Result<()> {
        self.tablet.see("Terminée").await?;
        self.tablet.tap_id("end-observation").await?;
        self.tablet.see("Surveillance finie à").await
    }

    /// Enters the vaccination where it is usually entered.
    pub async fn traces(&mut self) -> Result<()> {
        self.tablet.tap_id("trace").await?;
        self.tablet.find_id("traced").await
    }

    /// A needle stick during the act.
    pub async fn reports_a_needle_stick(&mut self, words: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("reaction").await?;
        tablet.fill_id("reaction-text", words).await?;
        tablet.tap_id("reaction-2").await?;
        tablet.see("Réaction (1)").await
    }

    /// Somebody else at the address of `neighbour` wants a dose; none is free, so she goes on the list.
    pub async fn puts_on_the_list(&mut self, neighbour: &str, name: &str, given: &str, born: &str) -> Result<()> {
        self.fills_in_somebody(neighbour, name, given, born).await?;
        self.tablet.see("dose prise avec un motif").await?;
        self.tablet.tap("Liste d’attente").await?;
        self.tablet.gone_id("add-save").await
    }

    /// Somebody else at the address of `neighbour` wants a dose, and one is free.
    pub async fn adds_somebody(&mut self, neighbour: &str, name: &str, given: &str, born: &str) -> Result<()> {
        self.fills_in_somebody(neighbour, name, given, born).await?;
        self.tablet.tap("Ajouter ici").await?;
        self.tablet.gone_id("add-save").await
    }

    /// Opens the address of the person that the nurse is with.
    pub async fn opens_the_address(&mut self) -> Result<()> {
        self.tablet.tap_id("more-actions").await?;
        self.tablet.tap_id("go-address").await?;
        self.tablet.find_id("add-person").await
    }

    /// Adds a man at the address on the screen, for a vaccine of which a dose is free; his visit begins.
    pub async fn adds_a_neighbour(&mut self, name: &str, given: &str, born: &str, vaccine: &str) -> Result<()> {
        self.fills_in(name, given, born, vaccine).await?;
        self.tablet.tap_id("add-save").await?;
        self.tablet.title_has(name).await?;
        self.with = name.to_owned();
        Ok(())
    }

    async fn fills_in(&mut self, name: &str, given: &str, born: &str, vaccine: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap_id("add-person").await?;
        tablet.fill_id("add-birth-name", name).await?;
        tablet.fill_id("add-given-names", given).await?;
        tablet.fill_id("add-birth", born).await?;
        tablet.tap("Homme").await?;
        tablet.tap(vaccine).await
    }

    async fn fills_in_somebody(&mut self, neighbour: &str, name: &str, given: &str, born: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        if !tablet.address_is("/").await? {
            tablet.tap("Perron").await?;
        }
        tablet.tap("Portes faites").await?;
        tablet.tap_id_of("door", neighbour).await?;
        self.opens_the_address().await?;
        self.fills_in(name, given, born, "Comirnaty 30").await
    }

    /// Goes on to whoever comes next.
    pub async fn goes_on(&mut self) -> Result<()> {
        self.tablet.tap_id("next").await?;
        self.tablet.title_lacks(&self.with).await
    }

    /// The end of every visit with a dose: the arm, the minutes, the entry, the next door.
    pub async fn vaccinates(&mut self, arm: Arm, lot: &str) -> Result<()> {
        self.injects(arm, lot).await?;
        self.observes().await?;
        self.traces().await?;
        self.goes_on().await
    }
}

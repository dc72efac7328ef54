//! Morning and evening: the new tablet, the departure, the closing.

use super::{Looks, ROUND, Walk, stops};
use crate::{Result, Tablet};

/// Enrols a new tablet with `code`, after one that does not exist.
pub(super) async fn enrols(tablet: &mut Tablet, code: &str, looks: &mut impl Looks) -> Result<()> {
    tablet.go("/enrolement").await?;
    tablet.find_id("enrol-code").await?;
    stops(tablet, "enrolement", looks).await?;
    tablet.fill_id("enrol-code", "ABCD-2345").await?;
    tablet.tap_id("enrol").await?;
    tablet.find_id("enrol-problem").await?;
    stops(tablet, "enrolement-refuse", looks).await?;
    tablet.fill_id("enrol-code", code).await?;
    tablet.tap_id("enrol").await?;
    tablet.find_id("ready-list").await?;
    tablet.tap(ROUND).await?;
    tablet.tap("Nour Sarriette").await?;
    tablet.find_css("[data-ready=true]").await?;
    stops(tablet, "enrolement-pret", looks).await?;
    tablet.tap_id("open-tour").await?;
    tablet.find_id("doors").await
}

impl<L: Looks> Walk<'_, L> {
    /// Before and at the departure.
    pub(super) async fn departure(&mut self) -> Result<()> {
        self.at("tournee-avant-depart").await?;
        self.at_path("choix", "/choix", "open-tour").await?;
        self.at_path("depart", "/depart", "leave").await?;
        self.tap("load-other").await?;
        self.nurse.tablet.find_id("load-form").await?;
        self.at("depart-autre-lot").await?;
        self.tap("load-other").await?;
        self.fill("temperature", "5,2").await?;
        self.tap("read-temperature").await?;
        self.tap("load-all").await?;
        self.nurse.tablet.gone_id("load-all").await?;
        self.tap("kit-all").await?;
        self.fill("kit-expiry", "31122022").await?;
        self.fill("adrenaline-expiry", "30062022").await?;
        self.at("depart-complet").await?;
        self.tap("leave").await?;
        self.nurse.tablet.find_id("doors").await?;
        self.at("tournee").await
    }

    /// The closing, and what is beside the round.
    pub(super) async fn evening(&mut self) -> Result<()> {
        self.at_path("plus", "/plus", "more-close").await?;
        self.at_path("reglages", "/reglages", "theme-0").await?;
        self.at_path("attente", "/attente", "waiting-person").await?;
        self.at_path("nouvelle-adresse", "/nouvelle-adresse", "stop-save").await?;
        self.at_path("apres-coup", "/apres-coup", "late-line").await?;
        self.tap("late-line").await?;
        self.nurse.tablet.find_id("versions").await?;
        self.at("apres-coup-corriger").await?;
        self.at_path("cloture", "/cloture", "sign").await?;
        self.tap("balance-entries").await?;
        self.nurse.tablet.find_id("entries").await?;
        self.at("cloture-saisies").await?;
        self.tap("balance-entries").await?;
        self.tap("balance-doses").await?;
        self.at("cloture-doses").await?;
        self.tap("balance-doses").await?;
        self.tap("gap").await?;
        self.nurse.tablet.find_id("gap-text").await?;
        self.at("cloture-ecart").await?;
        self.fill("gap-text", "Boîte restée ouverte à 16 h").await?;
        self.tap("gap-save").await?;
        self.nurse.tablet.gone_id("gap-save").await?;
        self.tap("team-score-4").await?;
        self.tap("sign").await?;
        self.nurse.tablet.find_id("sign-gaps-do").await?;
        self.at("cloture-signer").await?;
        self.tap("sign-gaps-do").await?;
        self.nurse.tablet.find_id("sign-again").await?;
        self.at("cloture-signee").await?;
        self.at_path("tournee-close", "/", "doors").await?;
        self.nurse.tablet.go("/nulle-part").await?;
        self.at("introuvable").await
    }
}

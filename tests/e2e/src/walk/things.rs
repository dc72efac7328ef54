//! What is carried: doses, box, waste.

use super::{Looks, Walk};
use crate::Result;

impl<L: Looks> Walk<'_, L> {
    /// Doses, then the box, then the waste.
    pub(super) async fn things(&mut self) -> Result<()> {
        self.at_path("doses", "/doses", "source").await?;
        // The open vial stands first.
        self.tap("source").await?;
        self.nurse.tablet.find_id("do-draw").await?;
        self.at("doses-flacon").await?;
        for (what, screen, id) in [
            ("do-draw", "doses-tirees", "draw-save"),
            ("do-cede", "doses-ceder", "cede-save"),
            ("do-lose", "doses-perdue", "lose-save"),
        ] {
            self.tap(what).await?;
            self.nurse.tablet.find_id(id).await?;
            self.at(screen).await?;
            self.tap("back").await?;
            self.nurse.tablet.find_id("do-draw").await?;
        }
        self.nurse.tablet.go("/doses").await?;
        self.tap("source-open").await?;
        self.nurse.tablet.find_id("open-save").await?;
        self.at("doses-ouvrir").await?;
        self.nurse.tablet.go("/doses").await?;
        self.nurse.tablet.tap_id_of("source", "FN5988").await?;
        self.tap("do-return").await?;
        self.nurse.tablet.find_id("return-save").await?;
        self.at("doses-retour").await?;
        self.at_path("doses-recevoir", "/doses/recevoir", "receive-save").await?;
        self.at_path("doses-apres-coup", "/doses/corriger", "written").await?;
        self.tap("written").await?;
        self.nurse.tablet.find_id("versions").await?;
        self.at("doses-corriger").await?;
        self.at_path("boite", "/boite", "box-degrees").await?;
        self.fill("box-degrees", "9,1").await?;
        self.nurse.tablet.find_id("box-will-set-apart").await?;
        self.at("boite-hors-plage").await?;
        self.fill("box-reason", "Boîte restée ouverte").await?;
        self.tap("box-save").await?;
        self.nurse.tablet.find_id("set-apart").await?;
        self.at("boite-a-isoler").await?;
        self.at_path("dasri", "/dasri", "container").await?;
        self.tap("container").await?;
        self.nurse.tablet.find_id("container-close").await?;
        self.at("dasri-collecteur").await?;
        self.tap("container-close").await?;
        self.nurse.tablet.find_id("container-close-yes").await?;
        self.at("dasri-fermer").await?;
        self.tap("container-close-yes").await?;
        self.nurse.tablet.find_id("hand-save").await?;
        self.at("dasri-remettre").await?;
        self.at_path("dasri-ouvrir", "/dasri/ouvrir", "container-save").await
    }
}

//! At the doors: each step of a visit, each answer, what may come between.

use super::{Looks, Walk};
use crate::Result;
use crate::steps::Arm;

impl<L: Looks> Walk<'_, L> {
    /// The visits of the day, chosen so that every screen of a visit is seen once.
    pub(super) async fn visits(&mut self) -> Result<()> {
        self.eligible().await?;
        self.behind_the_door().await?;
        self.out_of_target().await?;
        self.parents().await?;
        self.postponed().await?;
        self.objection().await?;
        self.contraindication().await?;
        self.judgement().await?;
        self.another_vaccine().await?;
        self.nobody().await
    }

    async fn eligible(&mut self) -> Result<()> {
        self.nurse.goes_to("Parapluie").await?;
        self.at("visite-identite").await?;
        self.tap("identity-correct").await?;
        self.nurse.tablet.find_id("edit-birth").await?;
        self.at("visite-identite-corriger").await?;
        self.tap("identity-cancel").await?;
        self.tap("more-actions").await?;
        self.nurse.tablet.find_id("go-outcome").await?;
        self.at("visite-autres-actions").await?;
        self.tap("go-wish").await?;
        self.nurse.tablet.find_id("wish-save").await?;
        self.at("visite-autre-vaccin").await?;
        self.tap("wish-back").await?;
        self.nurse.tablet.find_id("conforms").await?;
        self.nurse.conforms().await?;
        self.at("visite-questions").await?;
        self.nurse.hears_no().await?;
        self.at("visite-accord").await?;
        self.nurse.agrees().await?;
        self.nurse.tablet.find_id("open-vial").await?;
        self.at("visite-injection-flacon").await?;
        self.nurse.opens_a_vial().await?;
        self.at("visite-injection").await?;
        self.nurse.injects(Arm::Left, "FH0151").await?;
        self.at("visite-surveillance").await?;
        self.tap("end-observation").await?;
        self.nurse.tablet.find_id("early-words").await?;
        self.at("visite-surveillance-ecourtee").await?;
        self.closes_the_dialog("early-words").await?;
        self.tap("reaction").await?;
        self.nurse.tablet.find_id("reaction-text").await?;
        self.at("visite-reaction").await?;
        self.closes_the_dialog("reaction-text").await?;
        self.tap("next").await?;
        self.nurse.tablet.find_id("stay").await?;
        self.at("visite-partir").await?;
        self.tap("stay").await?;
        self.nurse.waits(15).await?;
        self.nurse.tablet.see("Terminée").await?;
        self.at("visite-surveillance-finie").await?;
        self.tap("end-observation").await?;
        self.nurse.tablet.find_id("observation-ended").await?;
        self.nurse.traces().await?;
        self.at("visite-tracee").await?;
        self.tap("more-actions").await?;
        self.tap("go-history").await?;
        self.nurse.tablet.find_id("history-line").await?;
        self.at("visite-historique").await?;
        self.tap("history-line").await?;
        self.nurse.tablet.find_id("versions").await?;
        self.at("visite-corriger").await?;
        self.tap("correct-withdraw").await?;
        self.nurse.tablet.find_id("withdraw-do").await?;
        self.at("visite-retirer").await?;
        self.tap("withdraw-keep").await?;
        self.nurse.tablet.go("/").await
    }

    async fn behind_the_door(&mut self) -> Result<()> {
        self.nurse.goes_to("Boussole").await?;
        self.tap("more-actions").await?;
        self.tap("go-address").await?;
        self.nurse.tablet.find_id("add-person").await?;
        self.at("adresse").await?;
        self.tap("all-absent").await?;
        self.nurse.tablet.find_id("all-save").await?;
        self.at("adresse-tous-absents").await?;
        self.closes_the_dialog("all-save").await?;
        self.tap("add-person").await?;
        self.nurse.tablet.find_id("add-save").await?;
        self.at("adresse-ajouter").await?;
        self.fill("add-birth-name", "Lanterne").await?;
        self.fill("add-given-names", "Félix").await?;
        self.fill("add-birth", "02/02/1951").await?;
        self.tap("add-sex-1").await?;
        self.tap("add-product-1").await?;
        self.at("adresse-ajouter-attente").await?;
        self.tap("add-save").await?;
        self.nurse.tablet.gone_id("add-save").await?;
        self.tap("urgent").await?;
        self.nurse.tablet.find_id("call-15").await?;
        self.at("urgence").await?;
        self.tap("stopwatch-start").await?;
        self.tap("note-emergency").await?;
        self.nurse.tablet.find_id("stopwatch-reset").await?;
        self.at("urgence-notee").await?;
        self.nurse.tablet.go("/").await?;
        self.nurse.goes_to("Boussole").await?;
        self.nurse.conforms().await?;
        self.nurse.hears_no().await?;
        self.tap("more-actions").await?;
        self.tap("go-mistake").await?;
        self.nurse.tablet.find_id("mistake-save").await?;
        self.at("visite-erreur").await?;
        self.nurse.tablet.go("/").await
    }

    async fn out_of_target(&mut self) -> Result<()> {
        self.nurse.goes_to("Casserole").await?;
        self.nurse.conforms().await?;
        self.nurse.tablet.find_id("response-main").await?;
        self.at("visite-hors-cible").await?;
        self.tap("why").await?;
        self.at("visite-pourquoi").await?;
        self.tap("why").await?;
        self.tap("response-main").await?;
        self.nurse.tablet.find_id("ended").await?;
        self.at("visite-finie").await?;
        self.nurse.goes_on().await
    }

    async fn parents(&mut self) -> Result<()> {
        self.nurse.goes_to("Tabouret").await?;
        self.nurse.conforms().await?;
        self.nurse.hears_no().await?;
        self.at("visite-accord-parents").await?;
        self.tap("consent-main").await?;
        self.nurse.tablet.find_id("consent-name").await?;
        self.fill("consent-name", "Anne Tabouret").await?;
        self.tap("consent-relation-0").await?;
        self.at("visite-accord-present").await?;
        self.tap("consent-save").await?;
        self.nurse.tablet.sign("signature").await?;
        self.at("visite-signature").await?;
        self.tap("signed").await?;
        self.nurse.tablet.gone_id("patient-mode").await?;
        self.nurse.tablet.find_id("agreed").await?;
        self.at("visite-accord-un-parent").await?;
        self.tap("consent-main").await?;
        self.fill("consent-name", "Paul Tabouret").await?;
        self.tap("consent-relation-1").await?;
        self.tap("consent-how-2").await?;
        self.nurse.tablet.find_id("consent-present").await?;
        self.at("visite-accord-attestation").await?;
        self.tap("consent-how-1").await?;
        self.fill("consent-number", "01 99 00 00 77").await?;
        self.fill("consent-witness", "Nour Sarriette").await?;
        self.at("visite-accord-telephone").await?;
        self.tap("consent-save").await?;
        self.nurse.tablet.find_id("prescription-save").await?;
        self.at("visite-ordonnance").await?;
        self.nurse.tablet.go("/").await
    }

    async fn postponed(&mut self) -> Result<()> {
        self.nurse.goes_to("Girouette").await?;
        self.nurse.conforms().await?;
        self.nurse.tablet.find_id("response-main").await?;
        self.at("visite-pas-aujourdhui").await?;
        self.nurse.tablet.go("/").await
    }

    async fn objection(&mut self) -> Result<()> {
        self.nurse.goes_to("Escabeau").await?;
        self.nurse.conforms().await?;
        self.nurse.hears_no().await?;
        self.tap("object").await?;
        self.tap("objection-by-1").await?;
        self.fill("objection-name", "Marc Escabeau").await?;
        self.at("visite-opposition").await?;
        self.tap("objection-save").await?;
        self.nurse.tablet.find_id("objection").await?;
        self.at("visite-opposition-notee").await?;
        self.nurse.tablet.go("/").await
    }

    async fn contraindication(&mut self) -> Result<()> {
        self.nurse.goes_to("Horloge").await?;
        self.nurse.conforms().await?;
        self.nurse.hears_yes("anaphylaxis_previous_dose").await?;
        self.at("visite-questions-arret").await?;
        self.nurse.hears_no().await?;
        self.nurse.tablet.find_id("end-without-dose").await?;
        self.at("visite-contre-indication").await?;
        self.tap("response-main").await?;
        self.nurse.tablet.find_id("physician-save").await?;
        self.at("visite-avis-medical").await?;
        self.nurse.tablet.go("/").await
    }

    async fn judgement(&mut self) -> Result<()> {
        self.nurse.goes_to("Paravent").await?;
        self.at("visite-identite-sans-papiers").await?;
        self.nurse.declares().await?;
        self.nurse.hears_no().await?;
        self.nurse.agrees().await?;
        self.nurse.tablet.find_id("judge-save").await?;
        self.at("visite-jugement").await?;
        self.nurse.tablet.go("/").await
    }

    async fn another_vaccine(&mut self) -> Result<()> {
        self.nurse.goes_to("Marmite").await?;
        self.nurse.conforms().await?;
        self.nurse.tablet.find_id("response-main").await?;
        self.at("visite-autre-vaccin-a-utiliser").await?;
        self.nurse.tablet.go("/").await
    }

    async fn nobody(&mut self) -> Result<()> {
        self.nurse.goes_to("Bobine").await?;
        self.tap("more-actions").await?;
        self.tap("go-outcome").await?;
        self.nurse.tablet.find_id("outcome-save").await?;
        self.at("visite-issue").await?;
        self.tap("outcome-2").await?;
        self.nurse.tablet.find_id("again-on").await?;
        self.at("visite-issue-reportee").await?;
        self.tap("outcome-0").await?;
        self.tap("outcome-save").await?;
        self.nurse.tablet.find_id("ended").await?;
        self.nurse.tablet.go("/").await?;
        self.nurse.tablet.find_id("doors").await?;
        self.tap("order").await?;
        self.nurse.tablet.find_id("door-up").await?;
        self.at("tournee-ordre").await?;
        self.tap("order").await?;
        self.tap("door-postpone").await?;
        self.nurse.tablet.find_id("postpone-save").await?;
        self.at("tournee-reporter").await?;
        self.tap("postpone-cancel").await
    }

    /// Closes the dialog in front by its cross, and waits until `id`, which is in it, is gone.
    async fn closes_the_dialog(&mut self, id: &str) -> Result<()> {
        self.tap("dialog-close").await?;
        self.nurse.tablet.gone_id(id).await
    }
}

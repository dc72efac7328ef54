//! The relay's desk.

use super::{Looks, stops};
use crate::{Result, Tablet};
use std::path::Path;

/// Walks through the pages of the desk.
pub(super) async fn pages(office: &mut Tablet, looks: &mut impl Looks) -> Result<()> {
    at_path(office, "relais-tournees", "/relais/tournees", "round", looks).await?;
    at_path(office, "relais-tournee", "/relais/tournees/1", "round-person", looks).await?;
    office.go("/relais/tournees").await?;
    office.tap_id("new-round").await?;
    office.fill_id("round-name", "Bondy nord").await?;
    office.fill_id("round-day", "20/12/2021").await?;
    office.tap_id("create-round").await?;
    office.find_id("publish").await?;
    stops(office, "relais-preparer", looks).await?;
    at_path(office, "relais-personnes", "/relais/personnes", "person", looks).await?;
    office.tap_id("add-person").await?;
    office.find_id("save-person").await?;
    stops(office, "relais-personne", looks).await?;
    two_windows(office, looks).await?;
    at_path(office, "relais-lots", "/relais/lots", "lot", looks).await?;
    at_path(office, "relais-tablettes", "/relais/tablettes", "tablet", looks).await?;
    office.fill_id("tablet-label", "Tablette 2").await?;
    office.tap_id("make-code").await?;
    office.find_id("code").await?;
    stops(office, "relais-tablettes-code", looks).await?;
    at_path(office, "relais-reglages", "/relais/reglages", "theme-0", looks).await?;
    at_path(office, "relais-directives", "/relais/directives", "directives-day", looks).await?;
    directive(office, looks).await?;
    at_path(office, "relais-directives-fichier", "/relais/directives/fichier", "file-name", looks).await?;
    at_path(office, "relais-messages", "/relais/messages", "send-notice", looks).await?;
    at_path(office, "relais-equipe", "/relais/equipe", "account", looks).await?;
    office.go("/relais/a-traiter").await?;
    office.see("Ce qui attend").await?;
    stops(office, "relais-a-traiter", looks).await?;
    office.go("/relais/import").await?;
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/personnes.csv").canonicalize()?;
    office.choose_file("file", &list.to_string_lossy()).await?;
    office.find_id("import-commit").await?;
    stops(office, "relais-import", looks).await
}

/// Somebody else saves the telephone of a person whose record is open here.
async fn two_windows(office: &mut Tablet, looks: &mut impl Looks) -> Result<()> {
    let first = "return fetch('/api/people').then((it) => it.json()).then((page) => page.persons[0].id)";
    let id = office.script(first, Vec::new()).await?;
    let id = id.as_str().unwrap_or_default().to_owned();
    office.go(&format!("/relais/personnes/{id}")).await?;
    office.find_id("save-person").await?;
    let other = "const at = `/api/people/${arguments[0]}`;
        return fetch(at).then((it) => it.json()).then((before) => fetch(at, {
            method: 'PUT', headers: {'content-type': 'application/json'},
            body: JSON.stringify({ before, now: { ...before, phone: '01 99 00 10 77' } }) })).then((it) => it.ok)";
    office.script(other, vec![id.into()]).await?;
    office.fill_id("phone", "01 99 00 10 78").await?;
    office.tap_id("save-person").await?;
    office.find_id("differs").await?;
    stops(office, "relais-deux-fenetres", looks).await
}

/// The relay's own protocol: as a form, as a text, checked, and about to be published.
async fn directive(office: &mut Tablet, looks: &mut impl Looks) -> Result<()> {
    office.go("/relais/directives/relay-protocol-2021/modifier").await?;
    office.fill_id("minutes", "20").await?;
    stops(office, "relais-directive", looks).await?;
    office.tap_id("rule-form").await?;
    office.find_id("rule-outcome").await?;
    stops(office, "relais-directive-regle", looks).await?;
    office.tap_id("check").await?;
    office.find_id("difference").await?;
    stops(office, "relais-directive-verifiee", looks).await?;
    office.tap_id("mode-1").await?;
    office.find_id("directive-text").await?;
    stops(office, "relais-directive-texte", looks).await?;
    office.tap_id("publish-directive").await?;
    office.find_id("who-signs").await?;
    stops(office, "relais-directive-publier", looks).await
}

async fn at_path(
    office: &mut Tablet,
    screen: &'static str,
    path: &str,
    id: &str,
    looks: &mut impl Looks,
) -> Result<()> {
    office.go(path).await?;
    office.find_id(id).await?;
    stops(office, screen, looks).await
}

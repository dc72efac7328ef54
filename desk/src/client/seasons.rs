//! What the desk asks of the hub to open a season, to load a file of directives and to accept a version that ships.

use super::{Answer, get, part, send_as, work_out};
use perron_desk_api::{AcceptShipped, AdoptDirective, DirectiveFile, HeldView, SeasonForm, SeasonText, SeasonsView};
use perron_domain::fact::{AccountNo, Origin};

/// Reads the campaigns that are over today.
///
/// # Errors
/// [`super::DeskError`].
pub async fn over() -> Answer<SeasonsView> {
    get("/api/seasons").await
}

/// Writes the text of the season that a form describes, and checks it.
///
/// # Errors
/// [`super::DeskError`]; the hub's sentence when the form cannot be written.
pub async fn text(form: SeasonForm) -> Answer<SeasonText> {
    work_out("POST", "/api/seasons/text", &form).await
}

/// Gives the version of a file its name in this relay, and checks it.
///
/// # Errors
/// [`super::DeskError`]; the hub's sentence when the file cannot be read.
pub async fn file(text: String) -> Answer<SeasonText> {
    work_out("POST", "/api/seasons/file", &DirectiveFile { text }).await
}

/// Adopts a national version in the name of a head of the relay.
///
/// # Errors
/// [`super::DeskError`]; codes `role_needed`, `problems`, `effect_in_the_past`, `later_version`, `version_order`.
pub async fn adopt(account: AccountNo, text: String, origin: Origin) -> Answer<()> {
    send_as(account, "POST", "/api/seasons/adopt", &AdoptDirective { text, origin }).await
}

/// Reads a version that ships and waits for the head of the relay.
///
/// # Errors
/// [`super::DeskError`].
pub async fn held(id: &str, version: &str) -> Answer<HeldView> {
    get(&format!("/api/seasons/accept?id={}&version={}", part(id), part(version))).await
}

/// Accepts a version that ships in the name of a head of the relay.
///
/// # Errors
/// [`super::DeskError`]; code `role_needed`.
pub async fn accept(account: AccountNo, id: String, version: String) -> Answer<()> {
    send_as(account, "POST", "/api/seasons/accept", &AcceptShipped { id, version }).await
}

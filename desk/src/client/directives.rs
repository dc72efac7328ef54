//! What the desk asks of the hub about directives being written, checked, published and confirmed, and about messages.

use super::{Answer, LONG, ask, get, part, send, send_as, send_for, work_out};
use crate::browser::network::{Call, JSON};
use perron_desk_api::{
    ConfirmDirective, DirectiveDraft, DirectiveForm, DirectiveFormIn, DirectiveText, NewNotice, NoticeLine,
    PublishDirective,
};
use perron_domain::fact::AccountNo;

/// Where the description of a directive file can be read by programs.
pub const SCHEMA: &str = "/api/directives/schema.json";

/// Returns the address of the draft of a directive; without identifier, of a new one.
fn address(id: &str) -> String {
    let id = if id.is_empty() { "new" } else { id };
    format!("/api/directives/{}/draft", part(id))
}

/// Reads the draft of a directive, or the version in force as one; without identifier, a new one.
///
/// # Errors
/// [`super::DeskError`].
pub async fn draft(id: &str) -> Answer<DirectiveDraft> {
    ask(Call { patience: LONG, ..Call::get(&address(id), JSON) }).await
}

/// Keeps a text for later, and checks it.
///
/// # Errors
/// [`super::DeskError`].
pub async fn keep(id: &str, text: String) -> Answer<DirectiveDraft> {
    work_out("PUT", &address(id), &DirectiveText { text }).await
}

/// Throws a draft away.
///
/// # Errors
/// [`super::DeskError`].
pub async fn drop_draft(id: &str) -> Answer<()> {
    send("DELETE", &address(id), &()).await.map(drop)
}

/// Writes a form into the text that it was read from.
///
/// # Errors
/// [`super::DeskError`]; the hub's sentence when a field cannot be written.
pub async fn write_form(text: String, form: DirectiveForm) -> Answer<String> {
    let written: DirectiveText = send_for("POST", "/api/directives/form", &DirectiveFormIn { text, form }).await?;
    Ok(written.text)
}

/// Publishes a text in the name of a head of the relay.
///
/// # Errors
/// [`super::DeskError`]; codes `role_needed`, `problems`, `effect_in_the_past`, `later_version`, `version_order`,
/// `not_your_layer`.
pub async fn publish(account: AccountNo, text: String, urgent: bool) -> Answer<()> {
    send_as(account, "POST", "/api/directives/publish", &PublishDirective { text, urgent }).await
}

/// Confirms a version in the name of a physician of the relay.
///
/// # Errors
/// [`super::DeskError`]; code `role_needed`.
pub async fn confirm(account: AccountNo, id: String, version: String) -> Answer<()> {
    send_as(account, "POST", "/api/directives/confirm", &ConfirmDirective { id, version }).await
}

/// Lists the relay's messages.
///
/// # Errors
/// [`super::DeskError`].
pub async fn notices() -> Answer<Vec<NoticeLine>> {
    get("/api/notices").await
}

/// Sends a message to the teams.
///
/// # Errors
/// [`super::DeskError`].
pub async fn send_notice(notice: NewNotice) -> Answer<()> {
    send("POST", "/api/notices", &notice).await.map(drop)
}

//! What the desk asks of the hub about the relay itself, and for its head.

use super::{Answer, get, part, send, send_for};
use perron_desk_api::{
    Because, DecideQuarantine, DirectivesView, ErasedView, ExplainGap, NameRelay, PersonFile, ProtocolLine, RoundView,
    SaveAccount, TodoView, WaitingLine,
};
use perron_domain::date::Day;
use perron_domain::fact::AccountNo;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// Reads what waits for the head of the relay.
///
/// # Errors
/// [`super::DeskError`].
pub async fn todo() -> Answer<TodoView> {
    get("/api/todo").await
}

/// Explains a difference of a signed round.
///
/// # Errors
/// [`super::DeskError`].
pub async fn explain_gap(number: u32, gap: String, text: String) -> Answer<RoundView> {
    send_for("POST", &format!("/api/rounds/{number}/gaps"), &ExplainGap { gap, text }).await
}

/// Accepts or rejects a fact in quarantine.
///
/// # Errors
/// [`super::DeskError`].
pub async fn decide_quarantine(decided: DecideQuarantine) -> Answer<()> {
    send("POST", "/api/quarantine", &decided).await.map(drop)
}

/// Lists everybody who waits for a later date.
///
/// # Errors
/// [`super::DeskError`].
pub async fn waiting() -> Answer<Vec<WaitingLine>> {
    get("/api/waiting").await
}

/// Puts somebody of a waiting list on the relay's list.
///
/// # Errors
/// [`super::DeskError`].
pub async fn take_up(round: u32, entry: FactName) -> Answer<()> {
    send("POST", &format!("/api/waiting/{round}/{entry}"), &()).await.map(drop)
}

/// Reads one person's record.
///
/// # Errors
/// [`super::DeskError`].
pub async fn person(id: &str) -> Answer<PersonRecord> {
    get(&format!("/api/people/{}", part(id))).await
}

/// Reads what came back of a person from rounds, and what is possible next.
///
/// # Errors
/// [`super::DeskError`].
pub async fn person_file(id: &str) -> Answer<PersonFile> {
    get(&format!("/api/people/{}/file", part(id))).await
}

/// Says that a person may be called again.
///
/// # Errors
/// [`super::DeskError`].
pub async fn may_call(id: &str, reason: String) -> Answer<()> {
    send("POST", &format!("/api/people/{}/may-call", part(id)), &Because { reason }).await.map(drop)
}

/// Corrects what is known of a person.
///
/// # Errors
/// [`super::DeskError`].
pub async fn change_person(id: &str, record: PersonRecord) -> Answer<()> {
    send("PUT", &format!("/api/people/{}", part(id)), &record).await.map(drop)
}

/// Erases what the relay knows of a person, on her request.
///
/// # Errors
/// [`super::DeskError`]; code `still_planned` while she is on a round that is not over.
pub async fn erase_person(id: &str) -> Answer<ErasedView> {
    send_for("DELETE", &format!("/api/people/{}", part(id)), &()).await
}

/// Reads the directives on a day, today unless said.
///
/// # Errors
/// [`super::DeskError`].
pub async fn directives(on: Option<Day>) -> Answer<DirectivesView> {
    match on {
        Some(on) => get(&format!("/api/directives?on={on}")).await,
        None => get("/api/directives").await,
    }
}

/// Names the relay and says where it is.
///
/// # Errors
/// [`super::DeskError`].
pub async fn name_relay(name: String, territory: String) -> Answer<()> {
    send("PUT", "/api/relay", &NameRelay { name, territory }).await.map(drop)
}

/// Keeps the emergency protocol that a physician signed.
///
/// # Errors
/// [`super::DeskError`].
pub async fn sign_protocol(protocol: ProtocolLine) -> Answer<()> {
    send("PUT", "/api/relay/protocol", &protocol).await.map(drop)
}

/// Adds somebody to the relay, or changes her.
///
/// # Errors
/// [`super::DeskError`].
pub async fn save_account(account: SaveAccount) -> Answer<AccountNo> {
    send_for("POST", "/api/accounts", &account).await
}

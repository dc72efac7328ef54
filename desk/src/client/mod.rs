//! What the desk asks of the hub. Pages call these; they see neither addresses nor the network.

pub mod directives;
pub mod head;
pub mod said;
pub mod seasons;

use crate::browser::network::{Call, JSON, NetworkError, exchange};
use perron_desk_api::{
    AddPeople, AnswerPhone, AssignTablets, Because, ChangeLot, CodeLine, DecideApart, DraftView, ImportDone,
    ImportPreview, NameOnCall, NewRound, NewTablet, PeoplePage, ReceiveLot, RelayView, RoundDraft, RoundLine,
    RoundView, StockView, TabletsView,
};
use perron_domain::date::Day;
use perron_domain::fact::AccountNo;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::people::PersonRecord;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::time::Duration;

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The hub cannot be reached.
    #[error("the hub cannot be reached")]
    Offline,
    /// The hub refuses, and says why: a code, and a sentence.
    #[error("{code}: {message}")]
    Refused {
        /// For the page.
        code: String,
        /// For the person, in French.
        message: String,
    },
    /// Something else answered, or answered half.
    #[error("the answer cannot be read")]
    Unreadable,
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
    message: String,
}

impl From<NetworkError> for DeskError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Offline | NetworkError::TooLate(_) => Self::Offline,
            NetworkError::Status { body, ours: true, .. } => match serde_json::from_slice::<Refusal>(&body) {
                Ok(refusal) => Self::Refused { code: refusal.code, message: refusal.message },
                Err(_) => Self::Unreadable,
            },
            _ => Self::Unreadable,
        }
    }
}

/// How long the hub may take to try a directive on everybody.
const LONG: Duration = Duration::from_secs(90);

type Answer<T> = Result<T, DeskError>;

async fn ask<T: DeserializeOwned>(call: Call<'_>) -> Answer<T> {
    let body = exchange(&call).await?;
    serde_json::from_slice(&body).map_err(|_| DeskError::Unreadable)
}

async fn get<T: DeserializeOwned>(url: &str) -> Answer<T> {
    ask(Call::get(url, JSON)).await
}

async fn send(method: &str, url: &str, body: &impl Serialize) -> Answer<Vec<u8>> {
    let body = serde_json::to_vec(body).map_err(|_| DeskError::Unreadable)?;
    Ok(exchange(&Call { method, ..Call::post(url, JSON, &body) }).await?)
}

/// Sends in the name of an account of the relay.
async fn send_as(account: AccountNo, method: &str, url: &str, body: &impl Serialize) -> Answer<()> {
    let body = serde_json::to_vec(body).map_err(|_| DeskError::Unreadable)?;
    let call = Call { method, account: Some(account.0), patience: LONG, ..Call::post(url, JSON, &body) };
    Ok(exchange(&call).await.map(drop)?)
}

/// Sends and reads the answer, with patience for what the hub has to work out.
async fn work_out<T: DeserializeOwned>(method: &str, url: &str, body: &impl Serialize) -> Answer<T> {
    let body = serde_json::to_vec(body).map_err(|_| DeskError::Unreadable)?;
    ask(Call { method, patience: LONG, ..Call::post(url, JSON, &body) }).await
}

async fn send_for<T: DeserializeOwned>(method: &str, url: &str, body: &impl Serialize) -> Answer<T> {
    serde_json::from_slice(&send(method, url, body).await?).map_err(|_| DeskError::Unreadable)
}

/// Returns `text` as part of an address.
#[must_use]
pub fn part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What the list of people is asked for; empty fields ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Part of a name, an address or a telephone.
    pub q: String,
    /// `open`, `planned`, `seen`, `never`.
    pub state: String,
    /// Priority.
    pub priority: String,
    /// Audience.
    pub audience: String,
    /// Product code.
    pub product: String,
    /// Street.
    pub street: String,
    /// IRIS code.
    pub iris: String,
    /// The day on which they would be visited, `2026-01-20`; today when empty.
    pub on: String,
    /// How many people at most.
    pub limit: usize,
}

/// Lists people.
///
/// # Errors
/// [`DeskError`].
pub async fn people(filter: &PeopleFilter) -> Answer<PeoplePage> {
    let fields = [
        ("q", &filter.q),
        ("state", &filter.state),
        ("priority", &filter.priority),
        ("audience", &filter.audience),
        ("product", &filter.product),
        ("street", &filter.street),
        ("iris", &filter.iris),
        ("on", &filter.on),
    ];
    let mut url = format!("/api/people?limit={}", filter.limit);
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(url, "&{name}={}", part(value));
    }
    get(&url).await
}

/// Adds somebody by hand.
///
/// # Errors
/// [`DeskError`].
pub async fn add_person(record: PersonRecord) -> Answer<FactName> {
    send_for("POST", "/api/people", &record).await
}

/// How long a list may take to be read: 100,000 rows on a slow relay's machine.
const LIST: Duration = Duration::from_secs(180);

/// Shows what a list would do.
///
/// # Errors
/// [`DeskError`].
pub async fn import_preview(file: &[u8]) -> Answer<ImportPreview> {
    let body = Some(("text/csv", file));
    ask(Call { method: "POST", url: "/api/people/import/preview", body, wanted: JSON, account: None, patience: LIST })
        .await
}

/// Adds the people of a list; of the likely duplicates those on the lines `keep`.
///
/// # Errors
/// [`DeskError`].
pub async fn import(file: &[u8], keep: &[u64]) -> Answer<ImportDone> {
    let lines: Vec<String> = keep.iter().map(u64::to_string).collect();
    let url = format!("/api/people/import?keep={}", lines.join(","));
    ask(Call { method: "POST", url: &url, body: Some(("text/csv", file)), wanted: JSON, account: None, patience: LIST })
        .await
}

/// Lists rounds.
///
/// # Errors
/// [`DeskError`].
pub async fn rounds() -> Answer<Vec<RoundLine>> {
    get("/api/rounds").await
}

/// Starts a draft.
///
/// # Errors
/// [`DeskError`].
pub async fn create_round(new: NewRound) -> Answer<DraftView> {
    send_for("POST", "/api/rounds", &new).await
}

/// Reads a draft.
///
/// # Errors
/// [`DeskError`].
pub async fn draft(number: u32) -> Answer<DraftView> {
    get(&format!("/api/rounds/{number}/draft")).await
}

/// Saves a draft.
///
/// # Errors
/// [`DeskError`]; code `version` when somebody else saved meanwhile.
pub async fn save_draft(draft: &RoundDraft) -> Answer<DraftView> {
    send_for("PUT", &format!("/api/rounds/{}/draft", draft.number), draft).await
}

/// Throws a draft away.
///
/// # Errors
/// [`DeskError`].
pub async fn drop_draft(number: u32) -> Answer<()> {
    send("DELETE", &format!("/api/rounds/{number}/draft"), &()).await.map(drop)
}

/// Adds people to a draft.
///
/// # Errors
/// [`DeskError`].
pub async fn add_people(number: u32, people: Vec<FactName>) -> Answer<DraftView> {
    send_for("POST", &format!("/api/rounds/{number}/draft/people"), &AddPeople { people }).await
}

/// Orders a draft «au plus proche».
///
/// # Errors
/// [`DeskError`].
pub async fn nearest(number: u32) -> Answer<DraftView> {
    send_for("POST", &format!("/api/rounds/{number}/draft/nearest"), &()).await
}

/// Publishes a draft.
///
/// # Errors
/// [`DeskError`].
pub async fn publish(number: u32) -> Answer<RoundView> {
    send_for("POST", &format!("/api/rounds/{number}/publish"), &()).await
}

/// Reads a published round.
///
/// # Errors
/// [`DeskError`].
pub async fn round(number: u32) -> Answer<RoundView> {
    get(&format!("/api/rounds/{number}")).await
}

/// Gives a published round to these tablets.
///
/// # Errors
/// [`DeskError`].
pub async fn assign(number: u32, devices: Vec<DeviceId>) -> Answer<RoundView> {
    send_for("PUT", &format!("/api/rounds/{number}/tablets"), &AssignTablets { devices }).await
}

/// Gives a round up.
///
/// # Errors
/// [`DeskError`].
pub async fn cancel_round(number: u32, reason: String) -> Answer<RoundView> {
    send_for("POST", &format!("/api/rounds/{number}/cancel"), &Because { reason }).await
}

/// Gives doses back to the tablet that another took them over from.
///
/// # Errors
/// [`DeskError`].
pub async fn give_back(number: u32, taken: FactName, reason: String) -> Answer<RoundView> {
    send_for("POST", &format!("/api/rounds/{number}/custody/{taken}"), &Because { reason }).await
}

/// Decides on doses set apart.
///
/// # Errors
/// [`DeskError`].
pub async fn decide_apart(number: u32, load: FactName, decided: DecideApart) -> Answer<RoundView> {
    send_for("POST", &format!("/api/rounds/{number}/apart/{load}"), &decided).await
}

/// Confirms or contradicts a decision by telephone.
///
/// # Errors
/// [`DeskError`].
pub async fn answer_phone(number: u32, decision: FactName, answer: AnswerPhone) -> Answer<RoundView> {
    send_for("POST", &format!("/api/rounds/{number}/phone/{decision}"), &answer).await
}

/// Returns the address of an export of a round.
#[must_use]
pub fn export(number: u32, table: &str) -> String {
    format!("/api/rounds/{number}/export/{table}.csv")
}

/// The address of the empty list with every heading.
pub const MODEL: &str = "/api/people/import/model.csv";
/// The address of the news.
pub const LIVE: &str = "/api/live";

/// Reads the stock, for taking on a day; today unless said.
///
/// # Errors
/// [`DeskError`].
pub async fn stock(on: Option<Day>) -> Answer<StockView> {
    match on {
        Some(on) => get(&format!("/api/stock?on={on}")).await,
        None => get("/api/stock").await,
    }
}

/// Receives doses of a lot.
///
/// # Errors
/// [`DeskError`].
pub async fn receive_lot(lot: ReceiveLot) -> Answer<()> {
    send("POST", "/api/stock/lots", &lot).await.map(drop)
}

/// Sets a lot apart.
///
/// # Errors
/// [`DeskError`].
pub async fn isolate_lot(lot: &str, change: &ChangeLot) -> Answer<()> {
    send("POST", &format!("/api/stock/lots/{}/isolate", part(lot)), change).await.map(drop)
}

/// Releases a lot.
///
/// # Errors
/// [`DeskError`].
pub async fn release_lot(lot: &str, change: &ChangeLot) -> Answer<()> {
    send("POST", &format!("/api/stock/lots/{}/release", part(lot)), change).await.map(drop)
}

/// Lists tablets and codes.
///
/// # Errors
/// [`DeskError`].
pub async fn tablets() -> Answer<TabletsView> {
    get("/api/tablets").await
}

/// Makes a code for a tablet.
///
/// # Errors
/// [`DeskError`].
pub async fn new_tablet(label: String) -> Answer<CodeLine> {
    send_for("POST", "/api/tablets", &NewTablet { label }).await
}

/// Takes the pen from a tablet.
///
/// # Errors
/// [`DeskError`].
pub async fn retire_tablet(device: DeviceId, reason: String) -> Answer<()> {
    send("POST", &format!("/api/tablets/{}/retire", device.0), &Because { reason }).await.map(drop)
}

/// Reads the relay in short.
///
/// # Errors
/// [`DeskError`].
pub async fn relay() -> Answer<RelayView> {
    get("/api/relay").await
}

/// Names the physician on call.
///
/// # Errors
/// [`DeskError`].
pub async fn name_on_call(name: String, phone: String) -> Answer<()> {
    send("PUT", "/api/relay/on-call", &NameOnCall { name, phone }).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_any_name() {
        assert_eq!(part("Rue Noémie & Cie"), "Rue%20No%C3%A9mie%20%26%20Cie");
    }

    #[test]
    fn a_refusal_keeps_the_hubs_sentence_and_a_portals_page_does_not_pass_for_one() {
        let body = br#"{"code":"version","message":"Rechargez."}"#.to_vec();
        let refused = DeskError::from(NetworkError::Status { status: 409, ours: true, body });
        assert_eq!(refused, DeskError::Refused { code: "version".into(), message: "Rechargez.".into() });
        let portal = NetworkError::Status { status: 502, ours: false, body: b"<html>".to_vec() };
        assert_eq!(DeskError::from(portal), DeskError::Unreadable);
    }
}

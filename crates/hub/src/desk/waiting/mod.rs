//! Addresses of the API about people who wait for a later date.

pub mod line;

use crate::desk::access::Author;
use crate::errors::{ApiError, ErrorBody};
use crate::hub::AppState;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::WaitingLine;
use perron_domain::PeopleCommand;
use perron_domain::fact::PersonAdded;
use perron_domain::name::FactName;

/// Lists everybody who waits for a later date.
#[utoipa::path(get, path = "/api/waiting", tag = "head", responses((status = 200, body = Vec<WaitingLine>)))]
pub async fn waiting(State(hub): State<AppState>) -> Json<Vec<WaitingLine>> {
    Json(hub.look(line::of_all))
}

/// Puts somebody of a round's waiting list on the relay's list. Asked twice it adds nobody.
#[utoipa::path(
    post, path = "/api/waiting/{round}/{entry}", tag = "head", params(("round" = u32, Path), ("entry" = String, Path)),
    responses((status = 204), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn take_up(
    State(hub): State<AppState>,
    Author(author): Author,
    Path((round, entry)): Path<(u32, String)>,
) -> Result<StatusCode, ApiError> {
    let unknown = || ApiError::not_found("Cette personne n’est pas sur la liste d’attente.");
    let entry: FactName = entry.parse().map_err(|_| unknown())?;
    let record = hub.look(|relay| relay.rounds.get(&round)?.waiting.get(&entry).map(|listed| listed.record.clone()));
    let added = PersonAdded::new(record.ok_or_else(unknown)?, line::waiting_key(round, entry));
    hub.people_commands(author, vec![PeopleCommand::Add(added)]).await?;
    Ok(StatusCode::NO_CONTENT)
}

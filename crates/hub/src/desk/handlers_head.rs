//! Addresses of the API for the head of the relay: differences, quarantine, waiting list, the right to erasure.

use super::access::Author;
use super::{cold, todo};
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::AppState;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::{DecideQuarantine, ErasedView, ExplainGap, RoundView, TodoView, WaitingLine};
use perron_domain::fact::PersonAdded;
use perron_domain::name::{FactName, Scope};
use perron_domain::{Command, PeopleCommand};

/// Reads what waits for the head of the relay.
#[utoipa::path(get, path = "/api/todo", tag = "head", responses((status = 200, body = TodoView)))]
pub async fn read(State(hub): State<AppState>) -> Result<Json<TodoView>, ApiError> {
    let aside = hub.all_quarantined().await?;
    let ahead = hub.read(|cache| cache.ahead.clone());
    Ok(Json(hub.look(|relay| {
        let mut quarantine: Vec<_> =
            aside.iter().map(|(scope, record, why)| todo::quarantined(relay, *scope, record, *why)).collect();
        quarantine.extend(todo::ignored(relay));
        quarantine.extend(todo::not_understood(relay));
        quarantine.sort_by_key(|line| (line.rejected.is_some(), std::cmp::Reverse(line.received)));
        let apart = relay.planned().flat_map(|(number, round)| cold::apart(relay, number, round));
        let decisions = relay.planned().flat_map(|(number, round)| cold::decisions(relay, number, round));
        TodoView {
            gaps: todo::open_gaps(relay),
            apart: apart.collect(),
            cold_decisions: decisions.collect(),
            quarantine,
            tablets: todo::tablets(relay, &ahead),
            errors: todo::errors(relay),
        }
    })))
}

/// Explains a difference of a signed round.
#[utoipa::path(
    post, path = "/api/rounds/{number}/gaps", tag = "head", params(("number" = u32, Path)), request_body = ExplainGap,
    responses((status = 200, body = RoundView), (status = 409, body = ErrorBody))
)]
pub async fn explain_gap(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(number): Path<u32>,
    Body(explain): Body<ExplainGap>,
) -> Result<Json<RoundView>, ApiError> {
    hub.command(number, author, Command::ExplainGap { gap: explain.gap, text: explain.text }).await?;
    super::handlers_rounds::seen(&hub, number)
}

/// Accepts or rejects a fact in quarantine.
#[utoipa::path(
    post, path = "/api/quarantine", tag = "head", request_body = DecideQuarantine,
    responses((status = 204), (status = 400, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn decide_quarantine(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(decided): Body<DecideQuarantine>,
) -> Result<StatusCode, ApiError> {
    let reason = decided.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(ApiError::bad_request("reason_needed", "Écrivez un motif."));
    }
    hub.decide_quarantine(Scope(decided.scope), author, decided.fact, decided.accept, Some(reason)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists everybody who waits for a later date.
#[utoipa::path(get, path = "/api/waiting", tag = "head", responses((status = 200, body = Vec<WaitingLine>)))]
pub async fn waiting(State(hub): State<AppState>) -> Json<Vec<WaitingLine>> {
    Json(hub.look(todo::waiting))
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
    let added = PersonAdded::new(record.ok_or_else(unknown)?, todo::waiting_key(round, entry));
    hub.people_commands(author, vec![PeopleCommand::Add(added)]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Erases what the relay knows of a person, on her request. What the law keeps stays, and is named.
#[utoipa::path(
    delete, path = "/api/people/{person}", tag = "head", params(("person" = String, Path)),
    responses((status = 200, body = ErasedView), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn erase(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(person): Path<String>,
) -> Result<Json<ErasedView>, ApiError> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let person: FactName = person.parse().map_err(|_| unknown())?;
    if hub.look(|relay| relay.person(person).is_none()) {
        return Err(unknown());
    }
    let erased = hub.erase_person(author, person).await?;
    Ok(Json(ErasedView { facts: erased.facts, kept: erased.kept }))
}

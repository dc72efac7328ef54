//! Addresses of the API about people, and the right to erasure.

pub mod expected;
pub mod page;
pub mod person;

use crate::desk::access::Author;
use crate::errors::{ApiError, Body, ErrorBody, Query};
use crate::hub::AppState;
use axum::Json;
use axum::extract::{Path, State};
use page::PeopleQuery;
use perron_desk_api::{Because, ErasedView, PeoplePage, PersonFile};
use perron_domain::PeopleCommand;
use perron_domain::fact::PersonAdded;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// Lists people.
#[utoipa::path(get, path = "/api/people", tag = "people", params(PeopleQuery), responses((status = 200, body = PeoplePage)))]
pub async fn list(State(hub): State<AppState>, Query(query): Query<PeopleQuery>) -> Result<Json<PeoplePage>, ApiError> {
    let drafts = hub.drafts().await?;
    let page = tokio::task::spawn_blocking(move || hub.look(|relay| page::page(relay, &drafts, &query)));
    Ok(Json(page.await.map_err(ApiError::internal)?))
}

/// Adds somebody by hand.
#[utoipa::path(
    post, path = "/api/people", tag = "people", request_body(content = Object, description = "A person record"),
    responses((status = 200, body = String, description = "The person's name in the relay"), (status = 409, body = ErrorBody))
)]
pub async fn add(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(record): Body<PersonRecord>,
) -> Result<Json<FactName>, ApiError> {
    let command = PeopleCommand::Add(PersonAdded::new(record, String::new()));
    let names = hub.people_commands(author, vec![command]).await?;
    names.first().copied().map(Json).ok_or_else(|| ApiError::internal("a person became no fact"))
}

/// Reads one person's record.
#[utoipa::path(
    get, path = "/api/people/{person}", tag = "people", params(("person" = String, Path)),
    responses((status = 200, body = Object), (status = 404, body = ErrorBody))
)]
pub async fn read(State(hub): State<AppState>, Path(person): Path<String>) -> Result<Json<PersonRecord>, ApiError> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let name: FactName = person.parse().map_err(|_| unknown())?;
    hub.look(|relay| relay.editable(name)).map(Json).ok_or_else(unknown)
}

/// Corrects what is known of a person.
#[utoipa::path(
    put, path = "/api/people/{person}", tag = "people", params(("person" = String, Path)),
    request_body(content = Object, description = "The whole record as it is now"),
    responses((status = 204), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn change(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(person): Path<String>,
    Body(record): Body<PersonRecord>,
) -> Result<axum::http::StatusCode, ApiError> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let person: FactName = person.parse().map_err(|_| unknown())?;
    let before = hub.look(|relay| relay.editable(person)).ok_or_else(unknown)?;
    if before != record {
        hub.people_commands(author, vec![PeopleCommand::Change { person, record, reason: None }]).await?;
    }
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// Reads what came back of a person from rounds, what must be seen beside her name, and what is possible next.
#[utoipa::path(
    get, path = "/api/people/{person}/file", tag = "people", params(("person" = String, Path)),
    responses((status = 200, body = PersonFile), (status = 404, body = ErrorBody))
)]
pub async fn file(State(hub): State<AppState>, Path(person): Path<String>) -> Result<Json<PersonFile>, ApiError> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let name: FactName = person.parse().map_err(|_| unknown())?;
    let drafts = hub.drafts().await?;
    hub.look(|relay| person::file(relay, &drafts, name)).map(Json).ok_or_else(unknown)
}

/// Says that a person may be called again, whatever her last visits ended with.
#[utoipa::path(
    post, path = "/api/people/{person}/may-call", tag = "people", params(("person" = String, Path)),
    request_body = Because,
    responses((status = 204), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn may_call(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(person): Path<String>,
    Body(because): Body<Because>,
) -> Result<axum::http::StatusCode, ApiError> {
    let unknown = || ApiError::not_found("Cette personne n’est pas connue du relais.");
    let person: FactName = person.parse().map_err(|_| unknown())?;
    hub.people_commands(author, vec![PeopleCommand::MayCall { person, reason: because.reason }]).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
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

//! Addresses of the API to open a season without a new Perron: from last year's campaign, or from a file.

use crate::desk::access::Author;
use crate::desk::day::DayQuery;
use crate::desk::directive::{not_publishable, refused};
use crate::errors::{ApiError, Body, ErrorBody, Query};
use crate::hub::{AppState, Hub};
use crate::publish::{self, Checked, Last, NotWritten, Whose};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use perron_desk_api::{AcceptShipped, AdoptDirective, DirectiveFile, HeldView, SeasonForm, SeasonText, SeasonsView};
use perron_domain::fact::Origin;
use perron_domain::{CommonCommand, NewDirective};
use serde::Deserialize;

impl Hub {
    /// Returns a text that the relay might adopt, with everything that is looked at before.
    async fn season_checked(&self, text: String, to_read: Vec<String>) -> Result<SeasonText, ApiError> {
        let check = self.checked(text.clone(), Whose::Adopted).await?.check;
        Ok(SeasonText { text, check, to_read })
    }
}

fn not_written(wrong: NotWritten) -> ApiError {
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "not_written", wrong.0)
}

/// Reads the campaigns that are over on a day, each as the form of its next season.
#[utoipa::path(get, path = "/api/seasons", tag = "directives", params(DayQuery), responses((status = 200, body = SeasonsView)))]
pub async fn seasons(State(hub): State<AppState>, Query(query): Query<DayQuery>) -> Json<SeasonsView> {
    let shipped = crate::demo::directive_files();
    let first_day = hub.first_day();
    Json(hub.look(|relay| {
        let on = query.on.unwrap_or_else(|| relay.today());
        SeasonsView { on, first_day, campaigns: publish::last_seasons(relay.common, &shipped, on) }
    }))
}

/// Writes the text of the season that a form describes, and looks at it from every side.
#[utoipa::path(
    post, path = "/api/seasons/text", tag = "directives", request_body = SeasonForm,
    responses((status = 200, body = SeasonText), (status = 404, body = ErrorBody), (status = 422, body = ErrorBody))
)]
pub async fn season_text(
    State(hub): State<AppState>,
    Body(form): Body<SeasonForm>,
) -> Result<Json<SeasonText>, ApiError> {
    let shipped = crate::demo::directive_files();
    let first_day = hub.first_day();
    let written = hub.look(|relay| {
        let last = Last::of(relay.common, &shipped, &form.id)?;
        let text = publish::season_text(relay.common, &last, &form, first_day);
        Some(text.map(|text| (publish::still_named(relay.common, &form, &text), text)))
    });
    let written = written.ok_or_else(|| ApiError::not_found("Cette campagne n’est pas connue du relais."))?;
    let (to_read, text) = written.map_err(not_written)?;
    Ok(Json(hub.season_checked(text, to_read).await?))
}

/// Reads a file of directives from elsewhere: gives its version a name of the relay's own, and looks at it from every side.
#[utoipa::path(
    post, path = "/api/seasons/file", tag = "directives", request_body = DirectiveFile,
    responses((status = 200, body = SeasonText), (status = 422, body = ErrorBody))
)]
pub async fn season_file(
    State(hub): State<AppState>,
    Body(file): Body<DirectiveFile>,
) -> Result<Json<SeasonText>, ApiError> {
    let text = publish::renamed(&file.text).map_err(not_written)?;
    Ok(Json(hub.season_checked(text, Vec::new()).await?))
}

/// Adopts a national version in the name of the head of the relay; it counts once a physician of the relay confirmed it.
#[utoipa::path(
    post, path = "/api/seasons/adopt", tag = "directives", request_body = AdoptDirective,
    responses(
        (status = 204), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody),
        (status = 422, body = ErrorBody)
    )
)]
pub async fn adopt(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(new): Body<AdoptDirective>,
) -> Result<StatusCode, ApiError> {
    if let Origin::File { name, given_by } = &new.origin
        && (name.trim().is_empty() || given_by.trim().is_empty())
    {
        let said = "Dire le nom du fichier, et de qui il vient.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "empty", said));
    }
    let Checked { check, directive } = hub.checked(new.text.clone(), Whose::Adopted).await?;
    let Some(directive) = directive else { return Err(not_publishable(&check)) };
    let command = NewDirective { directive, text: Some(new.text), urgent: false, adopted: Some(new.origin) };
    hub.common_command(author, CommonCommand::PublishDirective(Box::new(command))).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which version that ships.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HeldQuery {
    /// The directive.
    id: String,
    /// Its version.
    version: String,
}

/// Reads a version that ships and waits for the head of the relay: what it would replace, and what it says otherwise.
#[utoipa::path(
    get, path = "/api/seasons/accept", tag = "directives", params(HeldQuery),
    responses((status = 200, body = HeldView), (status = 404, body = ErrorBody))
)]
pub async fn held(State(hub): State<AppState>, Query(one): Query<HeldQuery>) -> Result<Json<HeldView>, ApiError> {
    let found = hub.look(|relay| publish::held(relay.common, &one.id, &one.version));
    found.map(Json).ok_or_else(|| ApiError::not_found("Cette version n’attend l’accord de personne."))
}

/// Accepts a version that ships in the place of those that the relay had adopted, in the name of its head.
#[utoipa::path(
    post, path = "/api/seasons/accept", tag = "directives", request_body = AcceptShipped,
    responses((status = 204), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn accept(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(one): Body<AcceptShipped>,
) -> Result<StatusCode, ApiError> {
    let command = CommonCommand::AcceptShipped { id: one.id, version: one.version };
    hub.common_command(author, command).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

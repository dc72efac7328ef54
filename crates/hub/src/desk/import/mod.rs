//! Addresses of the API to import a list of people.

pub mod preview;

use crate::desk::access::Author;
use crate::errors::{ApiError, ErrorBody, Query};
use crate::hub::AppState;
use crate::import::columns::Column;
use crate::import::{Import, Unreadable};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use perron_desk_api::{ImportDone, ImportPreview};
use perron_domain::PeopleCommand;
use preview::Keep;
use serde::Deserialize;
use std::sync::Arc;

fn unreadable(error: Unreadable) -> ApiError {
    let (code, message) = match error {
        Unreadable::TooLarge => ("too_large", "Ce fichier dépasse 64 Mo. Découpez-le en plusieurs listes."),
        Unreadable::TooManyRows => {
            ("too_many_rows", "Ce fichier compte plus de 200 000 lignes. Découpez-le en plusieurs listes.")
        }
        Unreadable::Empty => {
            ("empty", "Ce fichier est vide : il faut une ligne de titres, puis une ligne par personne.")
        }
        Unreadable::NotText => (
            "not_text",
            "Ce fichier n’est pas un CSV. Dans le tableur, choisissez « Enregistrer sous », puis « CSV (séparateur : point-virgule) ».",
        ),
    };
    ApiError::bad_request(code, message)
}

/// Reads a file in a thread of its own: a long list takes a second of pure work.
async fn read_file(hub: &AppState, file: Bytes) -> Result<(Import, ImportPreview), ApiError> {
    let hub = Arc::clone(hub);
    let work = tokio::task::spawn_blocking(move || {
        hub.look(|relay| {
            let import = preview::read(relay, &file)?;
            let preview = preview::preview(relay, &import);
            Ok((import, preview))
        })
    });
    work.await.map_err(ApiError::internal)?.map_err(unreadable)
}

/// Shows what a list would do, before anything goes in.
#[utoipa::path(
    post, path = "/api/people/import/preview", tag = "people",
    request_body(content = Vec<u8>, content_type = "text/csv"),
    responses((status = 200, body = ImportPreview), (status = 400, body = ErrorBody))
)]
pub async fn import_preview(State(hub): State<AppState>, file: Bytes) -> Result<Json<ImportPreview>, ApiError> {
    let (_, preview) = read_file(&hub, file).await?;
    Ok(Json(preview))
}

/// Which likely duplicates go in.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// `none`, `all`, or the lines, separated by commas, of those that do.
    pub keep: String,
}

/// Adds the people of a list. The same list again adds nobody.
#[utoipa::path(
    post, path = "/api/people/import", tag = "people", params(ImportQuery),
    request_body(content = Vec<u8>, content_type = "text/csv"),
    responses((status = 200, body = ImportDone), (status = 400, body = ErrorBody))
)]
pub async fn import(
    State(hub): State<AppState>,
    Author(author): Author,
    Query(query): Query<ImportQuery>,
    file: Bytes,
) -> Result<Json<ImportDone>, ApiError> {
    let keep = Keep::parse(&query.keep)
        .ok_or_else(|| ApiError::bad_request("bad_query", "La liste des doublons à garder n’est pas lisible."))?;
    let (import, preview) = read_file(&hub, file).await?;
    if !preview.missing_columns.is_empty() {
        let columns = preview.missing_columns.join(", ");
        return Err(ApiError::bad_request("missing_columns", format!("Il manque des colonnes : {columns}.")));
    }
    let (people, left_out) = preview::chosen(import, &keep);
    let commands: Vec<PeopleCommand> = people.into_iter().map(PeopleCommand::Add).collect();
    let names = hub.people_commands(author, commands).await?;
    Ok(Json(ImportDone {
        added: u32::try_from(names.len()).unwrap_or(u32::MAX),
        left_out,
        already_known: preview.already_known,
        bad: preview.bad_total,
    }))
}

/// Gives an empty list with every heading, to be filled in.
#[utoipa::path(get, path = "/api/people/import/model.csv", tag = "people", responses((status = 200, content_type = "text/csv", body = Vec<u8>)))]
pub async fn model() -> impl IntoResponse {
    let titles: Vec<&str> =
        Column::ALL.iter().filter(|column| **column != Column::Name).map(|column| column.title()).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"modele-personnes.csv\""),
    ];
    (headers, format!("\u{feff}{}\r\n", titles.join(";")))
}

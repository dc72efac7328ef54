//! The description of the API, served at `/api/openapi.json` and kept as a snapshot in `openapi.json`.

use crate::sync::SyncApi;
use utoipa::OpenApi;

/// The parts that are common to the whole API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Perron", description = "The hub of an outreach vaccination relay."),
    components(schemas(crate::errors::ErrorBody))
)]
struct Common;

/// Returns the description of everything the hub serves under `/api` and `/sync`.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    let mut api = Common::openapi();
    api.merge(SyncApi::openapi());
    api
}

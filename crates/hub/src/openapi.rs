//! The description of the API, served at `/api/openapi.json` and kept as a snapshot in `openapi.json`.

use crate::desk::DeskApi;
use crate::sync::SyncApi;
use utoipa::OpenApi;

/// The parts that are common to the whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Perron",
        description = "The hub of an outreach vaccination relay.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(crate::errors::ErrorBody))
)]
struct Common;

/// Returns the description of everything the hub serves under `/api` and `/sync`.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    let mut api = Common::openapi();
    api.merge(SyncApi::openapi());
    api.merge(DeskApi::openapi());
    api
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The description is a contract: a change of it must be seen in the review. `UPDATE=1 cargo test` writes it anew.
    #[test]
    fn the_description_is_the_one_in_the_repository() {
        let mut now = serde_json::to_string_pretty(&description()).unwrap();
        now.push('\n');
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &now).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            kept == now,
            "openapi.json differs: run UPDATE=1 cargo test -p perron-hub openapi, and look at the difference"
        );
    }
}

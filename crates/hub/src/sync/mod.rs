//! What tablets talk to: `/sync/hello`, `/sync/enrol`, `/sync/push`, `/sync/pull`, as `docs/protocol.md` describes them.
//!
//! Every body is CBOR. A refusal of a whole request is a [`Failure`](perron_ledger::sync::Failure) under a status that
//! fits; what became of single facts stands in the answer of a push.

mod enrol;
mod hello;
mod pull;
mod push;
mod request;
mod too_early;
mod wire;

pub(crate) use push::MAX_COPIES;

use crate::hub::AppState;
use axum::Router;
use axum::routing::{get, post};
use utoipa::OpenApi;

/// Returns the routes of the sync.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sync/hello", get(hello::hello))
        .route("/sync/enrol", post(enrol::enrol))
        .route("/sync/push", post(push::push))
        .route("/sync/pull", post(pull::pull))
}

/// The sync in the description of the API: where it is, and where its messages are described.
#[derive(OpenApi)]
#[openapi(
    paths(hello::hello, enrol::enrol, push::push, pull::pull),
    tags((name = "sync", description = "What tablets talk to. Bodies are CBOR, described in docs/protocol.md."))
)]
pub struct SyncApi;

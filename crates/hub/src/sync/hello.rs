//! `GET /sync/hello`: which relay answers here, in which epoch, and which versions it speaks.

use super::wire::Answer;
use crate::clock;
use crate::hub::AppState;
use axum::extract::State;
use axum::response::IntoResponse;
use perron_ledger::sync::{HelloAnswer, Versions};

/// Says which relay this is. Needs no signature: it tells nothing that an enrolment would not.
#[utoipa::path(get, path = "/sync/hello", tag = "sync",
    responses((status = 200, description = "HelloAnswer", content_type = "application/cbor")))]
pub(super) async fn hello(State(hub): State<AppState>) -> impl IntoResponse {
    Answer(HelloAnswer { relay: hub.relay.0, epoch: hub.epoch, versions: Versions::HERE, wall: clock::now() })
}

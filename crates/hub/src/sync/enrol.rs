//! `POST /sync/enrol`: a tablet gets its number by a code that the relay handed out.

use super::wire::{Answer, Message, Refused};
use crate::hub::AppState;
use axum::extract::State;
use perron_ledger::sync::{Enrol, EnrolAnswer, from_bytes};

/// Lets a tablet in. The same tablet asking again with the same code gets the same number.
#[utoipa::path(post, path = "/sync/enrol", tag = "sync",
    request_body(content_type = "application/cbor", description = "Enrol"),
    responses((status = 200, description = "EnrolAnswer", content_type = "application/cbor"),
              (status = "4XX", description = "Failure", content_type = "application/cbor")))]
pub(super) async fn enrol(
    State(hub): State<AppState>,
    Message(bytes): Message,
) -> Result<Answer<EnrolAnswer>, Refused> {
    let request: Enrol = from_bytes(&bytes)?;
    Ok(Answer(hub.enrol(&request).await?))
}

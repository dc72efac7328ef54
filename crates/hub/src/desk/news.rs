//! What happens, told to the desks that are open.

use crate::hub::AppState;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::StreamExt;
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

/// Tells an open desk which scope changed, as it happens: `change` with the scope, or `reload` after too many at once.
#[utoipa::path(get, path = "/api/live", tag = "relay", responses((status = 200, content_type = "text/event-stream", body = String)))]
pub async fn live(State(hub): State<AppState>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = BroadcastStream::new(hub.live.subscribe()).map(|change| {
        Ok(match change {
            Ok(change) => Event::default().event("change").json_data(change).unwrap_or_default(),
            Err(BroadcastStreamRecvError::Lagged(_)) => Event::default().event("reload").data("{}"),
        })
    });
    let mut stopping = hub.stopping.clone();
    let stopped = async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    Sse::new(changes.take_until(stopped)).keep_alive(KeepAlive::default())
}

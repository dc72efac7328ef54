//! What happens, told to the desks that are open.

use crate::desk::mount::{Addresses, Caller};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use perron_desk_api::routes;
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().listen(routes::LIVE, live)
}

fn live(Caller { hub, .. }: Caller) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
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

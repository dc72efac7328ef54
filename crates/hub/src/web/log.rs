//! One log line per request: method, route and duration. Never the query or the body, which may name a person.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Logs the request after it was answered, by the route that took it (`/api/people/{name}`), not by its address.
pub async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let ms = started.elapsed().as_secs_f64() * 1000.0;
    let status = response.status().as_u16();
    match route {
        Some(route) if status >= 500 => tracing::error!(%method, route, status, ms),
        Some(route) => tracing::info!(%method, route, status, ms),
        None => tracing::debug!(%method, status, ms, "a file of the app"),
    }
    response
}

//! What the hub serves: the desk's API, the tablets' sync, and the app itself.

use crate::hub::AppState;
use crate::{desk, openapi, sync, web};
use axum::routing::get;
use axum::{Json, Router, middleware};
use tower_http::compression::CompressionLayer;

/// Returns everything the hub serves, in front of `state`.
pub fn router(state: AppState) -> Router {
    let api = Router::new()
        .route("/api/openapi.json", get(async || Json(openapi::description())))
        .merge(desk::router())
        .layer(CompressionLayer::new());
    Router::new()
        .merge(api)
        .merge(sync::routes())
        // For whoever watches over the machine: a hub listens once the relay's facts were read.
        .route("/healthz", get(async || "ok"))
        .fallback(web::app::serve)
        .method_not_allowed_fallback(web::app::other_method)
        .layer(middleware::from_fn(web::guard::same_machine))
        .layer(middleware::from_fn(web::headers::secure))
        .route_layer(middleware::from_fn(web::log::log))
        .with_state(state)
}

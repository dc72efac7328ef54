//! The address of what waits for somebody at the relay.

pub mod list;

use crate::desk::round::cold;
use crate::errors::ApiError;
use crate::hub::AppState;
use axum::Json;
use axum::extract::State;
use perron_desk_api::TodoView;

/// Reads what waits for the head of the relay.
#[utoipa::path(get, path = "/api/todo", tag = "head", responses((status = 200, body = TodoView)))]
pub async fn read(State(hub): State<AppState>) -> Result<Json<TodoView>, ApiError> {
    let aside = hub.all_quarantined().await?;
    let ahead = hub.read(|cache| cache.ahead.clone());
    Ok(Json(hub.look(|relay| {
        let mut quarantine: Vec<_> =
            aside.iter().map(|(scope, record, why)| list::quarantined(relay, *scope, record, *why)).collect();
        quarantine.extend(list::ignored(relay));
        quarantine.extend(list::not_understood(relay));
        quarantine.sort_by_key(|line| (line.rejected.is_some(), std::cmp::Reverse(line.received)));
        let apart = relay.planned().flat_map(|(number, round)| cold::apart(relay, number, round));
        let decisions = relay.planned().flat_map(|(number, round)| cold::decisions(relay, number, round));
        TodoView {
            gaps: list::open_gaps(relay),
            apart: apart.collect(),
            cold_decisions: decisions.collect(),
            quarantine,
            tablets: list::tablets(relay, &ahead),
            errors: list::errors(relay),
        }
    })))
}

//! Addresses of the API about tablets: enrolled, withdrawn, and what they sent that was set aside.

use crate::desk::access::Author;
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::AppState;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::{Because, CodeLine, DecideQuarantine, NewTablet, TabletLine, TabletsView};
use perron_domain::CommonCommand;
use perron_domain::fact::DeviceRetired;
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;

/// Lists tablets and the codes that wait for one.
#[utoipa::path(get, path = "/api/tablets", tag = "relay", responses((status = 200, body = TabletsView)))]
pub async fn tablets(State(hub): State<AppState>) -> Result<Json<TabletsView>, ApiError> {
    let now = crate::clock::now();
    let codes = hub.codes().await?;
    let rounds = hub.look(|relay| relay.common.rounds.values().cloned().collect::<Vec<_>>());
    let tablets = hub.tablets().await?.into_iter().map(|tablet| {
        let device = DeviceId(tablet.device);
        let held = rounds.iter().filter(|round| round.devices.contains(&device));
        TabletLine {
            device,
            label: tablet.label,
            enrolled_at: tablet.enrolled_ms.map(Wall),
            seen_at: tablet.seen_ms.map(Wall),
            clock_ahead_ms: tablet.clock_ahead_ms,
            retired: tablet.retired,
            rounds: held.map(|round| round.label.clone()).collect(),
        }
    });
    let waits = |code: &crate::hub::EnrolmentCode| code.used_by.is_none() && code.expires_ms > now.0;
    Ok(Json(TabletsView {
        tablets: tablets.collect(),
        codes: codes
            .into_iter()
            .filter(waits)
            .map(|code| CodeLine { code: code.code, label: code.label, expires_at: Wall(code.expires_ms) })
            .collect(),
    }))
}

/// Makes a code that lets a tablet in.
#[utoipa::path(post, path = "/api/tablets", tag = "relay", request_body = NewTablet, responses((status = 200, body = CodeLine)))]
pub async fn new_tablet(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(new): Body<NewTablet>,
) -> Result<Json<CodeLine>, ApiError> {
    let code = hub.new_code(&new.label, author).await?;
    Ok(Json(CodeLine { code: code.code, label: code.label, expires_at: Wall(code.expires_ms) }))
}

/// Takes the pen from a tablet: lost, broken, replaced. What it wrote stays.
#[utoipa::path(
    post, path = "/api/tablets/{device}/retire", tag = "relay", params(("device" = u32, Path)), request_body = Because,
    responses((status = 204), (status = 409, body = ErrorBody))
)]
pub async fn retire_tablet(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(device): Path<u32>,
    Body(because): Body<Because>,
) -> Result<StatusCode, ApiError> {
    if DeviceId(device).is_hub() {
        return Err(ApiError::bad_request("hub", "Le serveur du relais n’est pas une tablette."));
    }
    let retired = DeviceRetired { device: DeviceId(device), reason: because.reason };
    hub.common_command(author, CommonCommand::RetireDevice(retired)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accepts or rejects a fact in quarantine.
#[utoipa::path(
    post, path = "/api/quarantine", tag = "head", request_body = DecideQuarantine,
    responses((status = 204), (status = 400, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn decide_quarantine(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(decided): Body<DecideQuarantine>,
) -> Result<StatusCode, ApiError> {
    let reason = decided.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(ApiError::bad_request("reason_needed", "Écrivez un motif."));
    }
    hub.decide_quarantine(Scope(decided.scope), author, decided.fact, decided.accept, Some(reason)).await?;
    Ok(StatusCode::NO_CONTENT)
}

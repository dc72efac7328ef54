//! Addresses of the API about the relay's things: stock, tablets, directives, and news while it all happens.

use super::access::Author;
use super::stock;
use crate::errors::{ApiError, Body, ErrorBody, Query};
use crate::hub::{AppState, Hub};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use perron_desk_api::{
    Because, ChangeLot, CodeLine, ConfirmLot, NewTablet, ReceiveLot, StockView, TabletLine, TabletsView,
};
use perron_domain::CommonCommand;
use perron_domain::date::Day;
use perron_domain::fact::{Confirmed, DeviceRetired, LotIsolated, LotReceived, LotReleased};
use perron_domain::name::DeviceId;
use perron_domain::time::Wall;
use serde::Deserialize;
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

/// The day that is asked about.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// `YYYY-MM-DD`; today unless said.
    #[param(value_type = Option<String>)]
    pub on: Option<Day>,
}

/// Reads lots, products and what waits for a decision.
#[utoipa::path(get, path = "/api/stock", tag = "stock", params(DayQuery), responses((status = 200, body = StockView)))]
pub async fn read_stock(
    State(hub): State<AppState>,
    Query(query): Query<DayQuery>,
) -> Result<Json<StockView>, ApiError> {
    let drafts = hub.drafts().await?;
    Ok(Json(hub.look(|relay| stock::stock(relay, &drafts, query.on.unwrap_or_else(|| relay.today())))))
}

/// Receives doses of a lot.
#[utoipa::path(post, path = "/api/stock/lots", tag = "stock", request_body = ReceiveLot, responses((status = 204), (status = 409, body = ErrorBody)))]
pub async fn receive_lot(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(lot): Body<ReceiveLot>,
) -> Result<StatusCode, ApiError> {
    known_product(&hub, Some(&lot.product))?;
    let received = LotReceived {
        product: lot.product,
        lot: lot.lot,
        expiry: lot.expiry,
        doses: lot.doses,
        confirmed: lot.confirmed.map(confirmed),
    };
    hub.common_command(author, CommonCommand::ReceiveLot(received)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn confirmed(sent: ConfirmLot) -> Confirmed {
    Confirmed { reason: sent.reason, doubts: sent.doubts }
}

/// Refuses a product that no directive names.
fn known_product(hub: &Hub, product: Option<&str>) -> Result<(), ApiError> {
    let known = product.is_none_or(|code| hub.look(|relay| relay.products().contains_key(code)));
    known.then_some(()).ok_or_else(|| ApiError::bad_request("unknown_product", "Choisissez un vaccin de la liste."))
}

/// Sets a lot apart: no tablet may use it once it knows.
#[utoipa::path(
    post, path = "/api/stock/lots/{lot}/isolate", tag = "stock", params(("lot" = String, Path)), request_body = ChangeLot,
    responses((status = 204), (status = 409, body = ErrorBody))
)]
pub async fn isolate_lot(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(lot): Path<String>,
    Body(change): Body<ChangeLot>,
) -> Result<StatusCode, ApiError> {
    known_product(&hub, change.product.as_deref())?;
    let confirmed = change.confirmed.map(confirmed);
    let isolated = LotIsolated { lot, reason: change.reason, product: change.product, confirmed };
    hub.common_command(author, CommonCommand::IsolateLot(isolated)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Releases a lot that was set apart.
#[utoipa::path(
    post, path = "/api/stock/lots/{lot}/release", tag = "stock", params(("lot" = String, Path)), request_body = ChangeLot,
    responses((status = 204), (status = 409, body = ErrorBody))
)]
pub async fn release_lot(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(lot): Path<String>,
    Body(change): Body<ChangeLot>,
) -> Result<StatusCode, ApiError> {
    let released = LotReleased { lot, reason: change.reason, product: change.product };
    hub.common_command(author, CommonCommand::ReleaseLot(released)).await?;
    Ok(StatusCode::NO_CONTENT)
}

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

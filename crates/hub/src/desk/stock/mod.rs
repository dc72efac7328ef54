//! Addresses of the API about the stock: lots received, isolated, released, and one of them with all that is known.

pub mod lots;

use crate::desk::access::Author;
use crate::desk::day::DayQuery;
use crate::desk::said::versions;
use crate::errors::{ApiError, Body, ErrorBody, Query};
use crate::hub::{AppState, Hub};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::{ChangeLot, ConfirmLot, LotView, ReceiveLot, StockView};
use perron_domain::CommonCommand;
use perron_domain::fact::{Confirmed, LotIsolated, LotReceived, LotReleased};
use serde::Deserialize;

/// Reads lots, products and what waits for a decision.
#[utoipa::path(get, path = "/api/stock", tag = "stock", params(DayQuery), responses((status = 200, body = StockView)))]
pub async fn read_stock(
    State(hub): State<AppState>,
    Query(query): Query<DayQuery>,
) -> Result<Json<StockView>, ApiError> {
    let drafts = hub.drafts().await?;
    Ok(Json(hub.look(|relay| lots::stock(relay, &drafts, query.on.unwrap_or_else(|| relay.today())))))
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

/// Of which product the lot is.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// Code of the product; every product that has a lot of this number unless said.
    pub product: Option<String>,
}

/// Reads a lot: what was said of it, where its doses are, who received them.
#[utoipa::path(
    get, path = "/api/stock/lots/{lot}", tag = "stock", params(("lot" = String, Path), ProductQuery),
    responses((status = 200, body = LotView))
)]
pub async fn read_lot(
    State(hub): State<AppState>,
    Path(lot): Path<String>,
    Query(query): Query<ProductQuery>,
) -> Result<Json<LotView>, ApiError> {
    let drafts = hub.drafts().await?;
    Ok(Json(hub.look(|relay| versions::lot(relay, &drafts, query.product.as_deref(), &lot))))
}

//! Addresses of the API about who the relay is: its name, its staff, the physician on call, the signed protocol.

use crate::desk::access::Author;
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::{AppState, territory_offset};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use perron_desk_api::{AccountLine, NameOnCall, NameRelay, ProtocolLine, RelayView, SaveAccount};
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountAdded, AccountNo, OnCallNamed, ProtocolSigned, RelayCreated};

/// Reads the relay in short.
#[utoipa::path(get, path = "/api/relay", tag = "relay", responses((status = 200, body = RelayView)))]
pub async fn relay(State(hub): State<AppState>) -> Json<RelayView> {
    Json(hub.look(|relay| {
        let founded = relay.common.relay.as_ref();
        RelayView {
            name: founded.map(|one| one.name.clone()).unwrap_or_default(),
            territory: founded.map(|one| one.territory.clone()).unwrap_or_default(),
            utc_offset_minutes: relay.zone().offset_minutes,
            demo: founded.is_some_and(|one| one.demo),
            today: relay.today(),
            accounts: relay.common.accounts.values().map(account).collect(),
            on_call: relay.common.on_call.as_ref().map(|one| (one.name.clone(), one.phone.clone())),
            protocol: relay.common.protocol.as_ref().map(|one| ProtocolLine {
                title: one.title.clone(),
                text: one.text.clone(),
                signed_by: one.signed_by.clone(),
                on: one.on,
            }),
        }
    }))
}

fn account(one: &AccountAdded) -> AccountLine {
    AccountLine {
        account: one.account,
        name: one.name.clone(),
        roles: one.roles.clone(),
        rpps: one.rpps.clone(),
        prescriber_trained: one.prescriber_trained,
        phone: one.phone.clone(),
    }
}

/// Names the relay and says where it is.
#[utoipa::path(put, path = "/api/relay", tag = "relay", request_body = NameRelay, responses((status = 204), (status = 400, body = ErrorBody)))]
pub async fn name_relay(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(named): Body<NameRelay>,
) -> Result<StatusCode, ApiError> {
    let Some(utc_offset_minutes) = territory_offset(&named.territory) else {
        return Err(ApiError::bad_request("territory", "Le territoire s’écrit « FR- » suivi du département : FR-93."));
    };
    let demo = hub.look(|relay| relay.common.relay.as_ref().is_some_and(|one| one.demo));
    let name = named.name.trim().to_owned();
    let relay = RelayCreated { name, territory: named.territory, utc_offset_minutes, demo };
    hub.common_command(author, CommonCommand::CreateRelay(relay)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the emergency protocol: the text that a physician wrote, dated and signed beforehand.
#[utoipa::path(put, path = "/api/relay/protocol", tag = "relay", request_body = ProtocolLine, responses((status = 204), (status = 409, body = ErrorBody)))]
pub async fn sign_protocol(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(new): Body<ProtocolLine>,
) -> Result<StatusCode, ApiError> {
    let protocol = ProtocolSigned { title: new.title, text: new.text, signed_by: new.signed_by, on: new.on };
    hub.common_command(author, CommonCommand::SignProtocol(protocol)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds somebody to the relay, or changes her.
#[utoipa::path(post, path = "/api/accounts", tag = "relay", request_body = SaveAccount, responses((status = 200, body = u32), (status = 409, body = ErrorBody)))]
pub async fn save_account(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(save): Body<SaveAccount>,
) -> Result<Json<AccountNo>, ApiError> {
    let last = hub.look(|relay| relay.common.accounts.keys().next_back().map_or(0, |last| last.0));
    let account = match save.account {
        // Number 0 is nobody, and the next number is the relay's to give.
        Some(account) if !hub.look(|relay| relay.common.accounts.contains_key(&account)) => {
            return Err(ApiError::refused("unknown_account", "Ce compte n’existe pas au relais."));
        }
        Some(account) => account,
        None => AccountNo(hub.next_number(last).await?),
    };
    let added = AccountAdded {
        account,
        name: save.name,
        roles: save.roles,
        rpps: save.rpps.filter(|rpps| !rpps.is_empty()),
        prescriber_trained: save.prescriber_trained,
        phone: save.phone.filter(|phone| !phone.is_empty()),
    };
    hub.common_command(author, CommonCommand::AddAccount(added)).await?;
    Ok(Json(account))
}

/// Names the physician on call.
#[utoipa::path(put, path = "/api/relay/on-call", tag = "relay", request_body = NameOnCall, responses((status = 204), (status = 409, body = ErrorBody)))]
pub async fn name_on_call(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(named): Body<NameOnCall>,
) -> Result<StatusCode, ApiError> {
    let named = OnCallNamed { name: named.name, phone: named.phone };
    hub.common_command(author, CommonCommand::NameOnCall(named)).await?;
    Ok(StatusCode::NO_CONTENT)
}

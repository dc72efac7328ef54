//! Addresses of the API about what the desk said in the common part: reading every version, correcting.

pub mod versions;

use crate::desk::access::Author;
use crate::errors::{ApiError, Body, ErrorBody};
use crate::hub::AppState;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::{CorrectSaid, Said, Says};
use perron_domain::CommonCommand;
use perron_domain::name::FactName;

/// Lists what the desk said of other things than lots, with every version, the latest first.
#[utoipa::path(get, path = "/api/said", tag = "relay", responses((status = 200, body = Vec<Said>)))]
pub async fn list(State(hub): State<AppState>) -> Json<Vec<Said>> {
    Json(hub.look(|relay| versions::said(relay, |says| !says.about_a_lot())))
}

/// Corrects what the desk said, or withdraws it. Both versions stay readable.
#[utoipa::path(
    post, path = "/api/said/{fact}", tag = "relay", params(("fact" = String, Path)), request_body = CorrectSaid,
    responses((status = 204), (status = 409, body = ErrorBody))
)]
pub async fn correct(
    State(hub): State<AppState>,
    Author(author): Author,
    Path(fact): Path<String>,
    Body(correction): Body<CorrectSaid>,
) -> Result<StatusCode, ApiError> {
    let fact: FactName = fact.parse().map_err(|_| ApiError::not_found("Ce fait n’est pas connu."))?;
    if let Some(Says::NoticePublished(notice)) = &correction.says
        && notice.link.as_deref().is_some_and(|link| !link.starts_with("https://"))
    {
        return Err(ApiError::bad_request("link", "Le lien doit commencer par https://."));
    }
    let by = correction.says.map(|says| Box::new(command(says)));
    hub.common_command(author, CommonCommand::Correct { fact, by, reason: correction.reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the command that says it.
fn command(says: Says) -> CommonCommand {
    match says {
        Says::LotReceived(one) => CommonCommand::ReceiveLot(one),
        Says::LotIsolated(one) => CommonCommand::IsolateLot(one),
        Says::LotReleased(one) => CommonCommand::ReleaseLot(one),
        Says::ProtocolSigned(one) => CommonCommand::SignProtocol(one),
        Says::OnCallNamed(one) => CommonCommand::NameOnCall(one),
        Says::NoticePublished(one) => CommonCommand::PublishNotice(one),
        Says::AccountAdded(one) => CommonCommand::AddAccount(one),
        Says::DirectiveConfirmed(one) => CommonCommand::ConfirmDirective { id: one.id, version: one.version },
    }
}

//! The one boundary between what goes wrong inside and what a client is told.
//!
//! The desk gets JSON `{code, message}`: the code is for programs and never changes, the message is one sentence for
//! people. What failed inside goes to the log, not to the client, and never with a person's data.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use perron_desk_api::{Code, Refused, Why};
use perron_domain::Refusal;
use perron_ledger::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// An error as the desk gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The status of the answer.
    pub status: StatusCode,
    /// What is told.
    pub told: Refused,
}

/// The body of an [`ApiError`], as the description of the API has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// For programs, and never another one between versions: one of the hub's own (`Code`), or that of a refusal of the
    /// work's rules, which brings what it speaks of beside it.
    pub code: String,
    /// One sentence for the person who asked.
    pub message: String,
}

impl ApiError {
    /// Makes an error of any status.
    pub fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status, told: Refused { why: Why::Hub { code }, message: message.into() } }
    }

    /// Returns the error for a request that cannot be understood (400).
    pub fn bad_request(code: Code, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// Returns the error for something that does not exist (404).
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, Code::NotFound, message)
    }

    /// Returns the error for what cannot be done as things are (409).
    pub fn refused(code: Code, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// Logs what failed inside and returns the error that says only that something did (500).
    pub fn internal(what: impl std::fmt::Display) -> Self {
        tracing::error!(%what, "failed inside");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "Le serveur du relais a rencontré une erreur. Rien n’a été enregistré ; réessayez.",
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.told)).into_response()
    }
}

/// A refusal of the domain goes whole: the desk puts it into words. Who may not do it gets 403.
impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::RoleNeeded { .. } => StatusCode::FORBIDDEN,
            _ => StatusCode::CONFLICT,
        };
        let message = refusal.to_string();
        Self { status, told: Refused { why: Why::Work(refusal), message } }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

//! The one boundary between what goes wrong inside and what a client is told.
//!
//! The desk gets JSON `{code, message}`: the code is for programs and never changes, the message is one sentence for
//! people. What failed inside goes to the log, not to the client, and never with a person's data.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use perron_domain::Refusal;
use perron_ledger::StoreError;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// An error as the desk gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The status of the answer.
    pub status: StatusCode,
    /// For programs; one of the codes in the API description.
    pub code: Cow<'static, str>,
    /// One sentence, in French, for the person who asked.
    pub message: String,
}

/// The body of an [`ApiError`].
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// For programs: never changes between versions.
    pub code: String,
    /// One sentence for the person who asked.
    pub message: String,
}

impl ApiError {
    /// Makes an error of any status.
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into() }
    }

    /// Returns the error for a request that cannot be understood (400).
    pub fn bad_request(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// Returns the error for something that does not exist (404).
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// Returns the error for a command that the domain refuses (409).
    pub fn refused(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// Logs what failed inside and returns the error that says only that something did (500).
    pub fn internal(what: impl std::fmt::Display) -> Self {
        tracing::error!(%what, "failed inside");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Le serveur du relais a rencontré une erreur. Rien n’a été enregistré ; réessayez.",
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(ErrorBody { code: self.code.into_owned(), message: self.message })).into_response()
    }
}

/// A refusal of the domain: its own code, and what it says; the desk's pages put the code into words. Who may not do it
/// gets 403.
impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let code = serde_json::to_value(&refusal).ok();
        let code = code.as_ref().and_then(|value| value["code"].as_str()).unwrap_or("refused").to_owned();
        let status = match refusal {
            Refusal::RoleNeeded { .. } => StatusCode::FORBIDDEN,
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, code, refusal.to_string())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

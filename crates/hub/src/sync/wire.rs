//! CBOR bodies over HTTP: reading within the limit, answering, refusing.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use perron_ledger::sync::{CONTENT_TYPE, Code, Failure, MAX_BODY_BYTES, to_bytes};

/// How much of a body that is too large is still read, so that its sender hears why it was refused.
const DRAINED_BYTES: usize = 8 * MAX_BODY_BYTES;

/// The bytes of a request's body, at most [`MAX_BODY_BYTES`].
#[derive(Debug)]
pub(super) struct Message(pub(super) Bytes);

impl<S: Sync> FromRequest<S> for Message {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        let mut body = request.into_body().into_data_stream();
        let (mut bytes, mut read) = (Vec::new(), 0_usize);
        while let Some(part) = body.next().await {
            // A sender that goes away in the middle hears no answer; whatever came is not a message.
            let part = part.map_err(|_| Refused(Code::NotAMessage.into()))?;
            read = read.saturating_add(part.len());
            if read <= MAX_BODY_BYTES {
                bytes.extend_from_slice(&part);
            } else {
                bytes = Vec::new();
            }
            if read > DRAINED_BYTES {
                break;
            }
        }
        if read > MAX_BODY_BYTES { Err(Refused(Code::TooLarge.into())) } else { Ok(Self(bytes.into())) }
    }
}

/// An answer as CBOR.
#[derive(Debug)]
pub(super) struct Answer<T>(pub(super) T);

impl<T: minicbor::Encode<()>> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        respond(StatusCode::OK, &self.0)
    }
}

/// The refusal of a whole request.
#[derive(Debug)]
pub(super) struct Refused(pub(super) Failure);

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = respond(status(self.0.code), &self.0);
        if let Some(seconds) = self.0.after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

fn respond<T: minicbor::Encode<()>>(status: StatusCode, message: &T) -> Response {
    let headers = [(header::CONTENT_TYPE, CONTENT_TYPE)];
    (status, headers, Body::from(to_bytes(message))).into_response()
}

/// Returns the status that a refusal is sent under, as the protocol's table has it; clients go by the code.
const fn status(code: Code) -> StatusCode {
    match code {
        Code::NotAMessage | Code::BrokenHead => StatusCode::BAD_REQUEST,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::TooOld => StatusCode::UPGRADE_REQUIRED,
        Code::UnknownDevice | Code::FalseSignature => StatusCode::UNAUTHORIZED,
        Code::DeviceBlocked | Code::ScopeNotAllowed => StatusCode::FORBIDDEN,
        Code::OtherRelay | Code::Forked | Code::Hole | Code::CodeUsed => StatusCode::CONFLICT,
        Code::TooMuchWaiting | Code::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::CodeUnknown => StatusCode::NOT_FOUND,
        Code::CodeExpired => StatusCode::GONE,
    }
}

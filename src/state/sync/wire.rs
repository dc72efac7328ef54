//! The wire to the hub: one request, one answer, both CBOR. A trait, so that a run can be tried against a hub in memory.

use super::SyncError;
use crate::browser::network::{CBOR, Call, NetworkError, exchange};
use minicbor::{Decode, Encode};
use perron_ledger::sync::{Code, Failure, from_bytes, to_bytes};

/// Carries one request to the hub.
#[allow(async_fn_in_trait, reason = "a browser has one thread")]
pub trait Wire {
    /// Posts `body` to `path` and returns the body of the answer.
    ///
    /// # Errors
    /// [`NetworkError`] without a usable answer.
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError>;
}

/// The hub behind an address; an empty one is the hub that served the app.
#[derive(Clone, Debug, Default)]
pub struct HubWire {
    /// The address without a path: `https://relais.example`.
    pub base: String,
}

impl Wire for HubWire {
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError> {
        let url = format!("{}{path}", self.base.trim_end_matches('/'));
        exchange(&Call::post(&url, CBOR, &body)).await
    }
}

/// Posts a message and reads the answer.
///
/// # Errors
/// [`SyncError`]; a refusal of the hub is [`SyncError::Hub`].
pub async fn ask<W: Wire, Q: Encode<()>, A: for<'b> Decode<'b, ()>>(
    wire: &W,
    path: &str,
    question: &Q,
) -> Result<A, SyncError> {
    match wire.post(path, to_bytes(question)).await {
        Ok(body) => from_bytes(&body).map_err(|_| NetworkError::NotOurs("application/cbor".to_owned()).into()),
        Err(error) => Err(explained(error)),
    }
}

/// Reads the hub's own explanation of a refusal, if there is one.
fn explained(error: NetworkError) -> SyncError {
    if let NetworkError::Status { ours: true, body, .. } = &error
        && let Ok(Failure { code, after_seconds, .. }) = from_bytes::<Failure>(body)
    {
        return SyncError::Hub { code, after_seconds };
    }
    if let NetworkError::Status { status: 413, .. } = error {
        return SyncError::Hub { code: Code::TooLarge, after_seconds: None };
    }
    error.into()
}

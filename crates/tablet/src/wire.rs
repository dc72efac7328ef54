//! The wire to the hub: one request, one answer, both CBOR. A trait, so that a run can be tried against a hub in memory.

use minicbor::{Decode, Encode};
use perron_ledger::StoreError;
use perron_ledger::sync::{Code, Failure, from_bytes, to_bytes};

/// Why there is no answer that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Nothing answered: no network, or no hub behind it.
    #[error("no answer: the hub cannot be reached")]
    Offline,
    /// No whole answer in time.
    #[error("no answer within {0} s")]
    TooLate(u64),
    /// The hub answered, but not with a success. The body is the hub's own explanation when `ours`.
    #[error("the hub answered with status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The body has the content type that was asked for, so that it can be read as the hub's error.
        ours: bool,
        /// The body as it came.
        body: Vec<u8>,
    },
    /// A success that is not of the kind asked for: a portal's page, a proxy's notice.
    #[error("the answer is not the hub's ({0})")]
    NotOurs(String),
    /// The answer broke off.
    #[error("the answer broke off")]
    HalfBody,
    /// The request itself could not be made.
    #[error("the request cannot be made: {0}")]
    Impossible(String),
}

/// Carries one request to the hub.
#[allow(async_fn_in_trait, reason = "a browser has one thread")]
pub trait Wire {
    /// Posts `body` to `path` and returns the body of the answer.
    ///
    /// # Errors
    /// [`NetworkError`] without a usable answer.
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError>;
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

/// Why a run ended before its end.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SyncError {
    /// No usable answer.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The hub refuses the whole request.
    #[error("the hub refuses: {code}")]
    Hub {
        /// Why.
        code: Code,
        /// When to try again, in seconds, if it says so.
        after_seconds: Option<u32>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The hub answers the same again and again without getting further.
    #[error("the exchange does not get further")]
    NoProgress,
}

//! The wire to the hub: one request, one answer, both CBOR, over the browser's network.

use crate::browser::network::{self, CBOR, Call, exchange};
use perron_tablet::{NetworkError, Wire};

/// The hub behind an address; an empty one is the hub that served the app.
#[derive(Clone, Debug, Default)]
pub struct HubWire {
    /// The address without a path: `https://relais.example`.
    pub base: String,
}

impl Wire for HubWire {
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError> {
        let url = format!("{}{path}", self.base.trim_end_matches('/'));
        exchange(&Call::post(&url, CBOR, &body)).await.map_err(told)
    }
}

/// What the tablet's sync calls it.
fn told(error: network::NetworkError) -> NetworkError {
    match error {
        network::NetworkError::Offline => NetworkError::Offline,
        network::NetworkError::TooLate(seconds) => NetworkError::TooLate(seconds),
        network::NetworkError::Status { status, ours, body } => NetworkError::Status { status, ours, body },
        network::NetworkError::NotOurs(kind) => NetworkError::NotOurs(kind),
        network::NetworkError::HalfBody => NetworkError::HalfBody,
        network::NetworkError::Impossible(words) => NetworkError::Impossible(words),
    }
}

//! What the desk asks of the hub: an address of [`routes`], what fills its path, and what goes there.

use crate::browser::network::{Call, JSON, NetworkError, exchange};
use perron_desk_api::route::{Args, Entry, Route};
use perron_desk_api::{Form, Got, Refused, Sent, Unreadable};
use perron_domain::fact::AccountNo;
use perron_domain::name::FactName;
use std::time::Duration;

pub use perron_desk_api::route::escaped;
pub use perron_desk_api::routes;

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The hub cannot be reached.
    #[error("the hub cannot be reached")]
    Offline,
    /// The hub refuses, and says why.
    #[error("{}", .0.message)]
    Refused(Refused),
    /// The page's own address names nothing.
    #[error("the address names nothing")]
    Nothing,
    /// Something else answered, or answered half.
    #[error("the answer cannot be read")]
    Unreadable,
}

impl From<NetworkError> for DeskError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Offline | NetworkError::TooLate(_) => Self::Offline,
            NetworkError::Status { body, ours: true, .. } => {
                Refused::read(&body).map_or(Self::Unreadable, Self::Refused)
            }
            _ => Self::Unreadable,
        }
    }
}

impl From<Unreadable> for DeskError {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

/// What browsers send to its end after a page was left: 64 KiB, less what stands around it.
const OUTLIVING_BYTES: usize = 60_000;

/// What a page gets.
pub type Answer<T> = Result<T, DeskError>;

/// Reads what needs nothing to be said.
///
/// # Errors
/// [`DeskError`].
pub async fn get<O: Got>(route: Route<(), (), O>) -> Answer<O> {
    ask(route, (), ()).await
}

/// Asks the hub.
///
/// # Errors
/// [`DeskError`].
pub async fn ask<A: Args, I: Sent, O: Got>(route: Route<A, I, O>, args: A, sent: I) -> Answer<O> {
    exchanged(route, args, sent, None).await
}

/// Asks the hub in the name of an account of the relay.
///
/// # Errors
/// [`DeskError`].
pub async fn ask_as<A: Args, I: Sent, O: Got>(
    account: AccountNo,
    route: Route<A, I, O>,
    args: A,
    sent: I,
) -> Answer<O> {
    exchanged(route, args, sent, Some(account.0)).await
}

async fn exchanged<A: Args, I: Sent, O: Got>(
    route: Route<A, I, O>,
    args: A,
    sent: I,
    account: Option<u32>,
) -> Answer<O> {
    let (query, mut url) = (sent.query()?, route.address(&args));
    if !query.is_empty() {
        url = format!("{url}?{query}");
    }
    let bytes = sent.body()?;
    let body = match route.entry.sent {
        Form::Json => Some((JSON, bytes.as_slice())),
        Form::Csv => Some(("text/csv", bytes.as_slice())),
        Form::Nothing | Form::Query | Form::Events => None,
    };
    let call = Call {
        method: route.entry.method.name(),
        url: &url,
        body,
        wanted: JSON,
        account,
        patience: patience(route.entry),
        outlives_page: route.entry.subject == "typed" && bytes.len() < OUTLIVING_BYTES,
    };
    Ok(O::read(exchange(&call).await?)?)
}

/// How long the hub may take: a directive is tried on everybody, a list may have 100,000 rows on a slow machine.
fn patience(entry: &Entry) -> Duration {
    Duration::from_secs(match (entry.sent, entry.subject) {
        (Form::Csv, _) => 180,
        (_, "directive" | "season") => 90,
        _ => 20,
    })
}

/// Reads the name of a fact from a page's address.
///
/// # Errors
/// [`DeskError::Nothing`] when it is none.
pub fn name(text: &str) -> Answer<FactName> {
    text.parse().map_err(|_| DeskError::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_desk_api::{Code, Why};

    #[test]
    fn a_refusal_keeps_the_hubs_sentence_and_a_portals_page_does_not_pass_for_one() {
        let body = br#"{"code":"version","message":"Rechargez."}"#.to_vec();
        let refused = DeskError::from(NetworkError::Status { status: 409, ours: true, body });
        let version = Refused { why: Why::Hub { code: Code::Version }, message: "Rechargez.".into() };
        assert_eq!(refused, DeskError::Refused(version));
        let portal = NetworkError::Status { status: 502, ours: false, body: b"<html>".to_vec() };
        assert_eq!(DeskError::from(portal), DeskError::Unreadable);
    }
}

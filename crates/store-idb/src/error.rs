//! What the browser threw, as one of the sentences that a store may answer with.

use indexed_db_futures::error::{Error, OpenDbError};
use perron_ledger::StoreError;
use wasm_bindgen::{JsCast, JsValue};

/// Returns the store's error for one of the browser's, from its name and message.
fn named(name: &str, message: String) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        // A transaction is asked of a connection that is closing or closed.
        "InvalidStateError" => StoreError::Closed,
        "VersionError" => StoreError::TooNew,
        "SecurityError" | "NotAllowedError" => StoreError::Denied,
        // Chromium, where the settings let no site keep anything.
        "UnknownError" if message.contains("denied permission") => StoreError::Denied,
        // WebKit loses its storage process when the app sleeps; opening again helps.
        "UnknownError" if message.contains("server lost") => StoreError::Closed,
        _ => StoreError::Failed(format!("{name}: {message}")),
    }
}

fn thrown(value: &JsValue) -> Option<StoreError> {
    let exception = value.dyn_ref::<web_sys::DomException>()?;
    Some(named(&exception.name(), exception.message()))
}

/// Returns the store's error for a failed request or transaction.
pub fn from_idb(error: &Error) -> StoreError {
    match error {
        Error::DomException(exception) => {
            thrown(exception.as_ref()).unwrap_or_else(|| StoreError::Failed(exception.to_string()))
        }
        Error::Unknown(other) => thrown(other.as_ref()).unwrap_or_else(|| StoreError::Failed(other.to_string())),
        Error::MissingData(what) => StoreError::Failed(what.to_string()),
        // In its own words this error would bring the code that writes floating numbers.
        Error::Serialisation(_) => StoreError::Failed("a value of another kind".to_owned()),
    }
}

/// Returns the store's error for a database that could not be opened.
pub fn from_open(error: &OpenDbError) -> StoreError {
    match error {
        OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => StoreError::Denied,
        OpenDbError::VersionZero => StoreError::Failed("version 0".to_owned()),
        // Private windows of some browsers refuse to open with an InvalidStateError.
        OpenDbError::Base(base) => match from_idb(base) {
            StoreError::Closed => StoreError::Denied,
            other => other,
        },
    }
}

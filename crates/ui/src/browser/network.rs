//! Talking to the hub: bytes in, bytes out, with patience that ends.
//!
//! Between a tablet and its hub stand captive portals, dying connections and restarting servers. Each way to fail is told
//! apart, because each needs another sentence: no network, no answer in time, a refusal by the hub (its body explains
//! it), a page that is not ours, a body cut short.

use super::js;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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

/// One request.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// An address; `/…` is our own hub's.
    pub url: &'a str,
    /// What is sent, if anything is, and its content type.
    pub body: Option<(&'a str, &'a [u8])>,
    /// The content type that an answer must have. Empty accepts any.
    pub wanted: &'a str,
    /// In whose name the request is made, where the hub asks: the number of an account of the relay.
    pub account: Option<u32>,
    /// How long the whole exchange may take.
    pub patience: Duration,
    /// It is sent to its end even where the page goes away meanwhile: what was typed last. Browsers allow 64 KiB for it.
    pub outlives_page: bool,
}

/// The content type of the sync endpoints.
pub const CBOR: &str = "application/cbor";
/// The content type of the desk endpoints.
pub const JSON: &str = "application/json";

impl<'a> Call<'a> {
    /// Reads from `url`, twenty seconds at most.
    #[must_use]
    pub const fn get(url: &'a str, wanted: &'a str) -> Self {
        Self {
            method: "GET",
            url,
            body: None,
            wanted,
            account: None,
            patience: Duration::from_secs(20),
            outlives_page: false,
        }
    }

    /// Sends `body` to `url` and wants the same content type back, twenty seconds at most.
    #[must_use]
    pub const fn post(url: &'a str, content_type: &'a str, body: &'a [u8]) -> Self {
        let body = Some((content_type, body));
        Self {
            method: "POST",
            url,
            body,
            wanted: content_type,
            account: None,
            patience: Duration::from_secs(20),
            outlives_page: false,
        }
    }
}

/// Sends a request and returns the body of its answer.
///
/// # Errors
/// [`NetworkError`], each variant needing another sentence on screen.
pub async fn exchange(call: &Call<'_>) -> Result<Vec<u8>, NetworkError> {
    let impossible = |thrown: JsValue| NetworkError::Impossible(js::words(&thrown));
    let abort = web_sys::AbortController::new().map_err(impossible)?;
    let late = Rc::new(Cell::new(false));
    let patience = u32::try_from(call.patience.as_millis()).unwrap_or(u32::MAX);
    let (flag, handle) = (Rc::clone(&late), abort.clone());
    // Aborting also ends the reading of a body that never finishes. Dropping the timer cancels it.
    let timer = gloo_timers::callback::Timeout::new(patience, move || {
        flag.set(true);
        handle.abort();
    });
    let answer = converse(call, &abort.signal()).await;
    drop(timer);
    if late.get() && answer.is_err() {
        return Err(NetworkError::TooLate(call.patience.as_secs()));
    }
    let (head, body) = answer?;
    judge(call.wanted, &head, body)
}

/// What an answer says of itself before its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Head {
    status: u16,
    content_type: String,
    /// The length announced for the bytes as the app sees them; unknown when they travelled compressed.
    length: Option<usize>,
}

async fn converse(call: &Call<'_>, signal: &web_sys::AbortSignal) -> Result<(Head, Vec<u8>), NetworkError> {
    let impossible = |thrown: JsValue| NetworkError::Impossible(js::words(&thrown));
    let options = web_sys::RequestInit::new();
    options.set_method(call.method);
    options.set_signal(Some(signal));
    if call.outlives_page {
        // A browser without it sends what it can.
        let _ = js_sys::Reflect::set(&options, &JsValue::from_str("keepalive"), &JsValue::TRUE);
    }
    if let Some((_, body)) = call.body {
        options.set_body(&js_sys::Uint8Array::from(body));
    }
    let request = web_sys::Request::new_with_str_and_init(call.url, &options).map_err(impossible)?;
    if let Some((content_type, _)) = call.body {
        request.headers().set("content-type", content_type).map_err(impossible)?;
    }
    if !call.wanted.is_empty() {
        request.headers().set("accept", call.wanted).map_err(impossible)?;
    }
    if let Some(account) = call.account {
        request.headers().set("x-perron-account", &account.to_string()).map_err(impossible)?;
    }
    let window = web_sys::window().ok_or_else(|| NetworkError::Impossible("no window".to_owned()))?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| NetworkError::Offline)?;
    let response: web_sys::Response = response.dyn_into().map_err(impossible)?;
    let header = |name| response.headers().get(name).ok().flatten();
    let length = match header("content-encoding") {
        None => header("content-length").and_then(|text| text.parse().ok()),
        Some(_) => None,
    };
    let head = Head { status: response.status(), content_type: header("content-type").unwrap_or_default(), length };
    let promise = response.array_buffer().map_err(|_| NetworkError::HalfBody)?;
    let buffer = JsFuture::from(promise).await.map_err(|_| NetworkError::HalfBody)?;
    Ok((head, js_sys::Uint8Array::new(&buffer).to_vec()))
}

fn judge(wanted: &str, head: &Head, body: Vec<u8>) -> Result<Vec<u8>, NetworkError> {
    let kind = head.content_type.split(';').next().unwrap_or_default().trim();
    let ours = wanted.is_empty() || kind.eq_ignore_ascii_case(wanted);
    if !(200..300).contains(&head.status) {
        return Err(NetworkError::Status { status: head.status, ours, body });
    }
    if head.status != 204 && !ours {
        return Err(NetworkError::NotOurs(head.content_type.clone()));
    }
    if head.length.is_some_and(|length| body.len() < length) {
        return Err(NetworkError::HalfBody);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: u16, content_type: &str, length: Option<usize>) -> Head {
        Head { status, content_type: content_type.to_owned(), length }
    }

    #[test]
    fn a_portal_that_answers_with_a_page_is_not_the_hub() {
        let answer = judge(CBOR, &head(200, "text/html; charset=utf-8", None), b"<html>".to_vec());
        assert_eq!(answer, Err(NetworkError::NotOurs("text/html; charset=utf-8".to_owned())));
    }

    #[test]
    fn a_body_shorter_than_announced_broke_off() {
        assert_eq!(judge(CBOR, &head(200, CBOR, Some(10)), vec![0; 4]), Err(NetworkError::HalfBody));
        assert_eq!(judge(CBOR, &head(200, "Application/CBOR", Some(4)), vec![0; 4]), Ok(vec![0; 4]));
    }

    #[test]
    fn a_refusal_keeps_the_hubs_own_explanation() {
        let refused = judge(CBOR, &head(409, CBOR, None), vec![1]);
        assert_eq!(refused, Err(NetworkError::Status { status: 409, ours: true, body: vec![1] }));
        let proxy = judge(CBOR, &head(502, "text/html", None), vec![2]);
        assert_eq!(proxy, Err(NetworkError::Status { status: 502, ours: false, body: vec![2] }));
    }

    #[test]
    fn an_empty_success_needs_no_content_type() {
        assert_eq!(judge(JSON, &head(204, "", None), Vec::new()), Ok(Vec::new()));
    }
}

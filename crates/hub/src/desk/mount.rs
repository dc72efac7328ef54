//! How the addresses of [`perron_desk_api::routes`] are mounted: what arrives is read, whoever asks is let through or not,
//! and the answer is written, in one place for all of them.

use crate::errors::ApiError;
use crate::hub::AppState;
use crate::import::LARGEST_FILE;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use perron_desk_api::route::{Entry, Method, Route};
use perron_desk_api::{Code, Events, Form, Got, Sent, Unreadable};
use perron_domain::fact::AccountNo;
use serde::de::DeserializeOwned;

/// What a handler answers.
pub type Answer<O> = Result<O, ApiError>;

/// Who asks, and of which relay.
#[derive(Debug)]
pub struct Caller {
    /// The relay.
    pub hub: AppState,
    /// In whose name.
    pub author: AccountNo,
}

/// Addresses of the list, each on its handler.
#[derive(Debug, Default)]
pub struct Addresses(Router<AppState>);

impl From<Addresses> for Router<AppState> {
    fn from(mounted: Addresses) -> Self {
        mounted.0
    }
}

impl Addresses {
    /// Begins with none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Mounts an address on the handler of its types.
    pub fn at<A, I, O, H, F>(self, route: Route<A, I, O>, handler: H) -> Self
    where
        A: DeserializeOwned + Send + 'static,
        I: Sent + Send + 'static,
        O: Got + 'static,
        H: Fn(Caller, A, I) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer<O>> + Send,
    {
        let entry = route.entry;
        let answer = move |State(hub): State<AppState>, request: Request| {
            let handler = handler.clone();
            async move {
                let author = hub.caller(request.headers(), entry.roles)?;
                let (args, sent) = read::<A, I>(entry, request).await?;
                written(handler(Caller { hub, author }, args, sent).await?)
            }
        };
        let mut answers: MethodRouter<AppState> = on(filter(entry.method), answer);
        if entry.sent == Form::Csv {
            // One byte more than the largest file: whoever sends more gets the sentence that says so.
            answers = answers.layer(DefaultBodyLimit::max(LARGEST_FILE + 1));
        }
        Self(self.0.route(entry.path, answers))
    }

    /// Mounts an address that goes on answering.
    pub fn listen<R: IntoResponse + 'static>(self, route: Route<(), (), Events>, handler: fn(Caller) -> R) -> Self {
        let entry = route.entry;
        let answer = async move |State(hub): State<AppState>, headers: HeaderMap| {
            let author = hub.caller(&headers, entry.roles)?;
            Ok::<_, ApiError>(handler(Caller { hub, author }).into_response())
        };
        Self(self.0.route(entry.path, get(answer)))
    }
}

const fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// Reads what fills the path, and what was sent.
async fn read<A: DeserializeOwned + Send, I: Sent>(entry: &Entry, request: Request) -> Answer<(A, I)> {
    let (mut parts, body) = request.into_parts();
    let unknown = |_| ApiError::not_found("Le relais ne connaît pas cette adresse.");
    let Path(args) = Path::<A>::from_request_parts(&mut parts, &()).await.map_err(unknown)?;
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let bytes = match entry.sent {
        Form::Json if !is_json(&parts.headers) => return Err(unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
        Form::Json | Form::Csv => {
            let read = Bytes::from_request(Request::from_parts(parts, body), &()).await;
            read.map_err(|error| too_large_or(error.status()))?
        }
        Form::Nothing | Form::Query | Form::Events => Bytes::new(),
    };
    let sent = I::read(&query, bytes.into()).map_err(|wrong| match wrong {
        Unreadable::Query => {
            ApiError::bad_request(Code::BadQuery, "L’adresse demandée comporte un filtre qui n’est pas lisible.")
        }
        Unreadable::Body => unreadable(StatusCode::UNPROCESSABLE_ENTITY),
    })?;
    Ok((args, sent))
}

/// Only our own pages can say that they send JSON: a form of another site cannot.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn too_large_or(status: StatusCode) -> ApiError {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::new(status, Code::TooLarge, "Ce qui est envoyé est trop grand."),
        status => unreadable(status),
    }
}

fn unreadable(status: StatusCode) -> ApiError {
    ApiError::new(status, Code::BadJson, "La demande envoyée au serveur n’est pas lisible.")
}

/// Writes an answer as what it travels.
fn written<O: Got>(answer: O) -> Answer<Response> {
    let failed = |wrong| ApiError::internal(format!("an answer cannot be written: {wrong:?}"));
    let (body, file) = answer.into_body().map_err(failed)?;
    let kind = match O::FORM {
        Form::Csv => "text/csv; charset=utf-8",
        Form::Json => "application/json",
        Form::Nothing | Form::Query | Form::Events => return Ok(StatusCode::NO_CONTENT.into_response()),
    };
    let named = file.map(|file| (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")));
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    if let Some((name, value)) = named {
        response.headers_mut().insert(name, value.parse().map_err(ApiError::internal)?);
    }
    Ok(response)
}

//! The built app, carried inside the binary and served as files.
//!
//! Files whose name carries their hash never change and may be kept for ever. The page and the service worker are
//! asked for each time, by their hash. Compressed twins (`name.br`), made at build, are sent to whoever takes them.
//! An address without a file is a page of one of the two apps, the desk's under `/relais`: its own router knows it.

use crate::errors::ApiError;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use perron_desk_api::Code;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::fmt::Write as _;

#[derive(RustEmbed)]
#[folder = "$PERRON_DIST"]
struct Dist;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

/// Says how to build the app, when the hub was built without it.
const NOT_BUILT: &str = "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Perron</title>\
     <h1>Perron</h1><p>L’application n’a pas été construite avec ce serveur. Lancez <code>cargo xtask run</code>.</p>\
     <p lang=\"en\">The app was not built into this hub. Run <code>cargo xtask run</code>.</p>";

/// Serves a file of the app, or the app's page for an address that is not a file.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return other_method().await;
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(response) = file(path, &headers) {
        return response;
    }
    let is_page = !path.rsplit('/').next().unwrap_or("").contains('.');
    if !is_page || path == "api" || path == "sync" || path.starts_with("api/") || path.starts_with("sync/") {
        return ApiError::not_found("Cette adresse n’existe pas.").into_response();
    }
    let page = if path == "relais" || path.starts_with("relais/") { "relais/index.html" } else { "index.html" };
    file(page, &headers).unwrap_or_else(not_built)
}

/// Answers whoever asks an address in another way than it is asked.
pub async fn other_method() -> Response {
    let said = "Cette adresse ne s’appelle pas ainsi.";
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, Code::Method, said).into_response()
}

fn not_built() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, ASK_EACH_TIME)];
    (StatusCode::SERVICE_UNAVAILABLE, headers, NOT_BUILT).into_response()
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    // The compressed twins are a way of sending, not addresses.
    if path.is_empty() || path.ends_with(".br") {
        return None;
    }
    let plain = Dist::get(path)?;
    let twin = if takes_brotli(headers) { Dist::get(&format!("{path}.br")) } else { None };
    let compressed = twin.is_some();
    Some(respond(path, twin.unwrap_or(plain), compressed, headers))
}

fn respond(path: &str, file: EmbeddedFile, compressed: bool, asked: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let cache = if has_hash(path) { FOR_EVER } else { ASK_EACH_TIME };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let tag = entity_tag(&file);
    let unchanged = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(tag.as_str());
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    if compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    *response.body_mut() = match file.data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    response
}

/// Returns the file's own hash, quoted, as an entity tag.
fn entity_tag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let refused = |weight: &str| weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br")) && !parts.any(refused)
    })
}

/// Whether the file's name carries the hash that the build gives: a dash and at least eight hex digits.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem.split(['-', '_']).skip(1).any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Returns the media type by the end of the name; an unknown one is only bytes.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for name in
            ["perron-app-1a2b3c4d5e6f7a8b.js", "perron-app-1a2b3c4d5e6f7a8b_bg.wasm", "style-0011223344556677.css"]
        {
            assert!(has_hash(name), "{name}");
        }
        for name in ["index.html", "sw.js", "icons/perron-192.png", "manifest.webmanifest", "decade-facade.js"] {
            assert!(!has_hash(name), "{name}");
        }
    }

    #[test]
    fn brotli_goes_only_to_whoever_takes_it() {
        let asks = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            takes_brotli(&headers)
        };
        assert!(asks("gzip, deflate, br, zstd"));
        assert!(asks("br;q=0.8"));
        assert!(!asks("gzip"));
        assert!(!asks("br;q=0, gzip"));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}

//! Keeps pages of other sites away from a hub that does not yet ask who is there.
//!
//! The hub listens on this machine only, but a browser on this machine would carry requests of any page to it: by a
//! foreign name that resolves to the loopback address (so the `Host` must be a name of this machine), or by a
//! plain cross-site form (so `Origin` must be the hub itself).

use crate::errors::ApiError;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use perron_desk_api::Code;
use std::net::IpAddr;

/// Refuses requests that a page of another site has caused.
pub async fn same_machine(request: Request, next: Next) -> Response {
    match check(request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(headers: &HeaderMap, uri: &Uri) -> Result<(), ApiError> {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).or_else(|| uri.host()).unwrap_or("");
    if !is_this_machine(name_of(host)) {
        return Err(ApiError::new(
            StatusCode::MISDIRECTED_REQUEST,
            Code::ForeignHost,
            "Ce serveur ne répond que sous le nom de cette machine.",
        ));
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let authority = origin.to_str().ok().and_then(|text| text.split_once("://")).map(|(_, rest)| rest);
    if authority == Some(host) {
        Ok(())
    } else {
        Err(ApiError::new(StatusCode::FORBIDDEN, Code::ForeignOrigin, "Cette demande vient d’un autre site."))
    }
}

/// Returns the name in `name:port`, without the brackets of an IPv6 address.
fn name_of(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or("");
    }
    host.split(':').next().unwrap_or("")
}

fn is_this_machine(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(host: &'static str, origin: Option<&'static str>) -> Option<StatusCode> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        check(&headers, &Uri::from_static("/")).err().map(|error| error.status)
    }

    #[test]
    fn names_of_this_machine_are_served() {
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "relais.localhost"] {
            assert_eq!(ask(host, None), None, "{host}");
        }
    }

    #[test]
    fn a_foreign_name_that_resolves_to_this_machine_is_refused() {
        for host in ["perron.example:8080", "127.0.0.1.example", "localhost.example", ""] {
            assert_eq!(ask(host, None), Some(StatusCode::MISDIRECTED_REQUEST), "{host}");
        }
    }

    #[test]
    fn a_page_of_another_site_cannot_post() {
        assert_eq!(ask("localhost:8080", Some("http://localhost:8080")), None);
        assert_eq!(ask("localhost:8080", Some("https://ailleurs.example")), Some(StatusCode::FORBIDDEN));
        assert_eq!(ask("localhost:8080", Some("http://localhost:9090")), Some(StatusCode::FORBIDDEN));
        assert_eq!(ask("localhost:8080", Some("null")), Some(StatusCode::FORBIDDEN));
    }
}

//! What a browser is told by every answer, over a real connection.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_hub::serve::{Running, ServeOptions, start};
use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ORIGIN};
use reqwest::{Client, StatusCode};
use tempfile::TempDir;

struct Relay {
    running: Running,
    client: Client,
    _folder: TempDir,
}

impl Relay {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = "127.0.0.1:0".parse().unwrap();
        let options = ServeOptions { data: folder.path().join("data"), listen, demo: false, name: None };
        Self { running: start(options).await.unwrap(), client: Client::new(), _folder: folder }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }
}

#[tokio::test]
async fn every_answer_forbids_foreign_scripts_and_framing() {
    let relay = Relay::open().await;
    for path in ["/", "/api/openapi.json", "/api/nowhere", "/tournee/1"] {
        let answer = relay.client.get(relay.at(path)).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn an_address_of_the_app_gets_its_page_and_an_unknown_api_a_typed_error() {
    let relay = Relay::open().await;
    let page = relay.client.get(relay.at("/relais/tournees/3")).header(ACCEPT, "text/html").send().await.unwrap();
    assert!(page.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
    assert_eq!(page.headers()[CACHE_CONTROL], "no-cache");
    let unknown = relay.client.get(relay.at("/api/rien")).send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(unknown.json::<serde_json::Value>().await.unwrap()["code"], "not_found");
    let missing = relay.client.get(relay.at("/icons/rien.png")).send().await.unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_watches_over_the_machine_is_told_ok() {
    let relay = Relay::open().await;
    let answer = relay.client.get(relay.at("/healthz")).send().await.unwrap();
    assert_eq!((answer.status(), answer.text().await.unwrap().as_str()), (StatusCode::OK, "ok"));
}

#[tokio::test]
async fn a_page_of_another_site_gets_nothing() {
    let relay = Relay::open().await;
    let answer = relay.client.get(relay.at("/api/openapi.json")).header(ORIGIN, "https://ailleurs.example");
    assert_eq!(answer.send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_hub_that_was_stopped_can_be_started_again_on_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let listen = "127.0.0.1:0".parse().unwrap();
        let options = ServeOptions { data: folder.path().to_owned(), listen, demo: false, name: None };
        start(options).await.unwrap().stop().await;
    }
}

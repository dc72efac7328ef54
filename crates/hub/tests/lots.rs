//! Lots at the desk, over a real connection: any spelling is the same lot, the same number of two products is two lots.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk_api::{LotView, Said, StockView};
use perron_hub::serve::{Running, ServeOptions, start};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk {
    running: Running,
    client: Client,
    _folder: TempDir,
}

impl Desk {
    async fn found() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = ServeOptions {
            data: folder.path().join("data"),
            listen: "127.0.0.1:0".parse().unwrap(),
            demo: false,
            name: Some("Relais de Bondy".into()),
        };
        Self { running: start(options).await.unwrap(), client: Client::new(), _folder: folder }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    async fn stock(&self) -> StockView {
        self.client.get(self.at("/api/stock")).send().await.unwrap().json().await.unwrap()
    }

    /// Returns the status, and the code of a refusal.
    async fn post(&self, path: &str, body: Value) -> (StatusCode, String) {
        let answer = self.client.post(self.at(path)).json(&body).send().await.unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or(Value::Null);
        (status, body["code"].as_str().unwrap_or_default().to_owned())
    }

    async fn receive(&self, product: &str, lot: &str) -> (StatusCode, String) {
        self.post("/api/stock/lots", json!({ "product": product, "lot": lot, "expiry": next_year(), "doses": 10 }))
            .await
    }
}

fn next_year() -> String {
    use chrono::Datelike;
    format!("{}-06-30", chrono::Utc::now().year() + 1)
}

#[tokio::test]
async fn any_spelling_of_an_isolated_lot_is_that_lot_at_the_desk() {
    let desk = Desk::found().await;
    let product = desk.stock().await.products[0].code.clone();
    assert_eq!(desk.receive(&product, "FL 2517").await.0, StatusCode::NO_CONTENT);
    assert_eq!(desk.receive(&product, "fl-2517").await.0, StatusCode::NO_CONTENT);
    let stock = desk.stock().await;
    assert_eq!((stock.lots.len(), stock.lots[0].lot.as_str(), stock.lots[0].received), (1, "FL 2517", 20));

    let isolated = desk.post("/api/stock/lots/fl2517/isolate", json!({ "reason": "rappel" })).await;
    assert_eq!(isolated.0, StatusCode::NO_CONTENT);
    assert_eq!(desk.stock().await.lots[0].isolated.as_deref(), Some("rappel"));
    for spelling in ["FL2517", "fl 2517", "ＦＬ２５１７"] {
        assert_eq!(desk.receive(&product, spelling).await, (StatusCode::CONFLICT, "lot_isolated".into()), "{spelling}");
    }
    for look_alike in ["FL25I7", "fl25l7"] {
        assert_eq!(desk.receive(&product, look_alike).await, (StatusCode::CONFLICT, "lot_doubtful".into()));
    }
    let released = desk.post("/api/stock/lots/FL-2517/release", json!({ "reason": "levé" })).await;
    assert_eq!(released.0, StatusCode::NO_CONTENT);
    assert_eq!(desk.receive(&product, "FL2517").await.0, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn two_products_with_one_number_are_two_lots_at_the_desk() {
    let desk = Desk::found().await;
    let products = desk.stock().await.products;
    let (first, second) = (products[0].code.clone(), products[1].code.clone());
    desk.receive(&first, "A100").await;
    assert_eq!(desk.receive(&second, "a100").await, (StatusCode::CONFLICT, "lot_doubtful".into()));
    let confirmed = json!({ "product": second, "lot": "a100", "expiry": next_year(), "doses": 3,
        "confirmed": { "reason": "deux boîtes", "doubts": [format!("product:{first}")] } });
    assert_eq!(desk.post("/api/stock/lots", confirmed).await.0, StatusCode::NO_CONTENT);
    let of = |stock: &StockView, code: &str| stock.lots.iter().find(|line| line.product == code).unwrap().clone();
    let stock = desk.stock().await;
    assert_eq!((of(&stock, &first).received, of(&stock, &second).received), (10, 3));

    let named = json!({ "reason": "rappel", "product": second });
    assert_eq!(desk.post("/api/stock/lots/A-100/isolate", named).await.0, StatusCode::NO_CONTENT);
    let stock = desk.stock().await;
    assert!(of(&stock, &first).isolated.is_none() && of(&stock, &second).isolated.is_some());
    assert_eq!(desk.post("/api/stock/lots/A100/isolate", json!({ "reason": "tous" })).await.0, StatusCode::NO_CONTENT);
    let stock = desk.stock().await;
    assert!(stock.lots.iter().all(|line| line.isolated.as_deref() == Some("tous")), "no product named: each of them");
}

#[tokio::test]
async fn a_lot_that_the_relay_never_held_is_set_apart_and_seen() {
    let desk = Desk::found().await;
    let product = desk.stock().await.products[0].code.clone();
    assert_eq!(desk.post("/api/stock/lots/ZZ9/isolate", json!({ "reason": "rappel" })).await.0, StatusCode::NO_CONTENT);
    let stock = desk.stock().await;
    assert!(stock.lots.is_empty());
    assert_eq!((stock.isolated.len(), stock.isolated[0].lot.as_str()), (1, "ZZ9"));
    assert_eq!(desk.receive(&product, "zz 9").await.1, "lot_isolated");
}

#[tokio::test]
async fn an_expiry_that_no_box_carries_is_asked_about() {
    let desk = Desk::found().await;
    let product = desk.stock().await.products[0].code.clone();
    for expiry in ["2019-05-31", "2099-05-31"] {
        let lot = json!({ "product": product, "lot": "B1", "expiry": expiry, "doses": 10 });
        assert_eq!(desk.post("/api/stock/lots", lot).await, (StatusCode::CONFLICT, "lot_doubtful".into()), "{expiry}");
    }
}

#[tokio::test]
async fn a_delivery_is_corrected_at_the_desk_and_both_versions_are_read_with_their_authors() {
    let desk = Desk::found().await;
    let head = json!({ "account": null, "name": "Hélène", "roles": ["head", "coordinator"], "rpps": null,
        "prescriber_trained": false, "phone": null });
    assert_eq!(desk.post("/api/accounts", head).await.0, StatusCode::OK);
    let product = desk.stock().await.products[0].code.clone();
    desk.receive(&product, "KX77/B").await;
    let path = format!("/api/stock/lots/KX77%2Fb?product={product}");
    let lot = async || desk.client.get(desk.at(&path)).send().await.unwrap().json::<LotView>().await.unwrap();
    let before = lot().await;
    assert_eq!((before.said.len(), before.said[0].versions.len()), (1, 1));
    let says = json!({ "kind": "lot_received", "product": product, "lot": "KX77/B",
        "expiry": next_year().replace("06-30", "05-31"), "doses": 12 });
    let fact = before.said[0].fact;
    let path = format!("/api/said/{fact}");
    let silent = desk.post(&path, json!({ "says": says, "reason": " " })).await;
    assert_eq!(silent, (StatusCode::CONFLICT, "empty".into()));
    assert_eq!(desk.post(&path, json!({ "says": says, "reason": "lu trop vite" })).await.0, StatusCode::NO_CONTENT);
    let after = lot().await;
    let line = after.line.unwrap();
    assert_eq!((line.received, line.expiry.to_string()), (12, next_year().replace("06-30", "05-31")));
    let versions = &after.said[0].versions;
    assert_eq!(versions.iter().map(|one| one.stands).collect::<Vec<_>>(), [false, true]);
    assert_eq!((versions[1].by.as_str(), versions[1].reason.as_deref()), ("Hélène", Some("lu trop vite")));
    assert_eq!(desk.post("/api/said/1-9999", json!({ "says": null, "reason": "x" })).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_physician_on_call_the_protocol_and_a_message_are_corrected_or_taken_back() {
    let desk = Desk::found().await;
    let put = async |path: &str, body: Value| {
        assert!(desk.client.put(desk.at(path)).json(&body).send().await.unwrap().status().is_success(), "{path}");
    };
    put("/api/relay/on-call", json!({ "name": "Dr Tisanne", "phone": "0600000000" })).await;
    let protocol = json!({ "title": "Choc", "text": "Le 51.", "signed_by": "Dr Tisane", "on": "2026-01-02" });
    put("/api/relay/protocol", protocol).await;
    let message = json!({ "title": "Lot", "text": "Rappel", "link": null });
    assert_eq!(desk.post("/api/notices", message).await.0, StatusCode::NO_CONTENT);
    let said = async || desk.client.get(desk.at("/api/said")).send().await.unwrap().json::<Vec<Said>>().await.unwrap();
    let kinds = async |kind: &str| {
        let of = |one: &Said| serde_json::to_value(&one.versions[0].says).unwrap()["kind"] == kind;
        said().await.into_iter().find(of).unwrap().fact
    };
    let on_call =
        json!({ "says": { "kind": "on_call_named", "name": "Dr Tisane", "phone": "0600000000" }, "reason": "nom" });
    let path = format!("/api/said/{}", kinds("on_call_named").await);
    assert_eq!(desk.post(&path, on_call).await.0, StatusCode::NO_CONTENT);
    let right = json!({ "says": { "kind": "protocol_signed", "title": "Choc", "text": "Le 15.", "signed_by": "Dr Tisane",
        "on": "2026-01-02" }, "reason": "numéro" });
    let path = format!("/api/said/{}", kinds("protocol_signed").await);
    assert_eq!(desk.post(&path, right).await.0, StatusCode::NO_CONTENT);
    let path = format!("/api/said/{}", kinds("notice_published").await);
    assert_eq!(desk.post(&path, json!({ "says": null, "reason": "par erreur" })).await.0, StatusCode::NO_CONTENT);
    let relay: Value = desk.client.get(desk.at("/api/relay")).send().await.unwrap().json().await.unwrap();
    assert_eq!((&relay["on_call"][0], &relay["protocol"]["text"]), (&json!("Dr Tisane"), &json!("Le 15.")));
    let notices: Value = desk.client.get(desk.at("/api/notices")).send().await.unwrap().json().await.unwrap();
    assert_eq!(notices, json!([]));
}

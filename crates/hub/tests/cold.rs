//! The head of the relay answers, over a real connection, what a team noted of a call about doses set apart.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk_api::{RoundView, StockView, TodoView};
use perron_domain::Command;
use perron_domain::command::NotePhoneDecision;
use perron_domain::fact::{AccountNo, ContainerKind, DecidedAs, DoseForm, DosesLoaded, WasteStream};
use perron_domain::name::FactName;
use perron_hub::serve::{Running, ServeOptions, start};
use reqwest::{Client, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The accounts of the relay of demonstration.
const HEAD: u32 = 1;
const NURSE: u32 = 2;

struct Desk {
    running: Running,
    client: Client,
    _folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = ServeOptions {
            data: folder.path().join("data"),
            listen: "127.0.0.1:0".parse().unwrap(),
            demo: true,
            name: None,
        };
        Self { running: start(options).await.unwrap(), client: Client::new(), _folder: folder }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.client.get(self.at(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.client.post(self.at(path)).header("x-perron-account", HEAD.to_string());
        request.json(&body).send().await.unwrap()
    }

    /// What the team of the first round writes.
    async fn team(&self, command: Command) -> FactName {
        self.running.hub.command(1, AccountNo(NURSE), command).await.unwrap()[0]
    }

    /// Takes the first planned lot aboard, and reads 9 °C in the box.
    async fn too_warm(&self) -> FactName {
        let (product, lot, expiry) = self.running.hub.read(|cache| {
            let plan = cache.rounds[&1].view().plan.clone().unwrap();
            let lot = plan.lots[0].clone();
            (lot.product, lot.lot, lot.expiry)
        });
        let load = self
            .team(Command::Load(DosesLoaded {
                product,
                lot,
                expiry,
                form: DoseForm::Vial,
                units: 2,
                doses_per_unit: 6,
                preparation: None,
                received_from: None,
                range: None,
                confirmed: None,
            }))
            .await;
        self.team(Command::ReadTemperature { tenths: 90, at: None, reason: Some("boîte ouverte".into()) }).await;
        load
    }

    async fn calls(&self, load: FactName) -> FactName {
        self.team(Command::NotePhoneDecision(NotePhoneDecision {
            sources: vec![load],
            usable: true,
            by: "Odile Lampion".into(),
            quality: DecidedAs::Pharmacist,
            account: None,
            at: None,
            reason: "moins de dix minutes".into(),
        }))
        .await
    }
}

#[tokio::test]
async fn the_head_confirms_a_call_and_it_stands_in_the_round_the_stock_and_the_export() {
    let desk = Desk::open().await;
    let load = desk.too_warm().await;
    let round: RoundView = desk.get("/api/rounds/1").await;
    assert_eq!((round.apart.len(), round.apart[0].phone), (1, None));
    let call = desk.calls(load).await;
    let todo: TodoView = desk.get("/api/todo").await;
    assert_eq!(todo.apart[0].phone, Some(call), "usable, and still to be confirmed");
    assert_eq!(todo.cold_decisions[0].by, "Odile Lampion");
    let answered =
        desk.post(&format!("/api/rounds/1/phone/{call}"), json!({ "confirmed": true, "reason": null })).await;
    let round: RoundView = answered.json().await.unwrap();
    assert!(round.apart.is_empty());
    let answer = round.cold_decisions[0].answer.clone().unwrap();
    assert!(answer.confirmed && !answer.by.is_empty());
    let stock: StockView = desk.get("/api/stock").await;
    assert_eq!(stock.cold_decisions, round.cold_decisions);
    let csv = desk.client.get(desk.at("/api/rounds/1/export/decisions-froid")).send().await.unwrap();
    assert!(csv.text().await.unwrap().contains("Odile Lampion"));
    // Answered once.
    let again = desk.post(&format!("/api/rounds/1/phone/{call}"), json!({ "confirmed": true, "reason": null })).await;
    assert!(again.status().is_client_error());
}

#[tokio::test]
async fn a_call_that_is_not_confirmed_needs_a_reason_and_sets_the_doses_apart_again() {
    let desk = Desk::open().await;
    let load = desk.too_warm().await;
    let call = desk.calls(load).await;
    let path = format!("/api/rounds/1/phone/{call}");
    assert!(desk.post(&path, json!({ "confirmed": false, "reason": null })).await.status().is_client_error());
    let answered = desk.post(&path, json!({ "confirmed": false, "reason": "personne n’a appelé" })).await;
    let round: RoundView = answered.json().await.unwrap();
    assert_eq!((round.apart.len(), round.apart[0].phone), (1, None));
    assert_eq!(round.cold_decisions[0].answer.as_ref().unwrap().reason.as_deref(), Some("personne n’a appelé"));
}

#[tokio::test]
async fn the_desk_sees_when_a_container_was_first_used() {
    let desk = Desk::open().await;
    desk.team(Command::OpenContainer { kind: ContainerKind::SharpsBox, volume_dl: 6 }).await;
    let round: RoundView = desk.get("/api/rounds/1").await;
    assert_eq!(round.containers[0].first_use, None);
    desk.team(Command::Tally { stream: WasteStream::Sharps, delta: 1 }).await;
    let round: RoundView = desk.get("/api/rounds/1").await;
    assert!(round.containers[0].first_use.is_some());
}

//! A coordinator's morning and evening, over a real connection: list, round, figures.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk::{
    DraftView, ImportDone, ImportPreview, NewRound, PeoplePage, PersonState, RoundLine, RoundStage, RoundView,
    StockView, TabletsView,
};
use perron_domain::fact::{AccountAdded, AccountNo, DeviceEnrolled, Outcome, Role};
use perron_domain::name::DeviceId;
use perron_domain::{Command, CommonCommand};
use perron_hub::serve::{Running, ServeOptions, start};
use reqwest::{Client, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk {
    running: Running,
    client: Client,
    _folder: TempDir,
}

const LIST: &str = "Nom de naissance;Prénom(s);Date de naissance;Téléphone;numero;nom_voie;code_postal;nom_commune;lon;lat;Priorité\n\
    Parapluie;Odette;12/03/1941;0600000001;7;Rue NoÃ©mie;93140;Bondy;2.480;48.90;aîné\n\
    Boussole;Jean;1958;0600000002;9;Rue NoÃ©mie;93140;Bondy;2.489;48.90;\n\
    Lanterne;Rose;06/1955;0600000003;9;Rue NoÃ©mie;93140;Bondy;2.489;48.90;\n\
    Tabouret;Lou;31/02/2013;;8;Rue NoÃ©mie;93140;Bondy;2.484;48.90;\n\
    Paraplui;Odette;12/03/1941;0600000001;12;Allée Alice;93140;Bondy;2.484;48.90;\n";

impl Desk {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = "127.0.0.1:0".parse().unwrap();
        let options = ServeOptions { data: folder.path().join("data"), listen, demo: false };
        let desk = Self { running: start(options).await.unwrap(), client: Client::new(), _folder: folder };
        desk.staff(1, "Hélène", Role::Coordinator).await;
        desk.staff(2, "Nour", Role::Nurse).await;
        let tablet = DeviceEnrolled {
            device: DeviceId(2),
            public_key: vec![7; 32].into(),
            label: "Tablette 1".into(),
            relay_signature: vec![0; 64].into(),
        };
        desk.running.hub.common_command(AccountNo(1), CommonCommand::EnrolDevice(tablet)).await.unwrap();
        desk
    }

    async fn staff(&self, number: u32, name: &str, role: Role) {
        let account = AccountAdded {
            account: AccountNo(number),
            name: name.into(),
            roles: vec![role],
            rpps: None,
            prescriber_trained: false,
            phone: None,
        };
        self.running.hub.common_command(AccountNo(1), CommonCommand::AddAccount(account)).await.unwrap();
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.client.get(self.at(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    async fn send(&self, method: &str, path: &str, body: Value) -> Response {
        let method = method.parse().unwrap();
        self.client.request(method, self.at(path)).json(&body).send().await.unwrap()
    }

    async fn send_file<T: DeserializeOwned>(&self, path: &str, file: &str) -> T {
        let answer = self.client.post(self.at(path)).body(file.to_owned()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    async fn draft(&self) -> DraftView {
        let new = NewRound { on: "2030-01-20".parse().unwrap(), label: "Bondy nord".into() };
        self.send("POST", "/api/rounds", json!(new)).await.json().await.unwrap()
    }
}

#[tokio::test]
async fn a_list_goes_in_once_after_a_preview_that_says_what_is_wrong() {
    let desk = Desk::open().await;
    let preview: ImportPreview = desk.send_file("/api/people/import/preview", LIST).await;
    assert_eq!((preview.rows, preview.bad_total, preview.duplicate_rows, preview.already_known), (4, 1, 1, 0));
    assert_eq!((preview.bad[0].line, preview.bad[0].problems[0].code.as_str()), (5, "date_impossible"));
    assert_eq!((preview.duplicates[0].line, preview.duplicates[0].other_line), (6, Some(2)));
    assert_eq!(preview.repaired, 4);
    let people: PeoplePage = desk.get("/api/people").await;
    assert_eq!(people.total, 0, "a preview adds nobody");

    let done: ImportDone = desk.send_file("/api/people/import?keep=none", LIST).await;
    assert_eq!((done.added, done.left_out, done.bad), (3, 1, 1));
    let again: ImportDone = desk.send_file("/api/people/import", LIST).await;
    assert_eq!((again.added, again.already_known), (0, 3));
    let kept: ImportDone = desk.send_file("/api/people/import?keep=6", LIST).await;
    assert_eq!((kept.added, kept.already_known), (1, 3));
}

#[tokio::test]
async fn people_are_found_by_name_street_and_priority() {
    let desk = Desk::open().await;
    let _: ImportDone = desk.send_file("/api/people/import", LIST).await;
    let found = async |query: &str| desk.get::<PeoplePage>(&format!("/api/people?{query}")).await;
    assert_eq!(found("q=BOUSSOLE").await.found, 1);
    assert_eq!(found("q=no%C3%A9mie%20rose").await.found, 1);
    assert_eq!(found("street=Rue%20No%C3%A9mie").await.found, 3);
    assert_eq!(found("priority=elder").await.persons[0].birth_name, "Parapluie");
    let streets = found("").await.streets;
    assert_eq!((streets[0].value.as_str(), streets[0].count), ("Rue Noémie", 3));
}

#[tokio::test]
async fn a_round_is_prepared_published_and_seen_as_it_happens() {
    let desk = Desk::open().await;
    let _: ImportDone = desk.send_file("/api/people/import", LIST).await;
    let people: PeoplePage = desk.get("/api/people?state=open").await;
    let ids: Vec<String> = people.persons.iter().map(|person| person.id.to_string()).collect();
    let number = desk.draft().await.draft.number;
    let path = |rest: &str| format!("/api/rounds/{number}{rest}");
    let added: DraftView =
        desk.send("POST", &path("/draft/people"), json!({ "people": ids })).await.json().await.unwrap();
    assert_eq!(added.stops.len(), 2, "who lives at one address shares a stop");
    assert_eq!(added.blocking, ["team", "tablet"]);
    assert_eq!(desk.get::<PeoplePage>("/api/people?state=open").await.found, 0, "they are planned now");

    let early = desk.send("POST", &path("/publish"), json!({})).await;
    assert_eq!(early.status(), StatusCode::CONFLICT);
    let mut draft = added.draft.clone();
    draft.team = "Équipe 1".into();
    draft.devices = vec![DeviceId(2)];
    draft.stops[0].from_minute = Some(9 * 60);
    let stale = desk.send("PUT", &path("/draft"), json!({ "version": 0 })).await;
    assert!(stale.status().is_client_error());
    let saved: DraftView = desk.send("PUT", &path("/draft"), json!(draft)).await.json().await.unwrap();
    assert!(saved.blocking.is_empty(), "{:?}", saved.blocking);
    let twice = desk.send("PUT", &path("/draft"), json!(draft)).await;
    assert_eq!(twice.json::<Value>().await.unwrap()["code"], "version");

    let published: RoundView = desk.send("POST", &path("/publish"), json!({})).await.json().await.unwrap();
    assert_eq!((published.line.stage, published.totals.persons), (RoundStage::Published, 3));
    assert_eq!(published.tablets, ["Tablette 1"]);
    assert_eq!(desk.send("GET", &path("/draft"), json!({})).await.status(), StatusCode::NOT_FOUND);

    // What the tablet sends changes the fold; here the hub's own chain stands in for it.
    let refused = Command::End {
        person: published.people[0].id,
        act: None,
        outcome: Outcome::Refused,
        reason: Some("=plus tard".into()),
        call_again: false,
        again_on: None,
    };
    desk.running.hub.command(number, AccountNo(2), refused).await.unwrap();
    let seen: RoundView = desk.get(&path("")).await;
    assert_eq!((seen.line.done, seen.totals.pending, seen.totals.doses), (1, 2, 0));
    let lines: Vec<RoundLine> = desk.get("/api/rounds").await;
    assert_eq!((lines.len(), lines[0].done), (1, 1));
    let page: PeoplePage = desk.get("/api/people?state=never").await;
    assert!(matches!(page.persons[0].state, PersonState::NeverAgain { outcome: Outcome::Refused }));

    let export = desk.client.get(desk.at(&path("/export/personnes.csv"))).send().await.unwrap();
    assert!(export.headers()["content-disposition"].to_str().unwrap().ends_with("personnes.csv\""));
    let text = export.text().await.unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains(";Refus;'=plus tard;non;"), "{text}");
    let missing = desk.client.get(desk.at(&path("/export/secrets"))).send().await.unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_round_given_up_frees_its_people() {
    let desk = Desk::open().await;
    let _: ImportDone = desk.send_file("/api/people/import", LIST).await;
    let people: PeoplePage = desk.get("/api/people").await;
    let number = desk.draft().await.draft.number;
    let ids: Vec<String> = people.persons.iter().map(|person| person.id.to_string()).collect();
    desk.send("POST", &format!("/api/rounds/{number}/draft/people"), json!({ "people": ids })).await;
    assert_eq!(desk.get::<PeoplePage>("/api/people?state=planned").await.found, 3);
    let gone = desk.send("DELETE", &format!("/api/rounds/{number}/draft"), json!({})).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(desk.get::<PeoplePage>("/api/people?state=open").await.found, 3);
}

#[tokio::test]
async fn a_tablet_gets_a_code_and_may_lose_its_pen() {
    let desk = Desk::open().await;
    let code: Value = desk.send("POST", "/api/tablets", json!({ "label": "Tablette 2" })).await.json().await.unwrap();
    assert_eq!(code["code"].as_str().unwrap().len(), 9);
    let retired = desk.send("POST", "/api/tablets/2/retire", json!({ "reason": "perdue" })).await;
    assert_eq!(retired.status(), StatusCode::NO_CONTENT);
    let hub = desk.send("POST", "/api/tablets/1/retire", json!({ "reason": "x" })).await;
    assert_eq!(hub.status(), StatusCode::BAD_REQUEST);
    let view: TabletsView = desk.get("/api/tablets").await;
    assert_eq!((view.codes.len(), view.tablets[0].retired.as_deref()), (1, Some("perdue")));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_a_sentence() {
    let desk = Desk::open().await;
    let excel = desk.client.post(desk.at("/api/people/import/preview")).body("PK\u{3}\u{4}").send().await.unwrap();
    assert_eq!(excel.status(), StatusCode::BAD_REQUEST);
    assert_eq!(excel.json::<Value>().await.unwrap()["code"], "not_text");
    let lot = json!({ "product": "poudre", "lot": "A1", "expiry": "2030-01-01", "doses": 10 });
    assert_eq!(desk.send("POST", "/api/stock/lots", lot).await.status(), StatusCode::BAD_REQUEST);
    let stock: StockView = desk.get("/api/stock").await;
    assert!(stock.lots.is_empty() && stock.apart.is_empty());
    let isolated = desk.send("POST", "/api/stock/lots/A1/isolate", json!({ "reason": " " })).await;
    assert_eq!(isolated.status(), StatusCode::CONFLICT);
    let nobody =
        desk.client.post(desk.at("/api/tablets")).header("x-perron-account", "99").json(&json!({"label": "x"}));
    assert_eq!(nobody.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_address_of_the_desk_is_described() {
    let desk = Desk::open().await;
    let description: Value = desk.get("/api/openapi.json").await;
    for path in ["/api/people/import", "/api/rounds/{number}/publish", "/api/stock", "/api/live"] {
        assert!(description["paths"].get(path).is_some(), "{path}");
    }
}

//! A coordinator's morning and evening, over a real connection: list, round, figures.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk_api::{
    Blocking, DirectivesView, DraftView, ErasedView, GapKind, ImportDone, ImportPreview, NewRound, PeoplePage,
    PersonState, RelayView, RoundLine, RoundStage, RoundView, StockView, TabletsView, TodoView, WaitingLine,
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
    folder: TempDir,
}

const LIST: &str = "Nom de naissance;Prénom(s);Date de naissance;Téléphone;numero;nom_voie;code_postal;nom_commune;lon;lat;Priorité\n\
    Parapluie;Odette;12/03/1941;0600000001;7;Rue NoÃ©mie;93140;Bondy;2.480;48.90;aîné\n\
    Boussole;Jean;1958;0600000002;9;Rue NoÃ©mie;93140;Bondy;2.489;48.90;\n\
    Lanterne;Rose;06/1955;0600000003;9;Rue NoÃ©mie;93140;Bondy;2.489;48.90;\n\
    Tabouret;Lou;31/02/2013;;8;Rue NoÃ©mie;93140;Bondy;2.484;48.90;\n\
    Paraplui;Odette;12/03/1941;0600000001;12;Allée Alice;93140;Bondy;2.484;48.90;\n";

impl Desk {
    /// A relay as `perron serve` founds it, with nobody in it.
    async fn found() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = "127.0.0.1:0".parse().unwrap();
        let options = ServeOptions {
            data: folder.path().join("data"),
            listen,
            demo: false,
            name: Some("Relais de Bondy".into()),
        };
        Self { running: start(options).await.unwrap(), client: Client::new(), folder }
    }

    async fn open() -> Self {
        let desk = Self::found().await;
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
    let born = found("q=boussole").await.persons[0].birth.unwrap().to_string();
    let written: Vec<&str> = born.split('-').collect();
    let french = written.iter().rev().copied().collect::<Vec<_>>().join("/");
    for query in [born.as_str(), french.as_str(), written[0]] {
        let persons = found(&format!("q=boussole%20{query}")).await.persons;
        assert_eq!(persons.len(), 1, "{query}");
    }
    assert_eq!(found(&format!("q={french}")).await.persons[0].birth_name, "Boussole");
    assert_eq!(found("q=boussole%2001/01/1901").await.found, 0);
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
    assert_eq!(added.blocking, [Blocking::Team, Blocking::Tablet]);
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
    for table in perron_hub::desk::export::TABLES {
        let export = desk.client.get(desk.at(&path(&format!("/export/{table}.csv")))).send().await.unwrap();
        assert_eq!(export.status(), StatusCode::OK, "{table}");
        let text = export.text().await.unwrap();
        assert!(text.lines().next().unwrap().contains(';'), "{table} has headings");
        assert!(text.lines().all(|line| line.split(';').all(|cell| !cell.starts_with(['=', '@', '+']))), "{table}");
    }
    let missing = desk.client.get(desk.at(&path("/export/secrets"))).send().await.unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_round_goes_to_nurses_and_tablets_that_there_are() {
    let desk = Desk::open().await;
    let mut draft = desk.draft().await.draft;
    let path = format!("/api/rounds/{}/draft", draft.number);
    // A coordinator, nobody, the hub itself, and a tablet that nobody enrolled.
    draft.nurses = [1, 2, 99].map(AccountNo).to_vec();
    draft.devices = [1, 2, 7].map(DeviceId).to_vec();
    let saved: DraftView = desk.send("PUT", &path, json!(draft)).await.json().await.unwrap();
    assert_eq!((saved.draft.nurses, saved.draft.devices), (vec![AccountNo(2)], vec![DeviceId(2)]));
    assert!(!saved.blocking.contains(&Blocking::Nurses) && !saved.blocking.contains(&Blocking::Tablet));
    // What was chosen may be gone by the time that it goes.
    desk.staff(2, "Nour", Role::Coordinator).await;
    desk.send("POST", "/api/tablets/2/retire", json!({ "reason": "perdue" })).await;
    let read: DraftView = desk.get(&path).await;
    assert!(read.blocking.contains(&Blocking::Nurses) && read.blocking.contains(&Blocking::Tablet));
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
    let powder = desk.send("POST", "/api/stock/lots", lot).await;
    assert_eq!(powder.status(), StatusCode::CONFLICT);
    let refused = perron_desk_api::Refused::read(&powder.bytes().await.unwrap()).unwrap();
    let unknown = perron_domain::Refusal::UnknownProduct { product: "poudre".into() };
    assert_eq!(refused.why, perron_desk_api::Why::Work(unknown), "a refusal comes whole");
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

/// Publishes a round of everybody of the list, on today's day, and returns its number and dossiers.
async fn published(desk: &Desk) -> (u32, RoundView) {
    let _: ImportDone = desk.send_file("/api/people/import", LIST).await;
    let people: PeoplePage = desk.get("/api/people").await;
    let ids: Vec<String> = people.persons.iter().map(|person| person.id.to_string()).collect();
    let number = desk.draft().await.draft.number;
    let path = |rest: &str| format!("/api/rounds/{number}{rest}");
    let added: DraftView =
        desk.send("POST", &path("/draft/people"), json!({ "people": ids })).await.json().await.unwrap();
    let mut draft = added.draft;
    draft.team = "Équipe 1".into();
    draft.devices = vec![DeviceId(2)];
    desk.send("PUT", &path("/draft"), json!(draft)).await;
    let view: RoundView = desk.send("POST", &path("/publish"), json!({})).await.json().await.unwrap();
    (number, view)
}

fn ended(person: perron_domain::name::FactName) -> Command {
    Command::End { person, act: None, outcome: Outcome::Absent, reason: None, call_again: true, again_on: None }
}

#[tokio::test]
async fn differences_of_a_signed_round_wait_for_the_head_of_the_relay_until_they_are_explained() {
    let desk = Desk::open().await;
    let (number, view) = published(&desk).await;
    let todo: TodoView = desk.get("/api/todo").await;
    assert!(todo.gaps.is_empty(), "a round under way has no differences yet");
    let hub = &desk.running.hub;
    hub.command(number, AccountNo(2), ended(view.people[0].id)).await.unwrap();
    let sign = Command::CloseRound { explained: Vec::new(), with_gaps: true };
    hub.command(number, AccountNo(2), sign).await.unwrap();
    let todo: TodoView = desk.get("/api/todo").await;
    assert_eq!(todo.gaps.iter().map(|one| one.gap.kind).collect::<Vec<_>>(), [GapKind::Open; 2]);
    let path = format!("/api/rounds/{number}/gaps");
    let code = todo.gaps[0].gap.code.clone();
    let empty = desk.send("POST", &path, json!({ "gap": code, "text": " " })).await;
    assert_eq!(empty.status(), StatusCode::CONFLICT);
    let explained: RoundView =
        desk.send("POST", &path, json!({ "gap": code, "text": "partie chez sa fille" })).await.json().await.unwrap();
    let gap = explained.gaps.iter().find(|gap| gap.code == code).unwrap();
    assert_eq!(gap.explained.as_deref(), Some("partie chez sa fille"));
    assert_eq!(explained.line.gaps, 1);
    assert_eq!(desk.get::<TodoView>("/api/todo").await.gaps.len(), 1);
    let nothing = desk.send("POST", &path, json!({ "gap": "lot:a:b", "text": "x" })).await;
    assert_eq!(nothing.json::<Value>().await.unwrap()["code"], "no_such_gap");
}

#[tokio::test]
async fn whoever_waits_is_taken_up_once_into_the_list_of_people() {
    let desk = Desk::open().await;
    let (number, _) = published(&desk).await;
    let record = perron_domain::people::PersonRecord { birth_name: "Trousse".into(), ..Default::default() };
    let list = Command::List { record, proposed: "2030-02-01".parse().ok(), stop: None };
    desk.running.hub.command(number, AccountNo(2), list).await.unwrap();
    let waiting: Vec<WaitingLine> = desk.get("/api/waiting").await;
    assert_eq!((waiting.len(), waiting[0].name.as_str(), waiting[0].person), (1, "Trousse", None));
    let path = format!("/api/waiting/{number}/{}", waiting[0].id);
    for _ in 0..2 {
        assert_eq!(desk.send("POST", &path, json!({})).await.status(), StatusCode::NO_CONTENT);
    }
    assert_eq!(desk.get::<PeoplePage>("/api/people?q=trousse").await.found, 1);
    assert!(desk.get::<Vec<WaitingLine>>("/api/waiting").await[0].person.is_some());
    assert_eq!(desk.send("POST", "/api/waiting/9/1-1", json!({})).await.status(), StatusCode::NOT_FOUND);
    // Erased from the list, she is erased from where she came as well.
    let person = desk.get::<Vec<WaitingLine>>("/api/waiting").await[0].person.unwrap();
    let erased: ErasedView =
        desk.send("DELETE", &format!("/api/people/{person}"), json!(null)).await.json().await.unwrap();
    assert_eq!((erased.facts, erased.kept.len()), (2, 0));
    assert!(desk.get::<Vec<WaitingLine>>("/api/waiting").await.is_empty());
}

#[tokio::test]
async fn a_persons_request_to_be_erased_is_carried_out_in_the_file_and_leaves_a_trace() {
    let desk = Desk::open().await;
    let (number, view) = published(&desk).await;
    let people: PeoplePage = desk.get("/api/people?q=boussole").await;
    let path = format!("/api/people/{}", people.persons[0].id);
    let early = desk.send("DELETE", &path, json!(null)).await;
    assert_eq!(early.json::<Value>().await.unwrap()["code"], "still_planned");
    let hub = &desk.running.hub;
    for person in &view.people {
        hub.command(number, AccountNo(2), ended(person.id)).await.unwrap();
    }
    let sign = Command::CloseRound { explained: Vec::new(), with_gaps: true };
    hub.command(number, AccountNo(2), sign).await.unwrap();
    let erased: ErasedView = desk.send("DELETE", &path, json!(null)).await.json().await.unwrap();
    assert_eq!((erased.facts, erased.kept.len()), (3, 0), "her entry, her dossier, its outcome");
    assert_eq!(desk.get::<PeoplePage>("/api/people?q=boussole").await.found, 0);
    let after: RoundView = desk.get(&format!("/api/rounds/{number}")).await;
    assert_eq!(after.people.len(), view.people.len() - 1);
    assert_eq!(desk.send("DELETE", &path, json!(null)).await.status(), StatusCode::NOT_FOUND);
    let trace = hub.read(|cache| {
        let mine = |fact: &&perron_domain::fact::Fact| fact.body.kind() == 111;
        cache.people.log().iter().filter(mine).map(|fact| fact.author).collect::<Vec<_>>()
    });
    assert_eq!(
        trace,
        [AccountNo(0), AccountNo(1)],
        "what came back from her round goes with the round; who did it, and when, is kept"
    );
    let Desk { running, folder, .. } = desk;
    running.stop().await;
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder.path().join("data")).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(holds(b"Parapluie") && !holds(b"Boussole"), "the name is gone from the file itself");
}

#[tokio::test]
async fn a_new_relay_has_its_name_the_rules_and_the_products_and_can_be_set_up_at_the_desk() {
    let desk = Desk::found().await;
    let relay: RelayView = desk.get("/api/relay").await;
    assert_eq!((relay.name.as_str(), relay.demo, relay.accounts.len()), ("Relais de Bondy", false, 0));
    let directives: DirectivesView = desk.get("/api/directives?on=2026-01-20").await;
    let in_force = directives.directives.iter().filter(|one| one.in_force).count();
    assert!(in_force >= 8 && directives.directives[0].in_force && directives.unreadable.is_empty(), "{in_force}");
    assert!(directives.directives.iter().any(|one| !one.rules.is_empty() && !one.rules[0].fr.is_empty()));
    let stock: StockView = desk.get("/api/stock?on=2026-01-20").await;
    assert!(!stock.products.is_empty());
    let count = desk.running.hub.read(|cache| cache.common.directives.len());

    let ok = async |method: &str, path: &str, body: Value| {
        let answer = desk.send(method, path, body).await;
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
    };
    ok("PUT", "/api/relay", json!({ "name": "Relais de Saint-Denis", "territory": "FR-974" })).await;
    let nowhere = desk.send("PUT", "/api/relay", json!({ "name": "x", "territory": "Bondy" })).await;
    assert_eq!(nowhere.status(), StatusCode::BAD_REQUEST);
    let nurse = json!({ "account": null, "name": "Nour", "roles": ["nurse", "head"], "rpps": null,
        "prescriber_trained": true, "phone": null });
    ok("POST", "/api/accounts", nurse).await;
    ok("PUT", "/api/relay/on-call", json!({ "name": "Dr Tisane", "phone": "0600000000" })).await;
    let protocol = json!({ "title": "Choc", "text": "Appeler le 15.", "signed_by": "Dr Tisane", "on": "2026-01-02" });
    ok("PUT", "/api/relay/protocol", protocol).await;
    let lot = json!({ "product": stock.products[0].code, "lot": "a1", "expiry": "2030-01-01", "doses": 10 });
    ok("POST", "/api/stock/lots", lot).await;
    let relay: RelayView = desk.get("/api/relay").await;
    assert_eq!((relay.name.as_str(), relay.territory.as_str()), ("Relais de Saint-Denis", "FR-974"));
    assert_eq!((relay.accounts.len(), relay.protocol.unwrap().signed_by.as_str()), (1, "Dr Tisane"));

    let Desk { running, folder, .. } = desk;
    running.stop().await;
    let options = ServeOptions {
        data: folder.path().join("data"),
        listen: "127.0.0.1:0".parse().unwrap(),
        demo: false,
        name: Some("Autre".into()),
    };
    let again = start(options).await.unwrap();
    let (name, known) = again
        .hub
        .read(|cache| (cache.common.relay.as_ref().map(|relay| relay.name.clone()), cache.common.directives.len()));
    assert_eq!(
        (name.as_deref(), known),
        (Some("Relais de Saint-Denis"), count),
        "a relay keeps its name and its rules"
    );
    again.stop().await;
}

#[tokio::test]
async fn a_fact_in_quarantine_is_shown_at_the_desk_and_decided_with_a_reason() {
    let desk = Desk::open().await;
    let todo: TodoView = desk.get("/api/todo").await;
    assert!(todo.quarantine.is_empty());
    let unknown = json!({ "scope": 16, "fact": "2-1", "accept": true, "reason": "vu" });
    assert_eq!(desk.send("POST", "/api/quarantine", unknown).await.status(), StatusCode::CONFLICT);
    let silent = json!({ "scope": 16, "fact": "2-1", "accept": true, "reason": " " });
    assert_eq!(desk.send("POST", "/api/quarantine", silent).await.json::<Value>().await.unwrap()["code"], "empty");
}

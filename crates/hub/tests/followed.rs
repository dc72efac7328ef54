//! What is decided and followed up at the desk, over a real connection: it leaves its trace in the round, the lot and the export,
//! and the menu counts what waits, line by line.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk_api::{FollowKind, LotView, RoundView, TodoCount, TodoView};
use perron_domain::Command;
use perron_domain::command::GiveDose;
use perron_domain::fact::{AccountNo, AdministrationError, DoseForm, DosesLoaded, IncidentKind, Outcome, Site};
use perron_domain::name::FactName;
use perron_domain::people::{PersonRecord, Wish};
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
        let listen = "127.0.0.1:0".parse().unwrap();
        let options = ServeOptions { data: folder.path().join("data"), listen, demo: true, name: None };
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

    async fn csv(&self, table: &str) -> Vec<Vec<String>> {
        let answer = self.client.get(self.at(&format!("/api/rounds/1/export/{table}.csv"))).send().await.unwrap();
        let text = answer.text().await.unwrap();
        text.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
    }

    async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.client.post(self.at(path)).header("x-perron-account", HEAD.to_string());
        request.json(&body).send().await.unwrap()
    }

    async fn round(&self) -> RoundView {
        self.get("/api/rounds/1").await
    }

    async fn todo(&self) -> TodoView {
        let todo: TodoView = self.get("/api/todo").await;
        let count: TodoCount = self.get("/api/todo/count").await;
        assert_eq!(count.lines, todo.count(), "the menu counts the lines behind it");
        todo
    }

    /// What the team of the first round writes.
    async fn team(&self, command: Command) -> FactName {
        self.running.hub.command(1, AccountNo(NURSE), command).await.unwrap()[0]
    }

    fn planned(&self) -> (String, String) {
        self.running.hub.read(|cache| {
            let plan = cache.rounds[&1].view().plan.clone().unwrap();
            (plan.lots[0].product.clone(), plan.lots[0].lot.clone())
        })
    }

    async fn loads(&self, units: u16) -> FactName {
        let (product, lot) = self.planned();
        let expiry = self.running.hub.read(|cache| cache.rounds[&1].view().plan.clone().unwrap().lots[0].expiry);
        let form = DoseForm::Vial;
        let (preparation, received_from, range, confirmed) = (None, None, None, None);
        let doses_per_unit = 6;
        self.team(Command::Load(DosesLoaded {
            product,
            lot,
            expiry,
            form,
            units,
            doses_per_unit,
            preparation,
            received_from,
            range,
            confirmed,
        }))
        .await
    }

    async fn decides(&self, load: FactName, usable: bool) -> RoundView {
        let by = json!({ "name": "Odile Lampion", "quality": "pharmacist", "account": null });
        let decided = json!({ "usable": usable, "reason": "dix minutes à 9,1 °C", "by": by });
        let answer = self.post(&format!("/api/rounds/1/apart/{load}"), decided).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }
}

#[tokio::test]
async fn a_box_at_nine_degrees_is_counted_and_the_decision_moves_the_doses_and_stands_everywhere_with_its_author() {
    let desk = Desk::open().await;
    let before = desk.todo().await.count();
    let load = desk.loads(2).await;
    desk.team(Command::ReadTemperature { tenths: 91, at: None, reason: Some("boîte ouverte".into()) }).await;
    assert_eq!(desk.todo().await.count(), before + 1);
    // Nobody decides without saying who.
    let nobody = json!({ "usable": false, "reason": "trop chaud", "by": { "name": " ", "quality": "pharmacist", "account": null } });
    assert!(desk.post(&format!("/api/rounds/1/apart/{load}"), nobody).await.status().is_client_error());

    let round = desk.decides(load, false).await;
    assert!(round.apart.is_empty());
    let lot = &round.lots[0];
    assert_eq!((lot.taken, lot.wasted, lot.left), (12, 12, 0), "the doses have moved");
    let line = &round.cold_decisions[0];
    assert_eq!((line.by.as_str(), line.doses, line.stands), ("Odile Lampion", 12, true));
    assert!(line.noted_by.is_some(), "and who wrote it down");
    assert_eq!(desk.todo().await.count(), before);

    let (product, number) = desk.planned();
    let lot: LotView = desk.get(&format!("/api/stock/lots/{number}?product={product}")).await;
    assert_eq!(lot.cold_decisions, round.cold_decisions);
    assert_eq!((lot.rounds[0].wasted, lot.rounds[0].left), (12, 0));
    let other: LotView = desk.get("/api/stock/lots/AUTRE").await;
    assert!(other.cold_decisions.is_empty());

    // A second click is no second decision; another decision stands beside the first.
    assert_eq!(desk.decides(load, false).await.cold_decisions.len(), 1);
    let round = desk.decides(load, true).await;
    assert_eq!(round.cold_decisions.iter().map(|line| line.stands).collect::<Vec<_>>(), [false, true]);
    assert_eq!(round.lots[0].left, 12);
    let csv = desk.csv("decisions-froid").await;
    assert_eq!(csv.len(), 3);
    assert!(csv[1].contains(&"Odile Lampion".to_owned()) && csv[1].contains(&"pharmacie".to_owned()));
}

#[tokio::test]
async fn a_call_to_15_a_malaise_and_a_needle_stick_wait_until_somebody_writes_what_was_done() {
    let desk = Desk::open().await;
    let before = desk.todo().await.count();
    for (kind, text) in [
        (IncidentKind::Emergency, "Appel au 15"),
        (IncidentKind::Faint, "Allongée dix minutes"),
        (IncidentKind::NeedleStick, "Gant percé"),
        (IncidentKind::Access, "Chien dans la cour"),
    ] {
        desk.team(Command::Report { person: None, kind, text: text.into() }).await;
    }
    let todo = desk.todo().await;
    let kinds: Vec<FollowKind> = todo.happened.iter().map(|line| line.what).collect();
    assert_eq!(kinds, [FollowKind::Emergency, FollowKind::Faint, FollowKind::NeedleStick]);
    assert_eq!(todo.count(), before + 3);
    let stick = todo.happened[2].clone();
    assert_eq!(stick.text, "Gant percé");
    let done = json!({ "gap": stick.code, "text": "Déclaré, prise de sang faite" });
    let round: RoundView = desk.post("/api/rounds/1/gaps", done).await.json().await.unwrap();
    let line = round.incidents.iter().find(|one| one.kind == IncidentKind::NeedleStick).unwrap();
    let followed = line.followed.as_ref().unwrap();
    assert_eq!(followed.text, "Déclaré, prise de sang faite");
    assert!(!followed.by.is_empty());
    assert_eq!(desk.todo().await.count(), before + 2);
    let csv = desk.csv("difficultes").await;
    assert!(csv.iter().any(|row| row[1] == "AES" && row[4].starts_with("Déclaré")), "{csv:?}");
}

#[tokio::test]
async fn exports_carry_birth_rank_and_site_and_say_traceability_only_of_who_received_a_dose() {
    let desk = Desk::open().await;
    let (product, lot) = desk.planned();
    let (person, act, other) = desk.running.hub.read(|cache| {
        let round = cache.rounds[&1].view();
        let people = round.people_in_order();
        (people[0], round.people[&people[0]].acts[0], people[1])
    });
    let error = Some(AdministrationError { what: "product".into(), text: Some("autre flacon".into()) });
    let now = perron_domain::time::Wall(chrono_now());
    desk.team(Command::CheckIdentity { person, means: perron_domain::fact::IdentityMeans::PaperSeen }).await;
    desk.team(Command::Give(GiveDose {
        act,
        source: None,
        lot: Some(lot),
        product: Some(product),
        site: Site::RightArm,
        done_at: now,
        injected_by: AccountNo(NURSE),
        prepared_by: None,
        error,
    }))
    .await;
    let (outcome, reason) = (Outcome::Absent, Some("personne".to_owned()));
    desk.team(Command::End { person: other, act: None, outcome, reason, call_again: true, again_on: None }).await;

    let doses = desk.csv("doses").await;
    let column = |name: &str| doses[0].iter().position(|head| head == name).unwrap();
    let row = &doses[1];
    assert_eq!(row[column("Site")], "bras droit");
    assert!(row[column("Naissance")].contains('/'), "{row:?}");
    assert!(doses[0].contains(&"Rang".to_owned()));
    assert_eq!(row[column("Traçabilité")], "à faire");
    assert!(row[column("Erreur d’administration")].starts_with("Mauvais produit"), "in French: {row:?}");
    let people = desk.csv("personnes").await;
    let column = |name: &str| people[0].iter().position(|head| head == name).unwrap();
    assert_eq!(people[1][column("Traçabilité")], "à faire");
    assert_eq!(people[2][column("Traçabilité")], "", "nothing is due of whoever was absent");
    assert_eq!(people[3][column("À rappeler")], "", "nor is whoever waits to be called again");
    // The error waits as well.
    let round = desk.round().await;
    assert_eq!(desk.todo().await.happened.len(), 1);
    assert_eq!(u32::try_from(round.people.len()).unwrap(), round.totals.persons, "as many lines as persons");
}

fn chrono_now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[tokio::test]
async fn the_desk_sees_whom_the_dose_of_somebody_met_on_the_spot_is_missing_for() {
    let desk = Desk::open().await;
    let (product, _) = desk.planned();
    let expects = |product: &str| {
        desk.running.hub.read(|cache| {
            let round = cache.rounds[&1].view();
            let now = perron_domain::time::Wall(chrono_now());
            let acts = perron_domain::aboard::expecting(round, &cache.common, product, now);
            let last = acts.last().map(|act| round.people[&round.acts[act].person].record.display_name());
            (round.order[0], u16::try_from(acts.len()).unwrap(), last.unwrap())
        })
    };
    let (stop, waiting, last) = expects(&product);
    let units = waiting / 6 + 1;
    let load = desk.loads(units).await;
    let of_product =
        |round: RoundView, name: &str| round.short.into_iter().find(|line| name.starts_with(&line.product));
    let name = desk.round().await.lots[0].name.clone();
    assert_eq!(of_product(desk.round().await, &name), None, "there is one for everybody");

    let record = PersonRecord {
        birth_name: "Lanterne".into(),
        birth: Some("1951-03-02".parse().unwrap()),
        wishes: vec![Wish { product: product.clone(), rank: Some(1) }],
        ..PersonRecord::default()
    };
    let met = desk.team(Command::AddPerson { stop, record, despite: None }).await;
    let act = desk.running.hub.read(|cache| cache.rounds[&1].view().people[&met].acts[0]);
    let vial = desk.team(Command::OpenVial { load, diluted: true, at: None }).await;
    let error = Some(AdministrationError { what: "other".into(), text: Some("essai".into()) });
    let (site, done_at, injected_by) = (Site::LeftArm, perron_domain::time::Wall(chrono_now()), AccountNo(NURSE));
    let (source, lot, prepared_by) = (Some(vial), None, None);
    let product = None;
    desk.team(Command::Give(GiveDose { act, source, lot, product, site, done_at, injected_by, prepared_by, error }))
        .await;
    let spare = units * 6 - waiting;
    if spare > 0 {
        desk.team(Command::Waste { source: load, count: spare, reason: "boîte tombée".into() }).await;
    }
    let short = of_product(desk.round().await, &name).unwrap();
    assert_eq!((short.lacking, short.people, short.walk_ins), (1, vec![last], vec!["Lanterne".to_owned()]));
}

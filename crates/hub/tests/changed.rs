//! A round that is published is changed at the desk, given up, or its doses taken over: the tablets hear it at their next contact,
//! and the desk sees when they did.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::{DraftView, PersonLine, RoundStage, RoundView, TabletFault, TodoCount, TodoView};
use perron_domain::fact::*;
use perron_domain::name::{FactName, Scope};
use perron_domain::people::{Address, PersonRecord, Wish};
use perron_domain::{Command, CommonCommand};
use perron_ledger::sync::FactAnswer;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::{ROUND, Relay, Tablet};

async fn get<T: DeserializeOwned>(relay: &Relay, path: &str) -> T {
    let answer = relay.client.get(relay.at(path)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.json().await.unwrap()
}

async fn send(relay: &Relay, method: &str, path: &str, body: Value) -> reqwest::Response {
    relay.client.request(method.parse().unwrap(), relay.at(path)).json(&body).send().await.unwrap()
}

async fn sent<T: DeserializeOwned>(relay: &Relay, method: &str, path: &str, body: Value) -> T {
    let answer = send(relay, method, path, body).await;
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, StatusCode::OK, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}

async fn person(relay: &Relay, name: &str, line: &str) -> FactName {
    let record = PersonRecord {
        birth_name: name.into(),
        birth: Some("1941-03-12".parse().unwrap()),
        address: Address { line: line.into(), ..Address::default() },
        wishes: vec![Wish { product: "comirnaty".into(), rank: None }],
        ..PersonRecord::default()
    };
    sent(relay, "POST", "/api/people", json!(record)).await
}

/// A relay with a published round of two people, and its tablet.
async fn published() -> (Relay, Tablet, [FactName; 3]) {
    published_for("2030-01-20").await
}

async fn published_for(day: &str) -> (Relay, Tablet, [FactName; 3]) {
    let relay = Relay::open().await;
    let staff = |account: u32, role: Role| AccountAdded {
        account: AccountNo(account),
        name: if role == Role::Nurse { "Nour Tisane" } else { "Hélène Perchoir" }.into(),
        roles: vec![role],
        rpps: None,
        prescriber_trained: true,
        phone: None,
    };
    for account in [staff(1, Role::Coordinator), staff(2, Role::Nurse)] {
        relay.running.hub.common_command(AccountNo(1), CommonCommand::AddAccount(account)).await.unwrap();
    }
    let tablet = relay.enrol(&relay.new_code().await, 2).await.unwrap();
    let mut people = Vec::new();
    for (name, line) in [("Bobine", "7 Rue Noémie"), ("Trousse", "9 Rue Noémie"), ("Chandelle", "12 Allée Alice")] {
        people.push(person(&relay, name, line).await);
    }
    let new = json!({ "on": day, "label": "Bondy nord" });
    let mut view: DraftView = sent(&relay, "POST", "/api/rounds", new).await;
    let path = format!("/api/rounds/{}/draft/people", view.draft.number);
    view = sent(&relay, "POST", &path, json!({ "people": people[..2] })).await;
    view.draft.team = "Équipe 1".into();
    view.draft.nurses = vec![AccountNo(2)];
    view.draft.devices = vec![tablet.device];
    let _: DraftView = sent(&relay, "PUT", "/api/rounds/1/draft", json!(view.draft)).await;
    let round: RoundView = sent(&relay, "POST", "/api/rounds/1/publish", json!(null)).await;
    assert_eq!(names(&round), ["Bobine", "Trousse"]);
    (relay, tablet, people.try_into().unwrap())
}

fn names(round: &RoundView) -> Vec<&str> {
    round.people.iter().map(|person| person.name.as_str()).collect()
}

async fn pulls(relay: &Relay, tablet: &Tablet, from: u64) -> u64 {
    let pulled = relay.pull(tablet, &[(Scope::COMMON, 0), (ROUND, from)]).await.unwrap();
    pulled.reached.iter().find(|reached| reached.scope == ROUND).unwrap().arrival
}

#[tokio::test]
async fn a_published_round_is_changed_and_both_sides_know_when_the_tablet_heard_it() {
    let (relay, tablet, people) = published().await;
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    assert_eq!((round.receipts[0].tablet.as_str(), round.receipts[0].at), ("Tablette 1", None), "not yet");
    let first = pulls(&relay, &tablet, 0).await;
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    assert_eq!(round.receipts[0].at, None, "sent, and not yet known to be kept");
    pulls(&relay, &tablet, first).await;
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    assert!(round.receipts[0].at.is_some() && round.changed.is_none());

    // Prepared anew as it stands; nothing changed is nothing sent.
    let view: DraftView = sent(&relay, "POST", "/api/rounds/1/change", json!(null)).await;
    assert!(view.published && view.blocking.is_empty(), "{:?}", view.blocking);
    let same: RoundView = sent(&relay, "POST", "/api/rounds/1/publish", json!(null)).await;
    assert!(same.changed.is_none() && same.receipts[0].at.is_some());

    let mut view: DraftView = sent(&relay, "POST", "/api/rounds/1/change", json!(null)).await;
    view.draft.start_minute = 10 * 60;
    view.draft.stops.remove(0);
    view = sent(&relay, "PUT", "/api/rounds/1/draft", json!(view.draft)).await;
    let _: DraftView = sent(&relay, "POST", "/api/rounds/1/draft/people", json!({ "people": [people[2]] })).await;
    assert_eq!(view.stops[0].people.iter().map(|one: &PersonLine| one.id).collect::<Vec<_>>(), [people[1]]);
    let round: RoundView = sent(&relay, "POST", "/api/rounds/1/publish", json!(null)).await;
    assert_eq!(names(&round), ["Trousse", "Chandelle"]);
    assert_eq!((round.totals.persons, round.line.persons), (2, 2));
    assert_eq!(round.taken_out[0].name, "Bobine");
    assert_eq!(round.taken_out[0].by, "Hélène Perchoir");
    assert_eq!(round.changed.unwrap().by, "Hélène Perchoir");
    assert_eq!(round.receipts[0].at, None, "the tablet has not heard of it");
    let then = pulls(&relay, &tablet, first).await;
    pulls(&relay, &tablet, then).await;
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    let heard = round.receipts[0].at.unwrap();
    // What is known of it outlives a restart.
    let relay = relay.restart().await;
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    assert_eq!(round.receipts[0].at, Some(heard));
}

#[tokio::test]
async fn nobody_is_taken_out_with_whom_the_team_has_begun() {
    let (relay, mut tablet, _) = published().await;
    // Its clock is the hub's: what it does comes after what it heard.
    let published = relay.running.hub.read(|cache| cache.rounds[&1].view().releases[0].at);
    tablet.minute = (published.0 - 1_760_000_000_000) / 60_000;
    let dossier = relay.running.hub.read(|cache| cache.rounds[&1].view().people_in_order()[0]);
    let reference = perron_domain::name::FactRef::Of(dossier);
    let seen = tablet.writes([IdentityChecked { person: reference, means: IdentityMeans::PaperSeen }.into()]);
    assert_eq!(relay.push_one(&tablet, seen).await.facts, [FactAnswer::Stored]);
    let mut view: DraftView = sent(&relay, "POST", "/api/rounds/1/change", json!(null)).await;
    view.draft.stops.remove(0);
    let _: DraftView = sent(&relay, "PUT", "/api/rounds/1/draft", json!(view.draft)).await;
    let refused = send(&relay, "POST", "/api/rounds/1/publish", json!(null)).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let told: Value = refused.json().await.unwrap();
    assert_eq!((told["code"].as_str(), told["name"].as_str()), (Some("already_begun"), Some("Bobine")));
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    assert_eq!(names(&round), ["Bobine", "Trousse"], "nothing was written");
}

#[tokio::test]
async fn a_round_given_up_is_told_to_its_tablets_and_not_behind_a_team_that_left() {
    let (relay, mut tablet, _) = published().await;
    let round: RoundView = sent(&relay, "POST", "/api/rounds/1/cancel", json!({ "reason": "Neige" })).await;
    assert_eq!((round.line.stage, round.cancelled.as_deref()), (RoundStage::Cancelled, Some("Neige")));
    let told = relay.running.hub.read(|cache| cache.common.rounds[&1].clone());
    assert_eq!((told.cancelled.as_deref(), told.devices), (Some("Neige"), vec![tablet.device]));
    let again = send(&relay, "POST", "/api/rounds/1/change", json!(null)).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);

    let (relay, _, _) = published().await;
    tablet = relay.enrol(&relay.new_code().await, 5).await.unwrap();
    let _: RoundView = sent(&relay, "PUT", "/api/rounds/1/tablets", json!({ "devices": [tablet.device] })).await;
    let departed = Departed {
        at: perron_domain::time::Wall(1_760_000_000_000),
        missing: Vec::new(),
        reason: None,
        battery: None,
        directives: Vec::new(),
    };
    let left = tablet.writes([departed.into()]);
    assert_eq!(relay.push_one(&tablet, left).await.facts, [FactAnswer::Stored]);
    let refused = send(&relay, "POST", "/api/rounds/1/cancel", json!({ "reason": "Neige" })).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
}

fn load(lot: &str) -> Body {
    DosesLoaded {
        product: "comirnaty".into(),
        lot: lot.into(),
        expiry: "2030-12-31".parse().unwrap(),
        form: DoseForm::Vial,
        units: 2,
        doses_per_unit: 6,
        preparation: None,
        received_from: None,
        range: None,
        confirmed: None,
    }
    .into()
}

#[tokio::test]
async fn the_doses_of_a_lost_tablet_wait_at_the_desk_and_are_taken_over_there() {
    let (relay, mut lost, _) = published().await;
    let aboard = lost.writes([load("FL2517")]);
    assert_eq!(relay.push_one(&lost, aboard).await.facts, [FactAnswer::Stored]);
    let other = relay.enrol(&relay.new_code().await, 6).await.unwrap();
    let devices = json!({ "devices": [lost.device, other.device] });
    let round: RoundView = sent(&relay, "PUT", "/api/rounds/1/tablets", devices).await;
    assert_eq!((round.held[0].device, round.held[0].doses), (lost.device, 12));
    let retire = format!("/api/tablets/{}/retire", lost.device.0);
    assert!(send(&relay, "POST", &retire, json!({ "reason": "Perdue" })).await.status().is_success());
    let todo: TodoView = get(&relay, "/api/todo").await;
    assert!(todo.tablets.iter().any(|one| matches!(one.what, TabletFault::HoldsDoses { round: 1, doses: 12, .. })));

    let take =
        json!({ "from": lost.device, "whither": "tablet", "to": other.device, "reason": "Boîte dans l’autre voiture" });
    let round: RoundView = sent(&relay, "POST", "/api/rounds/1/custody", take).await;
    assert_eq!((round.held.len(), round.held[0].device), (1, other.device));
    assert_eq!((round.custodies[0].device, round.custodies[0].device_before), (other.device, lost.device));
    let back = json!({ "from": other.device, "whither": "relay", "reason": "Boîte rentrée" });
    let round: RoundView = sent(&relay, "POST", "/api/rounds/1/custody", back).await;
    assert!(round.held.is_empty());
    assert_eq!((round.lots[0].returned, round.lots[0].left), (12, 0));
    let nobody = json!({ "from": other.device, "whither": "tablet", "to": 999, "reason": "x" });
    assert_eq!(send(&relay, "POST", "/api/rounds/1/custody", nobody).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_round_whose_day_is_over_and_that_nobody_signed_waits_for_the_head_until_it_is_cancelled() {
    let (relay, _, _) = published().await;
    let todo: TodoView = get(&relay, "/api/todo").await;
    assert!(todo.unsigned.is_empty(), "its day is still to come");

    let (relay, tablet, _) = published_for("2022-01-20").await;
    let todo: TodoView = get(&relay, "/api/todo").await;
    assert_eq!(todo.unsigned.len(), 1);
    let one = &todo.unsigned[0];
    assert_eq!((one.round, one.label.as_str(), one.on.to_string().as_str()), (1, "Bondy nord", "2022-01-20"));
    assert_eq!((one.team.as_str(), &one.tablets[..]), ("Équipe 1", &["Tablette 1".to_owned()][..]));
    assert_eq!((one.persons, one.open, one.left), (2, 2, false));
    let count: TodoCount = get(&relay, "/api/todo/count").await;
    assert_eq!((count.lines, todo.count()), (1, 1), "the menu counts it");

    // One visit came back; the round still waits.
    let dossier = relay.running.hub.read(|cache| cache.rounds[&1].view().people_in_order()[0]);
    let ended = Command::End {
        person: dossier,
        act: None,
        outcome: Outcome::Absent,
        reason: None,
        call_again: false,
        again_on: None,
    };
    relay.running.hub.command(1, AccountNo(2), ended).await.unwrap();
    let todo: TodoView = get(&relay, "/api/todo").await;
    assert_eq!((todo.unsigned[0].persons, todo.unsigned[0].open), (2, 1));
    drop((relay, tablet));

    let (relay, _, _) = published_for("2022-01-20").await;
    let _: RoundView = sent(&relay, "POST", "/api/rounds/1/cancel", json!({ "reason": "Tablette perdue" })).await;
    let todo: TodoView = get(&relay, "/api/todo").await;
    assert!(todo.unsigned.is_empty() && todo.count() == 0);
}

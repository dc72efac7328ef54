//! What cannot be does not become a round or a lot, what is odd is asked about, and each refusal names whom it is about.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::{Blocking, DraftView, OddOf, PeoplePage, RoundView, StockView};
use perron_domain::CommonCommand;
use perron_domain::Refusal;
use perron_domain::fact::{AccountAdded, AccountNo, DeviceEnrolled, Role};
use perron_domain::name::DeviceId;
use reqwest::StatusCode;
use serde_json::{Value, json};
use support::Relay;

const DAY: &str = "2030-01-20";

/// A relay with a coordinator, a nurse, a tablet, and two people at one address.
async fn relay() -> (Relay, Vec<String>) {
    let relay = Relay::open().await;
    let hub = &relay.running.hub;
    for (number, name, role) in [(1, "Hélène Lanterne", Role::Coordinator), (2, "Nour Boussole", Role::Nurse)] {
        let account = AccountAdded {
            account: AccountNo(number),
            name: name.into(),
            roles: vec![role],
            rpps: None,
            prescriber_trained: false,
            phone: None,
        };
        hub.common_command(AccountNo(1), CommonCommand::AddAccount(account)).await.unwrap();
    }
    let tablet = DeviceEnrolled {
        device: DeviceId(2),
        public_key: vec![7; 32].into(),
        label: "Tablette 1".into(),
        relay_signature: vec![0; 64].into(),
    };
    hub.common_command(AccountNo(1), CommonCommand::EnrolDevice(tablet)).await.unwrap();
    let mut people = Vec::new();
    for name in ["Parapluie", "Tabouret"] {
        people.push(added(&relay, person(name)).await.1.as_str().unwrap().to_owned());
    }
    (relay, people)
}

fn person(name: &str) -> Value {
    json!({ "birth_name": name, "used_name": null, "given_names": "Odette", "birth": "1941-03-12", "phone": null,
        "address": { "line": "7 Rue Noémie", "postcode": "93140", "city": "Bondy" } })
}

async fn sent(relay: &Relay, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = relay.client.request(method.parse().unwrap(), relay.at(path)).json(&body);
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or_default())
}

async fn added(relay: &Relay, person: Value) -> (StatusCode, Value) {
    sent(relay, "POST", "/api/people", person).await
}

/// A draft of everybody, ready to go.
async fn draft(relay: &Relay, label: &str, people: &[String]) -> DraftView {
    let (_, new) = sent(relay, "POST", "/api/rounds", json!({ "on": DAY, "label": label })).await;
    let number = new["draft"]["number"].as_u64().unwrap();
    let (_, added) =
        sent(relay, "POST", &format!("/api/rounds/{number}/draft/people"), json!({ "people": people })).await;
    let mut view: DraftView = serde_json::from_value(added).unwrap();
    view.draft.team = format!("Équipe de {label}");
    view.draft.devices = vec![DeviceId(2)];
    saved(relay, view).await
}

async fn saved(relay: &Relay, view: DraftView) -> DraftView {
    let path = format!("/api/rounds/{}/draft", view.draft.number);
    let (status, saved) = sent(relay, "PUT", &path, json!(view.draft)).await;
    assert_eq!(status, StatusCode::OK, "{saved}");
    serde_json::from_value(saved).unwrap()
}

async fn published(relay: &Relay, view: &DraftView) -> (StatusCode, Value) {
    sent(relay, "POST", &format!("/api/rounds/{}/publish", view.draft.number), json!({})).await
}

#[tokio::test]
async fn a_window_that_ends_before_it_begins_is_refused_with_its_address() {
    let (relay, people) = relay().await;
    let mut view = draft(&relay, "Bondy nord", &people).await;
    assert!(view.refused.is_empty(), "{:?}", view.refused);
    view.draft.stops[0].from_minute = Some(14 * 60);
    view.draft.stops[0].until_minute = Some(12 * 60);
    let view = saved(&relay, view).await;
    let told: Vec<_> = view.refused.iter().map(|one| (one.name.as_str(), &one.refusal)).collect();
    assert_eq!(told, [("7 Rue Noémie", &Refusal::EndsBeforeItBegan)]);
    let (status, said) = published(&relay, &view).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(said["message"].as_str().unwrap().contains("7 Rue Noémie"), "{said}");
}

#[tokio::test]
async fn what_publishing_would_refuse_of_a_person_stands_in_the_draft_with_her_name() {
    let (relay, people) = relay().await;
    // Two vaccines of one family, as a file may bring them.
    let products: StockView = relay.client.get(relay.at("/api/stock")).send().await.unwrap().json().await.unwrap();
    let flu: Vec<_> = products.known.iter().filter(|one| one.name.starts_with("Comirnaty")).take(2).collect();
    let wishes: Vec<_> = flu.iter().map(|one| json!({ "product": one.code, "rank": null })).collect();
    assert_eq!(wishes.len(), 2);
    let mut both = person("Commode");
    both["wishes"] = json!(wishes);
    let id = added(&relay, both).await.1.as_str().unwrap().to_owned();
    let everybody: Vec<String> = people.into_iter().chain([id]).collect();
    let view = draft(&relay, "Bondy nord", &everybody).await;
    let told: Vec<_> = view.refused.iter().map(|one| (one.name.as_str(), &one.refusal)).collect();
    assert_eq!(told, [("Commode Odette", &Refusal::SameFamily)]);
    let (status, said) = published(&relay, &view).await;
    assert_eq!((status, said["code"].as_str().unwrap()), (StatusCode::CONFLICT, "not_ready"));
}

#[tokio::test]
async fn more_doses_than_the_relay_has_are_refused_and_doses_of_another_round_are_asked_about() {
    let (relay, people) = relay().await;
    let received = json!({ "product": "comirnaty-lp81-30", "lot": "LP8778", "expiry": "2030-06-30", "doses": 120 });
    let product = relay.client.get(relay.at("/api/stock")).send().await.unwrap().json::<StockView>().await.unwrap();
    let code = product.products[0].code.clone();
    let mut lot = received;
    lot["product"] = json!(code);
    assert_eq!(sent(&relay, "POST", "/api/stock/lots", lot).await.0, StatusCode::NO_CONTENT);
    let mut view = draft(&relay, "Bondy nord", &people[..1]).await;
    let planned = json!({ "product": code, "lot": "LP8778", "expiry": "2030-06-30", "doses": 500 });
    view.draft.lots = vec![serde_json::from_value(planned).unwrap()];
    let view = saved(&relay, view).await;
    assert_eq!(view.refused[0].refusal, Refusal::NotEnough { left: 120 });
    assert!(view.refused[0].name.ends_with("LP8778"), "{:?}", view.refused);
    assert_eq!(published(&relay, &view).await.0, StatusCode::CONFLICT);

    let mut view = view;
    view.draft.lots[0].doses = 100;
    let view = saved(&relay, view).await;
    assert!(view.refused.is_empty() && view.odd.is_empty(), "{:?} {:?}", view.refused, view.odd);
    let mut second = draft(&relay, "Bondy sud", &people[1..]).await;
    second.draft.lots = view.draft.lots.clone();
    second.draft.lots[0].doses = 50;
    let second = saved(&relay, second).await;
    let lots: Vec<_> = second.odd.iter().filter(|one| one.about == OddOf::Lot).map(|one| one.left).collect();
    assert_eq!(lots, [20], "{:?}", second.odd);
}

#[tokio::test]
async fn a_nurse_a_tablet_and_a_team_twice_on_a_day_are_asked_about_and_go_once_confirmed() {
    let (relay, people) = relay().await;
    let first = draft(&relay, "Bondy nord", &people[..1]).await;
    assert!(first.odd.is_empty(), "{:?}", first.odd);
    assert_eq!(published(&relay, &first).await.0, StatusCode::OK);
    let mut second = draft(&relay, "Bondy sud", &people[1..]).await;
    second.draft.team = "equipe de BONDY nord".into();
    let mut second = saved(&relay, second).await;
    assert!(!second.blocking.contains(&Blocking::Team));
    let asked: Vec<_> = second.odd.iter().map(|one| (one.about, one.name.as_str(), one.label.as_str())).collect();
    let expected = [
        (OddOf::Team, "equipe de BONDY nord", "Bondy nord"),
        (OddOf::Nurse, "Nour Boussole", "Bondy nord"),
        (OddOf::Tablet, "Tablette 1", "Bondy nord"),
    ];
    assert_eq!(asked, expected);
    let (status, said) = published(&relay, &second).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(said["message"].as_str().unwrap().contains("Nour Boussole"), "{said}");

    second.draft.confirmed = second.odd.iter().map(|one| one.code.clone()).collect();
    let second = saved(&relay, second).await;
    assert!(second.odd.iter().all(|one| one.confirmed));
    let (status, said) = published(&relay, &second).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    let view: RoundView = serde_json::from_value(said).unwrap();
    assert_eq!(view.totals.persons, 1);
}

#[tokio::test]
async fn a_name_without_a_letter_is_refused_and_the_field_is_named() {
    let (relay, _) = relay().await;
    for (field, said) in [("birth_name", "birth_name"), ("given_names", "given_names")] {
        let mut odd = person("Parapluie");
        odd[field] = json!("0601");
        let (status, refused) = added(&relay, odd).await;
        assert_eq!(
            (status, refused["code"].as_str(), refused["field"].as_str()),
            (StatusCode::CONFLICT, Some("not_a_name"), Some(said))
        );
    }
    let account = json!({ "account": null, "name": "1234", "roles": ["nurse"], "rpps": null, "prescriber_trained": false, "phone": null });
    assert_eq!(sent(&relay, "POST", "/api/accounts", account).await.1["code"], "not_a_name");
    let on_call = json!({ "name": "0612", "phone": "0612345678" });
    assert_eq!(sent(&relay, "PUT", "/api/relay/on-call", on_call).await.1["code"], "not_a_name");
    let protocol = json!({ "title": "Protocole", "text": "Appeler le 15.", "signed_by": "Dr Claire Verveine", "on": "2099-01-01" });
    assert_eq!(sent(&relay, "PUT", "/api/relay/protocol", protocol).await.1["code"], "in_the_future");
    let known: PeoplePage = relay.client.get(relay.at("/api/people")).send().await.unwrap().json().await.unwrap();
    assert_eq!(known.total, 2, "nothing of it was kept");
}

#[tokio::test]
async fn a_lot_that_is_over_or_larger_than_any_delivery_is_asked_about_or_refused() {
    use chrono::Datelike;
    let (relay, _) = relay().await;
    let stock: StockView = relay.client.get(relay.at("/api/stock")).send().await.unwrap().json().await.unwrap();
    let (code, today) = (stock.products[0].code.clone(), stock.today);
    let yesterday = today.plus_days(-1).to_string();
    let next = format!("{}-06-30", today.0.year() + 1);
    let lot = |number: &str, expiry: &str, doses: u32| json!({ "product": code, "lot": number, "expiry": expiry, "doses": doses });
    let refused = async |lot: Value| sent(&relay, "POST", "/api/stock/lots", lot).await;
    let (_, over) = refused(lot("A1", &yesterday, 10)).await;
    assert_eq!((over["code"].as_str(), over["doubts"][0]["doubt"].as_str()), (Some("lot_doubtful"), Some("expired")));
    let (_, many) = refused(lot("A1", &next, 5_000)).await;
    assert_eq!(
        (many["code"].as_str(), many["doubts"][0]["doubt"].as_str()),
        (Some("lot_doubtful"), Some("many_doses"))
    );
    let (_, most) = refused(lot("A1", &next, 600_000)).await;
    assert_eq!((most["code"].as_str(), most["field"].as_str()), (Some("out_of_range"), Some("doses")));
    let mut right = lot("A1", &yesterday, 10);
    right["confirmed"] = json!({ "reason": "Oui, c’est juste", "doubts": [format!("expired:{yesterday}")] });
    assert_eq!(refused(right).await.0, StatusCode::NO_CONTENT);
}

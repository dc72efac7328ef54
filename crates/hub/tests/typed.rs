//! What is typed at the desk and not saved is kept for whoever typed it, and for nobody else.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::{LARGEST_TYPED, PeoplePage, TypedForm};
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountAdded, AccountNo, Role};
use reqwest::StatusCode;
use serde_json::{Value, json};
use support::Relay;

async fn relay() -> Relay {
    let relay = Relay::open().await;
    for (number, role) in [(1, Role::Coordinator), (2, Role::Head), (3, Role::Nurse)] {
        let account = AccountAdded {
            account: AccountNo(number),
            name: format!("Compte {number}"),
            roles: vec![role],
            rpps: None,
            prescriber_trained: false,
            phone: None,
        };
        relay.running.hub.common_command(AccountNo(1), CommonCommand::AddAccount(account)).await.unwrap();
    }
    relay
}

async fn sent(relay: &Relay, by: u32, method: &str, form: &str, body: Value) -> (StatusCode, Value) {
    let request = relay.client.request(method.parse().unwrap(), relay.at(&format!("/api/typed/{form}")));
    let answer = request.header("x-perron-account", by.to_string()).json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or_default())
}

async fn read(relay: &Relay, by: u32, form: &str) -> Vec<TypedForm> {
    serde_json::from_value(sent(relay, by, "GET", form, Value::Null).await.1).unwrap()
}

#[tokio::test]
async fn a_form_is_kept_as_it_is_typed_for_the_account_that_typed_it_alone() {
    let relay = relay().await;
    assert_eq!(read(&relay, 1, "lot-received").await, []);
    let fields = json!({ "lot": "FL25", "doses": "12" });
    let (status, kept) = sent(&relay, 1, "PUT", "lot-received/w1", json!({ "fields": fields })).await;
    assert!(status == StatusCode::OK && kept["at"].is_i64(), "{kept}");
    let relay = relay.restart().await;
    let again = read(&relay, 1, "lot-received").await;
    assert_eq!(again.len(), 1);
    assert!(
        again[0].fields == fields && again[0].at.is_some() && again[0].window == "w1",
        "it outlives the hub's restart"
    );
    assert_eq!(read(&relay, 2, "lot-received").await, [], "another account has a draft of its own");
    assert_eq!(sent(&relay, 3, "GET", "lot-received", Value::Null).await.0, StatusCode::FORBIDDEN);
    assert_eq!(sent(&relay, 1, "DELETE", "lot-received/w1", Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(read(&relay, 1, "lot-received").await, []);
}

#[tokio::test]
async fn two_windows_on_one_form_do_not_write_over_each_other() {
    let relay = relay().await;
    for n in 0..10 {
        let (window, fields) = (format!("notice/w{n}"), json!({ "fields": { "title": n } }));
        assert_eq!(sent(&relay, 1, "PUT", &window, fields).await.0, StatusCode::OK);
    }
    sent(&relay, 1, "PUT", "notice/w5", json!({ "fields": { "title": 55 } })).await;
    let titles = |kept: Vec<TypedForm>| kept.iter().map(|one| one.fields["title"].clone()).collect::<Vec<_>>();
    let kept = read(&relay, 1, "notice").await;
    assert!(kept.windows(2).all(|pair| pair[0].at >= pair[1].at), "the newest first");
    let titles = titles(kept);
    assert_eq!(titles.len(), 10, "no draft makes room for another: {titles:?}");
    assert!(titles.contains(&json!(55)) && titles.contains(&json!(0)) && !titles.contains(&json!(5)), "{titles:?}");
    sent(&relay, 1, "DELETE", "notice/w5", Value::Null).await;
    assert_eq!(read(&relay, 1, "notice").await.len(), 9, "one window's draft goes, the others' stay");
}

#[tokio::test]
async fn one_account_keeps_so_many_drafts_and_is_told_of_one_too_many() {
    let relay = relay().await;
    for n in 0..200 {
        let (status, _) = sent(&relay, 1, "PUT", &format!("form{n}/w"), json!({ "fields": {} })).await;
        assert_eq!(status, StatusCode::OK);
    }
    let (status, said) = sent(&relay, 1, "PUT", "form200/w", json!({ "fields": {} })).await;
    assert!(status == StatusCode::PAYLOAD_TOO_LARGE && said["code"] == "too_large", "{said}");
    assert_eq!(sent(&relay, 1, "PUT", "form7/w", json!({ "fields": {} })).await.0, StatusCode::OK, "the same again");
    assert_eq!(sent(&relay, 2, "PUT", "form7/w", json!({ "fields": {} })).await.0, StatusCode::OK, "another account");
}

#[tokio::test]
async fn a_draft_has_a_size_and_a_key_that_says_nothing() {
    let relay = relay().await;
    let long = json!({ "fields": { "text": "x".repeat(LARGEST_TYPED) } });
    assert_eq!(sent(&relay, 1, "PUT", "notice/w1", long).await, {
        let said = json!({ "code": "too_large", "message": "Ce brouillon est trop long pour être gardé." });
        (StatusCode::PAYLOAD_TOO_LARGE, said)
    });
    for key in ["Odette%20Parapluie", "a%2Fb", &"x".repeat(81)] {
        for path in [format!("{key}/w1"), format!("notice/{key}")] {
            assert_eq!(sent(&relay, 1, "PUT", &path, json!({ "fields": {} })).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn whoever_is_erased_is_erased_from_drafts_too() {
    let relay = relay().await;
    let person = json!({ "birth_name": "Parapluie", "used_name": null, "given_names": "Odette", "birth": "1941-03-12",
        "phone": "06 12 34 56 78", "address": { "line": "7 Rue Noémie", "postcode": "93140", "city": "Bondy" } });
    let id: String =
        relay.client.post(relay.at("/api/people")).json(&person).send().await.unwrap().json().await.unwrap();
    let form = format!("person-{id}");
    for account in [1, 2] {
        sent(&relay, account, "PUT", &format!("{form}/w1"), json!({ "fields": { "notes": "demande par la voisine" } }))
            .await;
    }
    let other = format!("person-{id}0");
    sent(&relay, 1, "PUT", &format!("{other}/w1"), json!({ "fields": {} })).await;
    let erased = relay.client.delete(relay.at(&format!("/api/people/{id}"))).send().await.unwrap();
    assert_eq!(erased.status(), StatusCode::OK);
    for account in [1, 2] {
        assert_eq!(read(&relay, account, &form).await, []);
    }
    assert!(read(&relay, 1, &other).await.len() == 1, "nobody else's");
    let folder = relay.database().parent().unwrap().to_owned();
    relay.running.stop().await;
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    let bytes: Vec<u8> = files.flatten().collect();
    let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(holds(b"desk/typed/1/") && !holds(b"demande par la voisine"), "it is gone from the file itself");
}

#[tokio::test]
async fn a_person_is_found_by_her_telephone_however_it_is_written() {
    let relay = relay().await;
    for (name, phone, line) in
        [("Parapluie", "06 12 34 56 78", "7 Rue Noémie"), ("Tabouret", "+33 7 00 00 00 12", "12 Rue du Port")]
    {
        let person = json!({ "birth_name": name, "used_name": null, "given_names": "Odette", "birth": "1941-03-12",
            "phone": phone, "address": { "line": line, "postcode": "93140", "city": "Bondy" } });
        relay.client.post(relay.at("/api/people")).json(&person).send().await.unwrap();
    }
    for (typed, expected) in [
        ("06 12", vec!["Parapluie"]),
        ("0612", vec!["Parapluie"]),
        ("06.12", vec!["Parapluie"]),
        ("+33 6 12", vec!["Parapluie"]),
        ("5678", vec!["Parapluie"]),
        ("parapluie 06 12", vec!["Parapluie"]),
        ("07 00", vec!["Tabouret"]),
        ("0012", vec!["Tabouret"]),
        ("12 rue du port", vec!["Tabouret"]),
        ("93140 7", vec!["Parapluie"]),
        ("0613", vec![]),
    ] {
        let request = relay.client.get(relay.at("/api/people")).query(&[("q", typed)]);
        let page: PeoplePage = request.send().await.unwrap().json().await.unwrap();
        let found: Vec<_> = page.persons.iter().map(|one| one.birth_name.as_str()).collect();
        assert_eq!(found, expected, "{typed}");
        assert_eq!(page.found as usize, found.len(), "{typed}: counted as shown");
    }
}

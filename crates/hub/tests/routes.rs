//! Every address of the desk's list is mounted, and open to the roles that the list names, and to no others.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::Form;
use perron_desk_api::route::Entry;
use perron_desk_api::routes::{ALL, LIVE};
use perron_domain::CommonCommand;
use perron_domain::fact::{AccountAdded, AccountNo, Role};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, Response, StatusCode};
use support::Relay;

const ROLES: [Role; 5] = [Role::Nurse, Role::Coordinator, Role::Head, Role::Physician, Role::Preparer];

/// An address whose parts name nothing that there is.
fn filled(entry: &Entry) -> String {
    let mut path = entry.path.to_owned();
    for arg in entry.args {
        path = path.replace(&format!("{{{arg}}}"), "999");
    }
    path
}

async fn ask(relay: &Relay, entry: &Entry, by: u32) -> Response {
    let url = format!("http://{}{}", relay.running.address, filled(entry));
    let method = Method::from_bytes(entry.method.name().as_bytes()).unwrap();
    let request = relay.client.request(method, url).header("x-perron-account", by.to_string());
    let request = match entry.sent {
        Form::Json => request.header(CONTENT_TYPE, "application/json").body("{}"),
        _ => request,
    };
    request.send().await.unwrap()
}

#[tokio::test]
async fn every_address_of_the_list_is_mounted() {
    let relay = Relay::open().await;
    for entry in ALL {
        let url = format!("http://{}{}", relay.running.address, filled(entry));
        let answer = relay.client.request(Method::PATCH, url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{}", entry.name);
        let allowed = answer.headers()["allow"].to_str().unwrap().to_owned();
        assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["code"], "method", "{}", entry.name);
        assert!(allowed.split(',').any(|method| method == entry.method.name()), "{}: {allowed}", entry.name);
    }
}

/// What is asked names nothing, or is empty: whoever has the right gets as far as another refusal.
#[tokio::test]
async fn each_address_is_open_to_the_roles_of_the_list_and_to_no_others() {
    let relay = Relay::open().await;
    for (number, role) in (101..).zip(ROLES) {
        let added = AccountAdded {
            account: AccountNo(number),
            name: format!("{role:?}"),
            roles: vec![role],
            rpps: None,
            prescriber_trained: false,
            phone: None,
        };
        relay.running.hub.common_command(AccountNo(0), CommonCommand::AddAccount(added)).await.unwrap();
    }
    // The news go on for ever; whether they begin is asked like the rest.
    for entry in ALL.iter().filter(|entry| entry.name != "ADD_PERSON") {
        for (number, role) in (101..).zip(ROLES) {
            let answer = ask(&relay, entry, number).await;
            let refused = answer.status() == StatusCode::FORBIDDEN;
            assert_eq!(refused, !entry.roles.contains(&role), "{} as {role:?}", entry.name);
            if refused {
                let body: serde_json::Value = answer.json().await.unwrap();
                assert_eq!(body["code"], "role_needed", "{} as {role:?}", entry.name);
            }
        }
        let stranger = ask(&relay, entry, 99).await;
        assert_eq!(stranger.status(), StatusCode::BAD_REQUEST, "{} by nobody", entry.name);
    }
    assert_eq!(LIVE.entry.sent, Form::Nothing);
}

/// A form of another site can send texts, but cannot call them JSON.
#[tokio::test]
async fn what_is_not_called_json_is_not_read() {
    let relay = Relay::open().await;
    for entry in ALL.iter().filter(|entry| entry.sent == Form::Json) {
        let url = format!("http://{}{}", relay.running.address, filled(entry));
        let method = Method::from_bytes(entry.method.name().as_bytes()).unwrap();
        // Parts that are no number or name come first.
        let answer =
            relay.client.request(method, url).header(CONTENT_TYPE, "text/plain").body("{}").send().await.unwrap();
        let expected = if entry.args.is_empty() {
            [StatusCode::UNSUPPORTED_MEDIA_TYPE; 2]
        } else {
            [StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::NOT_FOUND]
        };
        assert!(expected.contains(&answer.status()), "{}: {}", entry.name, answer.status());
    }
}

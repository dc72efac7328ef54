//! A tablet that lost its store takes its doses over under its new number: the fact reaches the hub, and the desk shows it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::{Because, RoundView, TabletFault, TabletTrouble, TodoView};
use perron_domain::Command;
use perron_domain::date::Day;
use perron_domain::fact::*;
use perron_domain::name::{FactName, FactRef};
use perron_ledger::sync::FactAnswer;
use serde::de::DeserializeOwned;
use support::{ROUND, Relay};

async fn get<T: DeserializeOwned>(relay: &Relay, path: &str) -> T {
    relay.client.get(relay.at(path)).send().await.unwrap().json().await.unwrap()
}

fn plan() -> RoundPlanned {
    RoundPlanned {
        on: Day::new(2026, 1, 20).unwrap(),
        label: "Bondy nord".into(),
        team: "Équipe 1".into(),
        nurses: vec![AccountNo(0)],
        start_place: String::new(),
        start_minute: 540,
        modality: Modality::Home,
        territory: "FR-93".into(),
        relay_protocol: false,
        lots: Vec::new(),
    }
}

fn load(lot: &str) -> Body {
    DosesLoaded {
        product: "comirnaty".into(),
        lot: lot.into(),
        expiry: Day::new(2030, 1, 1).unwrap(),
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
async fn the_desk_sees_who_took_the_doses_over_and_that_the_number_before_goes_on_writing() {
    let relay = Relay::open().await;
    let (mut lost, mut anew) = (relay.tablet(2).await, relay.tablet(3).await);
    let publish = Command::PublishRound { plan: plan(), stops: Vec::new() };
    relay.running.hub.command(1, AccountNo(0), publish).await.unwrap();
    let loads = lost.writes([load("FL2517"), load("FL2518")]);
    assert_eq!(relay.push_one(&lost, loads).await.facts, [FactAnswer::Stored, FactAnswer::Stored]);

    let loads = [1, 2].map(|number| FactName::new(lost.device, number));
    let taken = CustodyTaken { device: lost.device, loads: loads.map(FactRef::Of).to_vec(), to: None };
    anew.minute = 10;
    let taken = anew.writes([taken.into()]);
    assert_eq!(relay.push_one(&anew, taken).await.facts, [FactAnswer::Stored]);
    // It is given on as any other fact of the round.
    let pulled = relay.pull(&lost, &[(ROUND, 0)]).await.unwrap();
    assert!(pulled.batches.iter().any(|batch| batch.chain().device == anew.device));
    let holders = relay.running.hub.read(|cache| loads.map(|load| cache.rounds[&1].holder(load)));
    assert_eq!(holders, [anew.device; 2]);

    let round: RoundView = get(&relay, "/api/rounds/1").await;
    let [line] = &round.custodies[..] else { unreachable!("one line: {:?}", round.custodies) };
    assert_eq!((line.device, line.device_before, line.loads), (anew.device, lost.device, 2));
    assert_eq!((line.tablet.as_str(), line.wrote_since), ("Tablette 1", None));
    let todo: TodoView = get(&relay, "/api/todo").await;
    let writes = |todo: &TodoView| match &todo.tablets[..] {
        [TabletTrouble { what: TabletFault::TakenOver { round: 1, by, writes, .. }, .. }] if by == "Tablette 1" => {
            *writes
        }
        other => unreachable!("one line: {other:?}"),
    };
    assert!(!writes(&todo), "the box is to be counted, and nothing speaks against it");

    // The first tablet is not lost after all.
    lost.minute = 30;
    let later = lost.batch(["ascenseur en panne"]);
    assert_eq!(relay.push_one(&lost, later).await.facts, [FactAnswer::Stored]);
    let round: RoundView = get(&relay, "/api/rounds/1").await;
    let wrote = round.custodies[0].wrote_since.unwrap();
    assert_eq!(wrote.since(round.custodies[0].at), 20 * 60_000);
    let todo: TodoView = get(&relay, "/api/todo").await;
    assert!(writes(&todo));

    // Whoever has the box has the doses: the desk gives them back.
    let path = format!("/api/rounds/1/custody/{}", round.custodies[0].name);
    let because = Because { reason: "La boîte est dans la première voiture".into() };
    let answer = relay.client.post(relay.at(&path)).json(&because).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json::<RoundView>().await.unwrap().custodies, []);
    let holders = relay.running.hub.read(|cache| loads.map(|load| cache.rounds[&1].holder(load)));
    assert_eq!(holders, [lost.device; 2]);
    let again = relay.client.post(relay.at(&path)).json(&because).send().await.unwrap();
    assert_eq!(again.status(), 404, "it is withdrawn already");
}

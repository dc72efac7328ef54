//! The relay remembers: what a tablet pushes about people is in the relay's list, once, whatever happens to the hub.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_domain::command::{PlannedPerson, PlannedStop};
use perron_domain::date::Day;
use perron_domain::fact::*;
use perron_domain::name::{FactName, FactRef};
use perron_domain::people::{Address, PersonRecord, Wish};
use perron_domain::time::{Hlc, Wall};
use perron_domain::{Command, PeopleCommand};
use perron_ledger::sync::{Batch, Item};
use perron_ledger::written;
use support::{Relay, Tablet};

const PRODUCT: &str = "comirnaty";

fn bobine() -> PersonRecord {
    PersonRecord {
        birth_name: "Bobine".into(),
        given_names: "Aline".into(),
        birth: Some("1941-05-01".parse().unwrap()),
        wishes: vec![Wish { product: PRODUCT.into(), rank: Some(1) }],
        ..PersonRecord::default()
    }
}

/// A relay with one person, planned in round 1; returns her place in the list, her dossier and her act.
async fn with_a_round() -> (Relay, Tablet, FactName, FactName, FactName) {
    let relay = Relay::open().await;
    let tablet = relay.tablet(7).await;
    let hub = &relay.running.hub;
    let added = PeopleCommand::Add(PersonAdded::new(bobine(), "liste/1"));
    let person = hub.people_commands(AccountNo(0), vec![added]).await.unwrap()[0];
    let plan = RoundPlanned {
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
    };
    let stop = StopPlanned {
        address: Address { line: "1 Rue de la Marelle".into(), ..Address::default() },
        from_minute: None,
        until_minute: None,
        place: None,
        unplanned: false,
    };
    let people = vec![PlannedPerson { person: Some(person), record: bobine() }];
    hub.command(1, AccountNo(0), Command::PublishRound { plan, stops: vec![PlannedStop { stop, people }] })
        .await
        .unwrap();
    let (dossier, act) = hub.read(|cache| {
        let round = &cache.rounds[&1];
        (*round.people.keys().next().unwrap(), *round.acts.keys().next().unwrap())
    });
    (relay, tablet, person, dossier, act)
}

/// Writes bodies as the next facts of the tablet's chain and returns them as one signed batch.
fn batch(tablet: &mut Tablet, bodies: Vec<Body>) -> Batch {
    let after = tablet.head;
    let mut facts = Vec::new();
    for body in bodies {
        tablet.minute += 1;
        let wall = Wall(1_760_000_000_000 + tablet.minute * 60_000);
        let name = FactName::new(tablet.device, tablet.head.number + 1);
        let hlc = Hlc { ms: wall.0, counter: 0 };
        let bytes = written::write(&Fact { name, hlc, wall, author: AccountNo(0), body }, [1; 16]).unwrap();
        tablet.head = tablet.head.then(perron_ledger::chain::leaf(&bytes));
        facts.push(Item::Bytes(bytes));
    }
    Batch { after, facts, ahead: None, signed: tablet.sign(tablet.head) }
}

fn dose(act: FactName, dossier: FactName) -> Body {
    DoseGiven {
        act: FactRef::Of(act),
        person: FactRef::Of(dossier),
        product: PRODUCT.into(),
        lot: "FL2517".into(),
        source: None,
        site: Site::LeftArm,
        rank: Some(1),
        done_at: Wall(1_768_900_000_000),
        observation_minutes: 15,
        injected_by: AccountNo(0),
        prepared_by: None,
        prescribed_by: None,
        answer: None,
        error: None,
    }
    .into()
}

fn died(dossier: FactName) -> Body {
    OutcomeRecorded {
        person: FactRef::Of(dossier),
        act: None,
        outcome: Outcome::Deceased,
        reason: None,
        call_again: false,
        again_on: None,
    }
    .into()
}

/// How many facts of the people's scope came back from rounds, counted as they are stored.
fn came_back(relay: &Relay) -> usize {
    relay
        .running
        .hub
        .read(|cache| cache.people.log().iter().filter(|fact| matches!(fact.body, Body::Returned(_))).count())
}

fn doses(relay: &Relay, person: FactName) -> Vec<(String, Option<String>)> {
    relay.running.hub.read(|cache| {
        let doses = cache.people.persons.get(&person).map(|one| one.doses.clone()).unwrap_or_default();
        doses.into_iter().map(|dose| (dose.product, dose.lot)).collect()
    })
}

#[tokio::test]
async fn a_dose_comes_back_once_after_a_repeated_push_a_restart_and_a_restore() {
    let (relay, mut tablet, person, dossier, act) = with_a_round().await;
    let (relay, before) = relay.back_up().await;
    let given = batch(&mut tablet, vec![dose(act, dossier)]);
    relay.push_one(&tablet, given.clone()).await;
    let known = [(PRODUCT.to_owned(), Some("FL2517".to_owned()))];
    assert_eq!((doses(&relay, person).as_slice(), came_back(&relay)), (known.as_slice(), 1));
    relay.push_one(&tablet, given.clone()).await;
    assert_eq!(came_back(&relay), 1);
    let relay = relay.restart().await;
    assert_eq!((doses(&relay, person).as_slice(), came_back(&relay)), (known.as_slice(), 1));
    // The copy is of before the dose: the tablet pushes it again, and it comes back once more and once only.
    let relay = relay.put_back(&before).await;
    assert_eq!(came_back(&relay), 0);
    relay.push_one(&tablet, given).await;
    assert_eq!((doses(&relay, person).as_slice(), came_back(&relay)), (known.as_slice(), 1));
}

#[tokio::test]
async fn a_correction_pushed_later_is_followed_and_a_death_keeps_her_out_of_the_next_list() {
    let (relay, mut tablet, person, dossier, act) = with_a_round().await;
    let given = batch(&mut tablet, vec![dose(act, dossier)]);
    relay.push_one(&tablet, given).await;
    let number = tablet.head.number;
    let withdrawn = Corrected { of: vec![FactRef::Own(number)], kind: None, body: None, reason: None };
    let corrected = batch(&mut tablet, vec![withdrawn.into(), died(dossier)]);
    relay.push_one(&tablet, corrected).await;
    assert!(doses(&relay, person).is_empty());
    let standing = relay.running.hub.read(|cache| cache.people.known[&person].standing(None));
    assert_eq!(standing.map(|one| one.outcome), Some(Outcome::Deceased));
}

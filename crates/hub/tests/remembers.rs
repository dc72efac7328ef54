//! The relay remembers: what a tablet pushes about people is in the relay's list, once, whatever happens to the hub.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::together::settled;
use perron_desk_api::{
    BackKind, ChangePerson, Doubt, DraftView, GapKind, PeoplePage, PersonChanged, PersonFile, PersonState, TodoView,
};
use perron_domain::command::{PlannedPerson, PlannedStop};
use perron_domain::date::Day;
use perron_domain::fact::*;
use perron_domain::name::{FactName, FactRef};
use perron_domain::people::{Address, PersonRecord, Wish};
use perron_domain::time::Wall;
use perron_domain::{Command, PeopleCommand};
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

fn dose(act: FactName, dossier: FactName) -> Body {
    given(act, dossier).into()
}

fn given(act: FactName, dossier: FactName) -> DoseGiven {
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
    let given = tablet.writes(vec![dose(act, dossier)]);
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
    let given = tablet.writes(vec![dose(act, dossier)]);
    relay.push_one(&tablet, given).await;
    let number = tablet.head.number;
    let withdrawn = Corrected { of: vec![FactRef::Own(number)], kind: None, body: None, reason: None };
    let corrected = tablet.writes(vec![withdrawn.into(), died(dossier)]);
    relay.push_one(&tablet, corrected).await;
    assert!(doses(&relay, person).is_empty());
    let standing = relay.running.hub.read(|cache| cache.people.known[&person].standing(None));
    assert_eq!(standing.map(|one| one.outcome), Some(Outcome::Deceased));
}

#[tokio::test]
async fn a_vaccine_given_twice_by_tablets_that_did_not_know_of_each_other_is_told_and_explained() {
    let (relay, mut first, _, dossier, act) = with_a_round().await;
    let mut second = relay.tablet(8).await;
    let batch = first.writes(vec![dose(act, dossier)]);
    relay.push_one(&first, batch).await;
    assert!(relay.read::<TodoView>("/api/todo").await.gaps.is_empty(), "one dose is one dose");

    // The second tablet adds the vaccine by itself, and gives it an hour later.
    let planned = ActPlanned {
        person: FactRef::Of(dossier),
        wish: Wish { product: PRODUCT.into(), rank: Some(1) },
        despite: None,
    };
    let mut again = given(act, dossier);
    (again.act, again.done_at) = (FactRef::Own(1), Wall(again.done_at.0 + 3_600_000));
    let batch = second.writes(vec![planned.into(), again.into()]);
    relay.push_one(&second, batch).await;
    let todo: TodoView = relay.read("/api/todo").await;
    assert_eq!(todo.gaps.len(), 1, "{:?}", todo.gaps);
    let open = &todo.gaps[0];
    assert_eq!((open.gap.kind, open.gap.figures.as_slice()), (GapKind::GivenAgain, [0].as_slice()));
    assert!(open.gap.about.contains("Bobine"), "{}", open.gap.about);

    let explained = serde_json::json!({ "gap": open.gap.code, "text": "Médecin prévenu, famille rappelée" });
    let told = relay.client.post(relay.at("/api/rounds/1/gaps")).json(&explained).send().await.unwrap();
    assert!(told.status().is_success(), "{:?}", told.text().await);
    assert!(relay.read::<TodoView>("/api/todo").await.gaps.is_empty());
    let round: perron_desk_api::RoundView = relay.read("/api/rounds/1").await;
    let explained: Vec<_> = round.gaps.iter().filter_map(|gap| gap.explained.as_deref()).collect();
    assert_eq!(explained, ["Médecin prévenu, famille rappelée"]);
}

#[tokio::test]
async fn two_windows_on_one_person_wipe_nothing() {
    let (relay, _, person, ..) = with_a_round().await;
    let path = format!("/api/people/{person}");
    let filled: PersonRecord = relay.read(&path).await;
    let put = async |now: &PersonRecord| -> PersonChanged {
        let change = ChangePerson { before: filled.clone(), now: now.clone() };
        relay.client.put(relay.at(&path)).json(&change).send().await.unwrap().json().await.unwrap()
    };
    // Both windows were filled at the same time; the second saves another field.
    let first = PersonRecord { phone: Some("06 00 00 00 01".into()), notes: Some("sonner".into()), ..filled.clone() };
    let second = PersonRecord { floor: Some("3".into()), ..filled.clone() };
    assert!(put(&first).await.differs.is_empty());
    let both = put(&second).await;
    assert_eq!(both.differs, Vec::<String>::new());
    assert_eq!(both.record, PersonRecord { floor: Some("3".into()), ..first.clone() });
    // The same field otherwise: nothing is saved, and what stands there is told.
    let third = PersonRecord { phone: Some("06 00 00 00 02".into()), mobility: Some("canne".into()), ..filled.clone() };
    let clash = put(&third).await;
    assert_eq!((clash.differs, &clash.record), (vec!["phone".to_owned()], &both.record));
    assert_eq!(relay.read::<PersonRecord>(&path).await, both.record);
    // Chosen, what only the others changed stays.
    let chosen = settled(&filled, &third, &clash.record, true);
    let change = ChangePerson { before: clash.record, now: chosen };
    let kept = relay.client.put(relay.at(&path)).json(&change).send().await.unwrap();
    let kept = kept.json::<PersonChanged>().await.unwrap().record;
    let said = [kept.phone, kept.floor, kept.mobility, kept.notes].map(Option::unwrap_or_default);
    assert_eq!(said, ["06 00 00 00 02", "3", "canne", "sonner"]);
}

impl Relay {
    async fn read<T: serde::de::DeserializeOwned>(&self, path: &str) -> T {
        self.client.get(self.at(path)).send().await.unwrap().json().await.unwrap()
    }

    async fn send<T: serde::de::DeserializeOwned>(&self, path: &str, body: serde_json::Value) -> T {
        self.client.post(self.at(path)).json(&body).send().await.unwrap().json().await.unwrap()
    }
}

#[tokio::test]
async fn the_desk_sees_visits_and_doses_on_her_page_and_who_must_not_be_called_where_she_is_chosen() {
    let (relay, mut tablet, person, dossier, act) = with_a_round().await;
    let incident = IncidentReported {
        person: Some(FactRef::Of(dossier)),
        kind: IncidentKind::Reaction,
        text: "urticaire".into(),
        at: Wall(1_768_900_600_000),
    };
    let news = tablet.writes(vec![dose(act, dossier), incident.into()]);
    relay.push_one(&tablet, news).await;
    let file: PersonFile = relay.read(&format!("/api/people/{person}/file")).await;
    let kinds: Vec<BackKind> = file.back.iter().map(|line| line.kind).collect();
    assert_eq!(
        (kinds.as_slice(), file.back[1].lot.as_deref()),
        ([BackKind::Incident, BackKind::Dose].as_slice(), Some("FL2517"))
    );
    assert_eq!((file.back[1].label.as_str(), file.back[1].device.as_str()), ("Bondy nord", "Tablette 1"));
    assert_eq!(file.line.alerts[0].fr, "Réaction\u{a0}: urticaire");
    assert_eq!(file.next.len(), 1, "one wish, one next date or one reason");

    let died = tablet.writes(vec![died(dossier)]);
    relay.push_one(&tablet, died).await;
    let page: PeoplePage = relay.read("/api/people?on=2026-02-20").await;
    let line = &page.persons[0];
    assert!(line.pass_over && line.standing.as_ref().is_some_and(|one| one.forbids && one.round == 1));
    assert!(matches!(line.state, PersonState::NeverAgain { outcome: Outcome::Deceased }));
    assert_eq!(relay.read::<PeoplePage>("/api/people?state=open").await.found, 0);

    let new = serde_json::json!({ "on": "2026-02-20", "label": "Bondy sud" });
    let draft: DraftView = relay.send("/api/rounds", new).await;
    let add = serde_json::json!({ "people": [person] });
    let view: DraftView = relay.send(&format!("/api/rounds/{}/draft/people", draft.draft.number), add).await;
    let check = &view.people[0];
    assert_eq!((check.code, check.blocks, check.name.as_str()), (Doubt::Deceased, true, "Bobine Aline"));

    // It was a mistake; the desk heard from her.
    let path = relay.at(&format!("/api/people/{person}/may-call"));
    let heard = relay.client.post(path).json(&serde_json::json!({ "reason": "elle a appelé" })).send().await.unwrap();
    assert!(heard.status().is_success());
    let view: DraftView = relay.read(&format!("/api/rounds/{}/draft", draft.draft.number)).await;
    assert!(view.people.iter().all(|one| !one.blocks));
}

//! Runs against a hub in memory: whatever is interrupted, lost, restored or copied, the same facts end up on both sides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use perron_domain::fact::{Body, DifficultyReported, Erasure};
use perron_domain::name::{DeviceId, FactName, FactRef, Scope};
use perron_domain::state::RoundState;
use perron_domain::{Command, Refusal};
use perron_ledger::Store;
use perron_ledger::sync::Code;
use perron_tablet::enrol::{NotEnrolled, enrol};
use perron_tablet::keeper::readable;
use perron_tablet::{Enrolment, Identity, NetworkError, Outcome, SyncError, former};
use perron_testkit::hub::CODE;
use perron_testkit::line::Fault;
use perron_testkit::tablet::Unsaved;
use perron_testkit::{Disk, Hub, Line, Rng, Tablet, at_once};

const ROUND: Scope = Scope::round(1);

fn enrolled(hub: &Hub, seed: u64) -> Tablet {
    Tablet::enrolled(&Line::to(hub), Rng::new(seed)).unwrap()
}

fn say(tablet: &Tablet, texts: impl IntoIterator<Item = String>) {
    for text in texts {
        tablet.run_command(ROUND, Command::ReportDifficulty(text)).unwrap();
    }
}

fn run(tablet: &Tablet, hub: &Hub) -> Result<Outcome, SyncError> {
    tablet.run(&Line::to(hub), false)
}

/// Runs until a run comes to its end, as the loop does.
fn run_until_done(tablet: &Tablet, line: &Line<'_>) -> (Outcome, usize) {
    (1..100).find_map(|runs| tablet.run(line, false).ok().map(|outcome| (outcome, runs))).expect("it never ends")
}

fn texts_of(round: &RoundState) -> Vec<String> {
    let mut said: Vec<String> = round.difficulties.iter().map(|said| said.text.clone()).collect();
    said.sort();
    said
}

fn said(tablet: &Tablet) -> Vec<String> {
    tablet.look(ROUND, texts_of)
}

fn hub_says(hub: &Hub) -> Vec<String> {
    let records = at_once(hub.disk.arrivals(ROUND, 0, usize::MAX)).unwrap();
    texts_of(&RoundState::of(records.iter().filter_map(readable)))
}

fn difficulty(text: &str) -> Vec<Body> {
    vec![DifficultyReported { text: text.into() }.into()]
}

/// A hub with one round, and a tablet that holds it.
fn relay() -> (Hub, Tablet) {
    let hub = Hub::new();
    let tablet = enrolled(&hub, 1);
    hub.assign(1, &[tablet.device()]);
    hub.write(ROUND, difficulty("du relais"));
    (hub, tablet)
}

fn texts(count: u32) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("difficulté {number:04}"))
}

#[test]
fn the_first_run_uses_the_code_up_and_brings_the_round() {
    let (hub, tablet) = relay();
    assert_eq!(hub.pushes.get(), 0, "enrolling is no push");
    let outcome = run(&tablet, &hub).unwrap();
    assert_eq!((outcome.waiting, hub.pushes.get()), (0, 1));
    assert_eq!(said(&tablet), ["du relais"]);
    run(&tablet, &hub).unwrap();
    assert_eq!(hub.pushes.get(), 1, "with nothing to send, nothing is sent");
}

#[test]
fn a_wrong_code_is_refused_and_the_same_key_asks_again() {
    let (hub, disk, luck) = (Hub::new(), Disk::new(), Rng::new(1));
    let line = Line::to(&hub);
    let ask = |code| at_once(enrol(&disk, &line, || Ok(luck.bytes()), code, "T"));
    let refused = ask("FALSE").unwrap_err();
    assert!(matches!(refused, NotEnrolled::Sync(SyncError::Hub { code: Code::CodeUnknown, .. })));
    line.happen(vec![Some(Fault::AnswerLost(NetworkError::HalfBody))]);
    assert!(ask(CODE).is_err());
    let me = ask(CODE).unwrap();
    assert_eq!(me.device, DeviceId(2), "the lost answer did not cost a second number");
    assert_eq!(at_once(Identity::load(&disk)).unwrap().unwrap().device, me.device);
}

#[test]
fn a_day_offline_arrives_whole_however_often_it_is_interrupted() {
    let (hub, tablet) = relay();
    run(&tablet, &hub).unwrap();
    say(&tablet, texts(730));
    let mut faults = vec![None];
    for error in [NetworkError::Offline, NetworkError::HalfBody, NetworkError::TooLate(20)] {
        faults.extend([Some(Fault::AnswerLost(error.clone())), None, Some(Fault::Lost(error)), None]);
    }
    let line = Line::to(&hub);
    line.happen(faults);
    let (outcome, runs) = run_until_done(&tablet, &line);
    assert!(runs > 3, "it was interrupted");
    assert_eq!((outcome.waiting, outcome.stuck), (0, None));
    assert_eq!(hub_says(&hub), said(&tablet));
    assert_eq!(hub_says(&hub).len(), 731);
}

#[test]
fn a_week_offline_arrives_whole_although_nothing_was_signed_meanwhile() {
    let (hub, tablet) = relay();
    run(&tablet, &hub).unwrap();
    say(&tablet, texts(3_100));
    let outcome = run(&tablet, &hub).unwrap();
    assert_eq!((outcome.waiting, outcome.stuck), (0, None));
    assert_eq!(hub_says(&hub).len(), 3_101);
}

#[test]
fn two_tablets_on_one_round_end_with_the_same() {
    let (hub, one) = relay();
    let two = enrolled(&hub, 2);
    hub.assign(1, &[one.device(), two.device()]);
    run(&one, &hub).unwrap();
    run(&two, &hub).unwrap();
    say(&one, texts(12));
    say(&two, ["vu aussi".to_owned()]);
    run(&one, &hub).unwrap();
    run(&two, &hub).unwrap();
    run(&one, &hub).unwrap();
    assert_eq!(said(&one), said(&two));
    assert_eq!(said(&one).len(), 14);
    assert_eq!(one.look(ROUND, |round| round.view().clone()), two.look(ROUND, |round| round.view().clone()));
}

#[test]
fn after_the_hub_was_restored_what_it_lost_is_pushed_again() {
    let (hub, tablet) = relay();
    let backup = hub.backup();
    say(&tablet, texts(250));
    run(&tablet, &hub).unwrap();
    assert_eq!(hub_says(&hub).len(), 251);
    hub.restore(&backup);
    assert_eq!(hub_says(&hub).len(), 1);
    let outcome = run(&tablet, &hub).unwrap();
    assert_eq!(outcome.waiting, 0);
    assert_eq!(hub_says(&hub), said(&tablet));
    assert_eq!(hub_says(&hub).len(), 251);
}

#[test]
fn facts_that_do_not_verify_are_not_taken_and_come_later() {
    let (hub, tablet) = relay();
    hub.lies.set(true);
    let outcome = run(&tablet, &hub).unwrap();
    assert_eq!(outcome.false_facts, Some(Code::FalseSignature));
    assert!(tablet.common.borrow().log().is_empty());
    hub.lies.set(false);
    assert_eq!(run(&tablet, &hub).unwrap().false_facts, None);
    assert_eq!(said(&tablet), ["du relais"]);
}

#[test]
fn a_restored_copy_of_a_tablet_goes_on_under_another_number_and_nothing_is_lost() {
    let (hub, first) = relay();
    run(&first, &hub).unwrap();
    say(&first, ["avant la copie".to_owned()]);
    let copy = first.copied();
    say(&first, ["sur la première".to_owned()]);
    say(&copy, ["sur la copie".to_owned(), "sur la copie encore".to_owned()]);
    run(&first, &hub).unwrap();
    let outcome = run(&copy, &hub).unwrap();
    assert_eq!((outcome.waiting, outcome.stuck), (0, None));
    assert_ne!(copy.me.borrow().writes_as(ROUND), first.me.borrow().writes_as(ROUND));
    say(&copy, ["sous son nouveau numéro".to_owned()]);
    run(&copy, &hub).unwrap();
    run(&first, &hub).unwrap();
    let expected = [
        "avant la copie",
        "du relais",
        "sous son nouveau numéro",
        "sur la copie",
        "sur la copie encore",
        "sur la première",
    ];
    assert_eq!(hub_says(&hub), expected);
    assert_eq!(said(&first), expected);
    let (again, _) = copy.reopened();
    assert_eq!(said(&again), expected);
}

/// The relay erases a fact of the first branch while a restored copy, whose own fact has the same name, is away.
#[test]
fn an_erasure_of_the_first_branch_does_not_take_the_bytes_of_the_copy() {
    let (hub, first) = relay();
    run(&first, &hub).unwrap();
    let copy = first.copied();
    say(&first, ["sur la première".to_owned()]);
    say(&copy, ["sur la copie".to_owned()]);
    run(&first, &hub).unwrap();
    let name = FactName::new(first.device(), 1);
    hub.write(ROUND, vec![Erasure::of(vec![FactRef::Of(name)]).into()]);
    let line = Line::to(&hub);
    // The push does not get through, the pull does: the erasure arrives before anybody knows of the fork.
    line.happen(vec![None, Some(Fault::Lost(NetworkError::Offline))]);
    assert!(copy.run(&line, false).is_err());
    for _ in 0..2 {
        run(&copy, &hub).unwrap();
        run(&first, &hub).unwrap();
    }
    assert_eq!(said(&copy), ["du relais", "sur la copie"]);
    assert_eq!(said(&first), ["du relais", "sur la copie"]);
    assert_eq!(hub_says(&hub), ["du relais", "sur la copie"]);
    let bytes = copy.disk.records().into_iter().filter(|record| record.bytes.is_none()).count();
    assert_eq!(bytes, 1, "the bytes of the fact that was meant are gone, no others");
}

#[test]
fn a_run_finds_how_far_the_tablet_is_off_the_hub() {
    let (hub, tablet) = relay();
    assert_eq!(run(&tablet, &hub).unwrap().clock.map(|compared| compared.offset_ms), Some(0));
    tablet.now.set(tablet.now.get().plus_minutes(120));
    assert_eq!(run(&tablet, &hub).unwrap().clock.map(|compared| compared.offset_ms), Some(-7_200_000));
}

/// The doses that a tablet had are in the same box when it is enrolled anew: under the number that the relay bound to the key
/// that it had, and under no other.
#[test]
fn a_tablet_that_lost_its_store_takes_its_doses_over_under_its_new_number() {
    let (hub, lost) = relay();
    let loaded = perron_testkit::world::vial_load("V1", 2);
    let load = lost.write(ROUND, vec![loaded.into()]).unwrap()[0];
    run(&lost, &hub).unwrap();
    let marked = [Enrolment::of(&lost.me.borrow())];

    let anew = enrolled(&hub, 2);
    hub.assign(1, &[lost.device(), anew.device()]);
    run(&anew, &hub).unwrap();
    let me = anew.me.borrow().clone();
    // The mark also tells who the tablet is now: that is nobody before.
    let all = [marked[0].clone(), Enrolment::of(&me)];
    at_once(former::keep_former(&anew.disk, &me, &all)).unwrap();
    at_once(former::keep_former(&anew.disk, &me, &all)).unwrap();
    let kept = at_once(former::former(&anew.disk)).unwrap();
    assert_eq!(kept, marked);
    let numbers = former::bound(&kept, &anew.common.borrow());
    assert_eq!(numbers, [lost.device()]);
    // Another key had that number, or another relay gave it.
    let own = Enrolment::of(&me).to_string();
    let key = own.split(':').next().unwrap();
    let strange: Enrolment = format!("{key}:{}", lost.device().0).parse().unwrap();
    assert_eq!(former::bound(&[strange], &anew.common.borrow()), []);

    let open = anew.look(ROUND, |round| round.to_take_over(anew.device(), &numbers));
    anew.run_command(ROUND, Command::TakeCustody { device: open[0] }).unwrap();
    anew.run_command(ROUND, Command::Waste { source: load, count: 1, reason: "flacon tombé".into() }).unwrap();
    run(&anew, &hub).unwrap();
    run(&lost, &hub).unwrap();
    hub.look(|_, rounds| assert_eq!(rounds[&ROUND].holder(load), anew.device()));
    let waste = Command::Waste { source: load, count: 1, reason: "flacon tombé".into() };
    assert_eq!(lost.run_command(ROUND, waste), Err(Unsaved::Refused(Refusal::NotInCustody)));
    assert_eq!(anew.look(ROUND, |round| round.to_take_over(anew.device(), &numbers)), []);
}

//! What a run's end shows, and the replica over a tablet's store. The runs themselves are tried in `crates/tablet/tests`.

use super::{Outcome, StuckReason, SyncError, SyncState};
use crate::state::failure::Failure;
use crate::state::{Phase, Replica};
use futures::executor::block_on;
use leptos::prelude::*;
use perron_domain::aboard;
use perron_domain::command::Command;
use perron_domain::fact::DifficultyReported;
use perron_domain::name::{FactName, Scope};
use perron_domain::time::Wall;
use perron_ledger::sync::Code;
use perron_tablet::NetworkError;
use perron_testkit::{Hub, Line, Rng, Tablet};

const NOW: Wall = perron_testkit::hub::NOW;

#[test]
fn each_way_to_fail_has_its_own_state() {
    let at = |run| SyncState::after(&run, 3, NOW, Some(Wall(5)));
    let network = |error| at(Err(SyncError::Network(error)));
    assert_eq!(network(NetworkError::Offline), SyncState::Offline { since: Some(Wall(5)), waiting: 3 });
    assert_eq!(network(NetworkError::HalfBody), SyncState::Offline { since: Some(Wall(5)), waiting: 3 });
    let portal = StuckReason::NotTheHub("text/html".into());
    assert_eq!(network(NetworkError::NotOurs("text/html".into())), SyncState::Stuck { reason: portal, waiting: 3 });
    let failing = NetworkError::Status { status: 500, ours: false, body: Vec::new() };
    assert_eq!(network(failing), SyncState::Stuck { reason: StuckReason::HubFails(500), waiting: 3 });
    let refused = at(Err(SyncError::Hub { code: Code::DeviceBlocked, after_seconds: None }));
    assert_eq!(refused, SyncState::Stuck { reason: StuckReason::Refused(Code::DeviceBlocked), waiting: 3 });
    assert_eq!(at(Ok(Outcome::default())), SyncState::Waiting { waiting: 3 }, "not synchronised while anything waits");
    assert_eq!(SyncState::after(&Ok(Outcome::default()), 0, NOW, None), SyncState::Synced { at: NOW });
}

/// A replica over the store of a tablet that has its round.
fn replica() -> Replica {
    let hub = Hub::new();
    let tablet = Tablet::enrolled(&Line::to(&hub), Rng::new(1)).unwrap();
    hub.assign(1, &[tablet.device()]);
    hub.write(Scope::round(1), vec![DifficultyReported { text: "du relais".into() }.into()]);
    tablet.run(&Line::to(&hub), false).unwrap();
    let me = tablet.me.borrow().clone();
    let replica = Replica::new();
    block_on(replica.over(tablet.disk.memory().copied().into(), &me));
    replica
}

#[test]
fn a_saved_step_is_on_the_screen_and_in_the_store_and_one_that_is_refused_is_in_neither() {
    let owner = Owner::new();
    owner.with(|| {
        let replica = replica();
        assert_eq!(replica.phase().get_untracked(), Phase::Ready);
        assert_eq!(replica.round_number().get_untracked(), Some(1));
        let saved = block_on(replica.dispatch(Command::ReportDifficulty("ascenseur en panne".into()))).unwrap();
        assert_eq!(
            replica.round().with_untracked(|round| round.difficulties.last().unwrap().name),
            saved.first().unwrap()
        );
        assert_eq!(replica.sync_state().get_untracked(), SyncState::Waiting { waiting: 1 });
        let refused = block_on(replica.dispatch(Command::ReportDifficulty("  ".into())));
        assert!(matches!(refused, Err(Failure::Refused(_))));
        block_on(replica.load()).unwrap();
        assert_eq!(replica.round().with_untracked(|round| round.difficulties.len()), 2);
    });
}

#[test]
fn two_steps_at_once_are_done_one_after_the_other() {
    let owner = Owner::new();
    owner.with(|| {
        let replica = replica();
        let say = |text: &str| replica.dispatch(Command::ReportDifficulty(text.to_owned()));
        let (one, two) = block_on(futures::future::join(say("une"), say("deux")));
        assert_eq!(one.unwrap().first().unwrap().number + 1, two.unwrap().first().unwrap().number);
    });
}

#[test]
fn a_tab_without_the_right_to_write_writes_nothing() {
    let owner = Owner::new();
    owner.with(|| {
        let replica = replica();
        replica.writer.set(crate::state::Writer::Elsewhere);
        let refused = block_on(replica.dispatch(Command::ReportDifficulty("ici".into())));
        assert_eq!(refused, Err(Failure::Elsewhere));
    });
}

/// A replica over the store of a tablet that was enrolled anew: it had taken doses aboard, its store is lost, and the mark
/// outside is all that is left.
fn enrolled_anew() -> (Replica, FactName) {
    let hub = Hub::new();
    let enrolled = |seed| Tablet::enrolled(&Line::to(&hub), Rng::new(seed)).unwrap();
    let (lost, anew) = (enrolled(1), enrolled(2));
    hub.assign(1, &[lost.device(), anew.device()]);
    lost.run(&Line::to(&hub), false).unwrap();
    let loaded = perron_testkit::world::vial_load("V1", 2);
    let load = lost.write(Scope::round(1), vec![loaded.into()]).unwrap()[0];
    lost.run(&Line::to(&hub), false).unwrap();
    let before = lost.me.borrow().clone();
    block_on(Replica::new().over(lost.disk.memory().copied().into(), &before));
    anew.run(&Line::to(&hub), false).unwrap();
    let me = anew.me.borrow().clone();
    let replica = Replica::new();
    block_on(replica.over(anew.disk.memory().copied().into(), &me));
    (replica, load)
}

/// Says whether the doses of a load are in the custody of this device.
fn holds(replica: &Replica, load: FactName) -> bool {
    let device = replica.me().with_untracked(|me| me.as_ref().unwrap().device);
    replica.round().with_untracked(|round| aboard::holds(round, device, load))
}

#[test]
fn a_tablet_enrolled_anew_takes_its_doses_over_once_and_says_so() {
    let owner = Owner::new();
    owner.with(|| {
        let (replica, load) = enrolled_anew();
        assert!(!holds(&replica, load));
        block_on(replica.take_over_doses());
        assert!(holds(&replica, load) && replica.took_over().get_untracked());
        replica.read_gone();
        block_on(replica.take_over_doses());
        assert!(!replica.took_over().get_untracked(), "there is nothing more to say");
        assert_eq!(replica.round().with_untracked(|round| round.custodies.len()), 1);
    });
}

#[test]
fn the_numbers_before_stay_known_when_the_tablet_is_opened_again() {
    let owner = Owner::new();
    owner.with(|| {
        let (replica, load) = enrolled_anew();
        block_on(replica.load()).unwrap();
        // Its round is opened once more before anything was taken over.
        block_on(replica.open_round(1)).unwrap();
        assert!(holds(&replica, load));
    });
}

#[test]
fn a_new_tablet_takes_no_doses_over() {
    let owner = Owner::new();
    owner.with(|| {
        let replica = replica();
        block_on(replica.take_over_doses());
        assert!(!replica.took_over().get_untracked());
        assert!(replica.round().with_untracked(|round| round.custodies.is_empty()));
    });
}

#[test]
fn a_tab_without_the_right_to_write_takes_no_doses_over() {
    let owner = Owner::new();
    owner.with(|| {
        let (replica, load) = enrolled_anew();
        replica.writer.set(crate::state::Writer::Elsewhere);
        block_on(replica.take_over_doses());
        assert!(!replica.took_over().get_untracked() && !holds(&replica, load));
    });
}

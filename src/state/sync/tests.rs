//! Runs against a hub in memory: whatever is interrupted, lost, restored or copied, the same facts end up on both sides.

use super::courier::{Courier, Replicated};
use super::fake_hub::{FakeHub, Fault, NOW, at_once};
use super::trust::DeviceTrust;
use super::{Outcome, StuckReason, SyncError, SyncState};
use crate::browser::network::NetworkError;
use crate::state::enrol::{EnrolError, enrol};
use crate::state::failure::Failure;
use crate::state::identity::Identity;
use crate::state::keeper::{Keeper, Moment};
use crate::state::{Phase, Replica};
use futures::executor::block_on;
use leptos::prelude::*;
use perron_domain::command::Command;
use perron_domain::fact::{AccountNo, Body, DifficultyReported, Fact, RoundAssigned};
use perron_domain::name::{DeviceId, Scope};
use perron_domain::state::{Common, CommonState, Round, RoundState};
use perron_domain::time::Wall;
use perron_ledger::sync::Code;
use perron_ledger::{Appended, MemoryStore, NewFact, Store};
use std::cell::{Cell, RefCell};

const ROUND: Scope = Scope::round(1);
const CODE: &str = "ABCD-EFGH";

/// A tablet without a screen.
struct Tablet {
    keeper: Keeper<MemoryStore>,
    me: RefCell<Identity>,
    common: RefCell<CommonState>,
    round: RefCell<RoundState>,
    renumbered: Cell<Option<DeviceId>>,
}

impl Tablet {
    fn enrolled(hub: &FakeHub) -> Self {
        let store = MemoryStore::new();
        let me = block_on(enrol(&store, hub, CODE, "Tablette 1")).unwrap();
        Self::over(store, me)
    }

    fn over(store: MemoryStore, me: Identity) -> Self {
        Self {
            keeper: Keeper::new(store),
            me: RefCell::new(me),
            common: RefCell::default(),
            round: RefCell::default(),
            renumbered: Cell::default(),
        }
    }

    /// The same device, as a copy of its storage would be.
    fn copied(&self) -> Self {
        let copy = MemoryStore::new();
        for scope in block_on(self.keeper.store().scopes()).unwrap() {
            for record in block_on(self.keeper.store().arrivals(scope, 0, usize::MAX)).unwrap() {
                let chain = record.place.chain;
                let after = block_on(self.keeper.store().head_at(chain, record.place.number - 1)).unwrap().unwrap();
                let facts = vec![NewFact::new(record.bytes.unwrap())];
                let own = self.me.borrow().writes(chain);
                let origin = if own { perron_ledger::Origin::Here } else { perron_ledger::Origin::Elsewhere };
                let append = perron_ledger::Append { chain, after, facts, signed: None, origin, received: NOW };
                assert!(matches!(block_on(copy.append(append)).unwrap(), Appended::Stored { .. }));
            }
        }
        for name in block_on(self.keeper.store().names("")).unwrap() {
            let value = block_on(self.keeper.store().named(&name)).unwrap().unwrap();
            block_on(copy.set_named(&name, &value)).unwrap();
        }
        Self::over(copy, self.me.borrow().clone())
    }

    fn say(&self, texts: impl IntoIterator<Item = String>) {
        for text in texts {
            let me = self.me.borrow().clone();
            let head = block_on(self.keeper.head(&me, ROUND)).unwrap();
            let moment = Moment { now: NOW, author: AccountNo(2) };
            let bodies = vec![Body::from(DifficultyReported { text })];
            let facts = block_on(self.keeper.append(&me, ROUND, head, bodies, moment)).unwrap();
            facts.into_iter().for_each(|fact| assert!(self.round.borrow_mut().apply(fact)));
        }
    }

    fn run(&self, hub: &FakeHub) -> Result<Outcome, SyncError> {
        let me = self.me.borrow().clone();
        let trust = DeviceTrust::new(me.clone(), |device| self.common.borrow().devices.get(&device).cloned());
        let run = block_on(Courier::new(&self.keeper, hub, &trust, self, me).run(false));
        if let Some(device) = self.renumbered.take() {
            let me = self.me.borrow().clone().going_on(ROUND, device);
            self.me.replace(me);
            self.round.replace(block_on(self.keeper.load::<Round>(ROUND, None, NOW)).unwrap());
        }
        run
    }

    /// Runs until a run comes to its end, as the loop does.
    fn run_until_done(&self, hub: &FakeHub) -> (Outcome, usize) {
        (1..100).find_map(|runs| self.run(hub).ok().map(|outcome| (outcome, runs))).expect("it never ends")
    }

    fn said(&self) -> Vec<String> {
        let mut said: Vec<String> = self.round.borrow().difficulties.iter().map(|said| said.text.clone()).collect();
        said.sort();
        said
    }
}

impl Replicated for Tablet {
    fn scopes(&self) -> Vec<Scope> {
        let rounds = crate::state::rounds::of_device(&self.common.borrow(), self.me.borrow().device);
        std::iter::once(Scope::COMMON).chain(rounds.iter().map(crate::state::RoundEntry::scope)).collect()
    }

    fn received(&self, scope: Scope, facts: Vec<Fact>) {
        self.keeper.see(scope, &facts, Some(&self.me.borrow()), NOW);
        for fact in facts {
            let new = if scope == Scope::COMMON {
                self.common.borrow_mut().apply(fact)
            } else {
                self.round.borrow_mut().apply(fact)
            };
            assert!(new, "the same fact was shown twice");
        }
    }

    fn fold_again(&self, scope: Scope) {
        assert_eq!(scope, ROUND);
        self.round.replace(at_once(self.keeper.load::<Round>(ROUND, None, NOW)).unwrap());
    }

    fn renumbered(&self, _: Scope, device: DeviceId) {
        self.renumbered.set(Some(device));
    }

    fn closed(&self, _: Scope) {}

    fn progress(&self, done: u32, total: u32) {
        assert!(done <= total);
    }

    fn now(&self) -> Wall {
        NOW
    }
}

fn assigned(devices: &[DeviceId]) -> Vec<Body> {
    let on = "2021-12-16".parse().unwrap();
    vec![RoundAssigned { round: 1, on, label: "Bondy nord".into(), devices: devices.to_vec() }.into()]
}

/// A hub with one round, and a tablet that holds it.
fn relay() -> (FakeHub, Tablet) {
    let hub = FakeHub::new();
    let tablet = Tablet::enrolled(&hub);
    hub.write(Scope::COMMON, assigned(&[tablet.me.borrow().device]));
    hub.write(ROUND, vec![DifficultyReported { text: "du relais".into() }.into()]);
    (hub, tablet)
}

fn texts(count: u32) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("difficulté {number:04}"))
}

fn hub_says(hub: &FakeHub) -> Vec<String> {
    let records = block_on(hub.store.borrow().arrivals(ROUND, 0, usize::MAX)).unwrap();
    let state = RoundState::of(records.iter().filter_map(crate::state::keeper::readable));
    let mut said: Vec<String> = state.difficulties.iter().map(|said| said.text.clone()).collect();
    said.sort();
    said
}

#[test]
fn the_first_run_uses_the_code_up_and_brings_the_round() {
    let (hub, tablet) = relay();
    assert_eq!(hub.pushes.get(), 0, "enrolling is no push");
    let outcome = tablet.run(&hub).unwrap();
    assert_eq!((outcome.waiting, hub.pushes.get()), (0, 1));
    assert_eq!(tablet.said(), ["du relais"]);
    tablet.run(&hub).unwrap();
    assert_eq!(hub.pushes.get(), 1, "with nothing to send, nothing is sent");
}

#[test]
fn a_wrong_code_is_refused_and_the_same_key_asks_again() {
    let (hub, store) = (FakeHub::new(), MemoryStore::new());
    let refused = block_on(enrol(&store, &hub, "FALSE", "T")).unwrap_err();
    assert!(matches!(refused, EnrolError::Sync(SyncError::Hub { code: Code::CodeUnknown, .. })));
    hub.faults.replace(vec![Some(Fault::AnswerLost(NetworkError::HalfBody))]);
    assert!(block_on(enrol(&store, &hub, CODE, "T")).is_err());
    let me = block_on(enrol(&store, &hub, CODE, "T")).unwrap();
    assert_eq!(me.device, DeviceId(2), "the lost answer did not cost a second number");
    assert_eq!(block_on(Identity::load(&store)).unwrap().unwrap().device, me.device);
}

#[test]
fn a_day_offline_arrives_whole_however_often_it_is_interrupted() {
    let (hub, tablet) = relay();
    tablet.run(&hub).unwrap();
    tablet.say(texts(730));
    let mut faults = vec![None];
    for error in [NetworkError::Offline, NetworkError::HalfBody, NetworkError::TooLate(20)] {
        faults.extend([Some(Fault::AnswerLost(error.clone())), None, Some(Fault::Lost(error)), None]);
    }
    hub.faults.replace(faults);
    let (outcome, runs) = tablet.run_until_done(&hub);
    assert!(runs > 3, "it was interrupted");
    assert_eq!((outcome.waiting, outcome.stuck), (0, None));
    assert_eq!(hub_says(&hub), tablet.said());
    assert_eq!(hub_says(&hub).len(), 731);
}

#[test]
fn two_tablets_on_one_round_end_with_the_same() {
    let (hub, one) = relay();
    let two = Tablet::enrolled(&hub);
    hub.write(Scope::COMMON, assigned(&[one.me.borrow().device, two.me.borrow().device]));
    one.run(&hub).unwrap();
    two.run(&hub).unwrap();
    one.say(texts(12));
    two.say(["vu aussi".to_owned()]);
    one.run(&hub).unwrap();
    two.run(&hub).unwrap();
    one.run(&hub).unwrap();
    assert_eq!(one.said(), two.said());
    assert_eq!(one.said().len(), 14);
    assert_eq!(one.round.borrow().view(), two.round.borrow().view());
}

#[test]
fn after_the_hub_was_restored_what_it_lost_is_pushed_again() {
    let (hub, tablet) = relay();
    tablet.say(texts(250));
    tablet.run(&hub).unwrap();
    assert_eq!(hub_says(&hub).len(), 251);
    hub.lose_everything();
    assert_eq!(hub_says(&hub).len(), 0);
    let outcome = tablet.run(&hub).unwrap();
    assert_eq!(outcome.waiting, 0);
    assert_eq!(hub_says(&hub), tablet.said(), "what the hub itself had written comes back too");
    assert_eq!(hub_says(&hub).len(), 251);
}

#[test]
fn facts_that_do_not_verify_are_not_taken_and_come_later() {
    let (hub, tablet) = relay();
    hub.lies.set(true);
    let outcome = tablet.run(&hub).unwrap();
    assert_eq!(outcome.false_facts, Some(Code::FalseSignature));
    assert!(tablet.common.borrow().log().is_empty());
    hub.lies.set(false);
    assert_eq!(tablet.run(&hub).unwrap().false_facts, None);
    assert_eq!(tablet.said(), ["du relais"]);
}

#[test]
fn a_restored_copy_of_a_tablet_goes_on_under_another_number_and_nothing_is_lost() {
    let (hub, first) = relay();
    first.run(&hub).unwrap();
    first.say(["avant la copie".to_owned()]);
    let copy = first.copied();
    copy.round.replace(block_on(copy.keeper.load::<Round>(ROUND, None, NOW)).unwrap());
    copy.common.replace(block_on(copy.keeper.load::<Common>(Scope::COMMON, None, NOW)).unwrap());
    first.say(["sur la première".to_owned()]);
    copy.say(["sur la copie".to_owned(), "sur la copie encore".to_owned()]);
    first.run(&hub).unwrap();
    let outcome = copy.run(&hub).unwrap();
    assert_eq!((outcome.waiting, outcome.stuck), (0, None));
    assert_ne!(copy.me.borrow().writes_as(ROUND), first.me.borrow().writes_as(ROUND));
    copy.say(["sous son nouveau numéro".to_owned()]);
    copy.run(&hub).unwrap();
    first.run(&hub).unwrap();
    let expected = [
        "avant la copie",
        "du relais",
        "sous son nouveau numéro",
        "sur la copie",
        "sur la copie encore",
        "sur la première",
    ];
    assert_eq!(hub_says(&hub), expected);
    assert_eq!(first.said(), expected);
    let again: RoundState = block_on(copy.keeper.load(ROUND, None, NOW)).unwrap();
    let mut said: Vec<String> = again.difficulties.iter().map(|said| said.text.clone()).collect();
    said.sort();
    assert_eq!(said, expected);
}

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
fn replica(tablet: Tablet) -> Replica {
    let me = tablet.me.borrow().clone();
    let replica = Replica::new();
    block_on(replica.over(tablet.keeper.into_store(), &me));
    replica
}

#[test]
fn a_saved_step_is_on_the_screen_and_in_the_store_and_one_that_is_refused_is_in_neither() {
    let owner = Owner::new();
    owner.with(|| {
        let (hub, tablet) = relay();
        tablet.run(&hub).unwrap();
        let replica = replica(tablet);
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
        let (hub, tablet) = relay();
        tablet.run(&hub).unwrap();
        let replica = replica(tablet);
        let say = |text: &str| replica.dispatch(Command::ReportDifficulty(text.to_owned()));
        let (one, two) = block_on(futures::future::join(say("une"), say("deux")));
        assert_eq!(one.unwrap().first().unwrap().number + 1, two.unwrap().first().unwrap().number);
    });
}

#[test]
fn a_tab_without_the_right_to_write_writes_nothing() {
    let owner = Owner::new();
    owner.with(|| {
        let (hub, tablet) = relay();
        tablet.run(&hub).unwrap();
        let replica = replica(tablet);
        replica.writer.set(crate::state::Writer::Elsewhere);
        let refused = block_on(replica.dispatch(Command::ReportDifficulty("ici".into())));
        assert_eq!(refused, Err(Failure::Elsewhere));
    });
}

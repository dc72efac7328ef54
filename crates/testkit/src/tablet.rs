//! A tablet without a screen, over a disk that can be killed: the code of the app below its pages, with states in memory
//! in place of signals.

use crate::at_once;
use crate::disk::Disk;
use crate::hub::{CODE, NOW};
use crate::rng::Rng;
use perron_domain::fact::{AccountNo, Body, Fact};
use perron_domain::name::{DeviceId, FactName, Scope};
use perron_domain::state::{CommonState, RoundState};
use perron_domain::time::Wall;
use perron_domain::{Command, Context, Refusal, decide};
use perron_ledger::store::Outgoing;
use perron_ledger::sync::{Batch, Item, Purpose, Push, Request, to_bytes};
use perron_ledger::{Store, StoreError};
use perron_tablet::enrol::{NotEnrolled, enrol};
use perron_tablet::{Courier, DeviceTrust, Identity, Keeper, Moment, NotKept, Outcome, Replicated, SyncError, Wire};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A tablet of a nurse.
pub struct Tablet {
    /// Where its facts are.
    pub disk: Disk,
    /// Numbers, chains and appends.
    pub keeper: Keeper<Disk>,
    /// Who it is.
    pub me: RefCell<Identity>,
    /// The relay's common part.
    pub common: RefCell<CommonState>,
    /// The rounds it holds.
    pub rounds: RefCell<BTreeMap<Scope, RoundState>>,
    /// Its wall clock.
    pub now: Cell<Wall>,
    stale: RefCell<BTreeSet<Scope>>,
    luck: Rc<Rng>,
}

/// Why a step was not saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unsaved {
    /// The domain refuses it.
    Refused(Refusal),
    /// It could not be kept.
    NotKept(NotKept),
}

impl Tablet {
    /// Enrols a new tablet; `luck` draws its key and its salts.
    ///
    /// # Errors
    /// [`NotEnrolled`], when the line failed.
    pub fn enrolled<W: Wire>(wire: &W, luck: Rng) -> Result<Self, NotEnrolled> {
        Self::enrolled_on(Disk::new(), wire, luck)
    }

    /// Enrols a new tablet that keeps its facts on this disk.
    ///
    /// # Errors
    /// [`NotEnrolled`], when the line failed.
    ///
    /// # Panics
    /// When the disk does not give back what was just kept.
    pub fn enrolled_on<W: Wire>(disk: Disk, wire: &W, luck: Rng) -> Result<Self, NotEnrolled> {
        at_once(enrol(&disk, wire, || Ok(luck.bytes()), CODE, "Tablette"))?;
        // Who it is stands in both copies before anything else happens.
        disk.settle(false);
        Ok(Self::over(disk, luck).expect("a tablet that was just enrolled"))
    }

    /// Opens the tablet whose disk this is.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read, or nobody was enrolled on it.
    pub fn over(disk: Disk, luck: Rng) -> Result<Self, StoreError> {
        let luck = Rc::new(luck);
        let salts = Rc::clone(&luck);
        let me = at_once(Identity::load(&disk))?.ok_or(StoreError::Closed)?;
        let tablet = Self {
            keeper: Keeper::new(disk.clone(), move || Ok(salts.bytes())),
            disk,
            me: RefCell::new(me),
            common: RefCell::default(),
            rounds: RefCell::default(),
            now: Cell::new(NOW),
            stale: RefCell::default(),
            luck,
        };
        tablet.load()?;
        Ok(tablet)
    }

    /// Reads everything anew, as the app does when it is opened.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn load(&self) -> Result<(), StoreError> {
        self.keeper.forget_heads();
        self.stale.borrow_mut().clear();
        let me = at_once(Identity::load(&self.disk))?.ok_or(StoreError::Closed)?;
        let now = self.now.get();
        self.common.replace(at_once(self.keeper.load(Scope::COMMON, Some(&me), now))?);
        let scopes = at_once(self.disk.scopes())?;
        let mut rounds = BTreeMap::new();
        for scope in scopes.into_iter().filter(|scope| scope.round_number().is_some()) {
            rounds.insert(scope, at_once(self.keeper.load(scope, Some(&me), now))?);
        }
        self.rounds.replace(rounds);
        self.me.replace(me);
        Ok(())
    }

    /// The browser was killed and is opened again: what was in memory is gone. Returns whether the disk had been killed.
    #[must_use]
    pub fn reopened(self) -> (Self, bool) {
        let killed = self.disk.mend();
        let now = self.now.get();
        let again = Self::over(self.disk, Rng::new(self.luck.next())).expect("the disk answers again");
        again.now.set(now);
        (again, killed)
    }

    /// Another tablet with a copy of this one's storage, as a restored backup has.
    #[must_use]
    pub fn copied(&self) -> Self {
        let copy = Self::over(self.disk.copied(), Rng::new(self.luck.next())).expect("a copy can be read");
        copy.now.set(self.now.get());
        copy
    }

    /// Returns the number of this device.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.me.borrow().device
    }

    /// Returns the rounds that the relay gave to this tablet.
    #[must_use]
    pub fn assigned(&self) -> Vec<Scope> {
        let (common, device) = (self.common.borrow(), self.device());
        let mine = common.rounds.values().filter(|round| round.devices.contains(&device));
        mine.map(|round| Scope::round(round.round)).collect()
    }

    /// Does a command in a round; returns the facts once they are durable.
    ///
    /// # Errors
    /// [`Unsaved`]; then nothing counts as saved.
    pub fn run_command(&self, scope: Scope, command: Command) -> Result<Vec<FactName>, Unsaved> {
        let me = self.me.borrow().clone();
        let head = at_once(self.keeper.head(&me, scope)).map_err(|error| Unsaved::NotKept(error.into()))?;
        let next = head.number.saturating_add(1);
        let context = Context { device: me.writes_as(scope), next, now: self.now.get(), author: AccountNo(1) };
        let bodies = {
            let rounds = self.rounds.borrow();
            let empty = RoundState::default();
            decide(rounds.get(&scope).unwrap_or(&empty), &self.common.borrow(), command, &context)
        };
        let bodies = bodies.map_err(Unsaved::Refused)?;
        self.write(scope, bodies).map_err(Unsaved::NotKept)
    }

    /// Writes bodies that nobody decided on.
    ///
    /// # Errors
    /// [`NotKept`]; then nothing counts as saved.
    pub fn write(&self, scope: Scope, bodies: Vec<Body>) -> Result<Vec<FactName>, NotKept> {
        let me = self.me.borrow().clone();
        let head = at_once(self.keeper.head(&me, scope))?;
        let moment = Moment { now: self.now.get(), author: AccountNo(1) };
        let saved = at_once(self.keeper.append(&me, scope, head, bodies, moment));
        if saved == Err(NotKept::Overtaken) {
            self.load()?;
        }
        let facts = saved?;
        let names = facts.iter().map(|fact| fact.name).collect();
        self.rounds.borrow_mut().entry(scope).or_default().apply_all(facts);
        Ok(names)
    }

    /// Makes one run, as the app's loop does.
    ///
    /// # Errors
    /// [`SyncError`] when the run did not come to its end.
    pub fn run<W: Wire>(&self, wire: &W, again: bool) -> Result<Outcome, SyncError> {
        let me = self.me.borrow().clone();
        let trust = DeviceTrust::new(me.clone(), |device| self.common.borrow().devices.get(&device).cloned());
        let run = at_once(Courier::new(&self.keeper, wire, &trust, self, me).run(again));
        if !self.stale.borrow().is_empty() {
            self.load()?;
        }
        run
    }

    /// Returns a request that pushes the first `facts` of a chain that the hub does not have yet, signed at its end, far ahead of
    /// them, as a client of another make may do. `None` when no chain waits with more than one fact.
    #[must_use]
    pub fn signed_far_ahead(&self, facts: u32) -> Option<Vec<u8>> {
        let (me, memory) = (self.me.borrow(), self.disk.memory());
        let waits = |own: &Outgoing| own.stuck.is_none() && own.waiting() > 1 && me.writes(own.chain);
        let own = at_once(memory.outbox()).ok()?.into_iter().find(waits)?;
        let after = at_once(memory.head_at(own.chain, own.acknowledged)).ok()??;
        let mut records = at_once(memory.chain(own.chain, after.number + 1, own.head.number)).ok()?;
        let rest = records.split_off(facts.clamp(1, own.waiting() - 1) as usize);
        let facts =
            records.into_iter().map(|record| record.bytes.map_or(Item::Leaf(record.leaf), Item::Bytes)).collect();
        let ahead = Some(rest.iter().map(|record| record.leaf).collect());
        let batch = Batch { after, facts, ahead, signed: me.sign(own.chain, own.head) };
        let push = Push { client: perron_tablet::courier::client(), batches: vec![batch] };
        let request = Request::sign(me.relay, me.device, self.now.get(), Purpose::Push, to_bytes(&push), me.key());
        Some(to_bytes(&request))
    }

    /// Returns the chains written here.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        at_once(self.disk.outbox())
    }

    /// Looks at a round; an empty one when this tablet does not hold it.
    pub fn look<R>(&self, scope: Scope, look: impl FnOnce(&RoundState) -> R) -> R {
        look(self.rounds.borrow().get(&scope).unwrap_or(&RoundState::default()))
    }
}

impl Replicated for Tablet {
    fn scopes(&self) -> Vec<Scope> {
        std::iter::once(Scope::COMMON).chain(self.assigned()).collect()
    }

    fn received(&self, scope: Scope, facts: Vec<Fact>) {
        self.keeper.see(scope, &facts, Some(&self.me.borrow()), self.now());
        if scope == Scope::COMMON {
            self.common.borrow_mut().apply_all(facts);
        } else {
            self.rounds.borrow_mut().entry(scope).or_default().apply_all(facts);
        }
    }

    fn fold_again(&self, scope: Scope) {
        self.stale.borrow_mut().insert(scope);
    }

    fn renumbered(&self, scope: Scope, _: DeviceId) {
        self.fold_again(scope);
    }

    fn closed(&self, _: Scope) {}

    fn progress(&self, done: u32, total: u32) {
        assert!(done <= total);
    }

    fn now(&self) -> Wall {
        self.now.get()
    }
}

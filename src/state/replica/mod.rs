//! [`Replica`]: what pages hold. Signals of the state, and the one way to change it.

use crate::browser::enrolled_mark::Gone;
use crate::browser::locks::Held;
use crate::browser::prefs::use_prefs;
use crate::browser::storage::Room;
use crate::browser::store::{Copies, DeviceStore, Remade};
use crate::browser::worker::Worker;
use crate::browser::{clock, enrolled_mark, witness};
use crate::state::clock_off::ClockOff;
use crate::state::failure::Failure;
use crate::state::readiness::{self, Readiness};
use crate::state::rounds::{self, ObservedElsewhere, RoundEntry};
use crate::state::sync::SyncState;
use crate::state::sync::schedule::Trigger;
use crate::state::sync::wire::HubWire;
use crate::state::writer::Writer;
use futures::channel::mpsc::UnboundedSender;
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::reactive::signal::guards::{Plain, ReadGuard};
use perron_domain::fact::AccountNo;
use perron_domain::name::{DeviceId, FactName, Scope};
use perron_domain::state::{CommonState, RoundState};
use perron_domain::time::Wall;
use perron_domain::zone::Zone;
use perron_ledger::StoreError;
use perron_tablet::{Identity, Keeper};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

mod write;

const CHOSEN: &str = "round";
const AUTHOR: &str = "author";

/// How far the app has come with opening.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// The store is being opened and read.
    #[default]
    Opening,
    /// Nothing can be kept or read here; says why.
    Failed(StoreError),
    /// Open, and not enrolled at a relay.
    NotEnrolled,
    /// Open and enrolled.
    Ready,
}

/// This device, as people know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Me {
    /// Its number.
    pub device: DeviceId,
    /// What people call it.
    pub label: String,
}

/// The wall clock was set while the app was open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockJump {
    /// By how many milliseconds; negative is backwards.
    pub by_ms: i64,
    /// The fact that records it, once it is recorded.
    pub fact: Option<FactName>,
}

/// What is behind the signals. One thread, one owner.
#[derive(Default)]
pub(in crate::state) struct Core {
    pub keeper: RefCell<Option<Rc<Keeper<DeviceStore>>>>,
    pub me: RefCell<Option<Identity>>,
    /// One opening after another: each lets go of what the one before has opened.
    pub opening: Mutex<()>,
    /// The page was left: nothing is opened in it until somebody comes back.
    pub left: Cell<bool>,
    /// One command after another: each decides on what the one before has left.
    pub turn: Mutex<()>,
    pub triggers: RefCell<Option<UnboundedSender<Trigger>>>,
    pub lock: RefCell<Option<Held>>,
    pub worker: RefCell<Option<Worker>>,
    /// The address of the hub, when it is not where the app came from.
    pub hub: Cell<Option<RwSignal<Option<String>>>>,
    pub watch: RefCell<super::clock_watch::ClockWatch>,
    /// How many times the wall clock was seen to jump since the page was opened.
    pub jumps: Cell<u32>,
    /// The jumps among those not noted that could not be recorded when they were seen, in milliseconds together.
    pub unrecorded: Cell<i64>,
    pub offline_since: Cell<Option<Wall>>,
    /// Forms half filled that are not written yet; `None` deletes.
    pub drafts: RefCell<BTreeMap<String, Option<String>>>,
    pub flushing: Cell<bool>,
    /// Listeners and tickers that last as long as the app.
    pub kept: RefCell<Vec<Box<dyn Any>>>,
}

type Seen<T> = ReadGuard<T, Plain<T>>;

/// What this device holds of its relay. Cheap to copy; reads are signals, the only write is [`Replica::dispatch`].
///
/// Every page hands it on to most of its closures, so it is one address: there is one for as long as the app runs.
#[derive(Clone, Copy)]
pub struct Replica(&'static Parts);

impl Deref for Replica {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

/// What a [`Replica`] is made of.
pub struct Parts {
    core: StoredValue<Rc<Core>, LocalStorage>,
    pub(in crate::state) phase: RwSignal<Phase>,
    pub(in crate::state) me: RwSignal<Option<Me>>,
    common: RwSignal<CommonState>,
    round: RwSignal<RoundState>,
    number: RwSignal<Option<u32>>,
    rounds: Memo<Vec<RoundEntry>>,
    author: RwSignal<AccountNo>,
    pub(in crate::state) writer: RwSignal<Writer>,
    pub(in crate::state) sync: RwSignal<SyncState>,
    pub(in crate::state) online: RwSignal<bool>,
    pub(in crate::state) now: RwSignal<Wall>,
    pub(in crate::state) jump: RwSignal<Option<ClockJump>>,
    /// By how much the clock was seen to jump and is not noted yet, in milliseconds.
    pub(in crate::state) unnoted: RwSignal<i64>,
    pub(in crate::state) off: RwSignal<Option<ClockOff>>,
    pub(in crate::state) hub_offset: RwSignal<Option<i64>>,
    elsewhere: RwSignal<Vec<ObservedElsewhere>>,
    pub(in crate::state) update: RwSignal<bool>,
    pub(in crate::state) low_battery: RwSignal<Option<u8>>,
    pub(in crate::state) shell: RwSignal<bool>,
    pub(in crate::state) persisted: RwSignal<bool>,
    pub(in crate::state) copies: RwSignal<Copies>,
    /// A copy was made anew, and nobody has read it yet.
    pub(in crate::state) remade: RwSignal<Option<Remade>>,
    pub(in crate::state) behind: RwSignal<Option<StoreError>>,
    pub(in crate::state) room: RwSignal<Option<Room>>,
    /// Data of this device was lost before it was enrolled anew, and nobody has read it yet.
    pub(in crate::state) gone: RwSignal<Option<Gone>>,
    /// The rounds given up of which somebody here has read.
    pub(in crate::state) read_given_up: RwSignal<Vec<u32>>,
    /// The release of the open round that somebody here has read last.
    pub(in crate::state) read_release: RwSignal<Option<FactName>>,
    /// Doses of a former number were taken over, and nobody has read it yet.
    pub(in crate::state) taken_over: RwSignal<bool>,
    readiness: Memo<Readiness>,
}

/// Opens the replica of this device and gives it to the components below.
pub fn provide_replica() -> Replica {
    let replica = Replica::new();
    replica.core().hub.set(Some(use_prefs().hub));
    provide_context(replica);
    replica.start();
    replica
}

/// Returns the replica of this device; outside the app, one that never opens.
#[must_use]
pub fn use_replica() -> Replica {
    use_context().unwrap_or_else(Replica::new)
}

impl Replica {
    /// Makes a replica that is not open yet.
    #[must_use]
    pub fn new() -> Self {
        let (common, round) = (RwSignal::new(CommonState::default()), RwSignal::new(RoundState::default()));
        let (me, number) = (RwSignal::new(None::<Me>), RwSignal::new(None));
        let (shell, persisted, copies) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(Copies::default()));
        let rounds = Memo::new(move |_| {
            let device = me.with(|me| me.as_ref().map(|me| me.device));
            device.map(|device| common.with(|common| rounds::of_device(common, device))).unwrap_or_default()
        });
        let readiness = Memo::new(move |_| {
            let of_data = common.with(|common| {
                round.with(|round| readiness::of_data(common, number.get().map(|_| round), clock::wall()))
            });
            let two_copies = copies.get() == Copies::Two;
            Readiness { shell: shell.get(), persisted: persisted.get(), two_copies, ..of_data }
        });
        Self(Box::leak(Box::new(Parts {
            core: StoredValue::new_local(Rc::default()),
            phase: RwSignal::default(),
            me,
            common,
            round,
            number,
            rounds,
            author: RwSignal::default(),
            writer: RwSignal::default(),
            sync: RwSignal::default(),
            online: RwSignal::new(true),
            now: RwSignal::new(clock::wall()),
            jump: RwSignal::default(),
            unnoted: RwSignal::new(0),
            off: RwSignal::default(),
            hub_offset: RwSignal::default(),
            elsewhere: RwSignal::default(),
            update: RwSignal::default(),
            low_battery: RwSignal::default(),
            shell,
            persisted,
            copies,
            remade: RwSignal::new(witness::may_have_lost().then_some(Remade::PerhapsNot)),
            gone: RwSignal::new(enrolled_mark::gone()),
            read_given_up: RwSignal::default(),
            read_release: RwSignal::default(),
            behind: RwSignal::default(),
            room: RwSignal::default(),
            taken_over: RwSignal::new(false),
            readiness,
        })))
    }

    pub(in crate::state) fn core(&self) -> Rc<Core> {
        self.core.get_value()
    }

    /// Returns how far the app has come with opening.
    #[must_use]
    pub fn phase(&self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Returns this device, once it is enrolled.
    #[must_use]
    pub fn me(&self) -> Signal<Option<Me>> {
        self.me.into()
    }

    /// Returns the relay's common part. Read it with `with`: `get` copies it.
    #[must_use]
    pub fn common(&self) -> Signal<CommonState> {
        self.common.into()
    }

    /// Returns the open round, empty while none is open. Read it with `with`: `get` copies it.
    #[must_use]
    pub fn round(&self) -> Signal<RoundState> {
        self.round.into()
    }

    /// Returns the relay's wall clock as it is known now; none before the relay is known.
    pub(in crate::state) fn zone(&self) -> Option<Zone> {
        self.common.with_untracked(|common| common.relay.as_ref().map(Zone::of))
    }

    /// Looks at the relay's common part, and is called again when it changes.
    pub fn see_common<T>(&self, look: impl FnOnce(&CommonState) -> T) -> T {
        look(&self.read_common())
    }

    /// Looks at the open round, and is called again when it changes.
    pub fn see_round<T>(&self, look: impl FnOnce(&RoundState) -> T) -> T {
        look(&self.read_round())
    }

    // Not generic, so that the way to a state is compiled once for all who look.

    fn read_common(&self) -> Seen<CommonState> {
        self.common.read()
    }

    fn read_round(&self) -> Seen<RoundState> {
        self.round.read()
    }

    /// Returns the number of the open round.
    #[must_use]
    pub fn round_number(&self) -> Signal<Option<u32>> {
        self.number.into()
    }

    /// Returns the rounds that this device can open, by day.
    #[must_use]
    pub fn rounds(&self) -> Signal<Vec<RoundEntry>> {
        let held = self.rounds;
        Signal::derive(move || held.with(|all| all.iter().filter(|one| one.cancelled.is_none()).cloned().collect()))
    }

    /// Returns every round that this device holds, those that the relay gave up among them.
    #[must_use]
    pub fn held(&self) -> Signal<Vec<RoundEntry>> {
        self.rounds.into()
    }

    /// Returns the account that acts on this device; 0 until somebody said who it is.
    #[must_use]
    pub fn author(&self) -> Signal<AccountNo> {
        self.author.into()
    }

    /// Returns whether this tab writes.
    #[must_use]
    pub fn writer(&self) -> Signal<Writer> {
        self.writer.into()
    }

    /// Returns where synchronising stands.
    #[must_use]
    pub fn sync_state(&self) -> Signal<SyncState> {
        self.sync.into()
    }

    /// Returns whether the browser believes to have a network.
    #[must_use]
    pub fn online(&self) -> Signal<bool> {
        self.online.into()
    }

    /// Returns the wall clock, each second.
    #[must_use]
    pub fn now(&self) -> Signal<Wall> {
        self.now.into()
    }

    /// Returns an hour of this tablet's wall clock on the scale of the hub, where countdowns are counted: a clock that was
    /// set, or is off the hub's, does not change how long somebody is watched.
    #[must_use]
    pub fn steady(&self, now: Wall) -> Wall {
        let device = self.writes_as();
        let steady = self.see_round(|round| round.clocks.steady(device, now));
        Wall(steady.0.saturating_sub(self.unnoted.get()))
    }

    /// Returns the number under which this device writes in the open round, whose clock facts are kept by it.
    pub(in crate::state) fn writes_as(&self) -> DeviceId {
        let scope = self.number.get_untracked().map_or(Scope::COMMON, Scope::round);
        self.identity().map(|me| me.writes_as(scope)).unwrap_or_default()
    }

    /// Returns who is watched on this tablet's other rounds.
    #[must_use]
    pub fn observed_elsewhere(&self) -> Signal<Vec<ObservedElsewhere>> {
        self.elsewhere.into()
    }

    /// Returns what must be added to this clock to get the hub's, in milliseconds, as the last contact found it.
    #[must_use]
    pub fn hub_offset(&self) -> Signal<Option<i64>> {
        self.hub_offset.into()
    }

    /// Returns how far the clock is off the hub's, until somebody said something about it.
    #[must_use]
    pub fn clock_off(&self) -> Signal<Option<ClockOff>> {
        self.off.into()
    }

    /// Returns the clock's last jump, until it is answered.
    #[must_use]
    pub fn clock_jump(&self) -> Signal<Option<ClockJump>> {
        self.jump.into()
    }

    /// Returns whether a new version of the app waits to be let in.
    #[must_use]
    pub fn update_waiting(&self) -> Signal<bool> {
        self.update.into()
    }

    /// Returns what is to be said of a copy that was made anew, until somebody has read it.
    #[must_use]
    pub fn remade(&self) -> Signal<Option<Remade>> {
        self.remade.into()
    }

    /// Somebody has read that a copy was made anew.
    pub fn read_remade(&self) {
        witness::keep_lost(false);
        self.remade.set(None);
    }

    /// Returns since when data of this device is lost that it had under another number, until somebody has read it.
    #[must_use]
    pub fn gone(&self) -> Signal<Option<Gone>> {
        self.gone.into()
    }

    /// Somebody has read that data is lost, and that doses were taken over.
    pub fn read_gone(&self) {
        enrolled_mark::read_gone();
        self.gone.set(None);
        self.taken_over.set(false);
    }

    /// Returns why the second copy cannot be written, while that is so.
    #[must_use]
    pub fn second_copy_fails(&self) -> Signal<Option<StoreError>> {
        self.behind.into()
    }

    /// Returns how much room this device has for what is stored, measured each minute; `None` where the browser does not tell.
    #[must_use]
    pub fn room(&self) -> Signal<Option<Room>> {
        self.room.into()
    }

    /// Returns whether this device took over the doses that it had before its store was lost, until somebody has read it.
    #[must_use]
    pub fn took_over(&self) -> Signal<bool> {
        self.taken_over.into()
    }

    /// Returns in how many places this device keeps each step.
    #[must_use]
    pub fn copies(&self) -> Signal<Copies> {
        self.copies.into()
    }

    /// Returns what is stored of all that a round without a network needs.
    #[must_use]
    pub fn readiness(&self) -> Signal<Readiness> {
        self.readiness.into()
    }

    pub(in crate::state) fn keeper(&self) -> Result<Rc<Keeper<DeviceStore>>, Failure> {
        self.core().keeper.borrow().clone().ok_or(Failure::NotOpen)
    }

    pub(in crate::state) fn wire(&self) -> HubWire {
        let base = self.core().hub.get().and_then(|hub| hub.get_untracked()).unwrap_or_default();
        HubWire { base }
    }

    pub(in crate::state) fn identity(&self) -> Option<Identity> {
        self.core().me.borrow().clone()
    }

    pub(in crate::state) fn ask_for(&self, trigger: Trigger) {
        if let Some(triggers) = self.core().triggers.borrow().as_ref() {
            let _ = triggers.unbounded_send(trigger);
        }
    }

    /// Synchronises now, and tries again what was stuck.
    pub fn sync_now(&self) {
        self.ask_for(Trigger::Asked);
    }

    #[cfg(test)]
    pub(in crate::state) async fn over(&self, store: DeviceStore, me: &Identity) {
        me.keep(&store).await.unwrap();
        self.core().keeper.replace(Some(Rc::new(Keeper::new(store, crate::browser::random::bytes))));
        self.writer.set(Writer::Here);
        self.load().await.unwrap();
    }
}

impl Default for Replica {
    fn default() -> Self {
        Self::new()
    }
}

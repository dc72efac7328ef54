//! [`Replica`]: what pages hold. Signals of the state, and the one way to change it.

use super::clock_off::ClockOff;
use super::failure::{Failure, Saved};
use super::readiness::{self, Readiness};
use super::rounds::{self, ObservedElsewhere, RoundEntry};
use super::sync::SyncState;
use super::sync::schedule::Trigger;
use super::sync::wire::HubWire;
use super::writer::Writer;
use crate::browser::enrolled_mark::Gone;
use crate::browser::locks::Held;
use crate::browser::prefs::use_prefs;
use crate::browser::storage::Room;
use crate::browser::store::{Copies, DeviceStore, Remade};
use crate::browser::worker::Worker;
use crate::browser::{clock, enrolled_mark, witness};
use futures::channel::mpsc::UnboundedSender;
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::reactive::signal::guards::{Plain, ReadGuard};
use leptos::task::spawn_local;
use perron_domain::command::Command;
use perron_domain::door;
use perron_domain::fact::{AccountNo, Fact};
use perron_domain::name::{DeviceId, FactName, Scope};
use perron_domain::state::{Common, CommonState, Round, RoundState, State, View};
use perron_domain::time::Wall;
use perron_domain::zone::Zone;
use perron_domain::{Context, decide};
use perron_ledger::{Store, StoreError};
use perron_tablet::{Identity, Keeper, Moment};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

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
pub(super) struct Core {
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
    pub(super) phase: RwSignal<Phase>,
    pub(super) me: RwSignal<Option<Me>>,
    common: RwSignal<CommonState>,
    round: RwSignal<RoundState>,
    number: RwSignal<Option<u32>>,
    rounds: Memo<Vec<RoundEntry>>,
    author: RwSignal<AccountNo>,
    pub(super) writer: RwSignal<Writer>,
    pub(super) sync: RwSignal<SyncState>,
    pub(super) online: RwSignal<bool>,
    pub(super) now: RwSignal<Wall>,
    pub(super) jump: RwSignal<Option<ClockJump>>,
    /// By how much the clock was seen to jump and is not noted yet, in milliseconds.
    pub(super) unnoted: RwSignal<i64>,
    pub(super) off: RwSignal<Option<ClockOff>>,
    pub(super) hub_offset: RwSignal<Option<i64>>,
    elsewhere: RwSignal<Vec<ObservedElsewhere>>,
    pub(super) update: RwSignal<bool>,
    pub(super) low_battery: RwSignal<Option<u8>>,
    pub(super) shell: RwSignal<bool>,
    pub(super) persisted: RwSignal<bool>,
    pub(super) copies: RwSignal<Copies>,
    /// A copy was made anew, and nobody has read it yet.
    pub(super) remade: RwSignal<Option<Remade>>,
    pub(super) behind: RwSignal<Option<StoreError>>,
    pub(super) room: RwSignal<Option<Room>>,
    /// Data of this device was lost before it was enrolled anew, and nobody has read it yet.
    pub(super) gone: RwSignal<Option<Gone>>,
    /// The rounds given up of which somebody here has read.
    pub(super) read_given_up: RwSignal<Vec<u32>>,
    /// The release of the open round that somebody here has read last.
    pub(super) read_release: RwSignal<Option<FactName>>,
    /// Doses of a former number were taken over, and nobody has read it yet.
    pub(super) taken_over: RwSignal<bool>,
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

    pub(super) fn core(&self) -> Rc<Core> {
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
    pub(super) fn zone(&self) -> Option<Zone> {
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
    pub(super) fn writes_as(&self) -> DeviceId {
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

    pub(super) fn keeper(&self) -> Result<Rc<Keeper<DeviceStore>>, Failure> {
        self.core().keeper.borrow().clone().ok_or(Failure::NotOpen)
    }

    pub(super) fn wire(&self) -> HubWire {
        let base = self.core().hub.get().and_then(|hub| hub.get_untracked()).unwrap_or_default();
        HubWire { base }
    }

    pub(super) fn identity(&self) -> Option<Identity> {
        self.core().me.borrow().clone()
    }

    /// Does what a person wants: decides, writes durably, then shows it. Commands are done one after another.
    ///
    /// # Errors
    /// [`Failure`]: nothing was written, and the form's content is still good.
    pub async fn dispatch(&self, command: Command) -> Result<Saved, Failure> {
        let core = self.core();
        let _turn = core.turn.lock().await;
        // The store may just be opened again.
        drop(core.opening.lock().await);
        let done = self.write(command).await;
        match &done {
            Err(Failure::Overtaken) => {
                let _ = self.load().await;
            }
            Err(Failure::Store(StoreError::Closed)) => self.reopen(),
            _ => {}
        }
        done
    }

    async fn write(&self, command: Command) -> Result<Saved, Failure> {
        let keeper = self.keeper()?;
        let me = self.identity().ok_or(Failure::NotEnrolled)?;
        let scope = Scope::round(self.number.get_untracked().ok_or(Failure::NoRound)?);
        if self.writer.get_untracked() != Writer::Here {
            return Err(Failure::Elsewhere);
        }
        let moment = Moment { now: clock::wall(), author: self.author.get_untracked() };
        let head = keeper.head(&me, scope).await?;
        let next = head.number.saturating_add(1);
        let context = Context { device: me.writes_as(scope), next, now: moment.now, author: moment.author };
        let decided = self
            .common
            .with_untracked(|common| self.round.with_untracked(|round| decide(round, common, command, &context)));
        let facts = keeper.append(&me, scope, head, decided?, moment).await?;
        let names: Vec<FactName> = facts.iter().map(|fact| fact.name).collect();
        let count = u32::try_from(facts.len()).unwrap_or(u32::MAX);
        self.clock_noted(&facts);
        self.apply(scope, facts);
        self.saved(count);
        Ok(Saved { facts: names })
    }

    /// Takes facts that are durable into the state on the screen.
    pub(super) fn apply(&self, scope: Scope, facts: Vec<Fact>) {
        if scope == Scope::COMMON {
            self.common.update(|common| take(common, facts));
        } else if self.number.get_untracked().map(Scope::round) == Some(scope) {
            self.round.update(|round| take(round, facts));
        } else if let Some(number) =
            self.rounds.with_untracked(|held| held.iter().find(|one| one.scope() == scope).map(|one| one.number))
        {
            // Another tablet may have begun or ended an observation there.
            let me = *self;
            spawn_local(async move { me.look_elsewhere(number).await });
        }
    }

    /// Reads the common part and the open round anew.
    pub(super) async fn load(&self) -> Result<(), StoreError> {
        let Ok(keeper) = self.keeper() else { return Ok(()) };
        keeper.forget_heads();
        let (now, store) = (clock::wall(), keeper.store());
        let me = Identity::load(store).await?;
        let common: State<Common> = keeper.load(Scope::COMMON, me.as_ref(), now).await?;
        let author = store.named(AUTHOR).await?.and_then(|bytes| minicbor::decode(&bytes).ok());
        let chosen = store.named(CHOSEN).await?.and_then(|bytes| minicbor::decode(&bytes).ok());
        let held = me.as_ref().map(|me| rounds::of_device(&common, me.device)).unwrap_or_default();
        let today = door::today(&Round::default(), &common, now);
        let number = rounds::begun_or_next(&keeper, me.as_ref(), &held, chosen, &common, now).await?;
        self.recall_heard(store, number).await?;
        let beside = rounds::about_today(&held, number, today);
        let round: State<Round> = match number {
            Some(number) => keeper.load(Scope::round(number), me.as_ref(), now).await?,
            None => State::default(),
        };
        if let Some(me) = &me {
            self.remember_enrolments(store, me).await;
        }
        let shown = me.as_ref().map(|me| Me { device: me.device, label: me.label.clone() });
        self.core().me.replace(me);
        self.author.set(author.unwrap_or_default());
        self.common.set(common);
        self.number.set(number);
        self.round.set(round);
        self.phase.set(match &shown {
            Some(_) => Phase::Ready,
            // What this tab reads is gone; the one that writes may have everything.
            None if self.writer.get_untracked() == Writer::Elsewhere && enrolled_mark::read().is_some() => {
                Phase::Failed(StoreError::Blocked)
            }
            None => Phase::NotEnrolled,
        });
        self.me.set(shown);
        if let Some(number) = number {
            self.observed_on(number, Vec::new());
        }
        if !beside.is_empty() {
            let me = *self;
            spawn_local(async move {
                for number in beside {
                    me.look_elsewhere(number).await;
                }
            });
        }
        Ok(())
    }

    /// Reads who is watched on a round that is not the one on the screen. What cannot be read keeps what was known.
    async fn look_elsewhere(&self, number: u32) {
        let Ok(keeper) = self.keeper() else { return };
        let me = self.identity();
        let Ok(round) = keeper.load::<Round>(Scope::round(number), me.as_ref(), clock::wall()).await else { return };
        if self.number.get_untracked() != Some(number) {
            self.observed_on(number, rounds::observed(number, &round));
        }
    }

    fn observed_on(&self, number: u32, observed: Vec<ObservedElsewhere>) {
        let known = self.elsewhere.with_untracked(|all| all.iter().any(|one| one.round == number));
        if known || !observed.is_empty() {
            self.elsewhere.update(|all| {
                all.retain(|one| one.round != number);
                all.extend(observed);
            });
        }
    }

    /// Opens another of this device's rounds, and remembers the choice. Who is watched on the one before stays in sight.
    ///
    /// # Errors
    /// [`Failure`] when it cannot be read; then the round before stays open.
    pub async fn open_round(&self, number: u32) -> Result<(), Failure> {
        let keeper = self.keeper()?;
        let me = self.identity();
        let round = keeper.load(Scope::round(number), me.as_ref(), clock::wall()).await?;
        if let Some(before) = self.number.get_untracked().filter(|before| *before != number) {
            let observed = self.round.with_untracked(|round| rounds::observed(before, round));
            self.observed_on(before, observed);
        }
        self.observed_on(number, Vec::new());
        self.recall_heard(keeper.store(), Some(number)).await?;
        self.number.set(Some(number));
        self.round.set(round);
        let kept = minicbor::to_vec(number).unwrap_or_default();
        keeper.store().set_named(CHOSEN, &kept).await?;
        self.take_over_doses().await;
        Ok(())
    }

    /// Opens a round by itself when none is open and this device holds one by now, or in place of one that the relay gave up.
    pub(super) async fn open_if_none(&self) -> Result<(), StoreError> {
        let open = self.number.get_untracked().is_some();
        let any = self.rounds.with_untracked(|held| held.iter().any(|one| one.cancelled.is_none()));
        if self.open_is_given_up() || !open && any {
            return self.load().await;
        }
        Ok(())
    }

    /// Says who acts on this device from now on.
    ///
    /// # Errors
    /// [`Failure`] when it could not be kept.
    pub async fn set_author(&self, author: AccountNo) -> Result<(), Failure> {
        let kept = minicbor::to_vec(author).unwrap_or_default();
        self.keeper()?.store().set_named(AUTHOR, &kept).await?;
        self.author.set(author);
        Ok(())
    }

    /// Notes that facts were saved that the hub does not have, and asks for a run.
    fn saved(&self, count: u32) {
        self.sync.update(|state| *state = state.with_more(count));
        self.ask_for(Trigger::Saved);
    }

    pub(super) fn ask_for(&self, trigger: Trigger) {
        if let Some(triggers) = self.core().triggers.borrow().as_ref() {
            let _ = triggers.unbounded_send(trigger);
        }
    }

    /// Synchronises now, and tries again what was stuck.
    pub fn sync_now(&self) {
        self.ask_for(Trigger::Asked);
    }

    #[cfg(test)]
    pub(super) async fn over(&self, store: DeviceStore, me: &Identity) {
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

/// Takes facts into a state: one by one when few, folded once when many came at a time.
fn take<V: View>(state: &mut State<V>, facts: Vec<Fact>) {
    if facts.len() <= 8 {
        for fact in facts {
            state.apply(fact);
        }
    } else {
        let all: Vec<Fact> = state.log().iter().cloned().chain(facts).collect();
        *state = State::of(all);
    }
}

//! The replica's life: opening, the right to write, the ticking clock, the sync loop, the service worker.
//!
//! Runs in a browser only; what it decides is in plain functions elsewhere, where the host can test it.

use super::clock_off;
use super::clock_watch;
use super::failure::Failure;
use super::replica::{ClockJump, Phase, Replica};
use super::sync::schedule::{Patience, SETTLE, Trigger};
use super::sync::{Outcome, SyncError, SyncState};
use super::writer::{self, Writer};
use crate::browser::events::{Signal as Told, network_seems_up, visible, watch};
use crate::browser::locks::Ask;
use crate::browser::{clock, random, storage, store, timers, worker};
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_domain::command::Command;
use perron_domain::fact::{Body, Fact};
use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::{Store, StoreError};
use perron_tablet::{Compared, Courier, DeviceTrust, Identity, Keeper, Replicated};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

const SYNCED: &str = "synced_at";
/// What must be added to this clock to get the hub's, as the last contact found it, less the jumps since.
const HUB_CLOCK: &str = "hub_clock";
/// The difference that somebody said something about.
const CLOCK_ANSWERED: &str = "hub_clock_answered";
const SEEN: &str = "seen_wall";
const WORKER: &str = "/sw.js";

impl Replica {
    /// Opens the store, takes the right to write if it is free, and keeps everything going.
    pub(super) fn start(self) {
        let (sender, receiver) = unbounded();
        self.core().triggers.replace(Some(sender));
        self.listen();
        self.tick();
        spawn_local(async move {
            if self.open().await.is_ok() {
                self.take(Ask::IfFree).await;
                self.synchronise(receiver).await;
            }
        });
        spawn_local(self.register());
    }

    async fn open(self) -> Result<(), StoreError> {
        let opened = async {
            let keeper = Rc::new(Keeper::new(store::open().await?, random::bytes));
            self.core().keeper.replace(Some(Rc::clone(&keeper)));
            self.load().await?;
            self.restore_sync_state(keeper.store()).await?;
            self.hub_offset.set(self.kept_ms(HUB_CLOCK).await);
            let noted: Option<Wall> = keeper.store().named(SEEN).await?.and_then(|kept| minicbor::decode(&kept).ok());
            // The minute that was last noted, or the last step that was saved here, whichever is later.
            let seen = noted.max(self.last_saved());
            if let Some(by_ms) = seen.and_then(|seen| clock_watch::back_since(seen, clock::wall())) {
                self.jumped(by_ms);
            }
            Ok(())
        };
        let answer = opened.await;
        if let Err(error) = &answer {
            self.phase.set(Phase::Failed(StoreError::clone(error)));
        }
        answer
    }

    /// Returns the wall clock of the last step that this device saved in the open round.
    fn last_saved(&self) -> Option<Wall> {
        let own = self.me.with_untracked(|me| me.as_ref().map(|me| me.device))?;
        self.round().with_untracked(|round| {
            let mine = round.log().iter().filter(|fact| fact.name.device == own);
            mine.map(|fact| fact.wall).max()
        })
    }

    async fn restore_sync_state<S: Store>(&self, store: &S) -> Result<(), StoreError> {
        let waiting: u32 = store.outbox().await?.iter().map(perron_ledger::store::Outgoing::waiting).sum();
        let at: Option<Wall> = store.named(SYNCED).await?.and_then(|kept| minicbor::decode(&kept).ok());
        self.sync.set(match (waiting, at) {
            (0, Some(at)) => SyncState::Synced { at },
            (0, None) => SyncState::Never,
            (waiting, _) => SyncState::Waiting { waiting },
        });
        Ok(())
    }

    /// Opens the store again after the browser closed it.
    pub(super) fn reopen(&self) {
        let me = *self;
        spawn_local(async move {
            me.core().keeper.replace(None);
            let _ = me.open().await;
        });
    }

    /// Opens the store once more after [`Phase::Failed`], because a person asked.
    pub fn retry(&self) {
        self.phase.set(Phase::Opening);
        self.reopen();
    }

    async fn take(self, how: Ask) {
        let lost = move || {
            self.core().lock.replace(None);
            self.writer.set(Writer::Elsewhere);
            self.wait_for_turn();
        };
        match writer::take(how, lost).await {
            Ok(held) => {
                self.core().lock.replace(held);
                if how != Ask::IfFree {
                    // Another tab wrote until now: show what it wrote before anything is decided here.
                    if let Err(error) = self.load().await {
                        self.phase.set(Phase::Failed(error));
                    }
                }
                self.writer.set(Writer::Here);
                self.ask_for(Trigger::Woken);
            }
            Err(_) => {
                self.writer.set(Writer::Elsewhere);
                if how == Ask::IfFree {
                    self.wait_for_turn();
                }
            }
        }
    }

    fn wait_for_turn(self) {
        spawn_local(async move {
            self.take(Ask::Wait).await;
        });
    }

    /// Writes here from now on. The other tab is told and stops.
    pub fn take_over(&self) {
        let me = *self;
        spawn_local(async move {
            me.take(Ask::TakeOver).await;
        });
    }

    fn listen(self) {
        self.online.set(network_seems_up());
        let told = move |signal| match signal {
            Told::Online => {
                self.online.set(true);
                self.ask_for(Trigger::Woken);
                self.look_for_update();
            }
            Told::Offline => self.online.set(false),
            Told::Shown => {
                self.ask_for(Trigger::Woken);
                self.look_for_update();
            }
            Told::Hidden => self.leave(),
            Told::Left => {
                self.leave();
                // WebKit lets a page that was loaded anew hold its lock for good: the next one would never write.
                self.core().lock.replace(None);
            }
            Told::Back => {
                self.writer.set(Writer::Asking);
                spawn_local(self.take(Ask::IfFree));
            }
        };
        self.core().kept.borrow_mut().push(Box::new(watch(told)));
    }

    /// Keeps what is half done: nothing may run after this.
    fn leave(self) {
        self.core().watch.borrow_mut().hid();
        self.flush_drafts();
        self.note_wall();
    }

    fn tick(self) {
        let mut count = 0_u32;
        let ticking = timers::every(Duration::from_secs(1), move || {
            self.read_clocks();
            if count.is_multiple_of(30) {
                self.look_at_battery();
            }
            count = count.wrapping_add(1);
            if count.is_multiple_of(60) {
                self.note_wall();
            }
        });
        self.core().kept.borrow_mut().push(Box::new(ticking));
    }

    /// Reads the clocks: notices a jump, then shows the hour.
    fn read_clocks(self) {
        let reading = clock::read();
        let core = self.core();
        if !visible() {
            core.watch.borrow_mut().hid();
        }
        let jump = core.watch.borrow_mut().read(reading);
        if let Some(by_ms) = jump {
            self.jumped(by_ms);
        }
        // After the jump is known: a countdown must not follow the wall clock for a second.
        self.now.set(reading.wall);
    }

    fn note_wall(self) {
        spawn_local(async move {
            if let Ok(keeper) = self.keeper()
                && self.writer.get_untracked() == Writer::Here
            {
                let _ = keeper.store().set_named(SEEN, &minicbor::to_vec(clock::wall()).unwrap_or_default()).await;
            }
        });
    }

    /// Records a jump of the clock in the open round, then asks what happened: whoever answers corrects what is recorded.
    fn jumped(self, by_ms: i64) {
        self.core().jumps.update(|jumps| jumps.wrapping_add(1));
        self.unnoted.update(|unnoted| *unnoted = unnoted.saturating_add(by_ms));
        spawn_local(async move {
            if let Some(known) = self.kept_ms(HUB_CLOCK).await {
                self.keep_ms(HUB_CLOCK, known.saturating_sub(by_ms)).await;
                self.hub_offset.set(Some(known.saturating_sub(by_ms)));
            }
            let recorded = self.dispatch(Command::NoteClockJump { by_ms, said: None }).await;
            if recorded.is_err() {
                self.core().unrecorded.update(|sum| sum.saturating_add(by_ms));
            }
            let fact = recorded.ok().and_then(|saved| saved.first());
            self.jump.set(Some(ClockJump { by_ms, fact }));
        });
    }

    /// Takes from the jumps that are not noted yet what these facts of this tablet note. Called together with the change of
    /// the state, so that no countdown is read in between.
    pub(super) fn clock_noted(&self, facts: &[Fact]) {
        let core = self.core();
        let noted = facts.iter().fold(0_i64, |sum, fact| match &fact.body {
            Body::ClockJumped(one) => sum.saturating_add(one.by_ms),
            // What a comparison found has every jump in it that could not be recorded.
            Body::ClockCompared(_) => sum.saturating_add(core.unrecorded.take()),
            _ => sum,
        });
        if noted != 0 {
            self.unnoted.update(|unnoted| *unnoted = unnoted.saturating_sub(noted));
        }
    }

    /// Says what happened to the clock.
    ///
    /// # Errors
    /// [`Failure`] when it could not be saved; the question stays.
    pub async fn answer_clock_jump(&self, said: String) -> Result<(), Failure> {
        if let Some(jump) = self.jump.get_untracked() {
            let words = Command::NoteClockJump { by_ms: jump.by_ms, said: Some(said) };
            let command = match jump.fact {
                Some(fact) => Command::Correct { fact, by: Some(Box::new(words)), reason: None },
                None => words,
            };
            self.dispatch(command).await?;
            if jump.fact.is_none() {
                self.core().unrecorded.update(|sum| sum.saturating_sub(jump.by_ms));
            }
            // The next contact finds the same difference: it is not asked about again.
            if let Some(known) = self.kept_ms(HUB_CLOCK).await {
                self.keep_ms(CLOCK_ANSWERED, known).await;
                self.off.set(None);
            }
        }
        self.jump.set(None);
        Ok(())
    }

    async fn kept_ms(&self, name: &str) -> Option<i64> {
        let kept = self.keeper().ok()?.store().named(name).await.ok()??;
        minicbor::decode(&kept).ok()
    }

    async fn keep_ms(&self, name: &str, ms: i64) {
        if let Ok(keeper) = self.keeper() {
            let _ = keeper.store().set_named(name, &minicbor::to_vec(ms).unwrap_or_default()).await;
        }
    }

    /// Takes what a contact found about the clock: keeps it, notes it in the open round where that does not say it yet, and
    /// asks about it once. What was found before the clock was set says nothing of the clock as it is: `jumps` is how
    /// many jumps were known when the contact began.
    async fn compare_clock(&self, found: Compared, jumps: u32) {
        self.read_clocks();
        if self.core().jumps.get() != jumps {
            return;
        }
        let before = self.kept_ms(HUB_CLOCK).await;
        self.keep_ms(HUB_CLOCK, found.offset_ms).await;
        self.hub_offset.set(Some(found.offset_ms));
        let device = self.writes_as();
        let in_round = self.round().with_untracked(|round| round.clocks.steady(device, Wall(0)).0);
        let mut noted = clock_off::to_note(in_round, before, found);
        if let Some(off) = &mut noted {
            if self.core().jumps.get() != jumps {
                return;
            }
            off.fact = self.dispatch(off.command(None)).await.ok().and_then(|saved| saved.first());
        }
        let answered = self.kept_ms(CLOCK_ANSWERED).await;
        if !clock_off::to_ask(found, answered) {
            self.off.set(None);
        } else if noted.is_some() || self.off.with_untracked(Option::is_none) {
            let unnoted = || clock_off::to_note(0, before, found);
            self.off.set(noted.or_else(unnoted));
        }
    }

    /// Says what it is about the clock; the fact that notes the difference keeps the words.
    ///
    /// # Errors
    /// [`Failure`] when it could not be saved; the question stays.
    pub async fn answer_clock_off(&self, said: String) -> Result<(), Failure> {
        if let Some(off) = self.off.get_untracked() {
            if let Some(fact) = off.fact {
                let by = Some(Box::new(off.command(Some(said))));
                self.dispatch(Command::Correct { fact, by, reason: None }).await?;
            }
            self.keep_ms(CLOCK_ANSWERED, off.offset_ms).await;
        }
        self.off.set(None);
        Ok(())
    }

    /// Leaves the question about the clock without an answer; the jump stays recorded.
    pub fn dismiss_clock_jump(&self) {
        self.jump.set(None);
    }

    async fn register(self) {
        let registered = worker::register(WORKER, move || self.update.set(true)).await;
        if let Ok(registered) = registered {
            self.core().worker.replace(Some(registered));
        }
        self.check_readiness().await;
        loop {
            timers::sleep(Duration::from_secs(if self.shell.get_untracked() { 1800 } else { 10 })).await;
            self.look_for_update();
            self.check_readiness().await;
        }
    }

    /// Asks whether there is a new version of the app; without a network nothing happens.
    fn look_for_update(self) {
        let known = self.core().worker.borrow().clone();
        if let Some(known) = known {
            spawn_local(async move { known.look_for_update().await });
        }
    }

    /// Asks again what of the shell is stored and whether the browser promised to keep our data.
    pub async fn check_readiness(&self) {
        self.persisted.set(storage::is_kept().await);
        let known = self.core().worker.borrow().clone();
        let Some(known) = known else { return };
        let mut status = known.status().await;
        if matches!(&status, Ok(status) if !status.complete && status.total > 0) {
            status = known.repair().await;
        }
        self.shell.set(status.is_ok_and(|status| status.complete));
    }

    /// Asks the browser to promise to keep our data; returns whether it does.
    pub async fn ask_to_keep(&self) -> bool {
        let kept = storage::ask_to_keep().await;
        self.persisted.set(kept);
        kept
    }

    /// Lets the waiting version of the app in: the page is loaded anew. Forms half filled come back.
    pub async fn let_update_in(&self) {
        self.flush_drafts_now().await;
        let known = self.core().worker.borrow().clone();
        if let Some(known) = known {
            // Another tab may have let it in already: then loading anew is all that is left to do.
            if known.activate().is_err() {
                worker::reload();
            }
        }
    }

    async fn synchronise(self, mut triggers: UnboundedReceiver<Trigger>) {
        let mut patience = Patience::default();
        let mut pause = Duration::ZERO;
        loop {
            let mut asked = next(&mut triggers, pause).await;
            if asked == Some(Trigger::Saved) {
                timers::sleep(SETTLE).await;
            }
            while let Some(Some(more)) = triggers.next().now_or_never() {
                asked = if more == Trigger::Asked { Some(more) } else { asked };
            }
            let run = self.run(asked == Some(Trigger::Asked)).await;
            pause = patience.after(&run);
        }
    }

    /// Makes one run and shows how it ended.
    async fn run(self, again: bool) -> Result<Outcome, SyncError> {
        let (Ok(keeper), Some(me)) = (self.keeper(), self.identity()) else { return Ok(Outcome::default()) };
        if self.writer.get_untracked() != Writer::Here {
            return Ok(Outcome::default());
        }
        let jumps = self.core().jumps.get();
        let common = self.common();
        let trust = DeviceTrust::new(me.clone(), move |device: DeviceId| {
            common.with_untracked(|common| common.devices.get(&device).cloned())
        });
        let wire = self.wire();
        let seen = Seen { replica: self, keeper: Rc::clone(&keeper), me: me.clone() };
        let run = Courier::new(&keeper, &wire, &trust, &seen, me).run(again).await;
        let opened = self.open_if_none().await.map_err(SyncError::from);
        let run = run.and_then(|outcome| opened.map(|()| outcome));
        self.show(&keeper, &run).await;
        if let Some(found) = run.as_ref().ok().and_then(|outcome| outcome.clock) {
            let offset_ms = clock::as_the_hub_has_it(found.offset_ms);
            self.compare_clock(Compared { offset_ms, ..found }, jumps).await;
        }
        if matches!(run, Err(SyncError::Store(StoreError::Closed))) {
            self.reopen();
        }
        run
    }

    async fn show<S: Store>(&self, keeper: &Keeper<S>, run: &Result<Outcome, SyncError>) {
        let now = clock::wall();
        let core = self.core();
        let offline = matches!(run, Err(SyncError::Network(_)));
        core.offline_since.set(offline.then(|| core.offline_since.get().unwrap_or(now)));
        // Facts may have been saved while the run was on its way: what counts is the outbox now.
        let outbox = keeper.store().outbox().await.unwrap_or_default();
        let waiting = outbox.iter().map(perron_ledger::store::Outgoing::waiting).sum();
        let state = SyncState::after(run, waiting, now, core.offline_since.get());
        if let SyncState::Synced { at } = state {
            let _ = keeper.store().set_named(SYNCED, &minicbor::to_vec(at).unwrap_or_default()).await;
        }
        self.sync.set(state);
    }
}

/// Waits for a trigger, at most `pause`.
async fn next(triggers: &mut UnboundedReceiver<Trigger>, pause: Duration) -> Option<Trigger> {
    match select(triggers.next(), pin!(timers::sleep(pause))).await {
        Either::Left((trigger, _)) => trigger,
        Either::Right(_) => None,
    }
}

/// The replica, as a run sees it.
struct Seen<S> {
    replica: Replica,
    keeper: Rc<Keeper<S>>,
    me: Identity,
}

impl<S: Store> Replicated for Seen<S> {
    fn scopes(&self) -> Vec<Scope> {
        let rounds = self.replica.rounds().get_untracked();
        std::iter::once(Scope::COMMON).chain(rounds.iter().map(super::RoundEntry::scope)).collect()
    }

    fn received(&self, scope: Scope, facts: Vec<Fact>) {
        self.keeper.see(scope, &facts, Some(&self.me), self.now());
        self.replica.apply(scope, facts);
    }

    fn fold_again(&self, _: Scope) {
        let replica = self.replica;
        spawn_local(async move {
            let _ = replica.load().await;
        });
    }

    fn renumbered(&self, scope: Scope, _: DeviceId) {
        self.fold_again(scope);
    }

    /// What was given once stays on this device: it may hold facts that nobody else has yet.
    fn closed(&self, _: Scope) {}

    fn progress(&self, done: u32, total: u32) {
        if done < total {
            self.replica.sync.set(SyncState::Working { done, total });
        }
    }

    fn now(&self) -> Wall {
        clock::wall()
    }
}

//! The replica's life: opening, the right to write, what the browser tells of the page, the service worker.
//!
//! Runs in a browser only; what it decides is in plain functions elsewhere, where the host can test it.

use super::clock_watch;
use super::clocks::{HUB_CLOCK, SEEN};
use super::replica::{Phase, Replica};
use super::sync::SyncState;
use super::sync::schedule::Trigger;
use super::writer::{self, Writer};
use crate::browser::events::{Signal as Told, network_seems_up, watch};
use crate::browser::locks::Ask;
use crate::browser::{clock, random, storage, store, timers, worker};
use futures::channel::mpsc::unbounded;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_domain::time::Wall;
use perron_ledger::{Store, StoreError};
use perron_tablet::Keeper;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

pub(super) const SYNCED: &str = "synced_at";
const WORKER: &str = "/sw.js";
/// How often, and how long apart, the right to write is asked for again before this tab only reads.
const LETS_GO: u32 = 10;
const LETTING_GO: Duration = Duration::from_millis(100);
/// How long the store may open before somebody is told that it does not.
const SILENCE: Duration = Duration::from_secs(12);
/// How long until a store that somebody else still holds is asked for again.
const AGAIN: Duration = Duration::from_secs(1);

impl Replica {
    /// Takes the right to write if it is free, opens the store, and keeps everything going.
    pub(super) fn start(self) {
        let (sender, receiver) = unbounded();
        self.core().triggers.replace(Some(sender));
        self.listen();
        self.tick();
        self.keep_both();
        spawn_local(async move {
            self.take(Ask::IfFree).await;
            self.synchronise(receiver).await;
        });
        spawn_local(self.register());
    }

    /// Opens the store, to write or only to read, in place of what was open.
    async fn open(self, writes: bool) -> Result<(), StoreError> {
        let core = self.core();
        let _turn = core.opening.lock().await;
        if core.left.get() {
            return Err(StoreError::Closed);
        }
        let opened = async {
            self.close().await;
            let opened = store::open(writes).await?;
            self.copies.set(opened.copies);
            let keeper = Rc::new(Keeper::new(opened.store, random::bytes));
            self.core().keeper.replace(Some(Rc::clone(&keeper)));
            self.load().await?;
            match opened.found {
                Some(found) => self.say_what_was_mended(found),
                None => spawn_local(self.read_behind()),
            }
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
        spawn_local(self.say_that_nothing_answers());
        let answer = opened.await;
        if let Err(error) = &answer {
            self.phase.set(Phase::Failed(StoreError::clone(error)));
        }
        answer
    }

    /// Says so when the browser gives no answer at all: WebKit's database may be silent until the page is left. An answer that
    /// comes later still counts.
    async fn say_that_nothing_answers(self) {
        timers::sleep(SILENCE).await;
        if self.phase.get_untracked() == Phase::Opening {
            self.phase.set(Phase::Failed(StoreError::Blocked));
        }
    }

    /// Returns the wall clock of the last step that this device saved in the open round.
    fn last_saved(&self) -> Option<Wall> {
        let own = self.writes_as();
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

    /// Lets go of what is open: another tab can have it.
    async fn close(self) {
        let open = self.core().keeper.replace(None);
        if let Some(keeper) = open {
            keeper.store().close().await;
        }
    }

    /// Opens the store again after the browser closed it.
    pub(super) fn reopen(&self) {
        let me = *self;
        spawn_local(async move {
            let _ = me.open(me.writer.get_untracked() != Writer::Elsewhere).await;
        });
    }

    /// Opens the store once more after [`Phase::Failed`], because a person asked.
    pub fn retry(&self) {
        self.phase.set(Phase::Opening);
        self.reopen();
    }

    async fn take(self, how: Ask) {
        let is_lost = Rc::new(Cell::new(false));
        let loses = Rc::clone(&is_lost);
        let lost = move || {
            loses.set(true);
            self.core().lock.replace(None);
            self.writer.set(Writer::Elsewhere);
            spawn_local(async move {
                let _ = self.open(false).await;
            });
            self.wait_for_turn();
        };
        let mut taken = writer::take(how, lost.clone()).await;
        // A page that is just being left lets go in a moment. What the database has meanwhile may lack the last second.
        for _ in 0..LETS_GO {
            if taken.is_ok() || how != Ask::IfFree {
                break;
            }
            timers::sleep(LETTING_GO).await;
            taken = writer::take(how, lost.clone()).await;
        }
        match taken {
            Ok(held) => {
                self.core().lock.replace(held);
                // Another tab may have written until now: what it wrote is read before anything is decided here.
                while self.open(true).await == Err(StoreError::Blocked) && !is_lost.get() {
                    // A page that died may let go late.
                    timers::sleep(AGAIN).await;
                }
                if !is_lost.get() {
                    self.writer.set(Writer::Here);
                    self.ask_for(Trigger::Woken);
                }
            }
            Err(_) => {
                self.writer.set(Writer::Elsewhere);
                if how == Ask::IfFree {
                    let _ = self.open(false).await;
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
                self.core().left.set(true);
                store::let_go();
                // Where there is only the database, every page has it at once; a page that WebKit freezes while it closes it
                // would keep the next one from reading.
                if self.keeper().is_ok_and(|keeper| keeper.store().has_files()) {
                    spawn_local(self.close());
                }
            }
            Told::Back => {
                self.core().left.set(false);
                self.writer.set(Writer::Asking);
                self.phase.set(Phase::Opening);
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

    async fn register(self) {
        let registered = worker::register(WORKER, move || self.update.set(true)).await;
        if let Ok(registered) = registered {
            self.core().worker.replace(Some(registered));
        }
        self.check_readiness().await;
        // The worker of a first start is ready within a second or two; what is still missing then waits for a network.
        let mut soon = 1;
        loop {
            timers::sleep(Duration::from_secs(if self.shell.get_untracked() { 1800 } else { soon })).await;
            soon = (soon * 2).min(10);
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
}

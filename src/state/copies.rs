//! The two copies while the app is open: the second follows, the log is kept short, and what was mended is noted.

use super::replica::{Phase, Replica};
use crate::browser::store::{Mended, Opening, Remade};
use crate::browser::{storage, timers, witness};
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_domain::command::Command;
use perron_ledger::StoreError;
use std::rc::Rc;
use std::time::Duration;

/// How long after a step the second copy may begin to follow.
const FOLLOW: Duration = Duration::from_millis(500);
/// How long after the round is on the screen a long log begins to be read.
const BEHIND: Duration = Duration::from_millis(300);
/// Every how many of these the log may be written anew: every ten minutes. Oftener, a long log would wear the disk.
const TIDY_EVERY: u32 = 1200;
/// At which of these it first may: once the round is on the screen.
const TIDY_FIRST: u32 = 8;
/// Every how many of these the room that is left is looked at: each minute, and first soon after the start.
const ROOM_EVERY: u32 = 120;
const ROOM_FIRST: u32 = 4;

impl Replica {
    /// Says on the screen that a copy was made anew, and notes it in the open round. On a device that is not enrolled any more
    /// everything is gone, which its page says.
    pub(super) fn say_what_was_mended(self, found: Opening) {
        let Some(remade) = Remade::of(&found) else { return };
        // Until both copies are there again, nothing is safe.
        spawn_local(self.follow());
        if self.identity().is_none() {
            return;
        }
        if remade == Remade::PerhapsNot {
            witness::keep_lost(true);
        }
        self.remade.set(Some(remade));
        let log = matches!(found.mended, Some(Mended::Log(_)));
        let lost = u32::try_from(found.lost).unwrap_or(u32::MAX);
        spawn_local(async move {
            // Written once the store is open and this tab writes.
            self.core().opening.lock().await;
            let _ = self.dispatch(Command::NoteCopyMended { log, lost }).await;
        });
    }

    /// Reads a long log behind the round that the second copy has brought to the screen. When the log says otherwise, what it
    /// says counts.
    pub(super) async fn read_behind(self) {
        timers::sleep(BEHIND).await;
        let Ok(keeper) = self.keeper() else { return };
        let read = keeper.store().read_log().await;
        if !self.keeper().is_ok_and(|current| Rc::ptr_eq(&current, &keeper)) {
            return;
        }
        match read {
            Ok(Some(found)) => {
                if found.mended.is_some() {
                    let core = self.core();
                    let _turn = core.turn.lock().await;
                    let _ = self.load().await;
                }
                self.say_what_was_mended(found);
            }
            Ok(None) | Err(StoreError::Closed) => {}
            Err(error) => self.phase.set(Phase::Failed(error)),
        }
    }

    /// Gives the second copy what it lacks.
    pub(super) async fn follow(self) {
        let Ok(keeper) = self.keeper() else { return };
        let fails = keeper.store().catch_up().await.err();
        let is_current = self.keeper().is_ok_and(|current| Rc::ptr_eq(&current, &keeper));
        if !is_current {
            return;
        }
        if fails == Some(StoreError::Closed) {
            // Somebody cleared it, or the browser took it away: opened again, it is filled from the first copy.
            self.reopen();
        }
        self.behind.set(fails);
    }

    /// Keeps the second copy within a second of the first, and the log short.
    pub(super) fn keep_both(self) {
        let mut count = 0_u32;
        let following = timers::every(FOLLOW, move || {
            spawn_local(async move {
                self.follow().await;
                if let Ok(keeper) = self.keeper() {
                    keeper.store().witness().await;
                }
                if count % ROOM_EVERY == ROOM_FIRST {
                    self.room.set(storage::room().await);
                }
                if count % TIDY_EVERY == TIDY_FIRST
                    && let Ok(keeper) = self.keeper()
                {
                    // What cannot be tidied now is tidied another time; nothing is lost by it.
                    let _ = keeper.store().tidy().await;
                }
            });
            count = count.wrapping_add(1);
        });
        self.core().kept.borrow_mut().push(Box::new(following));
    }
}

//! The clocks while the app is open: read each second, compared with the hub's at each contact; a jump is noted, and asked
//! about.

use super::clock_off;
use super::failure::Failure;
use super::replica::{ClockJump, Replica};
use super::writer::Writer;
use crate::browser::clock;
use crate::browser::events::visible;
use leptos::prelude::*;
use leptos::task::spawn_local;
use perron_domain::command::Command;
use perron_domain::fact::{Body, Fact};
use perron_domain::time::Wall;
use perron_ledger::Store;
use perron_tablet::Compared;

/// What must be added to this clock to get the hub's, as the last contact found it, less the jumps since.
pub(super) const HUB_CLOCK: &str = "hub_clock";
/// When the wall clock was last looked at, so that a start knows whether it went back meanwhile.
pub(super) const SEEN: &str = "seen_wall";
/// The difference that somebody said something about.
const CLOCK_ANSWERED: &str = "hub_clock_answered";

impl Replica {
    /// Reads the clocks: notices a jump, then shows the hour.
    pub(super) fn read_clocks(self) {
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

    /// Keeps what the wall clock says now.
    pub(super) fn note_wall(self) {
        spawn_local(async move {
            if let Ok(keeper) = self.keeper()
                && self.writer.get_untracked() == Writer::Here
            {
                let _ = keeper.store().set_named(SEEN, &minicbor::to_vec(clock::wall()).unwrap_or_default()).await;
            }
        });
    }

    /// Records a jump of the clock in the open round, then asks what happened: whoever answers corrects what is recorded.
    pub(super) fn jumped(self, by_ms: i64) {
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
            match jump.fact {
                Some(fact) => {
                    self.dispatch(Command::Correct { fact, by: Some(Box::new(words)), reason: None }).await?;
                }
                // A comparison since then has it in what it found: noted once more, it would count twice.
                None if self.core().unrecorded.get() == 0 => {}
                None => {
                    self.dispatch(words).await?;
                    self.core().unrecorded.update(|sum| sum.saturating_sub(jump.by_ms));
                }
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

    pub(super) async fn kept_ms(&self, name: &str) -> Option<i64> {
        let kept = self.keeper().ok()?.store().named(name).await.ok()??;
        minicbor::decode(&kept).ok()
    }

    pub(super) async fn keep_ms(&self, name: &str, ms: i64) {
        if let Ok(keeper) = self.keeper() {
            let _ = keeper.store().set_named(name, &minicbor::to_vec(ms).unwrap_or_default()).await;
        }
    }

    /// Takes what a contact found about the clock: keeps it, notes it in the open round where that does not say it yet, and
    /// asks about it once. What was found before the clock was set says nothing of the clock as it is: `jumps` is how
    /// many jumps were known when the contact began.
    pub(super) async fn compare_clock(&self, found: Compared, jumps: u32) {
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
}

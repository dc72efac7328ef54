//! What is known of the clocks of the devices that wrote a round.
//!
//! A fact keeps the hour that its device read, right or wrong, and nothing rewrites it. Only durations need more: an
//! observation that one tablet began and another watches, a vial opened before the clock was set. For them every hour
//! read is brought to one scale, the hub's, by what the devices noted: how far their clock was off at a contact with the
//! hub, and by how much it jumped.

use super::Round;
use crate::fact::Body;
use crate::hour::AHEAD_MS;
use crate::name::{DeviceId, FactName};
use crate::state::Effective;
use crate::time::Wall;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a device noted about its clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
enum Noted {
    /// Compared with the hub's: what must be added to it, and what had to be added until then, where that was known.
    Compared { offset_ms: i64, before_ms: Option<i64> },
    /// Set while the app was open, by so much.
    Jumped { by_ms: i64 },
}

/// The clocks of a round's devices: by chain, what was noted, by number of the fact.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Clocks {
    chains: BTreeMap<DeviceId, BTreeMap<u32, Noted>>,
}

impl Clocks {
    /// Returns the milliseconds to add to an hour that a device read when it wrote the fact of that name. Zero where
    /// nothing was noted; before the first comparison, what that comparison found, less the jumps in between.
    #[must_use]
    pub fn correction(&self, name: FactName) -> i64 {
        let Some(noted) = self.chains.get(&name.device) else { return 0 };
        let mut jumps = 0_i64;
        for one in noted.range(..=name.number).rev().map(|(_, one)| *one) {
            match one {
                Noted::Compared { offset_ms, .. } => return offset_ms.saturating_sub(jumps),
                Noted::Jumped { by_ms } => jumps = jumps.saturating_add(by_ms),
            }
        }
        // Nothing was compared before: what a later comparison found held already, up to the jumps since.
        let mut later = 0_i64;
        for one in noted.range(name.number.saturating_add(1)..).map(|(_, one)| *one) {
            match one {
                Noted::Compared { offset_ms, before_ms } => {
                    return before_ms.unwrap_or(offset_ms).saturating_add(later);
                }
                Noted::Jumped { by_ms } => later = later.saturating_add(by_ms),
            }
        }
        jumps.saturating_neg()
    }

    /// Returns the hour that a device reads now, on the scale of the hub.
    #[must_use]
    pub fn steady(&self, device: DeviceId, now: Wall) -> Wall {
        self.true_time(FactName::new(device, u32::MAX), now)
    }

    /// Returns an hour read for the fact of that name, on the scale of the hub.
    #[must_use]
    pub fn true_time(&self, name: FactName, read: Wall) -> Wall {
        Wall(read.0.saturating_add(self.correction(name)))
    }

    /// Returns when something was done that the fact of that name says was done at `done`, on the scale of the hub. The
    /// fact was written at `written`. Somebody may have typed the hour from a watch that is right while the tablet is
    /// not: of the two readings the later one counts that was not to come yet, so that no observation ends too early.
    #[must_use]
    pub fn done(&self, name: FactName, done: Wall, written: Wall) -> Wall {
        let corrected = self.true_time(name, done);
        // Nothing was typed: the tablet read its own clock, and there is one reading only.
        if done == written {
            return corrected;
        }
        let typed_right = done.since(self.true_time(name, written)) <= AHEAD_MS;
        if typed_right { corrected.max(done) } else { corrected }
    }

    pub(super) fn step(&mut self, effective: &Effective<'_>) {
        let noted = match effective.body.as_ref() {
            Body::ClockCompared(one) => Noted::Compared { offset_ms: one.offset_ms, before_ms: one.before_ms },
            Body::ClockJumped(one) => Noted::Jumped { by_ms: one.by_ms },
            _ => return,
        };
        let name = effective.fact.name;
        self.chains.entry(name.device).or_default().insert(name.number, noted);
    }
}

impl Round {
    /// Returns the use-by of a vial or a load of prepared syringes, as its tablet read its clock; none for what has none.
    #[must_use]
    pub fn use_by(&self, source: FactName) -> Option<Wall> {
        match self.vials.get(&source) {
            Some(vial) => Some(vial.use_by),
            None => self.loads.get(&source)?.loaded.preparation.as_ref().map(|prepared| prepared.use_by),
        }
    }

    /// Returns when a vial was opened, or a load of syringes prepared, as it was noted; none for what is ready as it is.
    #[must_use]
    pub fn ready_at(&self, source: FactName) -> Option<Wall> {
        match self.vials.get(&source) {
            Some(vial) => Some(vial.opened_at),
            None => self.loads.get(&source)?.loaded.preparation.as_ref().map(|prepared| prepared.at),
        }
    }

    /// Returns the same use-by on the scale of the hub: what a countdown ends at.
    #[must_use]
    pub fn ends_at(&self, source: FactName) -> Option<Wall> {
        self.use_by(source).map(|read| self.clocks.true_time(source, read))
    }
}

//! The guard against taps meant for the screen before: wet glass, a glove that slides, a double tap.

use std::time::Duration;

use leptos::{ev, prelude::*};

/// How long after a change of screen a tap is not believed.
pub const GUARD: Duration = Duration::from_millis(400);

/// What is known of the taps of a screen. Pure, so that the host can test it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Taps {
    /// How many changes of screen are younger than [`GUARD`].
    armed: u32,
    /// How many changes of screen there were.
    changes: u32,
    /// How the tap that is under way began: after how many changes, and whether it was believed then.
    begun: Option<(u32, bool)>,
}

impl Taps {
    const fn holds(self) -> bool {
        self.armed > 0
    }

    const fn arm(&mut self) {
        self.armed = self.armed.saturating_add(1);
        self.changes = self.changes.wrapping_add(1);
    }

    const fn calm(&mut self) {
        self.armed = self.armed.saturating_sub(1);
    }

    /// A finger, a pen or a button went down.
    const fn begin(&mut self) {
        self.begun = Some((self.changes, !self.holds()));
    }

    /// Says whether the tap that ends now was meant for this screen: it began here, and neither end of it is held back.
    fn ends_here(&mut self) -> bool {
        let here = self.begun.take().is_none_or(|(changes, believed)| believed && changes == self.changes);
        here && !self.holds()
    }
}

/// Whether taps are believed now. The shell arms it at each change of address, and each main button when it comes or turns
/// into another one; a page whose screens at one address have none arms it itself.
#[derive(Clone, Copy)]
pub struct TouchGuard {
    taps: RwSignal<Taps>,
}

impl TouchGuard {
    /// Returns the guard of the screens below, and gives it to them.
    #[must_use]
    pub fn provide() -> Self {
        let guard = Self { taps: RwSignal::new(Taps::default()) };
        provide_context(guard);
        guard
    }

    /// Returns the shell's guard; where there is no shell, one that never holds anything back.
    #[must_use]
    pub fn find() -> Self {
        use_context().unwrap_or_else(|| Self { taps: RwSignal::new(Taps::default()) })
    }

    /// Ignores taps for [`GUARD`] from now on.
    pub fn arm(self) {
        self.taps.update(Taps::arm);
        set_timeout(
            move || {
                self.taps.try_update(Taps::calm);
            },
            GUARD,
        );
    }

    /// Returns whether taps are ignored, as it changes.
    #[must_use]
    pub fn holding(self) -> Signal<bool> {
        Signal::derive(move || self.taps.with(|taps| taps.holds()))
    }

    /// A tap begins. For a capturing listener around the screen.
    pub fn begin(self) {
        self.taps.update_untracked(Taps::begin);
    }

    /// Swallows a click that was not meant for this screen. For a capturing listener around the screen.
    pub fn filter(self, event: &ev::MouseEvent) {
        let meant = self.taps.try_update_untracked(Taps::ends_here).unwrap_or(true);
        // A click made by a keyboard has no position and no glove: it is believed.
        if !meant && event.detail() > 0 {
            event.stop_propagation();
            event.prevent_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_counts_only_for_the_screen_on_which_it_began() {
        let mut taps = Taps::default();
        taps.begin();
        assert!(taps.ends_here(), "nothing has changed for long");
        // The second tap of two comes while the next screen is new.
        taps.arm();
        taps.begin();
        assert!(!taps.ends_here());
        // Begun while it was new and lifted late: still the tap of the screen before.
        taps.begin();
        taps.calm();
        assert!(!taps.ends_here());
        // Begun on the screen before, and lifted when the guard of the next one is over.
        taps.begin();
        taps.arm();
        taps.calm();
        assert!(!taps.ends_here());
        // A tap of its own, a moment later.
        taps.begin();
        assert!(taps.ends_here());
        // A click that no finger began, as a screen reader makes it.
        assert!(taps.ends_here());
    }

    #[test]
    fn two_changes_at_once_hold_until_both_are_old() {
        let mut taps = Taps::default();
        taps.arm();
        taps.arm();
        taps.calm();
        assert!(taps.holds());
        taps.calm();
        assert!(!taps.holds());
    }
}

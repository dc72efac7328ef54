//! The guard against taps meant for the screen before: wet glass, a glove that slides, a double tap.

use std::time::Duration;

use leptos::{ev, prelude::*};

/// How long after a change of screen a tap is not believed.
pub const GUARD: Duration = Duration::from_millis(400);

/// Whether taps are believed now. The shell arms it at each change of address; a page with several screens at one
/// address arms it itself.
#[derive(Clone, Copy)]
pub struct TouchGuard {
    armed: RwSignal<u32>,
}

impl TouchGuard {
    /// Returns the guard of the screens below, and gives it to them.
    #[must_use]
    pub fn provide() -> Self {
        let guard = Self { armed: RwSignal::new(0) };
        provide_context(guard);
        guard
    }

    /// Returns the shell's guard; where there is no shell, one that never holds anything back.
    #[must_use]
    pub fn find() -> Self {
        use_context().unwrap_or_else(|| Self { armed: RwSignal::new(0) })
    }

    /// Ignores taps for [`GUARD`] from now on.
    pub fn arm(self) {
        self.armed.update(|count| *count += 1);
        set_timeout(
            move || {
                self.armed.try_update(|count| *count = count.saturating_sub(1));
            },
            GUARD,
        );
    }

    /// Returns whether taps are ignored, as it changes.
    #[must_use]
    pub fn holding(self) -> Signal<bool> {
        Signal::derive(move || self.armed.get() > 0)
    }

    /// Returns whether taps are ignored at this moment.
    #[must_use]
    pub fn holds(self) -> bool {
        self.armed.get_untracked() > 0
    }

    /// Swallows a click made while the guard holds. For a capturing listener around the screen.
    pub fn filter(self, event: &ev::MouseEvent) {
        // A click made by a keyboard has no position and no glove: it is believed.
        if self.holds() && event.detail() > 0 {
            event.stop_propagation();
            event.prevent_default();
        }
    }
}

//! What stands around the pages: the strip above, the bottom bar below.

mod clocks;
mod copies;
mod given_up;
mod notices;
mod signed;
mod state;
mod tablet;
mod told;
mod when_open;

use leptos::prelude::*;

pub use state::{provide_shell_state, why_stuck};
pub use tablet::TabletShell;

use crate::components::{SyncView, TimerView};

/// What the shell shows on every screen of the tablet. The replica provides it as a context; without it the strip says
/// that nothing was ever synchronised, which is then true.
#[derive(Clone, Copy)]
pub struct ShellState {
    /// Whether the tablet and the relay know the same things.
    pub sync: Signal<SyncView>,
    /// The observations under way, the one that ends first at the front.
    pub timers: Signal<Vec<TimerView>>,
    /// The people shown are invented, or access control is not there yet.
    pub demo: Signal<bool>,
}

impl ShellState {
    /// Returns what the replica provides, or a shell that knows nothing.
    #[must_use]
    pub fn find() -> Self {
        use_context().unwrap_or_else(|| Self {
            sync: Signal::stored(SyncView::Never),
            timers: Signal::stored(Vec::new()),
            demo: Signal::stored(true),
        })
    }
}

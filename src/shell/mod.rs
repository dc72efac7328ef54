//! What stands around the pages: the tablet's strip and bottom bar, the desk's side bar.

mod desk;
mod notices;
mod state;
mod tablet;
mod when_open;

use leptos::prelude::*;

pub use desk::DeskShell;
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

/// The house's sign: a door at the top of its steps.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="4 5 56 54" aria-hidden="true" focusable="false">
            <path class="logo-door" d="M35 35V19a9.5 9.5 0 0 1 19 0v16z" />
            <circle class="logo-knob" cx="39.5" cy="26" r="2" />
            <path class="logo-steps" d="M8 54v-6.5h9V41h9v-6h30v19z" />
            <path class="logo-treads" d="M17 47.5h39M26 41h30" />
        </svg>
    }
}

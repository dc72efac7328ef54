//! Tells open desks what has changed, so that a round is seen moving while its tablet is in coverage.
//!
//! Only the name of the changed scope is sent: a desk that hears it asks again for what it shows.

use perron_domain::name::Scope;
use serde::Serialize;
use tokio::sync::broadcast;

/// How many changes a slow desk may lag behind before it is told to read everything again.
const BACKLOG: usize = 256;

/// Something was stored in a scope of the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The scope that changed.
    pub scope: Scope,
    /// The relay's last arrival number after the change.
    pub arrival: u64,
}

/// The channel of changes.
#[derive(Clone, Debug)]
pub struct Live(broadcast::Sender<Change>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Live {
    /// Tells whoever listens; nobody listening is no error.
    pub fn notify(&self, change: Change) {
        let _ = self.0.send(change);
    }

    /// Returns the changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}

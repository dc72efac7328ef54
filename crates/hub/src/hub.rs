//! The relay in memory: what the handlers share.

use crate::keys::Keys;
use crate::live::Live;
use std::sync::Arc;
use tokio::sync::watch;

/// What every handler gets: the one relay of this hub.
pub type AppState = Arc<Hub>;

/// The relay of this hub.
#[derive(Debug)]
pub struct Hub {
    /// The relay's key and the hub's own.
    pub(crate) keys: Keys,
    /// Tells open desks what has changed.
    pub live: Live,
    /// Becomes true when the hub is about to stop: long answers then end by themselves.
    pub stopping: watch::Receiver<bool>,
}

//! The relay in memory: what the handlers share.

use crate::keys::Keys;
use crate::live::Live;
use crate::serve::ServeError;
use crate::store::SqliteStore;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch;

/// What every handler gets: the one relay of this hub.
pub type AppState = Arc<Hub>;

/// The relay of this hub.
#[derive(Debug)]
pub struct Hub {
    /// The relay's key and the hub's own.
    pub(crate) keys: Keys,
    /// The relay's facts.
    pub(crate) store: SqliteStore,
    /// Tells open desks what has changed.
    pub live: Live,
    /// Becomes true when the hub is about to stop: long answers then end by themselves.
    pub stopping: watch::Receiver<bool>,
}

impl Hub {
    /// Opens the relay that `folder` holds, or makes a new one.
    ///
    /// # Errors
    /// When the store or the keys cannot be used.
    pub async fn open(folder: &Path, stopping: watch::Receiver<bool>) -> Result<Self, ServeError> {
        let store = SqliteStore::open(&folder.join("perron.sqlite3")).await?;
        let keys = Keys::open(folder, true)?;
        Ok(Self { keys, store, live: Live::default(), stopping })
    }

    /// Closes the store, after the last request.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

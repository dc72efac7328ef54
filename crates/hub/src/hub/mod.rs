//! The relay in memory: what the handlers share.
//!
//! Handlers read folds through [`Hub::read`] and change things through [`Hub::command`], [`Hub::common_command`] and
//! [`Hub::people_commands`]; they never see the store. One writer at a time: whoever changes something holds the
//! writing lock, decides on a state that has everything stored so far, appends, and folds what was stored.

mod cache;
mod commands;
mod enrolment;
mod erasure;
mod found;
mod heard;
mod open_error;
mod returning;
mod trust;

pub use cache::Cache;
pub use commands::CommandError;
pub(crate) use enrolment::unavailable;
pub use enrolment::{EnrolmentCode, Tablet};
pub use erasure::Erased;
pub(crate) use found::territory_offset;
pub use open_error::OpenError;
pub(crate) use trust::Rights;

use crate::clock;
use crate::import::addresses::Addresses;
use crate::keys::Keys;
use crate::live::{Change, Live};
use crate::store::SqliteStore;
use perron_domain::name::{DeviceId, RelayId, Scope};
use perron_domain::time::Wall;
use perron_ledger::rights;
use perron_ledger::store::Epoch;
use perron_ledger::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use tokio::sync::watch;

/// The database in the data folder.
const FILE: &str = "perron.sqlite3";

/// What every handler gets: the one relay of this hub.
pub type AppState = Arc<Hub>;

/// The relay of this hub.
#[derive(Debug)]
pub struct Hub {
    pub(crate) relay: RelayId,
    pub(crate) epoch: Epoch,
    /// The number that the hub writes its own chains under: 1, or one of its own that a restore drew.
    pub(crate) device: DeviceId,
    pub(crate) keys: Keys,
    pub(crate) store: SqliteStore,
    cache: RwLock<Cache>,
    writing: tokio::sync::Mutex<()>,
    addresses: OnceLock<Addresses>,
    /// Tells open desks what has changed.
    pub live: Live,
    /// Becomes true when the hub is about to stop: long answers then end by themselves.
    pub stopping: watch::Receiver<bool>,
    met: Mutex<BTreeMap<DeviceId, Met>>,
    heard: Mutex<BTreeMap<(u32, DeviceId), u64>>,
    let_in: Mutex<BTreeSet<DeviceId>>,
    wrong_codes: Mutex<VecDeque<Wall>>,
}

/// What the hub noticed of a device since it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// When it last sent an authenticated request.
    pub at: Wall,
    /// How far its wall clock was ahead of the hub's then, in milliseconds; negative when behind.
    pub clock_ahead_ms: i64,
}

impl Hub {
    /// Opens the relay that `folder` holds, or founds a new one. What of its rounds must come back to its people does so in
    /// [`Self::follow_all`].
    ///
    /// # Errors
    /// When the store or the keys cannot be used.
    pub async fn open(
        folder: &Path,
        demo: bool,
        name: Option<String>,
        stopping: watch::Receiver<bool>,
    ) -> Result<Self, OpenError> {
        let store = SqliteStore::open(&folder.join(FILE)).await?;
        let known = found::known(&store).await?;
        // A relay whose key got lost must not silently become another relay.
        let keys = Keys::open(folder, known.is_none())?;
        let found::Known { relay, epoch, device } = match known {
            Some(known) => known,
            None => found::identity(&store).await?,
        };
        let hub = Self {
            relay,
            epoch,
            device,
            keys,
            store,
            cache: RwLock::default(),
            writing: tokio::sync::Mutex::default(),
            addresses: OnceLock::new(),
            live: Live::default(),
            stopping,
            met: Mutex::default(),
            heard: Mutex::default(),
            let_in: Mutex::default(),
            wrong_codes: Mutex::default(),
        };
        for scope in hub.store.scopes().await? {
            hub.catch_up(scope).await?;
        }
        hub.found(demo, name).await?;
        Ok(hub)
    }

    /// Says whether `folder` holds the data of a relay.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Says that `folder` was put back from a copy: draws a new epoch, on which tablets compare heads and push again
    /// what the copy lacks, and lets the hub go on under a number of its own that it never had, so that what it wrote
    /// after the copy was made keeps its place. Returns false when the folder holds no relay.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn renew_epoch(folder: &Path) -> Result<bool, StoreError> {
        let store = SqliteStore::open(&folder.join(FILE)).await?;
        let renewed = found::restored(&store).await;
        store.close().await;
        renewed
    }

    /// Reads the relay as it is now. `look` runs under the lock: it copies out what it needs and does not wait.
    pub fn read<R>(&self, look: impl FnOnce(&Cache) -> R) -> R {
        look(&self.cache.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the relay's file of addresses, when it has one.
    #[must_use]
    pub fn addresses(&self) -> Option<&Addresses> {
        self.addresses.get()
    }

    /// Gives the relay its file of addresses, once at each start.
    pub(crate) fn know_addresses(&self, addresses: Addresses) {
        let _ = self.addresses.set(addresses);
    }

    /// Folds what arrived in a scope since the last look. Returns whether something did.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub(crate) async fn catch_up(&self, scope: Scope) -> Result<bool, StoreError> {
        let after = self.read(|cache| cache.taken(scope));
        let Some(mut arrived) = cache::arrived(&self.store, scope, after).await? else { return Ok(false) };
        let refold = rights::carry_out(&self.store, scope, &arrived.facts).await?;
        if refold && let Some(all) = cache::arrived(&self.store, scope, 0).await? {
            arrived = all;
        }
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if refold {
            cache.forget(scope);
        }
        // Somebody else may have folded the same facts meanwhile; folding them again changes nothing.
        cache.take(scope, arrived, clock::now());
        Ok(true)
    }

    /// Folds what arrived in a scope and tells open desks.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub(crate) async fn changed(&self, scope: Scope) -> Result<(), StoreError> {
        if self.catch_up(scope).await? {
            self.live.notify(Change { scope, arrival: self.read(|cache| cache.taken(scope)) });
        }
        Ok(())
    }

    /// Returns what was noticed of a device since the hub started.
    #[must_use]
    pub fn met(&self, device: DeviceId) -> Option<Met> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner).get(&device).copied()
    }

    /// Notes an authenticated request of a device whose wall clock read `theirs`.
    pub(crate) fn meet(&self, device: DeviceId, theirs: Wall) {
        let at = clock::now();
        let met = Met { at, clock_ahead_ms: theirs.since(at) };
        self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(device, met);
    }

    /// Holds the one right to change something.
    pub(crate) async fn writing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.writing.lock().await
    }

    /// Closes the store, after the last request.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

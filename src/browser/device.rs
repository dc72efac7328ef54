//! The store of a tablet in a browser: in two copies where the browser gives files, else in its database alone.

use super::copies::Copies;
use super::log_files::{self, LogFiles, NoFiles};
use super::{timers, witness};
use futures::future::{Either, join, select};
use perron_domain::name::Scope;
use perron_ledger::operated::Operated;
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::store::{Cursor, Fork, Outgoing, Waiting};
use perron_ledger::{Chain, Clear, Head, Record, SignedHead, Store, StoreError};
use perron_store_idb::IdbStore;
use perron_store_log::LogStore;
use perron_store_pair::mark::{self, Mark};
use perron_store_pair::{Mended, Opening, Pair, Perhaps, Ways, Why};
use std::pin::pin;
use std::time::Duration;

/// The name of the browser's database. One relay per browser profile.
const NAME: &str = "perron";

/// How long the database may take to open.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long a store that is closed waits for what is being written.
const LAST_WRITE: Duration = Duration::from_secs(2);

/// The store of this device.
pub enum DeviceStore {
    /// The log, and the database after it.
    Two(Box<Pair<LogFiles, Clear, Perhaps<IdbStore>>>),
    /// The database alone: this browser has no files, or this tab only reads.
    One(IdbStore),
}

/// A store, in how many places it keeps a step, and what was found of both when there are two.
type Found = (DeviceStore, Copies, Option<Opening>);

/// Opens the store of this device. Bytes lie in it as they are: sealing comes with keys.
///
/// A tab that may not write (`writes` is false) opens the database only, which lags by a second: the log belongs to the tab
/// that writes.
///
/// # Errors
/// [`StoreError`] says why nothing can be kept here.
pub async fn open(writes: bool) -> Result<Found, StoreError> {
    if !writes {
        let database = in_time(IdbStore::open(NAME, Clear)).await?;
        return Ok((DeviceStore::One(database), Copies::Elsewhere, None));
    }
    let (database, files) = join(in_time(IdbStore::open(NAME, Clear)), LogFiles::open()).await;
    match files {
        Ok(files) => {
            let database = match database {
                Err(StoreError::TooNew) => return Err(StoreError::TooNew),
                Err(error) if perron_store_log::is_whole(&files).await? => made_anew(error).await,
                other => Some(other?),
            };
            let database = Perhaps(database.map(IdbStore::relaxed));
            let (pair, mut found) = perron_store_pair::open(files, Clear, database, Ways::default()).await?;
            let reached = pair.log().log().await.last();
            let missing = if found.begins { 0 } else { witness::missing(reached) };
            if missing > found.lost {
                found.lost = missing;
                found.mended.get_or_insert(Mended::Log(Why::Behind));
                // Before the witness forgets it: whoever is interrupted here is still told at the next start.
                witness::keep_lost(true);
            }
            witness::keep(reached);
            Ok((DeviceStore::Two(Box::new(pair)), Copies::Two, Some(found)))
        }
        Err(NoFiles::Unsupported) => alone(database?).await,
        // What the database lacks may stand in a log that is there and cannot be opened now.
        Err(NoFiles::NoWorker) => {
            let database = database?;
            match Mark::of(&database).await? {
                Some(mark) if !mark.alone => Err(StoreError::Failed("the log's worker is not there".to_owned())),
                _ => alone(database).await,
            }
        }
        Err(NoFiles::Failed(error)) => Err(error),
    }
}

/// Waits for the database, a while: left by a page before it had answered, Chromium's never answers again while the browser is
/// open.
async fn in_time<T>(opening: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    match select(pin!(opening), pin!(timers::sleep(PATIENCE))).await {
        Either::Left((opened, _)) => opened,
        Either::Right(_) => Err(StoreError::Blocked),
    }
}

/// Makes an empty database in place of one that the browser cannot open any more: the log has everything. Nothing, when the
/// database is only busy or refused; then the log goes on alone.
async fn made_anew(error: StoreError) -> Option<IdbStore> {
    if !matches!(error, StoreError::Failed(_)) {
        return None;
    }
    in_time(IdbStore::<Clear>::delete(NAME)).await.ok()?;
    in_time(IdbStore::open(NAME, Clear)).await.ok()
}

/// Opens the database without a log, and says so when there was one.
async fn alone(database: IdbStore) -> Result<Found, StoreError> {
    let had_a_log = Mark::of(&database).await?.is_some_and(|mark| !mark.alone);
    mark::goes_alone(&database).await?;
    let lost = Opening { mended: Some(Mended::Log(Why::Lost)), ..Opening::default() };
    Ok((DeviceStore::One(database), Copies::One, had_a_log.then_some(lost)))
}

impl DeviceStore {
    /// Gives the second copy what it lacks. Returns whether there was something.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be written; the first copy has it.
    pub async fn catch_up(&self) -> Result<bool, StoreError> {
        match self {
            Self::Two(pair) if pair.is_behind() => pair.catch_up().await.map(|()| true),
            Self::Two(_) | Self::One(_) => Ok(false),
        }
    }

    /// Keeps outside both copies how many changes are durable.
    pub async fn witness(&self) {
        if let Self::Two(pair) = self {
            let reached = pair.log().log().await.last();
            witness::keep(reached);
        }
    }

    /// Writes the log anew when it holds what was erased, or has grown long.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be written; nothing is lost then.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        match self {
            Self::Two(pair) => pair.tidy().await,
            Self::One(_) => Ok(()),
        }
    }

    /// Says whether this tab holds the files of a log, which no other tab can have meanwhile.
    #[must_use]
    pub const fn has_files(&self) -> bool {
        matches!(self, Self::Two(_))
    }

    /// Lets everything go, so that another tab can open it: whatever is asked from then on answers [`StoreError::Closed`].
    /// What is being written is waited for, a while.
    pub async fn close(&self) {
        match self {
            Self::Two(pair) => {
                let _ = select(pin!(LogStore::log(pair.log())), pin!(timers::sleep(LAST_WRITE))).await;
                log_files::let_go();
                if let Some(database) = &pair.second().0 {
                    database.close();
                }
            }
            Self::One(database) => database.close(),
        }
    }
}

impl Operated for DeviceStore {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        match self {
            Self::Two(pair) => pair.operate(operation).await,
            Self::One(database) => operation.carry_out(database).await,
        }
    }
}

/// Asks whichever store it is.
macro_rules! read {
    ($self:ident, $store:ident => $ask:expr) => {
        match $self {
            Self::Two(pair) => {
                let $store = pair.log().memory();
                $ask.await
            }
            Self::One($store) => $ask.await,
        }
    };
}

impl Store for DeviceStore {
    perron_ledger::writes_by_operations!();

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        read!(self, store => store.chain(chain, from, to))
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        read!(self, store => store.arrivals(scope, after, limit))
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        read!(self, store => store.last_arrival())
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        read!(self, store => store.heads(scope))
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        read!(self, store => store.head(chain))
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        read!(self, store => store.head_at(chain, number))
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        read!(self, store => store.scopes())
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        read!(self, store => store.quarantined(scope))
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        read!(self, store => store.signed(chain, from, limit))
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        read!(self, store => store.outbox())
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        read!(self, store => store.held(chain))
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        read!(self, store => store.forks(scope))
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        read!(self, store => store.cursor(scope))
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        read!(self, store => store.named(name))
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        read!(self, store => store.names(prefix))
    }
}

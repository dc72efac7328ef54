//! The store of a tablet in a browser: in two copies where the browser gives files, else in its database alone.

use super::copies::Copies;
use super::log_files::{self, LogFiles, NoFiles};
use super::{timers, witness};
use futures::future::{Either, join, select};
use perron_ledger::operated::Operated;
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{Clear, OneOf, Store, StoreError};
use perron_store_idb::IdbStore;
use perron_store_log::LogStore;
use perron_store_pair::mark::{self, Mark};
use perron_store_pair::{Early, Mended, Opening, Perhaps, Ways, Why, early};
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
    /// The log, and the database after it, which answers until a long log has been read.
    Two(Box<Early<LogFiles, Clear, Perhaps<IdbStore>>>),
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
            let early = Early::open(files, Clear, database, Ways::default(), early::LONG).await?;
            let store = DeviceStore::Two(Box::new(early));
            let found = store.found().await;
            Ok((store, Copies::Two, found))
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
            Self::Two(early) => match early.pair() {
                Some(pair) if pair.is_behind() => pair.catch_up().await.map(|()| true),
                _ => Ok(false),
            },
            Self::One(_) => Ok(false),
        }
    }

    /// Reads the log, if that was put off. Returns what was found, the first time that it is asked after that.
    ///
    /// # Errors
    /// [`StoreError`] when nothing can be saved here.
    pub async fn read_log(&self) -> Result<Option<Opening>, StoreError> {
        if let Self::Two(early) = self {
            early.read().await?;
        }
        Ok(self.found().await)
    }

    /// Returns what was found of both copies, once, when the log has been read.
    async fn found(&self) -> Option<Opening> {
        let Self::Two(early) = self else { return None };
        let mut found = early.found()?;
        let reached = early.pair()?.log().log().await.last();
        let missing = if found.begins { 0 } else { witness::missing(reached) };
        if missing > found.lost {
            found.lost = missing;
            found.mended.get_or_insert(Mended::Log(Why::Behind));
            // Before the witness forgets it: whoever is interrupted here is still told at the next start.
            witness::keep_lost(true);
        }
        witness::keep(reached);
        Some(found)
    }

    /// Keeps outside both copies how many changes are durable.
    pub async fn witness(&self) {
        let Self::Two(early) = self else { return };
        if let Some(pair) = early.pair() {
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
            Self::Two(early) => match early.pair() {
                Some(pair) => pair.tidy().await,
                None => Ok(()),
            },
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
            Self::Two(early) => {
                if let Some(pair) = early.pair() {
                    let _ = select(pin!(LogStore::log(pair.log())), pin!(timers::sleep(LAST_WRITE))).await;
                }
                log_files::let_go();
                if let Some(database) = &early.second().0 {
                    database.close();
                }
            }
            Self::One(database) => database.close(),
        }
    }

    fn either(&self) -> OneOf<'_, Early<LogFiles, Clear, Perhaps<IdbStore>>, IdbStore> {
        match self {
            Self::Two(early) => OneOf::First(early),
            Self::One(database) => OneOf::Second(database),
        }
    }
}

impl Operated for DeviceStore {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        self.either().operate(operation).await
    }
}

impl Store for DeviceStore {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => &self.either());
}

//! [`Early`]: a pair that answers before its log has been read.
//!
//! A log that has grown for years takes longer to read than a nurse waits. When a look at its ends says that both copies have
//! the same, the second copy answers what is asked, and the log is read behind it. Whatever is written waits until the log
//! has been read: so both stay the same until then. What the reading finds in the middle of the log is mended as at any
//! opening, and told then.

use crate::mark::{Brought, Mark};
use crate::opening::{Opening, Ways};
use crate::pair::Pair;
use futures::lock::Mutex;
use perron_ledger::operated::{Copied, Operated};
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{MemoryStore, OneOf, Seal, Store, StoreError};
use perron_store_log::{Files, Glance, glance};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// A log of so many bytes is read behind: some 30,000 facts; fewer take less time than a person notices.
pub const LONG: u64 = 16 * 1024 * 1024;

/// A pair, whose log may not have been read yet.
#[derive(Debug)]
pub struct Early<F, S, B> {
    second: Rc<B>,
    pair: OnceCell<Pair<F, S, Rc<B>>>,
    /// What the log is read from; nothing once it was, or could not be. Whoever has this reads it.
    unread: Mutex<Option<(F, S, Ways)>>,
    /// What was found when it was read, until somebody asks.
    found: RefCell<Option<Opening>>,
}

impl<F: Files, S: Seal, B: Copied> Early<F, S, B> {
    /// Opens the pair of the log in `files`, whose bytes pass through `seal`, and of `second`. A log of fewer bytes than `long`
    /// is read at once, and so is one that does not certainly say the same as the second copy.
    ///
    /// # Errors
    /// [`StoreError`] when the copy that counts cannot be read, or the log cannot be written.
    pub async fn open(files: F, seal: S, second: B, ways: Ways, long: u64) -> Result<Self, StoreError> {
        let is_enough = match glance(&files).await? {
            Some(glance) if glance.length >= long => says_the_same(&glance, &second).await,
            _ => false,
        };
        let unread = Mutex::new(Some((files, seal, ways)));
        let early = Self { second: Rc::new(second), pair: OnceCell::new(), unread, found: RefCell::new(None) };
        if !is_enough {
            early.read().await?;
        }
        Ok(early)
    }

    /// Returns the pair, if its log has been read.
    #[must_use]
    pub fn pair(&self) -> Option<&Pair<F, S, Rc<B>>> {
        self.pair.get()
    }

    /// Returns the copy that follows.
    #[must_use]
    pub fn second(&self) -> &B {
        &self.second
    }

    /// Returns what was found when the log was read: once, to whoever asks first after it.
    pub fn found(&self) -> Option<Opening> {
        self.found.take()
    }

    /// Returns the pair once its log has been read.
    ///
    /// # Errors
    /// [`StoreError`] when the copy that counts cannot be read, or the log cannot be written; then every later call answers
    /// [`StoreError::Closed`].
    pub async fn read(&self) -> Result<&Pair<F, S, Rc<B>>, StoreError> {
        if let Some(pair) = self.pair.get() {
            return Ok(pair);
        }
        let mut unread = self.unread.lock().await;
        if let Some(pair) = self.pair.get() {
            return Ok(pair);
        }
        let (files, seal, ways) = unread.take().ok_or(StoreError::Closed)?;
        let (pair, opening) = crate::open(files, seal, Rc::clone(&self.second), ways).await?;
        self.found.replace(Some(opening));
        Ok(self.pair.get_or_init(|| pair))
    }

    fn reader(&self) -> OneOf<'_, MemoryStore<S>, B> {
        self.pair.get().map_or(OneOf::Second(&self.second), |pair| OneOf::First(pair.log().memory()))
    }
}

/// Returns whether a log whose ends were looked at certainly says the same as the second copy, if nothing in its middle is
/// damaged.
async fn says_the_same(glance: &Glance, second: &impl Store) -> bool {
    let Ok(Some(mark)) = Mark::of(second).await else { return false };
    let follows = mark.era == glance.header.era && mark.number == glance.last && !mark.alone;
    let agrees = |brought: Brought| {
        let change = glance.changes.iter().find(|(number, _)| *number == brought.number);
        // What stands before the changes, nobody compares.
        brought.number <= glance.header.base
            || change.is_some_and(|(number, change)| Brought::by(*number, change) == Some(brought))
    };
    follows && mark.brought.is_none_or(agrees)
}

impl<F: Files, S: Seal, B: Copied> Operated for Early<F, S, B> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        self.read().await?.operate(operation).await
    }
}

impl<F: Files, S: Seal, B: Copied> Store for Early<F, S, B> {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => &self.reader());
}

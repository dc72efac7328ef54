//! [`LogStore`]: the promises of [`Store`], each change one frame of the log, each answer from memory.

use crate::files::Files;
use crate::frame::{Damage, Reading};
use crate::log::{AT_ONCE, Found, Log};
use futures::lock::{Mutex, MutexGuard};
use perron_ledger::operated::Operated;
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{MemoryStore, Seal, Store, StoreError};
use std::sync::atomic::{AtomicBool, Ordering};

/// The facts of one relay in a log.
#[derive(Debug)]
pub struct LogStore<F, S> {
    /// One change after the other: each is judged by what the one before has left.
    log: Mutex<Log<F>>,
    memory: MemoryStore<S>,
    /// Something that the log still holds was erased, replaced or forgotten.
    outdated: AtomicBool,
}

/// Does what a log in these files holds, in order. Returns how many changes do not join any more because one before them is
/// lost.
pub async fn replay<S: Seal>(
    files: &impl Files,
    memory: &MemoryStore<S>,
    operations: impl IntoIterator<Item = Operation>,
) -> u64 {
    let mut refused = 0;
    for (count, operation) in operations.into_iter().enumerate() {
        if count % AT_ONCE == 0 {
            files.breathe().await;
        }
        refused += u64::from(memory.apply(operation).refuses());
    }
    refused
}

/// Returns whether an operation makes bytes that stand in the log unwanted.
#[must_use]
pub const fn erases(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Erase(_) | Operation::Forget(_) | Operation::DeleteNamed(_) | Operation::Rehome { .. }
    )
}

/// Returns the operation with the arrival number that it was given, so that it is given the same when it is done again.
fn arrived(operation: Operation, answer: Answer) -> Operation {
    let given = match answer {
        Answer::Appended(perron_ledger::Appended::Stored { first_arrival, .. }) => Some(first_arrival),
        _ => None,
    };
    match operation {
        Operation::Append { append, .. } => Operation::Append { append, arrival: given },
        Operation::Rehome { old, at, new, .. } => Operation::Rehome { old, at, new, arrival: given },
        other => other,
    }
}

impl<F: Files, S: Seal> LogStore<F, S> {
    /// Opens the store in these files, whose bytes pass through `seal`, and returns what was damaged in them. When there is
    /// no log yet it is begun.
    ///
    /// # Errors
    /// [`StoreError`] when the files cannot be read or written.
    pub async fn open(files: F, seal: S) -> Result<(Self, Vec<Damage>), StoreError> {
        let (mut log, found) = Log::open(files, Reading::default()).await?;
        let memory = MemoryStore::sealed_by(seal);
        let Found { header, parts, changes, damage } = found;
        let outdated = changes.iter().any(|(_, operation)| erases(operation));
        replay(log.files(), &memory, parts.into_iter().chain(changes.into_iter().map(|(_, operation)| operation)))
            .await;
        if header.is_none() || damage.iter().any(|damage| !damage.at_end) {
            log.rewrite(log.era(), log.last(), &memory.sealed_export()).await?;
        }
        Ok((Self::of(log, memory, outdated), damage))
    }

    /// Returns a store of a log and of what it holds.
    #[must_use]
    pub const fn of(log: Log<F>, memory: MemoryStore<S>, outdated: bool) -> Self {
        Self { log: Mutex::new(log), memory, outdated: AtomicBool::new(outdated) }
    }

    /// Returns the index in memory, which answers what is read.
    #[must_use]
    pub const fn memory(&self) -> &MemoryStore<S> {
        &self.memory
    }

    /// Returns the log, once nothing is being written.
    pub async fn log(&self) -> MutexGuard<'_, Log<F>> {
        self.log.lock().await
    }

    /// Returns the files and ends the store.
    #[must_use]
    pub fn into_files(self) -> F {
        self.log.into_inner().into_files()
    }

    /// Does an operation, its bytes open. Returns the answer and, when it changed something, its number in the log.
    ///
    /// # Errors
    /// [`StoreError`] when nothing was written.
    pub async fn change(&self, operation: Operation) -> Result<(Answer, Option<u64>), StoreError> {
        let sealed = operation.sealed(self.memory.seal())?;
        let mut log = self.log.lock().await;
        let (answer, changes) = self.memory.foresee(&sealed);
        if !changes {
            return Ok((answer, None));
        }
        let sealed = arrived(sealed, answer);
        let number = log.append(&sealed).await?;
        if erases(&sealed) {
            self.outdated.store(true, Ordering::Relaxed);
        }
        Ok((self.memory.apply(sealed), Some(number)))
    }

    /// Returns whether the log holds what was erased, or has grown long.
    pub async fn is_untidy(&self) -> bool {
        self.outdated.load(Ordering::Relaxed) || self.log.lock().await.is_long()
    }

    /// Writes the log anew when it is untidy. Call it when nobody waits. Returns whether it was.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be written; the log before still counts.
    pub async fn tidy(&self) -> Result<bool, StoreError> {
        if !self.is_untidy().await {
            return Ok(false);
        }
        self.write_anew(&mut *self.log().await).await.map(|()| true)
    }

    /// Writes this store's log anew.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be written; the log before still counts.
    pub async fn write_anew(&self, log: &mut Log<F>) -> Result<(), StoreError> {
        let (era, last) = (log.era(), log.last());
        log.rewrite(era, last, &self.memory.sealed_export()).await?;
        self.outdated.store(false, Ordering::Relaxed);
        Ok(())
    }
}

impl<F: Files, S: Seal> Operated for LogStore<F, S> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        self.change(operation).await.map(|(answer, _)| answer)
    }
}

impl<F: Files, S: Seal> Store for LogStore<F, S> {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => &self.memory);
}

//! [`Pair`]: the promises of [`Store`], kept by the log before the answer, and by the second copy soon after.

use crate::mark::{Brought, Mark};
use futures::lock::Mutex;
use perron_ledger::operated::{Copied, Operated};
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{Seal, Store, StoreError};
use perron_store_log::{Files, LogStore};
use std::cell::RefCell;
use std::collections::VecDeque;

/// How many changes the second copy is given at a time.
const AT_ONCE: usize = 64;

/// What the second copy lacks.
#[derive(Debug)]
pub(crate) struct Due {
    /// It must be written anew from the log.
    pub whole: bool,
    /// What its mark says; `None` when it has none.
    pub mark: Option<Mark>,
    /// The changes that it lacks, by number, their bytes open.
    pub changes: VecDeque<(u64, Operation)>,
}

/// A store in two copies.
#[derive(Debug)]
pub struct Pair<F, S, B> {
    log: LogStore<F, S>,
    second: B,
    era: u64,
    due: RefCell<Due>,
    /// One at a time writes to the second copy.
    turn: Mutex<()>,
}

impl<F: Files, S: Seal, B: Copied> Pair<F, S, B> {
    pub(crate) const fn of(log: LogStore<F, S>, second: B, era: u64, due: Due) -> Self {
        Self { log, second, era, due: RefCell::new(due), turn: Mutex::new(()) }
    }

    /// Returns the copy that is awaited.
    #[must_use]
    pub const fn log(&self) -> &LogStore<F, S> {
        &self.log
    }

    /// Returns the copy that follows.
    #[must_use]
    pub const fn second(&self) -> &B {
        &self.second
    }

    /// Returns the log's files and the second copy, and ends the pair.
    #[must_use]
    pub fn into_parts(self) -> (F, B) {
        (self.log.into_files(), self.second)
    }

    /// Returns whether the second copy lacks something that the log has.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        let due = self.due.borrow();
        due.whole || !due.changes.is_empty() || !self.is_marked(&due)
    }

    /// Gives the second copy everything that it lacks now. Call it within a second of each change. When it fails, what is due
    /// stays due, and the log has it all.
    ///
    /// # Errors
    /// [`StoreError`] when the second copy could not be written.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        if self.due.borrow().whole || !self.give().await? {
            self.write_anew().await?;
        }
        if self.is_marked(&self.due.borrow()) {
            return Ok(());
        }
        // The log was begun or mended from the second copy: both have the same, unless a change came just now.
        let last = self.log.log().await.last();
        if self.due.borrow().changes.is_empty() { self.note(last, None).await } else { Ok(()) }
    }

    /// Gives the second copy the changes that are due when this is called: who saves without a pause must not keep it busy for
    /// ever. Returns whether it took them; if not, it is not what its mark says.
    async fn give(&self) -> Result<bool, StoreError> {
        let Some(until) = self.due.borrow().changes.back().map(|(number, _)| *number) else { return Ok(true) };
        loop {
            let due = self
                .due
                .borrow()
                .changes
                .iter()
                .take_while(|(number, _)| *number <= until)
                .take(AT_ONCE)
                .cloned()
                .collect();
            let next: Vec<(u64, Operation)> = due;
            let Some((reached, count)) = next.last().map(|(number, _)| (*number, next.len())) else { return Ok(true) };
            let last = next.iter().rev().find_map(|(number, change)| Brought::by(*number, change));
            let before = self.due.borrow().mark.filter(|mark| mark.era == self.era);
            let brought = last.or_else(|| before?.brought);
            if !self.second.follow(next.into_iter().map(|(_, change)| change).collect()).await? {
                return Ok(false);
            }
            self.due.borrow_mut().changes.drain(..count);
            self.note(reached, brought).await?;
        }
    }

    /// Returns whether the second copy's mark says that it follows this log.
    fn is_marked(&self, due: &Due) -> bool {
        due.mark.is_some_and(|mark| mark.era == self.era && !mark.alone)
    }

    async fn note(&self, number: u64, brought: Option<Brought>) -> Result<(), StoreError> {
        let mark = Mark { era: self.era, number, alone: false, brought };
        mark.keep(&self.second).await?;
        self.due.borrow_mut().mark = Some(mark);
        Ok(())
    }

    async fn write_anew(&self) -> Result<(), StoreError> {
        self.due.borrow_mut().whole = true;
        let (parts, last) = {
            let log = self.log.log().await;
            (self.log.memory().export().await?, log.last())
        };
        self.due.borrow_mut().changes.retain(|(number, _)| *number > last);
        self.due.borrow_mut().mark = None;
        self.second.replace(parts).await?;
        self.note(last, None).await?;
        self.due.borrow_mut().whole = false;
        Ok(())
    }

    /// Gives the second copy everything, then writes the log anew when it holds what was erased, or has grown long: it then no
    /// longer has its changes one by one. Call it when nobody waits: saving waits while the log is written.
    ///
    /// # Errors
    /// [`StoreError`] when a copy could not be written; nothing is lost then.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        self.catch_up().await?;
        if !self.log.is_untidy().await {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        let mut log = self.log.log().await;
        if self.due.borrow().whole || !self.give().await? {
            // It is written anew first, another time.
            self.due.borrow_mut().whole = true;
            return Ok(());
        }
        self.log.write_anew(&mut log).await
    }
}

impl<F: Files, S: Seal, B: Copied> Operated for Pair<F, S, B> {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        let (answer, number) = self.log.change(operation.clone()).await?;
        if let Some(number) = number {
            self.due.borrow_mut().changes.push_back((number, operation));
        }
        Ok(answer)
    }
}

impl<F: Files, S: Seal, B: Copied> Store for Pair<F, S, B> {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => self.log.memory());
}

//! Files in memory, for tests and for machines without a disk: also what is left of them after a crash, and a disk that
//! is full.

use crate::files::{File, Files};
use perron_ledger::StoreError;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Two files in memory. Clones are handles of the same files.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles(Rc<Inside>);

#[derive(Debug, Default)]
struct Inside {
    /// What a reader sees.
    now: RefCell<[Vec<u8>; 2]>,
    /// What survives a crash for certain.
    durable: RefCell<[Vec<u8>; 2]>,
    /// How many more operations are done before everything fails.
    left: Cell<Option<u32>>,
    /// How many more operations are done before one fails.
    fails: Cell<Option<u32>>,
    /// How many bytes a file may have.
    room: Cell<Option<usize>>,
    /// A planted fault: flushing answers, and flushes nothing.
    lies: Cell<bool>,
}

const fn index(file: File) -> usize {
    match file {
        File::First => 0,
        File::Second => 1,
    }
}

impl MemoryFiles {
    /// Two empty files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns other files with the same content.
    #[must_use]
    pub fn copied(&self) -> Self {
        let copy = Self::new();
        copy.0.now.replace(self.0.now.borrow().clone());
        copy.0.durable.replace(self.0.durable.borrow().clone());
        copy
    }

    /// Lets so many more operations be done; all after them fail, as those of a program that was killed.
    pub fn kill_after(&self, operations: u32) {
        self.0.left.set(Some(operations));
    }

    /// Lets one operation fail after so many more; those after it are done.
    pub fn fail_once_after(&self, operations: u32) {
        self.0.fails.set(Some(operations));
    }

    /// Gives files at most so many bytes; `None` gives them all they want.
    pub fn give_room(&self, bytes: Option<usize>) {
        self.0.room.set(bytes);
    }

    /// Plants a fault: from now on flushing answers and flushes nothing.
    pub fn lie_about_flushing(&self) {
        self.0.lies.set(true);
    }

    /// The machine crashes and starts again. Of what was not flushed, as much is there as `reached` says: it is asked for a
    /// number between 0 and its argument, the length of a file.
    pub fn crash(&self, mut reached: impl FnMut(usize) -> usize) {
        self.0.left.set(None);
        let mut now = self.0.now.borrow_mut();
        for (now, durable) in now.iter_mut().zip(self.0.durable.borrow_mut().iter_mut()) {
            if now != durable {
                let reached = reached(now.len()).min(now.len());
                let mut left = now[..reached].to_vec();
                left.extend_from_slice(durable.get(reached..).unwrap_or_default());
                durable.clone_from(&left);
                *now = left;
            }
        }
    }

    /// Returns the content of a file.
    #[must_use]
    pub fn content(&self, file: File) -> Vec<u8> {
        self.0.now.borrow()[index(file)].clone()
    }

    /// Puts another content into a file, as no program does: the disk itself was damaged.
    pub fn put(&self, file: File, content: Vec<u8>) {
        self.0.durable.borrow_mut()[index(file)].clone_from(&content);
        self.0.now.borrow_mut()[index(file)] = content;
    }

    fn alive(&self) -> Result<(), StoreError> {
        let fails = self.0.fails.take();
        if fails == Some(0) {
            return Err(StoreError::Failed("the disk refused once".to_owned()));
        }
        self.0.fails.set(fails.map(|left| left - 1));
        match self.0.left.get() {
            None => Ok(()),
            Some(0) => Err(StoreError::Closed),
            Some(left) => {
                self.0.left.set(Some(left - 1));
                Ok(())
            }
        }
    }
}

impl Files for MemoryFiles {
    async fn length(&self, file: File) -> Result<u64, StoreError> {
        self.alive()?;
        Ok(self.0.now.borrow()[index(file)].len() as u64)
    }

    async fn read(&self, file: File, at: u64, count: usize) -> Result<Vec<u8>, StoreError> {
        self.alive()?;
        let now = self.0.now.borrow();
        let from = usize::try_from(at).unwrap_or(usize::MAX);
        let rest = now[index(file)].get(from..).unwrap_or_default();
        Ok(rest[..rest.len().min(count)].to_vec())
    }

    async fn write(&self, file: File, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.alive()?;
        let mut now = self.0.now.borrow_mut();
        let content = &mut now[index(file)];
        let begin = usize::try_from(at).map_err(|_| StoreError::Full)?;
        let room = self.0.room.get().unwrap_or(usize::MAX);
        // A full disk may take a part.
        let part = &bytes[..bytes.len().min(room.saturating_sub(begin))];
        let end = begin + part.len();
        if content.len() < end {
            content.resize(end, 0);
        }
        content[begin..end].copy_from_slice(part);
        if part.len() < bytes.len() { Err(StoreError::Full) } else { Ok(()) }
    }

    async fn truncate(&self, file: File, length: u64) -> Result<(), StoreError> {
        self.alive()?;
        let length = usize::try_from(length).map_err(|_| StoreError::Full)?;
        self.0.now.borrow_mut()[index(file)].truncate(length);
        self.0.durable.borrow_mut()[index(file)].truncate(length);
        Ok(())
    }

    async fn flush(&self, file: File) -> Result<(), StoreError> {
        self.alive()?;
        if !self.0.lies.get() {
            let now = self.content(file);
            self.0.durable.borrow_mut()[index(file)] = now;
        }
        Ok(())
    }
}

//! The ledger's store on SQLite: one file in the relay's data folder.
//!
//! One connection writes, several read. The journal is write-ahead and every commit reaches the disk before it is
//! answered (`synchronous = FULL`): an acknowledged fact survives a power cut.

mod append;
#[cfg(test)]
mod contract_tests;
mod enrolment;
mod migrations;
mod read;
mod row;
mod side;
#[cfg(test)]
mod tests;

pub use enrolment::{Claim, CodeRow, DeviceRow, Settled};

use perron_domain::name::Scope;
use perron_ledger::append::Quarantine;
use perron_ledger::store::{Cursor, Fork, Outgoing, Stuck, Waiting};
use perron_ledger::{Append, Appended, Chain, Hash, Head, Place, Record, SignedHead, Store, StoreError};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// How many connections read at the same time.
const READERS: u32 = 4;

/// The ledger's store on SQLite. Cloning gives another handle to the same store.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the database file, making it when it does not exist and bringing it to the newest shape.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be used, is damaged, or was written by a newer hub.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased is overwritten in the file, not only unlinked.
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(5));
        let writer =
            SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(row::failed)?;
        let mut connection = writer.acquire().await.map_err(row::failed)?;
        migrations::run(&mut connection).await?;
        drop(connection);
        let read_only = options.create_if_missing(false).read_only(true);
        let readers =
            SqlitePoolOptions::new().max_connections(READERS).connect_with(read_only).await.map_err(row::failed)?;
        Ok(Self { writer, readers })
    }

    /// Closes the file after the last write; later calls answer [`StoreError::Closed`].
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Begins a transaction that holds the one right to write from its start.
    async fn write(&self) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, StoreError> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(row::failed)
    }
}

impl Store for SqliteStore {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        let mut transaction = self.write().await?;
        let answer = append::append(&mut transaction, &append).await?;
        transaction.commit().await.map_err(row::failed)?;
        Ok(answer)
    }

    async fn rehome(&self, old: Chain, at: u32, new: Append) -> Result<Appended, StoreError> {
        let mut transaction = self.write().await?;
        let answer = append::rehome(&mut transaction, old, at, &new).await?;
        if matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
            transaction.commit().await.map_err(row::failed)?;
        }
        Ok(answer)
    }

    async fn chain(&self, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
        read::chain(&self.readers, chain, from, to).await
    }

    async fn arrivals(&self, scope: Scope, after: u64, limit: usize) -> Result<Vec<Record>, StoreError> {
        read::arrivals(&self.readers, scope, after, limit).await
    }

    async fn last_arrival(&self) -> Result<u64, StoreError> {
        read::last_arrival(&self.readers).await
    }

    async fn heads(&self, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
        read::heads(&self.readers, scope).await
    }

    async fn head(&self, chain: Chain) -> Result<Option<Head>, StoreError> {
        read::head(&self.readers, chain).await
    }

    async fn head_at(&self, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
        read::head_at(&self.readers, chain, number).await
    }

    async fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        read::scopes(&self.readers).await
    }

    async fn quarantined(&self, scope: Scope) -> Result<Vec<Record>, StoreError> {
        read::quarantined(&self.readers, scope).await
    }

    async fn erase(&self, place: Place) -> Result<bool, StoreError> {
        side::erase(&self.writer, place).await
    }

    async fn set_quarantine(&self, place: Place, quarantine: Option<Quarantine>) -> Result<bool, StoreError> {
        side::set_quarantine(&self.writer, place, quarantine).await
    }

    async fn forget(&self, scope: Scope) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        side::forget(&mut transaction, scope).await?;
        transaction.commit().await.map_err(row::failed)
    }

    async fn keep_signed(&self, signed: SignedHead) -> Result<(), StoreError> {
        side::keep_signed(&mut *self.writer.acquire().await.map_err(row::failed)?, &signed).await
    }

    async fn signed(&self, chain: Chain, from: u32, limit: usize) -> Result<Vec<SignedHead>, StoreError> {
        side::signed(&self.readers, chain, from, limit).await
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, StoreError> {
        side::outbox(&self.readers).await
    }

    async fn acknowledge(&self, chain: Chain, number: u32) -> Result<bool, StoreError> {
        side::acknowledge(&self.writer, chain, number).await
    }

    async fn set_stuck(&self, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError> {
        side::set_stuck(&self.writer, chain, stuck).await
    }

    async fn hold(&self, waiting: Waiting) -> Result<(), StoreError> {
        side::hold(&self.writer, &waiting).await
    }

    async fn held(&self, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
        side::held(&self.readers, chain).await
    }

    async fn drop_held(&self, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError> {
        side::drop_held(&self.writer, chain, from, signed).await
    }

    async fn keep_fork(&self, fork: Fork) -> Result<(), StoreError> {
        side::keep_fork(&self.writer, fork).await
    }

    async fn forks(&self, scope: Scope) -> Result<Vec<Fork>, StoreError> {
        side::forks(&self.readers, scope).await
    }

    async fn cursor(&self, scope: Scope) -> Result<Option<Cursor>, StoreError> {
        side::cursor(&self.readers, scope).await
    }

    async fn set_cursor(&self, scope: Scope, cursor: Cursor) -> Result<(), StoreError> {
        side::set_cursor(&self.writer, scope, cursor).await
    }

    async fn named(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        side::named(&self.readers, name).await
    }

    async fn set_named(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        side::set_named(&self.writer, name, value).await
    }

    async fn delete_named(&self, name: &str) -> Result<bool, StoreError> {
        side::delete_named(&self.writer, name).await
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        side::names(&self.readers, prefix).await
    }
}

//! The contract that every store passes, on SQLite.

use super::SqliteStore;
use perron_ledger::contract::Factory;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes stores in a folder of their own, which goes with the factory.
struct Folder {
    folder: tempfile::TempDir,
    stores: AtomicU32,
}

impl Folder {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), stores: AtomicU32::new(0) }
    }
}

impl Factory for Folder {
    type Store = SqliteStore;

    async fn fresh(&self) -> SqliteStore {
        let number = self.stores.fetch_add(1, Ordering::Relaxed);
        SqliteStore::open(&self.folder.path().join(format!("{number}.sqlite3"))).await.unwrap()
    }

    /// A copy of the files as they lie on the disk while the store is still open: what a killed hub leaves.
    async fn reopen(&self, store: SqliteStore) -> SqliteStore {
        let file: PathBuf = store.writer.connect_options().get_filename().to_owned();
        let number = self.stores.fetch_add(1, Ordering::Relaxed);
        let copy = self.folder.path().join(format!("{number}.sqlite3"));
        std::fs::copy(&file, &copy).unwrap();
        let journal = |file: &std::path::Path| PathBuf::from(format!("{}-wal", file.display()));
        if journal(&file).exists() {
            std::fs::copy(journal(&file), journal(&copy)).unwrap();
        }
        SqliteStore::open(&copy).await.unwrap()
    }
}

perron_ledger::store_contract!(
    #[tokio::test]
    Folder::new()
);

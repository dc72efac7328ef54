//! The store of a device where tests run on the host: memory.

use perron_ledger::operated::Operated;
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{MemoryStore, Store, StoreError};

/// A store in memory, with what a browser's store can be asked besides.
#[derive(Debug, Default)]
pub struct DeviceStore(MemoryStore);

impl From<MemoryStore> for DeviceStore {
    fn from(memory: MemoryStore) -> Self {
        Self(memory)
    }
}

#[expect(clippy::unused_async, reason = "the browser's store answers asynchronously")]
impl DeviceStore {
    /// There is no second copy here.
    ///
    /// # Errors
    /// None on the host.
    pub async fn catch_up(&self) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// There is no log here.
    ///
    /// # Errors
    /// None on the host.
    pub async fn read_log(&self) -> Result<Option<super::store::Opening>, StoreError> {
        Ok(None)
    }

    /// There is no log here.
    ///
    /// # Errors
    /// None on the host.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// There is nothing to keep outside.
    pub async fn witness(&self) {}

    /// There are none.
    #[must_use]
    pub const fn has_files(&self) -> bool {
        false
    }

    /// Nobody waits for it.
    pub async fn close(&self) {}
}

impl Operated for DeviceStore {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        self.0.operate(operation).await
    }
}

impl Store for DeviceStore {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => &self.0);
}

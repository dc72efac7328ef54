//! Which store the app keeps its facts in: the browser's database, or memory where tests run on the host.

use perron_ledger::StoreError;

/// The store of this device.
#[cfg(target_arch = "wasm32")]
pub type DeviceStore = perron_store_idb::IdbStore;
/// The store of this device.
#[cfg(not(target_arch = "wasm32"))]
pub type DeviceStore = perron_ledger::MemoryStore;

/// The name of the browser's database. One relay per browser profile.
#[cfg(target_arch = "wasm32")]
const NAME: &str = "perron";

/// Opens the store of this device. Bytes lie in it as they are: sealing comes with keys.
///
/// # Errors
/// [`StoreError`] says why nothing can be kept here.
#[cfg(target_arch = "wasm32")]
pub async fn open() -> Result<DeviceStore, StoreError> {
    DeviceStore::open(NAME, perron_ledger::Clear).await
}

/// Opens the store of this device.
///
/// # Errors
/// None on the host; the browser's store has some.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "the browser's store opens asynchronously")]
pub async fn open() -> Result<DeviceStore, StoreError> {
    Ok(DeviceStore::new())
}

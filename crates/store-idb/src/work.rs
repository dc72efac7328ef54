//! One transaction: what it reads, what it writes, and the moment from which it is durable.
//!
//! Writes are handed over without waiting for each. [`Work::done`] waits for the transaction to complete: with strict
//! durability that is when the bytes are on the disk. If anything failed, the whole transaction was undone.

use crate::error::from_idb;
use crate::key::Keys;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionFinishKind, TransactionMode, TransactionOptions,
};
use js_sys::Uint8Array;
use perron_ledger::StoreError;
use wasm_bindgen::{JsCast, JsValue};

/// A running transaction. Dropped without [`Work::done`], it is undone.
pub struct Work<'a> {
    transaction: Transaction<'a>,
}

fn failed(error: Error) -> StoreError {
    from_idb(&error)
}

/// Returns the bytes of a stored value.
fn bytes(value: JsValue) -> Result<Vec<u8>, StoreError> {
    let array = value.dyn_into::<Uint8Array>().map_err(|_| StoreError::Damaged("not bytes".to_owned()))?;
    Ok(array.to_vec())
}

impl<'a> Work<'a> {
    /// Begins a transaction that only reads.
    pub fn read(db: &'a Database, stores: &[&str]) -> Result<Self, StoreError> {
        let transaction = db.transaction(stores).with_mode(TransactionMode::Readonly).build().map_err(failed)?;
        Ok(Self { transaction })
    }

    /// Begins a transaction that writes.
    pub fn write(db: &'a Database, stores: &[&str], durability: TransactionDurability) -> Result<Self, StoreError> {
        let options = TransactionOptions::new().with_durability(durability);
        let builder = db.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(options);
        Ok(Self { transaction: builder.build().map_err(failed)? })
    }

    /// Returns the value at a key.
    pub async fn get(&self, store: &str, key: JsValue) -> Result<Option<Vec<u8>>, StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        let request = store.get::<JsValue, JsValue, _>(key).primitive().map_err(failed)?;
        request.await.map_err(failed)?.map(bytes).transpose()
    }

    /// Returns the values in a range, in order of their keys.
    pub async fn all(&self, store: &str, keys: Keys) -> Result<Vec<Vec<u8>>, StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        let request = store.get_all::<JsValue>().with_query::<JsValue, _>(keys).primitive().map_err(failed)?;
        request.await.map_err(failed)?.map(|value| bytes(value.map_err(failed)?)).collect()
    }

    /// Returns every value of an object store, in order of their keys.
    pub async fn whole(&self, store: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        let request = store.get_all::<JsValue>().primitive().map_err(failed)?;
        request.await.map_err(failed)?.map(|value| bytes(value.map_err(failed)?)).collect()
    }

    /// Returns the keys in a range that are texts.
    pub async fn texts(&self, store: &str, keys: Keys) -> Result<Vec<String>, StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        let request = store.get_all_keys::<JsValue>().with_query::<JsValue, _>(keys).primitive().map_err(failed)?;
        let found = request.await.map_err(failed)?.map(|key| key.map_err(failed));
        found.filter_map(|key| key.map(|key| key.as_string()).transpose()).collect()
    }

    /// Returns the keys of an object store that are numbers.
    pub async fn numbers(&self, store: &str) -> Result<Vec<u32>, StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        let request = store.get_all_keys::<JsValue>().primitive().map_err(failed)?;
        let found = request.await.map_err(failed)?.map(|key| key.map_err(failed));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "keys of scopes are 32 bits")]
        let number = |key: JsValue| key.as_f64().map(|number| number as u32);
        found.filter_map(|key| key.map(number).transpose()).collect()
    }

    /// Puts a value at a key, in place of what was there.
    pub fn put(&self, store: &str, key: JsValue, value: &[u8]) -> Result<(), StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        let value: JsValue = Uint8Array::from(value).into();
        store.put(value).with_key(key).primitive().map_err(failed)?;
        Ok(())
    }

    /// Deletes what stands in a range.
    pub fn delete(&self, store: &str, keys: Keys) -> Result<(), StoreError> {
        let store = self.transaction.object_store(store).map_err(failed)?;
        store.delete::<JsValue, _>(keys).primitive().map_err(failed)?;
        Ok(())
    }

    /// Waits until everything is durable. The browser commits by itself once no request is left.
    pub async fn done(self) -> Result<(), StoreError> {
        loop {
            match self.transaction.on_done().map_err(failed)?.await {
                TransactionFinishKind::Ok => return Ok(()),
                // A request failed; the transaction's own error is known when its abort is told.
                TransactionFinishKind::Err => {}
                TransactionFinishKind::Abort => break,
            }
        }
        let why = self.transaction.error();
        Err(why.map_or_else(|| StoreError::Failed("the transaction was undone".to_owned()), failed))
    }
}

//! How values of the ledger stand in the columns of the database, and come back.

use perron_domain::name::{DeviceId, Scope};
use perron_domain::time::Wall;
use perron_ledger::append::Quarantine;
use perron_ledger::{Chain, Hash, Record, StoreError};
use sqlx::FromRow;

/// The columns of a fact, in the order that [`FACT`] names them.
#[derive(FromRow)]
pub(super) struct FactRow {
    arrival: i64,
    scope: u32,
    device: u32,
    number: u32,
    received_ms: i64,
    leaf: Vec<u8>,
    head: Vec<u8>,
    bytes: Option<Vec<u8>>,
    quarantine: Option<u8>,
}

impl FactRow {
    /// Returns the fact, or says that the row is damaged.
    pub(super) fn record(self) -> Result<Record, StoreError> {
        let chain = Chain::new(Scope(self.scope), DeviceId(self.device));
        Ok(Record {
            place: chain.at(self.number),
            arrival: unsigned(self.arrival),
            received: Wall(self.received_ms),
            leaf: hash(&self.leaf)?,
            head: hash(&self.head)?,
            bytes: self.bytes,
            quarantine: self.quarantine.map(quarantine).transpose()?,
        })
    }
}

/// Returns the hash in a column.
pub(super) fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    Hash::from_slice(bytes).ok_or_else(|| StoreError::Damaged("a hash that has not 32 bytes".to_owned()))
}

/// Returns what a quarantine stands as in its column.
pub(super) const fn quarantine_number(quarantine: Quarantine) -> u8 {
    match quarantine {
        Quarantine::Unreadable => 1,
        Quarantine::NotAllowed => 2,
        Quarantine::Meaningless => 3,
        Quarantine::TooLarge => 4,
    }
}

fn quarantine(number: u8) -> Result<Quarantine, StoreError> {
    match number {
        1 => Ok(Quarantine::Unreadable),
        2 => Ok(Quarantine::NotAllowed),
        3 => Ok(Quarantine::Meaningless),
        4 => Ok(Quarantine::TooLarge),
        _ => Err(StoreError::Damaged(format!("an unknown quarantine {number}"))),
    }
}

/// Returns an arrival number as the database counts it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Returns an arrival number as the ledger counts it.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Returns `value` as CBOR for a column that nobody searches in.
pub(super) fn body<T: minicbor::Encode<()>>(value: &T) -> Result<Vec<u8>, StoreError> {
    minicbor::to_vec(value).map_err(|error| StoreError::Failed(error.to_string()))
}

/// Returns the value in such a column.
pub(super) fn from_body<'b, T: minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, StoreError> {
    minicbor::decode(bytes).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Puts an error of the engine into the ledger's words.
#[expect(clippy::needless_pass_by_value, reason = "used as the last step of `map_err`")]
pub(super) fn failed(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::PoolClosed => StoreError::Closed,
        sqlx::Error::Database(inner) => match inner.code().as_deref() {
            Some("13") => StoreError::Full,
            Some("11" | "26") => StoreError::Damaged(inner.message().to_owned()),
            Some("8" | "14" | "23") => StoreError::Denied,
            _ => StoreError::Failed(inner.message().to_owned()),
        },
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Damaged(error.to_string()),
        _ => StoreError::Failed(error.to_string()),
    }
}

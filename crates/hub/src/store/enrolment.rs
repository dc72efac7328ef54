//! Enrolment codes and the devices they let in: the hub's own index, beside the facts.
//!
//! A code is used up at the first authenticated push of a device that it let in, not when it is typed: on an iPad a
//! code may be typed in the browser first and then again in the installed app, which has a storage and a key of its own.

use super::SqliteStore;
use super::row::failed;
use crate::enrol_code::EnrolCode;
use perron_domain::name::DeviceId;
use perron_domain::time::Wall;
use perron_ledger::StoreError;
use sqlx::FromRow;

/// How many different keys one code may be typed for before somebody must make a new code.
const KEYS_PER_CODE: i64 = 4;

/// A code as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CodeRow {
    /// Its eight letters.
    pub code: String,
    /// What the relay calls the tablet.
    pub label: String,
    /// Until when it lets somebody in, in milliseconds since 1970.
    pub expires_ms: i64,
    /// The device whose push used it up.
    pub used_by: Option<u32>,
}

/// A device the hub has given a number to.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DeviceRow {
    /// Its number.
    pub number: u32,
    /// Its Ed25519 public key.
    pub public_key: Vec<u8>,
    /// What the relay calls it.
    pub label: String,
    /// When it got its number, in milliseconds since 1970.
    pub enrolled_ms: i64,
    /// Its last authenticated request, in milliseconds since 1970.
    pub seen_ms: Option<i64>,
}

/// What came of a code that was typed on a tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The code lets in: this is the device's number, new or the one that this key got before.
    Granted {
        /// The number.
        device: DeviceId,
        /// The tablet's name.
        label: String,
        /// Whether the number was given just now.
        new: bool,
    },
    /// No such code was made.
    Unknown,
    /// It was valid until earlier.
    Expired,
    /// Another device has used it up, or it was typed for too many keys.
    Used,
}

/// Who of the devices of one code was first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Whether the device asked about used the code up, now or before, or needed none.
    pub is_first: bool,
    /// The other devices that the same code gave a number to.
    pub others: Vec<DeviceId>,
}

impl SqliteStore {
    /// Keeps a new code.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn add_code(
        &self,
        code: &EnrolCode,
        label: &str,
        account: u32,
        made: Wall,
        expires: Wall,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO enrolment_code (code, label, account, made_ms, expires_ms) VALUES (?, ?, ?, ?, ?)")
            .bind(code.letters())
            .bind(label)
            .bind(account)
            .bind(made.0)
            .bind(expires.0)
            .execute(&self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Returns the codes, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn codes(&self) -> Result<Vec<CodeRow>, StoreError> {
        sqlx::query_as("SELECT code, label, expires_ms, used_by FROM enrolment_code ORDER BY made_ms DESC")
            .fetch_all(&self.readers)
            .await
            .map_err(failed)
    }

    /// Lets the holder of `public_key` in by `code`, giving it a number unless it has one.
    ///
    /// # Errors
    /// [`StoreError`] when the number could not be kept.
    pub async fn claim_code(&self, code: &EnrolCode, public_key: &[u8; 32], now: Wall) -> Result<Claim, StoreError> {
        let mut transaction = self.write().await?;
        let row: Option<CodeRow> =
            sqlx::query_as("SELECT code, label, expires_ms, used_by FROM enrolment_code WHERE code = ?")
                .bind(code.letters())
                .fetch_optional(&mut *transaction)
                .await
                .map_err(failed)?;
        let Some(row) = row else { return Ok(Claim::Unknown) };
        let known: Option<(u32, Option<String>)> =
            sqlx::query_as("SELECT number, code FROM device WHERE public_key = ?")
                .bind(public_key.as_slice())
                .fetch_optional(&mut *transaction)
                .await
                .map_err(failed)?;
        if let Some((number, of)) = known {
            // The same tablet asks again: it did not get our answer, or it got no further than this.
            let same = of.as_deref() == Some(code.letters()) && row.used_by.is_none_or(|by| by == number);
            return Ok(if same {
                Claim::Granted { device: DeviceId(number), label: row.label, new: false }
            } else {
                Claim::Used
            });
        }
        if row.used_by.is_some() {
            return Ok(Claim::Used);
        }
        if row.expires_ms < now.0 {
            return Ok(Claim::Expired);
        }
        let keys: i64 = sqlx::query_scalar("SELECT count(*) FROM device WHERE code = ?")
            .bind(code.letters())
            .fetch_one(&mut *transaction)
            .await
            .map_err(failed)?;
        if keys >= KEYS_PER_CODE {
            return Ok(Claim::Used);
        }
        let number = next_device(&mut transaction).await?;
        sqlx::query("INSERT INTO device (number, public_key, code, label, enrolled_ms) VALUES (?, ?, ?, ?, ?)")
            .bind(number.0)
            .bind(public_key.as_slice())
            .bind(code.letters())
            .bind(&row.label)
            .bind(now.0)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(Claim::Granted { device: number, label: row.label, new: true })
    }

    /// Uses up the code that let `device` in, unless another device of the same code was first.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be noted.
    pub async fn use_up_code(&self, device: DeviceId, now: Wall) -> Result<Settled, StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE device SET seen_ms = ? WHERE number = ?")
            .bind(now.0)
            .bind(device.0)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        sqlx::query(
            "UPDATE enrolment_code SET used_by = ?1 \
             WHERE used_by IS NULL AND code = (SELECT code FROM device WHERE number = ?1)",
        )
        .bind(device.0)
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
        let by: Option<Option<u32>> = sqlx::query_scalar(
            "SELECT c.used_by FROM device d JOIN enrolment_code c ON c.code = d.code WHERE d.number = ?",
        )
        .bind(device.0)
        .fetch_optional(&mut *transaction)
        .await
        .map_err(failed)?;
        let others: Vec<u32> = sqlx::query_scalar(
            "SELECT number FROM device WHERE number <> ?1 AND code = (SELECT code FROM device WHERE number = ?1)",
        )
        .bind(device.0)
        .fetch_all(&mut *transaction)
        .await
        .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        let is_first = by.flatten().is_none_or(|by| by == device.0);
        Ok(Settled { is_first, others: others.into_iter().map(DeviceId).collect() })
    }

    /// Gives a device number that was never used: for the kept branch of a fork.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn new_device_number(&self) -> Result<DeviceId, StoreError> {
        let mut transaction = self.write().await?;
        let number = next_device(&mut transaction).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(number)
    }

    /// Leaves out so many device numbers, which may have been given after the copy that this store was put back from.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn leap_device_numbers(&self, count: u32) -> Result<(), StoreError> {
        let most = perron_domain::name::DeviceId::HUB_AGAIN.0 - 1;
        sqlx::query("UPDATE relay SET next_device = min(next_device + ?, ?)")
            .bind(count)
            .bind(most)
            .execute(&self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Returns the devices that were given a number, by number.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn devices(&self) -> Result<Vec<DeviceRow>, StoreError> {
        sqlx::query_as("SELECT number, public_key, label, enrolled_ms, seen_ms FROM device ORDER BY number")
            .fetch_all(&self.readers)
            .await
            .map_err(failed)
    }
}

async fn next_device(connection: &mut sqlx::SqliteConnection) -> Result<DeviceId, StoreError> {
    let number: u32 = sqlx::query_scalar("UPDATE relay SET next_device = next_device + 1 RETURNING next_device - 1")
        .fetch_one(connection)
        .await
        .map_err(failed)?;
    Ok(DeviceId(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn store() -> (tempfile::TempDir, SqliteStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("perron.sqlite3")).await.unwrap();
        (folder, store)
    }

    async fn with_code() -> (tempfile::TempDir, SqliteStore, EnrolCode) {
        let (folder, store) = store().await;
        let code = EnrolCode::draw().unwrap();
        store.add_code(&code, "Tablette 1", 1, Wall(0), Wall(1_000)).await.unwrap();
        (folder, store, code)
    }

    #[tokio::test]
    async fn the_same_tablet_that_asks_twice_gets_the_same_number() {
        let (_folder, store, code) = with_code().await;
        let first = store.claim_code(&code, &[1; 32], Wall(1)).await.unwrap();
        let second = store.claim_code(&code, &[1; 32], Wall(5_000)).await.unwrap();
        assert_eq!(first, Claim::Granted { device: DeviceId(2), label: "Tablette 1".into(), new: true });
        assert_eq!(second, Claim::Granted { device: DeviceId(2), label: "Tablette 1".into(), new: false });
    }

    #[tokio::test]
    async fn a_code_is_used_up_by_the_first_push_and_not_by_typing_it() {
        let (_folder, store, code) = with_code().await;
        for (key, device) in [(1, 2), (2, 3)] {
            let claim = store.claim_code(&code, &[key; 32], Wall(1)).await.unwrap();
            assert_eq!(claim, Claim::Granted { device: DeviceId(device), label: "Tablette 1".into(), new: true });
        }
        let settled = store.use_up_code(DeviceId(3), Wall(2)).await.unwrap();
        assert_eq!(settled, Settled { is_first: true, others: vec![DeviceId(2)] });
        assert!(store.use_up_code(DeviceId(3), Wall(3)).await.unwrap().is_first);
        assert!(
            !store.use_up_code(DeviceId(2), Wall(4)).await.unwrap().is_first,
            "the browser's own storage came too late"
        );
        assert_eq!(store.claim_code(&code, &[3; 32], Wall(5)).await.unwrap(), Claim::Used);
    }

    #[tokio::test]
    async fn a_code_of_yesterday_or_of_nobody_lets_nobody_in() {
        let (_folder, store, code) = with_code().await;
        assert_eq!(store.claim_code(&code, &[1; 32], Wall(1_001)).await.unwrap(), Claim::Expired);
        let other = EnrolCode::draw().unwrap();
        assert_eq!(store.claim_code(&other, &[1; 32], Wall(1)).await.unwrap(), Claim::Unknown);
    }

    #[tokio::test]
    async fn a_code_typed_for_too_many_keys_lets_nobody_else_in() {
        let (_folder, store, code) = with_code().await;
        for key in 1..=4 {
            assert!(matches!(
                store.claim_code(&code, &[key; 32], Wall(1)).await.unwrap(),
                Claim::Granted { new: true, .. }
            ));
        }
        assert_eq!(store.claim_code(&code, &[9; 32], Wall(1)).await.unwrap(), Claim::Used);
    }
}

//! What stands beside the facts: signatures, outbox, what waits, forks, cursors, named values; and what is deleted.

use super::row::{body, failed, from_body, hash, quarantine_number, signed as signed_number, unsigned};
use minicbor::bytes::ByteVec;
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::append::Quarantine;
use perron_ledger::store::{Cursor, Epoch, Fork, Outgoing, Stuck, Waiting};
use perron_ledger::{Chain, Hash, Head, Place, SignedHead, StoreError};
use sqlx::{SqliteConnection, SqlitePool};

pub(super) async fn erase(pool: &SqlitePool, place: Place) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE fact SET bytes = NULL WHERE scope = ? AND device = ? AND number = ? AND bytes IS NOT NULL")
            .bind(place.chain.scope.0)
            .bind(place.chain.device.0)
            .bind(place.number)
            .execute(pool)
            .await
            .map_err(failed)?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn set_quarantine(
    pool: &SqlitePool,
    place: Place,
    quarantine: Option<Quarantine>,
) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE fact SET quarantine = ? WHERE scope = ? AND device = ? AND number = ?")
        .bind(quarantine.map(quarantine_number))
        .bind(place.chain.scope.0)
        .bind(place.chain.device.0)
        .bind(place.number)
        .execute(pool)
        .await
        .map_err(failed)?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn forget(connection: &mut SqliteConnection, scope: Scope) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM fact WHERE scope = ?",
        "DELETE FROM chain WHERE scope = ?",
        "DELETE FROM signed_head WHERE scope = ?",
        "DELETE FROM outbox WHERE scope = ?",
        "DELETE FROM held WHERE scope = ?",
        "DELETE FROM fork WHERE scope = ?",
        "DELETE FROM cursor WHERE scope = ?",
    ] {
        sqlx::query(statement).bind(scope.0).execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

/// Deletes a chain from number `at` (1 or more) on, with its signatures from there, what waits, and its place in the outbox.
pub(super) async fn cut(connection: &mut SqliteConnection, chain: Chain, at: u32) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM fact WHERE scope = ?1 AND device = ?2 AND number >= ?3",
        "DELETE FROM signed_head WHERE scope = ?1 AND device = ?2 AND number >= ?3",
        "DELETE FROM held WHERE scope = ?1 AND device = ?2 AND ?3 > 0",
        "UPDATE chain SET number = ?3 - 1, hash = coalesce((SELECT head FROM fact \
         WHERE scope = ?1 AND device = ?2 AND number = ?3 - 1), start) WHERE scope = ?1 AND device = ?2 AND number >= ?3",
        "DELETE FROM chain WHERE scope = ?1 AND device = ?2 AND number = 0 AND ?3 <= 1",
        "DELETE FROM outbox WHERE scope = ?1 AND device = ?2 AND ?3 > 0",
    ] {
        let query = sqlx::query(statement).bind(chain.scope.0).bind(chain.device.0).bind(at);
        query.execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

pub(super) async fn keep_signed(connection: &mut SqliteConnection, signed: &SignedHead) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO signed_head (scope, device, number, hash, signer, signature) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO NOTHING",
    )
    .bind(signed.chain.scope.0)
    .bind(signed.chain.device.0)
    .bind(signed.head.number)
    .bind(signed.head.hash.0.as_slice())
    .bind(signed.signer.0)
    .bind(signed.signature.as_slice())
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

pub(super) async fn signed(
    pool: &SqlitePool,
    chain: Chain,
    from: u32,
    limit: usize,
) -> Result<Vec<SignedHead>, StoreError> {
    let rows: Vec<(u32, Vec<u8>, u32, Vec<u8>)> = sqlx::query_as(
        "SELECT number, hash, signer, signature FROM signed_head WHERE scope = ? AND device = ? AND number >= ? \
         ORDER BY number LIMIT ?",
    )
    .bind(chain.scope.0)
    .bind(chain.device.0)
    .bind(from)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(pool)
    .await
    .map_err(failed)?;
    rows.into_iter()
        .map(|(number, bytes, signer, signature)| {
            let signature = signature.try_into().map_err(|_| StoreError::Damaged("a signature".to_owned()))?;
            Ok(SignedHead { chain, head: Head { number, hash: hash(&bytes)? }, signer: DeviceId(signer), signature })
        })
        .collect()
}

/// A chain of the outbox joined with its head: scope, device, number, hash, acknowledged, stuck.
type OutboxRow = (u32, u32, u32, Vec<u8>, u32, Option<Vec<u8>>);

pub(super) async fn outbox(pool: &SqlitePool) -> Result<Vec<Outgoing>, StoreError> {
    let rows: Vec<OutboxRow> = sqlx::query_as(
        "SELECT o.scope, o.device, c.number, c.hash, o.acknowledged, o.stuck \
         FROM outbox o JOIN chain c ON c.scope = o.scope AND c.device = o.device ORDER BY o.scope, o.device",
    )
    .fetch_all(pool)
    .await
    .map_err(failed)?;
    rows.into_iter()
        .map(|(scope, device, number, bytes, acknowledged, stuck)| {
            Ok(Outgoing {
                chain: Chain::new(Scope(scope), DeviceId(device)),
                head: Head { number, hash: hash(&bytes)? },
                acknowledged,
                stuck: stuck.as_deref().map(from_body::<Stuck>).transpose()?,
            })
        })
        .collect()
}

pub(super) async fn acknowledge(pool: &SqlitePool, chain: Chain, number: u32) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE outbox SET stuck = NULL, acknowledged = min(?3, (SELECT c.number FROM chain c \
         WHERE c.scope = ?1 AND c.device = ?2)) WHERE scope = ?1 AND device = ?2",
    )
    .bind(chain.scope.0)
    .bind(chain.device.0)
    .bind(number)
    .execute(pool)
    .await
    .map_err(failed)?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn set_stuck(pool: &SqlitePool, chain: Chain, stuck: Option<Stuck>) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE outbox SET stuck = ? WHERE scope = ? AND device = ?")
        .bind(stuck.map(|stuck| body(&stuck)).transpose()?)
        .bind(chain.scope.0)
        .bind(chain.device.0)
        .execute(pool)
        .await
        .map_err(failed)?;
    Ok(done.rows_affected() > 0)
}

/// How a held batch stands in its column: facts, leaves ahead, signed head.
type HeldBody = (Vec<(Hash, Option<ByteVec>)>, Vec<Hash>, SignedHead);

pub(super) async fn hold(pool: &SqlitePool, waiting: &Waiting) -> Result<(), StoreError> {
    let facts = waiting.facts.iter().map(|(leaf, bytes)| (*leaf, bytes.clone().map(ByteVec::from))).collect();
    let held: HeldBody = (facts, waiting.ahead.clone(), waiting.signed);
    sqlx::query("INSERT INTO held (scope, device, first, hash, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(waiting.chain.scope.0)
        .bind(waiting.chain.device.0)
        .bind(waiting.from)
        .bind(waiting.signed.head.hash.0.as_slice())
        .bind(body(&held)?)
        .execute(pool)
        .await
        .map_err(failed)?;
    Ok(())
}

pub(super) async fn held(pool: &SqlitePool, chain: Chain) -> Result<Vec<Waiting>, StoreError> {
    let rows: Vec<(u32, Vec<u8>)> =
        sqlx::query_as("SELECT first, body FROM held WHERE scope = ? AND device = ? ORDER BY first")
            .bind(chain.scope.0)
            .bind(chain.device.0)
            .fetch_all(pool)
            .await
            .map_err(failed)?;
    rows.into_iter()
        .map(|(from, bytes)| {
            let (facts, ahead, signed): HeldBody = from_body(&bytes)?;
            let facts = facts.into_iter().map(|(leaf, bytes)| (leaf, bytes.map(Into::into))).collect();
            Ok(Waiting { chain, from, facts, ahead, signed })
        })
        .collect()
}

pub(super) async fn drop_held(pool: &SqlitePool, chain: Chain, from: u32, signed: Hash) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM held WHERE scope = ? AND device = ? AND first = ? AND hash = ?")
        .bind(chain.scope.0)
        .bind(chain.device.0)
        .bind(from)
        .bind(signed.0.as_slice())
        .execute(pool)
        .await
        .map_err(failed)?;
    Ok(())
}

pub(super) async fn keep_fork(pool: &SqlitePool, fork: Fork) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO fork (scope, kept_as, body) VALUES (?, ?, ?) \
         ON CONFLICT (scope, kept_as) DO UPDATE SET body = excluded.body",
    )
    .bind(fork.chain.scope.0)
    .bind(fork.kept_as.0)
    .bind(body(&fork)?)
    .execute(pool)
    .await
    .map_err(failed)?;
    Ok(())
}

pub(super) async fn forks(pool: &SqlitePool, scope: Scope) -> Result<Vec<Fork>, StoreError> {
    let rows: Vec<Vec<u8>> = sqlx::query_scalar("SELECT body FROM fork WHERE scope = ? ORDER BY kept_as")
        .bind(scope.0)
        .fetch_all(pool)
        .await
        .map_err(failed)?;
    rows.iter().map(|bytes| from_body(bytes)).collect()
}

pub(super) async fn cursor(pool: &SqlitePool, scope: Scope) -> Result<Option<Cursor>, StoreError> {
    let row: Option<(i64, i64)> = sqlx::query_as("SELECT epoch, arrival FROM cursor WHERE scope = ?")
        .bind(scope.0)
        .fetch_optional(pool)
        .await
        .map_err(failed)?;
    Ok(row.map(|(epoch, arrival)| Cursor { epoch: Epoch(epoch.cast_unsigned()), arrival: unsigned(arrival) }))
}

pub(super) async fn set_cursor(pool: &SqlitePool, scope: Scope, cursor: Cursor) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO cursor (scope, epoch, arrival) VALUES (?, ?, ?) \
         ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, arrival = excluded.arrival",
    )
    .bind(scope.0)
    .bind(cursor.epoch.0.cast_signed())
    .bind(signed_number(cursor.arrival))
    .execute(pool)
    .await
    .map_err(failed)?;
    Ok(())
}

pub(super) async fn named(pool: &SqlitePool, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let query = sqlx::query_scalar("SELECT value FROM named WHERE name = ?").bind(name);
    query.fetch_optional(pool).await.map_err(failed)
}

pub(super) async fn set_named(pool: &SqlitePool, name: &str, value: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO named (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(pool)
    .await
    .map_err(failed)?;
    Ok(())
}

pub(super) async fn delete_named(pool: &SqlitePool, name: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM named WHERE name = ?").bind(name).execute(pool).await.map_err(failed)?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn names(pool: &SqlitePool, prefix: &str) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("SELECT name FROM named WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name")
        .bind(prefix)
        .fetch_all(pool)
        .await
        .map_err(failed)
}

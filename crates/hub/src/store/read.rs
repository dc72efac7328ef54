//! Reading facts and heads.

use super::row::{FactRow, failed, hash, signed, unsigned};
use perron_domain::name::{DeviceId, Scope};
use perron_ledger::{Chain, Head, Record, StoreError};
use sqlx::SqlitePool;

fn records(rows: Vec<FactRow>) -> Result<Vec<Record>, StoreError> {
    rows.into_iter().map(FactRow::record).collect()
}

pub(super) async fn chain(pool: &SqlitePool, chain: Chain, from: u32, to: u32) -> Result<Vec<Record>, StoreError> {
    let rows = sqlx::query_as::<_, FactRow>(
        "SELECT * FROM fact WHERE scope = ? AND device = ? AND number BETWEEN ? AND ? ORDER BY number",
    )
    .bind(chain.scope.0)
    .bind(chain.device.0)
    .bind(from)
    .bind(to)
    .fetch_all(pool)
    .await
    .map_err(failed)?;
    records(rows)
}

pub(super) async fn arrivals(
    pool: &SqlitePool,
    scope: Scope,
    after: u64,
    limit: usize,
) -> Result<Vec<Record>, StoreError> {
    let rows =
        sqlx::query_as::<_, FactRow>("SELECT * FROM fact WHERE scope = ? AND arrival > ? ORDER BY arrival LIMIT ?")
            .bind(scope.0)
            .bind(signed(after))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(pool)
            .await
            .map_err(failed)?;
    records(rows)
}

pub(super) async fn quarantined(pool: &SqlitePool, scope: Scope) -> Result<Vec<Record>, StoreError> {
    let rows =
        sqlx::query_as::<_, FactRow>("SELECT * FROM fact WHERE scope = ? AND quarantine IS NOT NULL ORDER BY arrival")
            .bind(scope.0)
            .fetch_all(pool)
            .await
            .map_err(failed)?;
    records(rows)
}

pub(super) async fn last_arrival(pool: &SqlitePool) -> Result<u64, StoreError> {
    let last: i64 = sqlx::query_scalar("SELECT arrival FROM relay").fetch_one(pool).await.map_err(failed)?;
    Ok(unsigned(last))
}

pub(super) async fn heads(pool: &SqlitePool, scope: Scope) -> Result<Vec<(Chain, Head)>, StoreError> {
    let rows: Vec<(u32, u32, Vec<u8>)> =
        sqlx::query_as("SELECT device, number, hash FROM chain WHERE scope = ? AND number > 0 ORDER BY device")
            .bind(scope.0)
            .fetch_all(pool)
            .await
            .map_err(failed)?;
    rows.into_iter()
        .map(|(device, number, bytes)| Ok((Chain::new(scope, DeviceId(device)), Head { number, hash: hash(&bytes)? })))
        .collect()
}

pub(super) async fn head(pool: &SqlitePool, chain: Chain) -> Result<Option<Head>, StoreError> {
    let row: Option<(u32, Vec<u8>)> =
        sqlx::query_as("SELECT number, hash FROM chain WHERE scope = ? AND device = ? AND number > 0")
            .bind(chain.scope.0)
            .bind(chain.device.0)
            .fetch_optional(pool)
            .await
            .map_err(failed)?;
    row.map(|(number, bytes)| Ok(Head { number, hash: hash(&bytes)? })).transpose()
}

pub(super) async fn head_at(pool: &SqlitePool, chain: Chain, number: u32) -> Result<Option<Head>, StoreError> {
    let query = if number == 0 {
        "SELECT start FROM chain WHERE scope = ?1 AND device = ?2 AND ?3 = 0"
    } else {
        "SELECT head FROM fact WHERE scope = ?1 AND device = ?2 AND number = ?3"
    };
    let row: Option<Vec<u8>> = sqlx::query_scalar(query)
        .bind(chain.scope.0)
        .bind(chain.device.0)
        .bind(number)
        .fetch_optional(pool)
        .await
        .map_err(failed)?;
    row.map(|bytes| Ok(Head { number, hash: hash(&bytes)? })).transpose()
}

pub(super) async fn scopes(pool: &SqlitePool) -> Result<Vec<Scope>, StoreError> {
    let rows: Vec<u32> = sqlx::query_scalar("SELECT DISTINCT scope FROM chain WHERE number > 0 ORDER BY scope")
        .fetch_all(pool)
        .await
        .map_err(failed)?;
    Ok(rows.into_iter().map(Scope).collect())
}

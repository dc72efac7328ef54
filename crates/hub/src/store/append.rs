//! Appending to a chain: read what overlaps, ask the ledger's judge, write what it says, all in one transaction.

use super::row::{failed, hash, quarantine_number, signed, unsigned};
use super::side;
use perron_ledger::append::{Known, Verdict, judge};
use perron_ledger::{Append, Appended, Chain, Hash, Head, NewFact, Origin, StoreError};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// A chain's row: its start and its head.
struct ChainRow {
    start: Hash,
    head: Head,
}

pub(super) async fn append(connection: &mut SqliteConnection, append: &Append) -> Result<Appended, StoreError> {
    let row = chain_row(connection, append.chain).await?;
    let known = match &row {
        Some(row) if append.after.number < row.head.number => overlap(connection, append).await?,
        _ => HashMap::new(),
    };
    let start = row.as_ref().map(|row| Known { leaf: row.start, head: row.start });
    let head = row.as_ref().map(|row| row.head).filter(|head| head.number > 0);
    let answer = match judge(append, head, |number| if number == 0 { start } else { known.get(&number).copied() }) {
        Verdict::Answer(answer) => answer,
        Verdict::Write { skip, head } => write(connection, append, skip, head).await?,
    };
    if matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
        if let Some(head) = &append.signed {
            side::keep_signed(connection, head).await?;
        }
        if append.origin == Origin::Here {
            enter_outbox(connection, append.chain).await?;
        }
    }
    Ok(answer)
}

/// Appends `new` and deletes the facts of `old` from `at` on, when the deleted leaves are those of `new` after its first.
pub(super) async fn rehome(
    connection: &mut SqliteConnection,
    old: Chain,
    at: u32,
    new: &Append,
) -> Result<Appended, StoreError> {
    let moved: Vec<(u32, Vec<u8>)> =
        sqlx::query_as("SELECT number, leaf FROM fact WHERE scope = ? AND device = ? AND number >= ? ORDER BY number")
            .bind(old.scope.0)
            .bind(old.device.0)
            .bind(at)
            .fetch_all(&mut *connection)
            .await
            .map_err(failed)?;
    // The first of the new facts names the fork; the leaves after it must begin with those that are deleted.
    let fits = moved.len() < new.facts.len().max(1)
        && moved.iter().zip(new.facts.iter().skip(1)).all(|((_, leaf), fact)| leaf.as_slice() == fact.leaf.0);
    if !fits {
        let head = chain_row(connection, old).await?.map_or(new.after, |row| row.head);
        return Ok(Appended::Different { at, head });
    }
    let answer = append(connection, new).await?;
    if matches!(answer, Appended::Stored { .. } | Appended::Identical { .. }) {
        side::cut(connection, old, at.max(1)).await?;
    }
    Ok(answer)
}

async fn chain_row(connection: &mut SqliteConnection, chain: Chain) -> Result<Option<ChainRow>, StoreError> {
    let row: Option<(Vec<u8>, u32, Vec<u8>)> =
        sqlx::query_as("SELECT start, number, hash FROM chain WHERE scope = ? AND device = ?")
            .bind(chain.scope.0)
            .bind(chain.device.0)
            .fetch_optional(connection)
            .await
            .map_err(failed)?;
    row.map(|(start, number, bytes)| Ok(ChainRow { start: hash(&start)?, head: Head { number, hash: hash(&bytes)? } }))
        .transpose()
}

/// Returns what is stored where the append lies over the chain.
async fn overlap(connection: &mut SqliteConnection, append: &Append) -> Result<HashMap<u32, Known>, StoreError> {
    let last = append.after.number.saturating_add(u32::try_from(append.facts.len()).unwrap_or(u32::MAX));
    let rows: Vec<(u32, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("SELECT number, leaf, head FROM fact WHERE scope = ? AND device = ? AND number BETWEEN ? AND ?")
            .bind(append.chain.scope.0)
            .bind(append.chain.device.0)
            .bind(append.after.number)
            .bind(last)
            .fetch_all(connection)
            .await
            .map_err(failed)?;
    rows.into_iter()
        .map(|(number, leaf, head)| Ok((number, Known { leaf: hash(&leaf)?, head: hash(&head)? })))
        .collect()
}

/// Writes the facts from `skip` on behind `head`, taking their arrival numbers from the relay's row first.
async fn write(
    connection: &mut SqliteConnection,
    append: &Append,
    skip: usize,
    mut head: Head,
) -> Result<Appended, StoreError> {
    let new = append.facts.get(skip..).unwrap_or_default();
    let first_new = head.number.saturating_add(1);
    let last: i64 = sqlx::query_scalar("UPDATE relay SET arrival = arrival + ? RETURNING arrival")
        .bind(i64::try_from(new.len()).unwrap_or(i64::MAX))
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    let mut arrival = unsigned(last).saturating_sub(new.len() as u64);
    let first_arrival = arrival + 1;
    for fact in new {
        head = head.then(fact.leaf);
        arrival += 1;
        insert(connection, append, fact, head, arrival).await?;
    }
    sqlx::query(
        "INSERT INTO chain (scope, device, start, number, hash) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (scope, device) DO UPDATE SET number = excluded.number, hash = excluded.hash",
    )
    .bind(append.chain.scope.0)
    .bind(append.chain.device.0)
    // Only the insert of a new chain keeps this, and a new chain follows its start.
    .bind(append.after.hash.0.as_slice())
    .bind(head.number)
    .bind(head.hash.0.as_slice())
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(Appended::Stored { head, first_new, first_arrival })
}

async fn insert(
    connection: &mut SqliteConnection,
    append: &Append,
    fact: &NewFact,
    head: Head,
    arrival: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO fact (arrival, scope, device, number, received_ms, leaf, head, bytes, quarantine) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(signed(arrival))
    .bind(append.chain.scope.0)
    .bind(append.chain.device.0)
    .bind(head.number)
    .bind(append.received.0)
    .bind(fact.leaf.0.as_slice())
    .bind(head.hash.0.as_slice())
    .bind(fact.bytes.as_deref())
    .bind(fact.quarantine.map(quarantine_number))
    .execute(connection)
    .await
    .map_err(failed)?;
    Ok(())
}

async fn enter_outbox(connection: &mut SqliteConnection, chain: Chain) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO outbox (scope, device, acknowledged) VALUES (?, ?, 0) ON CONFLICT DO NOTHING")
        .bind(chain.scope.0)
        .bind(chain.device.0)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}

//! How the database got its shape: one table of steps, run in order, each in a transaction of its own.
//!
//! `PRAGMA user_version` counts the steps that were run. A step that has shipped is never edited: a later change is a
//! new step that adds, moves and then drops. A database made by a newer hub is refused untouched, so that going back to
//! an older hub means putting back its own backup.

use super::row::failed;
use perron_ledger::StoreError;
use sqlx::{Connection, SqliteConnection};

/// One step.
struct Migration {
    /// Why it exists.
    why: &'static str,
    /// What it runs: one or more statements.
    sql: &'static str,
}

/// Every step that ever shipped, oldest first.
const MIGRATIONS: &[Migration] = &[
    Migration { why: "the ledger: relay, facts by arrival, heads, meta", sql: include_str!("sql/0001_ledger.sql") },
    Migration { why: "enrolment codes and the devices they let in", sql: include_str!("sql/0002_enrolment.sql") },
];

/// Brings the database behind `connection` to the newest shape.
///
/// # Errors
/// When the database is newer than this hub, or a step fails; what was there then stays as it was.
pub(super) async fn run(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let done: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await.map_err(failed)?;
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    if done > MIGRATIONS.len() {
        return Err(StoreError::TooNew);
    }
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        tracing::info!(step = index + 1, why = migration.why, "changing the database");
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        sqlx::raw_sql(migration.sql).execute(&mut *transaction).await.map_err(failed)?;
        // A pragma takes no bound value; the number is ours.
        let mark = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {}", index + 1));
        sqlx::raw_sql(mark).execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::SqliteStore;
    use perron_ledger::StoreError;
    use sqlx::{Connection, SqliteConnection};

    async fn mark(file: &std::path::Path, statement: &'static str) {
        let address = format!("sqlite://{}", file.display());
        let mut connection = SqliteConnection::connect(&address).await.unwrap();
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_database_of_a_newer_hub_is_refused_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("perron.sqlite3");
        SqliteStore::open(&file).await.unwrap().close().await;
        mark(&file, "PRAGMA user_version = 9999").await;
        let before = std::fs::read(&file).unwrap();
        assert_eq!(SqliteStore::open(&file).await.unwrap_err(), StoreError::TooNew);
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[tokio::test]
    async fn opening_twice_changes_nothing_the_second_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("perron.sqlite3");
        SqliteStore::open(&file).await.unwrap().close().await;
        mark(&file, "UPDATE relay SET arrival = 41").await;
        let store = SqliteStore::open(&file).await.unwrap();
        assert_eq!(perron_ledger::Store::last_arrival(&store).await.unwrap(), 41);
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_said_to_be_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("perron.sqlite3");
        std::fs::write(&file, "Ceci n’est pas une base de données, mais une liste de courses. ".repeat(200)).unwrap();
        assert!(matches!(SqliteStore::open(&file).await.unwrap_err(), StoreError::Damaged(_)));
    }
}

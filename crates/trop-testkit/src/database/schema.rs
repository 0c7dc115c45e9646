//! Our own schema at any of its steps, from the migrations of trop-storage and without the code that runs them there.

use std::path::Path;

use refinery::{Migration, load_sql_migrations};
use rusqlite::{Connection, params};

/// Seen from the directory of this crate.
const MIGRATIONS: &str = "../trop-storage/migrations";

/// "trop" in ASCII.
const APPLICATION_ID: i32 = 0x7472_6f70;

/// Runs the migrations up to that number, and sets every mark.
///
/// # Panics
/// When there is no migration of that number.
pub(super) fn migrate(connection: &Connection, step: i32) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE refinery_schema_history (
             version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255))",
    )?;
    for migration in migrations_up_to(step) {
        connection.execute_batch(migration.sql().expect("a migration that was read has a text"))?;
        connection.execute(
            "INSERT INTO refinery_schema_history VALUES (?1, ?2, '2025-10-09T08:53:20Z', ?3)",
            params![migration.version(), migration.name(), migration.checksum().to_string()],
        )?;
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", step)?;
    connection.execute(
        "INSERT OR REPLACE INTO metadata (key, value) VALUES ('schema_version', ?1)",
        [(1000 + step).to_string()],
    )?;
    Ok(())
}

fn migrations_up_to(step: i32) -> Vec<Migration> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(MIGRATIONS);
    let mut migrations = load_sql_migrations(directory).expect("the migrations can be read");
    migrations.retain(|migration| migration.version() <= step);
    migrations.sort_by_key(Migration::version);
    let last = migrations.last().map(Migration::version);
    assert_eq!(last, Some(step), "there is a migration of that number");
    migrations
}

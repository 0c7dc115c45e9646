//! The schema: every step that ever changed it, and the marks that say which one a file is at.
//!
//! The steps are refinery migrations under `migrations/`. A released one is never edited. They run inside a transaction
//! that is already open, so that making the schema, the marks and the first reservation are one commit.

use refinery::{Migrate, Migration};
use refinery_core::traits::sync::{Query, Transaction};
use rusqlite::{Connection, types::Type};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// `PRAGMA application_id` of every trop database: "trop" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x7472_6f70;
/// `PRAGMA user_version` of a database at the newest schema, the number of the last migration.
pub(crate) const LATEST: i32 = 1;
/// What is added to `user_version` for `metadata.schema_version`: older programs, which know 1 and 2, take it for newer.
pub(crate) const SCHEMA_VERSION_OFFSET: i64 = 1000;

/// Brings an empty database to the newest schema and sets all marks, in the transaction that is open.
pub(crate) fn migrate(connection: &Connection) -> Result<(), rusqlite::Error> {
    embedded::migrations::runner().run(&mut OpenTransaction(connection)).map_err(sqlite_error)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", LATEST)?;
    connection.execute(
        "INSERT INTO metadata (key, value) VALUES ('schema_version', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [(SCHEMA_VERSION_OFFSET + i64::from(LATEST)).to_string()],
    )?;
    Ok(())
}

/// The error of SQLite that made refinery fail, so that a full disk is still told from a damaged file.
fn sqlite_error(error: refinery::Error) -> rusqlite::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        if let Some(rusqlite::Error::SqliteFailure(code, message)) = error.downcast_ref() {
            return rusqlite::Error::SqliteFailure(*code, message.clone());
        }
        cause = error.source();
    }
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

/// A transaction that somebody else began and will end, as refinery wants to see it.
struct OpenTransaction<'c>(&'c Connection);

impl Transaction for OpenTransaction<'_> {
    type Error = rusqlite::Error;

    fn execute<'q, T: Iterator<Item = &'q str>>(&mut self, queries: T) -> Result<usize, rusqlite::Error> {
        let mut count = 0;
        for query in queries {
            self.0.execute_batch(query)?;
            count += 1;
        }
        Ok(count)
    }
}

impl Query<Vec<Migration>> for OpenTransaction<'_> {
    fn query(&mut self, query: &str) -> Result<Vec<Migration>, rusqlite::Error> {
        let mut statement = self.0.prepare(query)?;
        let rows = statement.query_map([], |row| {
            let applied_on: String = row.get(2)?;
            let applied_on =
                OffsetDateTime::parse(&applied_on, &Rfc3339).map_err(|error| bad_history(2, error))?;
            let checksum: String = row.get(3)?;
            let checksum = checksum.parse().map_err(|error| bad_history(3, error))?;
            Ok(Migration::applied(row.get(0)?, row.get(1)?, applied_on, checksum))
        })?;
        rows.collect()
    }
}

impl Migrate for OpenTransaction<'_> {}

fn bad_history(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

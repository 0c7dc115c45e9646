//! Refinery inside a transaction that somebody else began and will end.

use refinery::{Migrate, Migration};
use refinery_core::traits::sync::{Query, Transaction};
use rusqlite::{Connection, types::Type};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The open transaction as refinery wants to see it.
pub(crate) struct OpenTransaction<'c>(pub(crate) &'c Connection);

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

/// The error of SQLite that made refinery fail, so that a full disk is still told from a damaged file.
pub(crate) fn sqlite_error(error: refinery::Error) -> rusqlite::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        match error.downcast_ref() {
            Some(rusqlite::Error::SqliteFailure(code, message)) => {
                return rusqlite::Error::SqliteFailure(*code, message.clone());
            }
            Some(rusqlite::Error::SqlInputError { error, msg, .. }) => {
                return rusqlite::Error::SqliteFailure(*error, Some(msg.clone()));
            }
            _ => {}
        }
        cause = error.source();
    }
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

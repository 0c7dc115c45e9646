//! Where a store works, and on what terms.

use std::path::Path;
use std::time::Duration;

use crate::error::{Doing, from_sqlite};
use crate::inspect::Objection;
use crate::schema::Schema;
use crate::writable::find_unwritable;
use crate::{Location, StorageError};

/// A database, how long its locks are waited for, and the schema that it is to have.
pub(crate) struct Place {
    pub(crate) location: Location,
    pub(crate) lock_wait: Duration,
    pub(crate) schema: &'static Schema,
}

impl Place {
    pub(crate) fn database(&self) -> &Path {
        self.location.database()
    }

    /// What an error of SQLite means that came while reading.
    pub(crate) fn reading(&self, error: rusqlite::Error) -> StorageError {
        from_sqlite(self.database(), self.lock_wait, Doing::Reading, error)
    }

    /// What an error of SQLite means that came while writing, and which file could not be written.
    pub(crate) fn writing(&self, error: rusqlite::Error) -> StorageError {
        match from_sqlite(self.database(), self.lock_wait, Doing::Writing, error) {
            StorageError::Unwritable { path, source } => {
                let path = find_unwritable(self).unwrap_or(path);
                StorageError::Unwritable { path, source }
            }
            error => error,
        }
    }

    /// What an objection means.
    pub(crate) fn judged(&self, objection: Objection, doing: Doing) -> StorageError {
        match objection {
            Objection::Refused(error) => error,
            Objection::Sqlite(error) => match doing {
                Doing::Reading => self.reading(error),
                Doing::Writing => self.writing(error),
            },
        }
    }
}

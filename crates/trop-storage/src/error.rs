//! What can go wrong with the database.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;

/// Why the reservations cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody else held a lock all the time that could be waited.
    #[error("another process has locked {}, and {} was not enough to wait", database.display(), seconds(*waited))]
    Busy {
        /// The database.
        database: PathBuf,
        /// How long the wait was allowed to be.
        waited: Duration,
    },
    /// There is no database, and making one was not allowed.
    #[error("there is no database at {}, and making one is switched off", .0.display())]
    Missing(PathBuf),
    /// The system does not let this process read the database.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The system does not let this process write the database, or make it.
    #[error("cannot write {}", path.display())]
    Unwritable {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The file is damaged, or no SQLite database.
    #[error("{} is damaged", database.display())]
    Corrupt {
        /// The database.
        database: PathBuf,
        /// What is wrong with it.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Another program's database.
    #[error("{} is not a trop database: {why}", database.display())]
    Foreign {
        /// The database.
        database: PathBuf,
        /// What shows it.
        why: String,
    },
    /// A database of trop 0.1 or 0.2.
    #[error("{} has the older layout {layout}, and this trop cannot take it over yet", database.display())]
    Older {
        /// The database.
        database: PathBuf,
        /// Its layout, 1 or 2.
        layout: i64,
    },
    /// A database that a newer trop wrote.
    #[error("{} is newer than this trop: its schema is {found}, and this trop knows {known}", database.display())]
    Newer {
        /// The database.
        database: PathBuf,
        /// The version of its schema.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The marks that say what version the file is contradict each other.
    #[error("{} contradicts itself about its version: {contradiction}", database.display())]
    MarksDisagree {
        /// The database.
        database: PathBuf,
        /// Which marks, and what they say.
        contradiction: String,
    },
    /// A row holds a value that cannot be.
    #[error("{} holds an impossible value: table reservations, row {row}, field {field}", database.display())]
    BadRow {
        /// The database.
        database: PathBuf,
        /// The key of the row, as far as it can be read.
        row: String,
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        source: Box<dyn Error + Send + Sync>,
    },
}

fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        1 => "1 second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

/// What trop was doing with the database when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    Reading,
    Writing,
}

/// What an error of the SQLite library means to us, by its result code (<https://sqlite.org/rescode.html>).
pub(crate) fn from_sqlite(
    database: &Path,
    waited: Duration,
    doing: Doing,
    error: rusqlite::Error,
) -> StorageError {
    let path = database.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StorageError::Busy { database: path, waited }
        }
        Some(
            ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::PermissionDenied
            | ErrorCode::OutOfMemory
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::NoLargeFileSupport,
        ) => refused(path, doing, error),
        _ => StorageError::Corrupt { database: path, source: error.into() },
    }
}

pub(crate) fn from_io(path: &Path, doing: Doing, error: io::Error) -> StorageError {
    refused(path.to_owned(), doing, error)
}

fn refused(path: PathBuf, doing: Doing, error: impl Into<Box<dyn Error + Send + Sync>>) -> StorageError {
    match doing {
        Doing::Reading => StorageError::Unreadable { path, source: error.into() },
        Doing::Writing => StorageError::Unwritable { path, source: error.into() },
    }
}

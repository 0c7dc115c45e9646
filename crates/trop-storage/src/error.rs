//! What can go wrong with the database.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;

use crate::Damage;
use crate::refusal::{OddFile, is_lack_of_descriptors};

/// Why the reservations cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody else held a lock all the time that could be waited.
    #[error("another process has locked {}, and {}", file.display(), describe_wait(*waited))]
    Busy {
        /// The database, or the lock file for setting up.
        file: PathBuf,
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
    /// SQLite refused what trop asked of it, and neither the file nor the system is to blame.
    #[error("trop asked something impossible of {}, which is a mistake in trop", database.display())]
    Unexpected {
        /// The database.
        database: PathBuf,
        /// What SQLite said.
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
    /// A database of an older program with rows that cannot be taken over.
    #[error("{} has the older layout {layout}, and not all of its rows can be taken over", database.display())]
    NotAdoptable {
        /// The database.
        database: PathBuf,
        /// Its layout.
        layout: i64,
        /// Every such row, and what is wrong with it.
        damage: Vec<Damage>,
    },
    /// What a migration made is not what it should have made. It was undone.
    #[error(
        "bringing {} from schema {from} to schema {to} went wrong, which is a mistake in trop: {problem}",
        database.display()
    )]
    MigrationFailed {
        /// The database.
        database: PathBuf,
        /// The version that it has.
        from: i64,
        /// The version that it should have got.
        to: i64,
        /// What was found afterwards.
        problem: String,
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
    /// The database holds what cannot be.
    #[error("{} is damaged in what it holds", database.display())]
    Damaged {
        /// The database.
        database: PathBuf,
        /// Everything that is wrong, or everything that was met.
        damage: Vec<Damage>,
    },
}

impl StorageError {
    /// Whether too many files are open, so that the system lets this process, or anybody, open no more.
    #[must_use]
    pub fn is_lack_of_descriptors(&self) -> bool {
        match self {
            StorageError::Unreadable { source, .. } | StorageError::Unwritable { source, .. } => {
                source.downcast_ref().is_some_and(is_lack_of_descriptors)
            }
            _ => false,
        }
    }

    /// Whether something stands in the place of one of the files that SQLite keeps beside the database, and is none.
    #[must_use]
    pub fn is_something_in_the_way(&self) -> bool {
        match self {
            StorageError::Unreadable { source, .. } | StorageError::Unwritable { source, .. } => {
                let inner = source.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
                inner.is_some_and(|error| error.is::<OddFile>())
            }
            _ => false,
        }
    }
}

fn describe_wait(waited: Duration) -> String {
    match waited.as_secs() {
        0 => "waiting for it is switched off".to_owned(),
        1 => "1 second was not enough to wait".to_owned(),
        seconds => format!("{seconds} seconds were not enough to wait"),
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
    let source = in_plain_words(&error).into();
    match error.sqlite_error_code() {
        // The last of these is what SQLite says when another process stands still while it recovers the write-ahead log.
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
            StorageError::Busy { file: path, waited }
        }
        Some(
            ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::PermissionDenied
            | ErrorCode::OutOfMemory
            | ErrorCode::NoLargeFileSupport,
        ) => refused(path, doing, source),
        // `Unknown` is the general code: a table is not as it was made.
        Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::TypeMismatch
            | ErrorCode::Unknown,
        ) => StorageError::Corrupt { database: path, source },
        None if !matches!(error, rusqlite::Error::StatementChangedRows(_)) => {
            StorageError::Corrupt { database: path, source }
        }
        Some(_) | None => StorageError::Unexpected { database: path, source },
    }
}

/// SQLite's own words, and its code for those who want to look it up.
pub(crate) fn in_plain_words(error: &rusqlite::Error) -> String {
    let rusqlite::Error::SqliteFailure(code, message) = error else { return error.to_string() };
    let words = message.as_deref().unwrap_or("no details");
    let hint = match code.code {
        ErrorCode::SystemIoFailure if is_about_locks(code.extended_code) => {
            "; the file system may have no locks"
        }
        ErrorCode::SystemIoFailure => "; the disk may be full or failing",
        // What the disk does not give back is called so, too.
        ErrorCode::DatabaseCorrupt => ", or the disk is failing",
        _ => "",
    };
    format!("{words}{hint} (SQLite code {})", code.extended_code)
}

fn is_about_locks(extended_code: i32) -> bool {
    use rusqlite::ffi::{
        SQLITE_IOERR_CHECKRESERVEDLOCK, SQLITE_IOERR_LOCK, SQLITE_IOERR_RDLOCK, SQLITE_IOERR_SHMLOCK,
        SQLITE_IOERR_UNLOCK,
    };
    matches!(
        extended_code,
        SQLITE_IOERR_CHECKRESERVEDLOCK
            | SQLITE_IOERR_LOCK
            | SQLITE_IOERR_RDLOCK
            | SQLITE_IOERR_SHMLOCK
            | SQLITE_IOERR_UNLOCK
    )
}

pub(crate) fn from_io(path: &Path, doing: Doing, error: io::Error) -> StorageError {
    refused(path.to_owned(), doing, error.into())
}

fn refused(path: PathBuf, doing: Doing, source: Box<dyn Error + Send + Sync>) -> StorageError {
    match doing {
        Doing::Reading => StorageError::Unreadable { path, source },
        Doing::Writing => StorageError::Unwritable { path, source },
    }
}

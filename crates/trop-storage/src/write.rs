//! Opening the database for writing, and setting up one that is not there yet.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use trop_files::{FileLock, LockError, create_private_directory, create_private_file};

use crate::error::{Doing, from_io, from_sqlite};
use crate::file::{Appearance, appearance};
use crate::inspect::{Objection, Usable, inspect};
use crate::read::{Reader, is_whole, open_for_reading, open_whole};
use crate::store::{Notice, WhenMissing};
use crate::{Location, StorageError};

/// A connection for writing. While it sets a database up, it holds the lock for that.
pub(crate) struct Writer {
    pub(crate) connection: Connection,
    pub(crate) set_up: Option<SetUp>,
}

/// What is to be known of a database while it is being set up.
pub(crate) struct SetUp {
    _lock: Option<FileLock>,
    pub(crate) notices: Vec<Notice>,
}

/// Opens the database for writing. `None` when there is nothing yet and `missing` says that nothing shall be made.
pub(crate) fn open_for_writing(
    location: &Location,
    lock_wait: Duration,
    missing: WhenMissing,
) -> Result<Option<Writer>, StorageError> {
    let found = match look(location, lock_wait)? {
        Look::Current { wal } => return open_current(location, lock_wait, wal).map(Some),
        Look::New(found) => found,
    };
    match missing {
        WhenMissing::Create => set_up(location, lock_wait, found).map(Some),
        WhenMissing::Refuse => Err(StorageError::Missing(location.database().to_owned())),
        WhenMissing::TreatAsEmpty => Ok(None),
    }
}

/// What there is before anything is opened for writing.
pub(crate) enum Look {
    /// A database with today's schema.
    Current { wal: bool },
    /// Nothing, or a file without any table.
    New(Found),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    FileWithoutTables,
}

/// Looks at the database from outside, and where that does not settle it, opens it for reading: a file that is refused stays
/// as it is.
pub(crate) fn look(location: &Location, lock_wait: Duration) -> Result<Look, StorageError> {
    let database = location.database();
    match appearance(database).map_err(|error| from_io(database, Doing::Reading, error))? {
        Appearance::Current { wal } => Ok(Look::Current { wal }),
        Appearance::Absent => Ok(Look::New(Found::Nothing)),
        Appearance::ZeroBytes => Ok(Look::New(Found::FileWithoutTables)),
        Appearance::NotSqlite => Err(StorageError::Corrupt {
            database: database.to_owned(),
            source: "it does not begin like an SQLite database".into(),
        }),
        Appearance::NoFile(what) => {
            Err(StorageError::Foreign { database: database.to_owned(), why: format!("it is {what}") })
        }
        Appearance::Other if is_whole(location) => {
            let look =
                open_whole(location, lock_wait).and_then(|reader| look_inside(location, lock_wait, reader));
            match look {
                // Somebody sets it up at this very moment, and half of that was seen.
                Err(_) if has_changed(location) => {
                    look_inside(location, lock_wait, open_for_reading(location, lock_wait)?)
                }
                look => look,
            }
        }
        Appearance::Other => look_inside(location, lock_wait, open_for_reading(location, lock_wait)?),
    }
}

/// Judges what is in the database in one snapshot: marks that are read one by one may be from before and after a set-up.
fn look_inside(location: &Location, lock_wait: Duration, mut reader: Reader) -> Result<Look, StorageError> {
    let database = location.database();
    let failed = |error| from_sqlite(database, lock_wait, Doing::Reading, error);
    let snapshot =
        reader.connection.transaction_with_behavior(TransactionBehavior::Deferred).map_err(failed)?;
    match judged(location, lock_wait, inspect(&snapshot, database))? {
        Usable::Empty => Ok(Look::New(Found::FileWithoutTables)),
        Usable::Current => {
            let mode = journal_mode(&snapshot).map_err(failed)?;
            Ok(Look::Current { wal: mode == "wal" })
        }
    }
}

/// Whether a database that was whole, and did not look like one of ours, has been written since.
fn has_changed(location: &Location) -> bool {
    !is_whole(location) || !matches!(appearance(location.database()), Ok(Appearance::Other))
}

/// An inspection's outcome with every error in our terms.
pub(crate) fn judged(
    location: &Location,
    lock_wait: Duration,
    outcome: Result<Usable, Objection>,
) -> Result<Usable, StorageError> {
    outcome.map_err(|objection| match objection {
        Objection::Refused(error) => error,
        Objection::Sqlite(error) => from_sqlite(location.database(), lock_wait, Doing::Reading, error),
    })
}

fn open_current(location: &Location, lock_wait: Duration, wal: bool) -> Result<Writer, StorageError> {
    let open = || {
        let connection = open_existing(location, lock_wait)?;
        set_durability(&connection, wal)?;
        Ok(Writer { connection, set_up: None })
    };
    open().map_err(|error| from_sqlite(location.database(), lock_wait, Doing::Writing, error))
}

/// Makes the directory, takes the lock for setting up, and opens the database in WAL mode, made if need be. The schema is left
/// to the transaction that follows.
fn set_up(location: &Location, lock_wait: Duration, found: Found) -> Result<Writer, StorageError> {
    let deadline = Instant::now() + lock_wait;
    let directory = location.directory().as_path().as_std_path();
    create_private_directory(directory).map_err(|error| from_io(directory, Doing::Writing, error))?;
    let lock_path = location.set_up_lock();
    let lock = match FileLock::acquire(&lock_path, deadline) {
        Ok(lock) => Some(lock),
        Err(LockError::Unsupported) => None,
        Err(LockError::TimedOut) => {
            return Err(StorageError::Busy { file: lock_path, waited: lock_wait });
        }
        Err(LockError::Io(error)) => return Err(from_io(&lock_path, Doing::Writing, error)),
    };
    if let Look::Current { wal } = look(location, lock_wait)? {
        return open_current(location, lock_wait, wal);
    }
    let database = location.database();
    create_private_file(database).map_err(|error| from_io(database, Doing::Writing, error))?;
    let failed = |error| from_sqlite(database, lock_wait, Doing::Writing, error);
    let connection = open_existing(location, lock_wait).map_err(failed)?;
    let wal = switch_to_wal(&connection, deadline).map_err(failed)?;
    set_durability(&connection, wal).map_err(failed)?;
    let mut notices = vec![];
    if found == Found::FileWithoutTables {
        notices.push(Notice::FileWithoutTables(database.to_owned()));
    }
    if !wal {
        notices.push(Notice::WithoutWriteAheadLog(database.to_owned()));
    }
    Ok(Writer { connection, set_up: Some(SetUp { _lock: lock, notices }) })
}

fn open_existing(location: &Location, lock_wait: Duration) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(location.database(), flags)?;
    connection.busy_timeout(lock_wait)?;
    Ok(connection)
}

/// With a write-ahead log, NORMAL keeps the database whole through a power cut. Without one only FULL does
/// (<https://sqlite.org/pragma.html#pragma_synchronous>), and that is SQLite's default.
fn set_durability(connection: &Connection, wal: bool) -> Result<(), rusqlite::Error> {
    if wal { connection.execute_batch("PRAGMA synchronous = NORMAL") } else { Ok(()) }
}

/// Whether the database now keeps a write-ahead log: some file systems cannot. The switch does not wait for locks by itself.
fn switch_to_wal(connection: &Connection, deadline: Instant) -> Result<bool, rusqlite::Error> {
    const PAUSE: Duration = Duration::from_millis(2);
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
            Ok(mode) => return Ok(mode == "wal"),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => return Ok(false),
                _ => return Err(error),
            },
        }
    }
}

fn journal_mode(connection: &Connection) -> Result<String, rusqlite::Error> {
    connection.pragma_query_value(None, "journal_mode", |row| row.get(0))
}

//! Setting up a database: one that is not there yet, one that older programs wrote, one that is to be started over.
//!
//! Here are the lock, the file and its write-ahead log. The tables are left to the transaction that follows.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use trop_files::{FileLock, LockError, create_private_directory};

use crate::StorageError;
use crate::aside::{move_aside, move_orphan_aside};
use crate::error::{Doing, from_io};
use crate::file::Identity;
use crate::look::{Look, look};
use crate::make_current::preview;
use crate::new_file::make_file;
use crate::notice::Notice;
use crate::place::Place;
use crate::read::open_for_reading;
use crate::writable::{require_nothing_odd, require_way};
use crate::write::{Writer, open_current};

/// What is to be known of a database while it is being set up.
pub(crate) struct SetUp {
    _lock: Option<FileLock>,
    pub(crate) notices: Vec<Notice>,
}

/// Makes the directory, takes the lock for setting up, and opens the database in WAL mode, made if need be. `before` is what
/// was there before somebody else may have set it up.
pub(crate) fn set_up(place: &Place, before: &Look) -> Result<Writer, StorageError> {
    let deadline = Instant::now() + place.lock_wait;
    let lock = lock(place, deadline)?;
    match look(place)? {
        Look::Current { wal, identity } => return open_current(place, wal, identity),
        // Where it cannot be brought up to today's schema, not even the mode of the file shall change.
        Look::Older(_) => drop(preview(place)?),
        Look::Nothing | Look::FileWithoutTables => {}
    }
    let mut notices = Vec::new();
    if let Look::FileWithoutTables = before {
        notices.push(Notice::FileWithoutTables(place.database().to_owned()));
    }
    open(place, lock, notices, deadline)
}

/// Takes the lock for setting up, moves a damaged file out of the way, and opens what is there, or a new file, in WAL mode.
/// That a file was moved is told at once, whatever becomes of the rest.
pub(crate) fn set_up_anew(place: &Place, moved: &mut Vec<Notice>) -> Result<Writer, StorageError> {
    let deadline = Instant::now() + place.lock_wait;
    let lock = lock(place, deadline)?;
    let mut notices = Vec::new();
    let look = look(place);
    if let Ok(Look::FileWithoutTables) = look {
        notices.push(Notice::FileWithoutTables(place.database().to_owned()));
    }
    if is_damaged(place, look)? {
        let (database, aside) = (place.database().to_owned(), move_aside(place)?);
        moved.push(Notice::MovedAside { database, aside });
    }
    open(place, lock, notices, deadline)
}

/// Whether what was looked at is a file that no transaction could empty.
///
/// # Errors
/// Where the file is not to be touched at all, or cannot be read.
pub(crate) fn is_damaged(place: &Place, look: Result<Look, StorageError>) -> Result<bool, StorageError> {
    match look {
        Ok(Look::Nothing | Look::FileWithoutTables) => Ok(false),
        Ok(Look::Current { .. } | Look::Older(_)) | Err(StorageError::MarksDisagree { .. }) => {
            let integrity = open_for_reading(place).and_then(|reader| {
                let integrity =
                    reader.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
                integrity.map_err(|error| place.reading(error))
            });
            match integrity {
                Ok::<String, _>(integrity) => Ok(integrity != "ok"),
                Err(StorageError::Corrupt { .. }) => Ok(true),
                Err(error) => Err(error),
            }
        }
        // A file without tables whose pages are not whole, or one that cannot be read.
        Err(StorageError::Damaged { .. } | StorageError::Corrupt { .. }) => Ok(true),
        Err(error) => Err(error),
    }
}

fn lock(place: &Place, deadline: Instant) -> Result<Option<FileLock>, StorageError> {
    require_nothing_odd(place)?;
    let directory = place.location.directory().as_path().as_std_path();
    create_private_directory(directory).map_err(|error| {
        require_way(place).err().unwrap_or_else(|| from_io(directory, Doing::Writing, error))
    })?;
    let lock_path = place.location.set_up_lock();
    match FileLock::acquire(&lock_path, deadline) {
        Ok(lock) => Ok(Some(lock)),
        Err(LockError::Unsupported) => Ok(None),
        Err(LockError::TimedOut) => Err(StorageError::Busy { file: lock_path, waited: place.lock_wait }),
        Err(LockError::Io(error)) => Err(from_io(&lock_path, Doing::Writing, error)),
    }
}

fn open(
    place: &Place,
    lock: Option<FileLock>,
    mut notices: Vec<Notice>,
    deadline: Instant,
) -> Result<Writer, StorageError> {
    let database = place.database();
    if let Some(lock) = &lock {
        notices.extend(move_orphan_aside(place, lock)?);
    }
    make_file(place, deadline)?;
    let failed = |error| place.writing(error);
    let open = || Writer::open(place, Identity::of(database), None).map_err(failed);
    let mut writer = open()?;
    let wal = switch_to_wal(&writer.connection, deadline).map_err(failed)?;
    if !wal {
        drop(writer);
        switch_back(place).map_err(failed)?;
        writer = open()?;
    }
    writer.set_durability(wal).map_err(failed)?;
    // Until the copy is made, nobody else may meet half of a change in the file.
    writer.connection.pragma_update(None, "cache_spill", false).map_err(failed)?;
    if !wal {
        notices.push(Notice::WithoutWriteAheadLog(database.to_owned()));
    }
    writer.set_up = Some(SetUp { _lock: lock, notices });
    Ok(writer)
}

/// Whether the database now keeps a write-ahead log: some file systems cannot. The switch does not wait for locks by itself.
fn switch_to_wal(connection: &Connection, deadline: Instant) -> Result<bool, rusqlite::Error> {
    const PAUSE: Duration = Duration::from_millis(2);
    loop {
        let switched = set_journal_mode(connection, "wal").and_then(|mode| {
            // Only who reads finds out whether there can be an index of the log, in memory that processes share.
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(mode == "wal"))
        });
        match switched {
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => return Ok(false),
                _ => return Err(error),
            },
            is_wal => return is_wal,
        }
    }
}

/// From a write-ahead log that cannot be used. Who has the database alone needs no index of the log
/// (<https://sqlite.org/wal.html#noshm>), so this takes a connection that never was anything else.
fn switch_back(place: &Place) -> Result<(), rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let alone = Connection::open_with_flags(place.database(), flags)?;
    alone.busy_timeout(place.lock_wait)?;
    alone.pragma_update_and_check(None, "locking_mode", "exclusive", |_| Ok(()))?;
    set_journal_mode(&alone, "delete").map(drop)
}

/// The answer is the mode that it has now.
fn set_journal_mode(connection: &Connection, mode: &str) -> Result<String, rusqlite::Error> {
    connection.pragma_update_and_check(None, "journal_mode", mode, |row| row.get(0))
}

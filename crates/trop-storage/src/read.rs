//! Opening the database for reading, leaving nothing behind but SQLite's own `-wal` and `-shm`.
//!
//! A plain read-only open is right wherever SQLite can keep its index of the write-ahead log (`-shm`), even while others
//! write. In a directory that cannot be written there may be no such index:
//!
//! - no log, or an empty one: everything is in the database itself, and `immutable=1` reads it as it is;
//! - a log with content: `immutable=1` would miss what is in it, so both files are copied to a private temporary directory
//!   and read there.
//!
//! The same goes for the rollback journal that a killed process left beside a database without a write-ahead log: what was
//! half written has to be undone before anything is read, and a reader undoes it in its copy.
//!
//! A file that is perhaps not ours is spared even those.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;
use trop_files::{create_private_file, make_private};

use crate::alone::let_nothing_else_act;
use crate::error::{Doing, from_io};
use crate::place::Place;
use crate::refusal::find_odd_journal;
use crate::{Location, StorageError};

/// A connection for reading, and the directory of the copy that it reads, if it reads one.
pub(crate) struct Reader {
    pub(crate) connection: Connection,
    _copy: Option<TempDir>,
}

/// Opens an existing database for reading.
pub(crate) fn open_for_reading(place: &Place) -> Result<Reader, StorageError> {
    if let Some(odd) = find_odd_journal(&place.location) {
        return Err(odd.refuses(Doing::Reading));
    }
    match open(place.database(), "mode=ro", place.lock_wait) {
        Ok(connection) => return Ok(Reader { connection, _copy: None }),
        Err(error) if !lacks_an_index(&error) => return Err(place.reading(error)),
        Err(_) => {}
    }
    if is_whole(&place.location) {
        return open_whole(place);
    }
    let copy = copy_to_temporary(&place.location)
        .map_err(|error| from_io(place.database(), Doing::Reading, error))
        .map_err(|error| place.explained(Doing::Reading, error))?;
    let connection = open(&copy.path().join("trop.db"), "mode=rw", place.lock_wait);
    let connection = connection.map_err(|error| place.reading(error))?;
    Ok(Reader { connection, _copy: Some(copy) })
}

/// Opens an existing database for reading as if nobody ever wrote to it, and leaves nothing beside it.
///
/// Right only while it [is whole](is_whole), and stays so.
pub(crate) fn open_whole(place: &Place) -> Result<Reader, StorageError> {
    let connection = open(place.database(), "mode=ro&immutable=1", place.lock_wait);
    Ok(Reader { connection: connection.map_err(|error| place.reading(error))?, _copy: None })
}

/// Whether everything that was committed, and nothing else, is in the database file itself.
pub(crate) fn is_whole(location: &Location) -> bool {
    [location.write_ahead_log(), location.rollback_journal()].iter().all(|log| is_empty(log))
}

fn is_empty(log: &Path) -> bool {
    log.metadata().map_or(0, |metadata| metadata.len()) == 0
}

/// Opens and reads once: SQLite touches the files only when it is asked for something.
///
/// `mode` in the parameters may only take away from what the flags allow, so the flags allow everything but making a file.
fn open(database: &Path, parameters: &str, lock_wait: Duration) -> Result<Connection, rusqlite::Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(database, parameters), flags)?;
    connection.busy_timeout(lock_wait)?;
    let_nothing_else_act(&connection)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// `SQLITE_CANTOPEN` or one of the `SQLITE_READONLY` family: there is a log, or there would be, and no place for its index. Or
/// there is no room for it, on a disk that is full.
fn lacks_an_index(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| (error.code, error.extended_code));
    matches!(
        code,
        Some((ErrorCode::CannotOpen | ErrorCode::ReadOnly, _) | (_, rusqlite::ffi::SQLITE_IOERR_SHMSIZE))
    )
}

fn copy_to_temporary(location: &Location) -> io::Result<TempDir> {
    let copy = private_temporary_directory()?;
    copy_private(location.database(), &copy.path().join("trop.db"))?;
    for (log, name) in
        [(location.write_ahead_log(), "trop.db-wal"), (location.rollback_journal(), "trop.db-journal")]
    {
        if !is_empty(&log) {
            copy_private(&log, &copy.path().join(name))?;
        }
    }
    Ok(copy)
}

/// Only its owner can look into it from the first moment on, and can do so whatever the umask is.
fn private_temporary_directory() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("trop-read-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let directory = builder.tempdir()?;
    make_private(directory.path())?;
    Ok(directory)
}

fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    io::copy(&mut File::open(from)?, &mut create_private_file(to)?).map(drop)
}

/// The path as a `file:` URI (<https://sqlite.org/uri.html>): what has a meaning there is written in hexadecimal.
fn uri(database: &Path, parameters: &str) -> String {
    let mut uri = String::from("file:");
    for byte in database.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' | 0x80.. => uri.push_str(&format!("%{byte:02x}")),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.push(char::from(byte)),
        }
    }
    format!("{uri}?{parameters}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(uri(Path::new(path), "mode=ro"), expected);
    }

    #[test]
    fn a_path_in_a_uri_means_itself() {
        check("/home/u/.trop/trop.db", "file:/home/u/.trop/trop.db?mode=ro");
        check("/a?b#c%20/trop.db", "file:/a%3fb%23c%2520/trop.db?mode=ro");
        check("/ü b/trop.db", "file:/%c3%bc b/trop.db?mode=ro");
    }
}

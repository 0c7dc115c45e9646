//! Copies of a database: one that is kept before it is changed, one in memory to try that out.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use trop_files::create_private_file;

use crate::StorageError;
use crate::alone::let_nothing_else_act;
use crate::aside::{BESIDE, with_suffix};
use crate::error::{Doing, from_io};
use crate::inspect::Older;
use crate::place::Place;

/// Copies the database as it was committed last, its write-ahead log included, to a file beside it that was not there
/// before, and answers where that is: under the name for what an older
/// program wrote, or for what cannot be read.
///
/// Call it while another connection holds the write lock: it keeps everybody else from doing the same.
pub(crate) fn copy_aside(place: &Place, older: Option<Older>) -> Result<PathBuf, StorageError> {
    let unwritable = |path: &Path| {
        let path = path.to_owned();
        move |error| from_io(&path, Doing::Writing, error)
    };
    let new = place.location.new_copy();
    // What a killed process left behind.
    remove_new(&new).map_err(unwritable(&new))?;
    drop(create_private_file(&new).map_err(unwritable(&new))?);
    let new = TempPath::try_from_path(&new).map_err(unwritable(&new))?;
    fill(place, &new).inspect_err(|_| {
        // Where this fails as well, the next copy removes it.
        let _ = remove_new(&new);
    })?;
    File::open(&new).and_then(|file| file.sync_all()).map_err(unwritable(&new))?;
    let copy = keep(place, new, older).map_err(unwritable(place.database()))?;
    sync_directory(place.location.directory().as_path().as_std_path()).map_err(unwritable(&copy))?;
    Ok(copy)
}

/// The same content in memory, where it can be changed and nobody sees it.
pub(crate) fn copy_to_memory(source: &Connection) -> Result<Connection, rusqlite::Error> {
    let mut memory = Connection::open_in_memory()?;
    let_nothing_else_act(&memory)?;
    copy_all(source, &mut memory)?;
    Ok(memory)
}

/// From a connection of its own: the one that holds the write lock cannot be copied from.
fn fill(place: &Place, new: &Path) -> Result<(), StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source =
        Connection::open_with_flags(place.database(), flags).map_err(|error| place.reading(error))?;
    source.busy_timeout(place.lock_wait).map_err(|error| place.reading(error))?;
    let write = || {
        // It is there, and private: SQLite would make one that is not.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut copy = Connection::open_with_flags(new, flags)?;
        // It is moved to the disk as a whole, before it gets its name.
        copy.pragma_update(None, "synchronous", "off")?;
        copy_all(&source, &mut copy)?;
        // It is one file, whatever the database keeps beside itself.
        copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
        copy.close().map_err(|(_, error)| error)
    };
    write().map_err(|error| place.writing(error))
}

fn copy_all(source: &Connection, copy: &mut Connection) -> Result<(), rusqlite::Error> {
    const EVERY_PAGE: std::ffi::c_int = -1;
    match Backup::new(source, copy)?.step(EVERY_PAGE)? {
        StepResult::Done => Ok(()),
        _ => Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
            Some("the database is in use and could not be copied".to_owned()),
        )),
    }
}

/// Gives the copy the first of its names that is free.
fn keep(place: &Place, mut new: TempPath, older: Option<Older>) -> io::Result<PathBuf> {
    for number in 1.. {
        let copy = match older {
            Some(older) => place.location.kept_copy(older.number(), number),
            None => place.location.place_aside(number),
        };
        match new.persist_noclobber(&copy) {
            Ok(()) => return Ok(copy),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => new = error.path,
            Err(error) => return Err(error.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Removes an unfinished copy, and what SQLite kept beside it.
fn remove_new(new: &Path) -> io::Result<()> {
    for suffix in BESIDE.into_iter().chain([""]) {
        match fs::remove_file(with_suffix(new, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed?,
        }
    }
    Ok(())
}

/// So that the name outlives a power cut, too.
fn sync_directory(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

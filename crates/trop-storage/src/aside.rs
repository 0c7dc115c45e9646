//! Moving a damaged database out of the way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;

use crate::StorageError;
use crate::error::{Doing, from_io};
use crate::file::Identity;
use crate::place::Place;
use crate::write::Writer;

/// What SQLite may keep beside a database. Whoever found one of these beside a new database would believe it.
pub(crate) const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Gives the database, and what SQLite keeps beside it, a name that was free, and answers which.
///
/// Call it while the lock for setting up is held.
pub(crate) fn move_aside(place: &Place) -> Result<PathBuf, StorageError> {
    // Nobody may commit into a file that is about to lose its name. Where it is too damaged to be locked, nobody can.
    let writer = Writer::open(place, Identity::of(place.database()), None).ok();
    let transaction = match writer.as_ref().map(Writer::begin) {
        Some(Err(error)) => match place.writing(error) {
            busy @ StorageError::Busy { .. } => return Err(busy),
            _ => None,
        },
        Some(Ok(transaction)) => Some(transaction),
        None => None,
    };
    let renamed = rename_all(place);
    drop(transaction);
    if let Some(writer) = writer {
        // Closing must not look for the log: a new one may have its name by then.
        let _ = writer.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        let _ = writer.connection.close();
    }
    renamed.map_err(|error| from_io(place.database(), Doing::Writing, error))
}

/// The database goes last: before that, its name still says that something is to be done.
fn rename_all(place: &Place) -> io::Result<PathBuf> {
    let database = place.database();
    let aside = free_place(place);
    // Behind a link everything stays together where it is, and only the link goes.
    if !database.is_symlink() {
        for suffix in BESIDE {
            rename_if_there(&with_suffix(database, suffix), &with_suffix(&aside, suffix))?;
        }
    }
    fs::rename(database, &aside)?;
    Ok(aside)
}

fn free_place(place: &Place) -> PathBuf {
    let is_free = |aside: &PathBuf| {
        let names = BESIDE.iter().map(|suffix| with_suffix(aside, suffix)).chain([aside.clone()]);
        names.into_iter().all(|name| name.symlink_metadata().is_err())
    };
    let mut number = 1;
    loop {
        let aside = place.location.place_aside(number);
        if is_free(&aside) {
            return aside;
        }
        number += 1;
    }
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        renamed => renamed,
    }
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

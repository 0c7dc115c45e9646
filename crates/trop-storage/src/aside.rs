//! Moving a damaged database out of the way, and what was left of one.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;

use trop_files::{FileLock, HeldDirectory};

use crate::StorageError;
use crate::error::{Doing, from_io};
use crate::file::Identity;
use crate::notice::Notice;
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

/// Gives a log that is there without its database another name that was free, and tells so: beside a new database it would be believed,
/// and it may hold all that was ever stored.
///
/// `lock` is the one for setting up. Where the directory on which it is held has lost its name, nothing is done.
pub(crate) fn move_orphan_aside(place: &Place, lock: &FileLock) -> Result<Option<Notice>, StorageError> {
    let directory = place.location.directory().as_path().as_std_path();
    HeldDirectory::open(directory)
        .and_then(|directory| rename_orphan(place, &directory, lock))
        .map_err(|error| from_io(place.database(), Doing::Writing, error))
}

/// The log that [`move_orphan_aside`] would give another name, if there is one.
pub(crate) fn find_orphan(place: &Place) -> Option<PathBuf> {
    let directory = HeldDirectory::open(place.location.directory().as_path().as_std_path()).ok()?;
    let kind = orphan_kind(place, &directory).ok()??;
    Some(with_suffix(place.database(), kind))
}

fn orphan_kind(place: &Place, directory: &HeldDirectory) -> io::Result<Option<&'static str>> {
    let kinds: &[&str] = match directory.length_of(name(place.database()))? {
        None => &["-wal", "-journal"],
        // A journal may be that of an older program which makes a database right now.
        Some(0) => &["-wal"],
        Some(_) => return Ok(None),
    };
    for kind in kinds {
        if directory.length_of(name(&with_suffix(place.database(), kind)))?.is_some_and(|length| 0 < length) {
            return Ok(Some(kind));
        }
    }
    Ok(None)
}

fn rename_orphan(place: &Place, directory: &HeldDirectory, lock: &FileLock) -> io::Result<Option<Notice>> {
    let is_locked = directory.is_locked_by(name(&place.location.set_up_lock()), lock);
    let Some(kind) = orphan_kind(place, directory)?.filter(|_| is_locked) else {
        return Ok(None);
    };
    let aside = free_place(place);
    // Who still has the log open must not share its index with others that have a new one.
    for kind in ["-shm", kind] {
        let (from, to) = (with_suffix(place.database(), kind), with_suffix(&aside, kind));
        if directory.length_of(name(&from))?.is_some() {
            directory.rename(name(&from), name(&to))?;
        }
    }
    Ok(Some(Notice::LogWithoutDatabase {
        log: with_suffix(place.database(), kind),
        aside: with_suffix(&aside, kind),
    }))
}

fn name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or_default()
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

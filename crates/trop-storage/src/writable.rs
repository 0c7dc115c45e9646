//! Whether the database could be written, found out without writing.

use std::io;
use std::path::{Path, PathBuf};

use trop_files::require_writable;

use crate::StorageError;
use crate::error::{Doing, from_io};
use crate::place::Place;

/// Where nothing is yet: whether a data directory could be made.
pub(crate) fn require_makeable(place: &Place) -> Result<(), StorageError> {
    let mut nearest = place.location.directory().clone();
    while let (Err(_), Some(parent)) = (nearest.as_path().symlink_metadata(), nearest.parent()) {
        nearest = parent;
    }
    check(nearest.as_path().as_std_path())
}

/// Whether the lock for setting up could be taken.
pub(crate) fn require_lockable(place: &Place) -> Result<(), StorageError> {
    let lock = place.location.set_up_lock();
    match lock.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => {
            Err(from_io(&lock, Doing::Writing, io::ErrorKind::IsADirectory.into()))
        }
        Ok(_) => check(&lock),
        Err(_) => Ok(()),
    }
}

/// Whether the database, what SQLite keeps beside it, and its directory can be written.
pub(crate) fn require_files_writable(place: &Place) -> Result<(), StorageError> {
    find_unwritable(place).map_or(Ok(()), |path| check(&path))
}

/// The first of these files that this process may not write, if there is one. SQLite does not say which.
pub(crate) fn find_unwritable(place: &Place) -> Option<PathBuf> {
    let beside = place.location.beside_database().into_iter().filter(|path| path.exists());
    let directory = place.location.directory().as_path().as_std_path().to_owned();
    let all = [place.database().to_owned()].into_iter().chain(beside).chain([directory]);
    all.into_iter().find(|path| require_writable(path).is_err())
}

fn check(path: &Path) -> Result<(), StorageError> {
    require_writable(path).map_err(|error| from_io(path, Doing::Writing, error))
}

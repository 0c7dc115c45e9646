//! Whether the database could be written, found out without writing.

use std::io;
use std::path::{Path, PathBuf};

use trop_files::{Obstacle, file_behind, find_obstacle, require_not_planted, require_writable};

use crate::StorageError;
use crate::error::{Doing, from_io};
use crate::place::Place;
use crate::refusal::{find_odd_file_in_use, find_odd_file_of_set_up};

/// Where nothing is yet: whether a data directory and a database could be made.
pub(crate) fn require_makeable(place: &Place) -> Result<(), StorageError> {
    require_way(place)?;
    require_target(place)?;
    let mut nearest = place.location.directory().clone();
    while let (Err(_), Some(parent)) = (nearest.as_path().symlink_metadata(), nearest.parent()) {
        nearest = parent;
    }
    check(nearest.as_path().as_std_path())
}

/// Whether nothing stands in the place of the data directory, or in the way to it, and no link that somebody else put there leads to the
/// database.
pub(crate) fn require_way(place: &Place) -> Result<(), StorageError> {
    let directory = place.location.directory().as_path().as_std_path();
    require_not_planted(place.database())
        .map_err(|error| from_io(place.database(), Doing::Writing, error))?;
    find_obstacle(directory)
        .map_or(Ok(()), |obstacle| Err(from_io(directory, Doing::Writing, obstacle.into())))
}

/// Where a link stands for a database that is missing: whether one could be made where it leads.
pub(crate) fn require_target(place: &Place) -> Result<(), StorageError> {
    let database = place.database();
    if !database.is_symlink() {
        return Ok(());
    }
    let target = file_behind(database).ok();
    match target.as_deref().and_then(Path::parent).filter(|directory| directory.is_dir()) {
        Some(directory) => check(directory),
        None => {
            let obstacle = Obstacle::LinkToNowhere(database.to_owned());
            Err(from_io(database, Doing::Writing, obstacle.into()))
        }
    }
}

/// Whether nothing stands in the place of SQLite's own files that would be in the way of a database that is set up.
pub(crate) fn require_nothing_odd(place: &Place) -> Result<(), StorageError> {
    find_odd_file_of_set_up(&place.location).map_or(Ok(()), |odd| Err(odd.refuses(Doing::Writing)))
}

/// The same for one that is written as it is, with a write-ahead log or without.
pub(crate) fn require_nothing_odd_in_use(place: &Place, wal: bool) -> Result<(), StorageError> {
    find_odd_file_in_use(&place.location, wal).map_or(Ok(()), |odd| Err(odd.refuses(Doing::Writing)))
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

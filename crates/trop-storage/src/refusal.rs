//! Why the system refused SQLite something, found out when it has.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Doing, from_io};
use crate::{Location, StorageError};

/// How many files SQLite has open at once: the database, its log, the index of that, and for a moment a directory.
const OPEN_AT_ONCE: usize = 4;
/// `EMFILE` and `ENFILE`: this process, or all together, may not open more files. The same on every Unix.
const TOO_MANY_OPEN: [i32; 2] = [24, 23];

/// Something stands in the place of one of SQLite's own files, and is none.
#[derive(Debug, thiserror::Error)]
#[error("it is {what}")]
pub(crate) struct OddFile {
    path: PathBuf,
    what: &'static str,
}

impl OddFile {
    /// What it means to somebody who reads or writes.
    pub(crate) fn refuses(self, doing: Doing) -> StorageError {
        let path = self.path.clone();
        from_io(&path, doing, io::Error::other(self))
    }
}

/// What stands beside the database in the place of one of SQLite's own files, and is none.
pub(crate) fn find_odd_file(location: &Location) -> Option<OddFile> {
    location.beside_database().into_iter().find_map(odd_file)
}

/// The same where it is in the way of setting a database up. Where a link keeps the index of a log from being made, a database does
/// without a log, as on file systems that can have none.
pub(crate) fn find_odd_file_of_set_up(location: &Location) -> Option<OddFile> {
    let [log, index, journal] = location.beside_database();
    [Some(log), Some(index).filter(|index| !index.is_symlink()), Some(journal)]
        .into_iter()
        .flatten()
        .find_map(odd_file)
}

/// The same where it is in the way of writing to a database with a write-ahead log, or of one without. Of the files of the other kind
/// SQLite opens none that it takes for absent: nothing, an empty file, or a link to one of the two.
pub(crate) fn find_odd_file_in_use(location: &Location, wal: bool) -> Option<OddFile> {
    let [log, index, journal] = location.beside_database();
    let (in_use, other) = if wal { (vec![log, index], journal) } else { (vec![journal], log) };
    let is_seen = other.metadata().is_ok_and(|metadata| !metadata.is_file() || 0 < metadata.len());
    in_use.into_iter().chain(is_seen.then_some(other)).find_map(odd_file)
}

/// What stands in the place of the rollback journal where that is no file. SQLite would look into it before anything else, and wait for
/// ever for the other end of a pipe.
pub(crate) fn find_odd_journal(location: &Location) -> Option<OddFile> {
    let journal = location.rollback_journal();
    if journal.metadata().is_ok_and(|metadata| !metadata.is_file()) { odd_file(journal) } else { None }
}

/// Whether something is there that is no regular file.
pub(crate) fn is_odd(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file())
}

/// What is there at `path`, where it is no regular file.
fn odd_file(path: PathBuf) -> Option<OddFile> {
    if !is_odd(&path) {
        return None;
    }
    let what = match (path.is_symlink(), path.metadata()) {
        (true, Ok(_)) => "a link, and SQLite follows none there",
        (true, Err(error)) if error.kind() == io::ErrorKind::NotFound => "a link that leads nowhere",
        (true, Err(_)) => "a link that cannot be followed",
        (false, Ok(metadata)) if metadata.is_dir() => "a directory",
        (false, _) => "no regular file",
    };
    Some(OddFile { path, what })
}

/// What the system says where as many files as SQLite needs cannot be opened. The database is not among those that are tried: see
/// [`crate::file`].
pub(crate) fn find_lack_of_descriptors(location: &Location) -> Option<io::Error> {
    let directory = location.directory().as_path();
    let opened: io::Result<Vec<File>> = (0..OPEN_AT_ONCE).map(|_| File::open(directory)).collect();
    opened.err().filter(is_lack_of_descriptors)
}

/// Whether that is what the system says when too many files are open.
pub(crate) fn is_lack_of_descriptors(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|number| cfg!(unix) && TOO_MANY_OPEN.contains(&number))
}

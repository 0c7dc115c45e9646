//! Why the system refused SQLite something, found out when it has.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use crate::Location;

/// How many files SQLite has open at once: the database, its log, the index of that, and for a moment a directory.
const OPEN_AT_ONCE: usize = 4;
/// `EMFILE` and `ENFILE`: this process, or all together, may not open more files. The same on every Unix.
const TOO_MANY_OPEN: [i32; 2] = [24, 23];

/// What stands beside the database in the place of one of SQLite's own files and is none, and what it is.
pub(crate) fn find_odd_file(location: &Location) -> Option<(PathBuf, &'static str)> {
    location.beside_database().into_iter().find_map(|path| {
        path.symlink_metadata().ok()?;
        let what = match path.metadata() {
            Ok(metadata) if metadata.is_file() => return None,
            Ok(metadata) if metadata.is_dir() => "a directory",
            Ok(_) => "no regular file",
            Err(error) if error.kind() == io::ErrorKind::NotFound => "a link that leads nowhere",
            Err(_) => return None,
        };
        Some((path, what))
    })
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

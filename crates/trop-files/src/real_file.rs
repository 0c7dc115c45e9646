//! From the path that somebody named to the file that is meant.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::FileError;
use crate::planted::require_not_planted;

/// As many links are followed one after the other (`MAXSYMLINKS` on Linux, path_resolution(7)).
const MOST_LINKS: usize = 40;

/// Where the system keeps links to what a process has open (proc_pid_fd(5)). They lead to no name: `/dev/stdout` is one.
const LINKS_OF_PROCESSES: &str = "/proc";

/// A regular file, or a place for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RealFile {
    /// No symbolic link, though there may be some in front of its last name.
    pub(crate) path: PathBuf,
    /// Where it lies. It need not exist.
    pub(crate) directory: PathBuf,
}

/// The path of the file that [`edit_file`](crate::edit_file) would change or make: without the links at `path`, though there may be some in
/// front of its last name.
///
/// # Errors
/// When there is something else than a regular file, or the system does not let it be looked at.
pub fn file_behind(path: &Path) -> Result<PathBuf, FileError> {
    find_real_file(path).map(|file| file.path)
}

/// Follows the links at `path` to a file, or to the place where one is missing, but none that somebody else may have planted.
pub(crate) fn find_real_file(path: &Path) -> Result<RealFile, FileError> {
    let not_a_file = || FileError::NotAFile { path: path.to_owned() };
    let unreadable = |source| FileError::Io { doing: "read", path: path.to_owned(), source };
    let untrusted = |source| FileError::Io { doing: "write to", path: path.to_owned(), source };

    // Asked first, before a link that is no name is followed by its name.
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Err(not_a_file()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unreadable(error)),
        _ => {}
    }
    let mut path = path.to_owned();
    for _ in 0..=MOST_LINKS {
        require_not_planted(&path).map_err(untrusted)?;
        let directory = directory_of(&path).ok_or_else(not_a_file)?;
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                if fs::canonicalize(&directory).is_ok_and(|real| real.starts_with(LINKS_OF_PROCESSES)) {
                    return Err(not_a_file());
                }
                path = directory.join(fs::read_link(&path).map_err(unreadable)?);
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unreadable(error)),
            _ => return Ok(RealFile { path, directory }),
        }
    }
    // The system has followed them all a moment ago: somebody is changing them.
    Err(not_a_file())
}

/// `None` for what can only be a directory: `..`, or what ends in a slash.
pub(crate) fn directory_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    // A path forgets what is behind its last name; the system does not.
    let ends_in_name = path.as_os_str().as_encoded_bytes().ends_with(name.as_encoded_bytes());
    let directory = path.parent().filter(|_| ends_in_name)?;
    Some(if directory.as_os_str().is_empty() { Path::new(".").to_owned() } else { directory.to_owned() })
}

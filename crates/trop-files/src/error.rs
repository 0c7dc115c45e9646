//! Why a file was not edited.

use std::io;
use std::path::PathBuf;

/// Why a file was not edited. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum EditError<E> {
    /// There is no saying what its new content is.
    #[error(transparent)]
    Edit(E),
    /// It could not be read or replaced.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What keeps a file from being read or replaced.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Another process held the lock on its directory all the time.
    #[error("another process is changing a file in {}", directory.display())]
    Locked {
        /// The directory.
        directory: PathBuf,
    },
    /// It is a directory, a pipe, a device, or what a process has open.
    #[error("{} is no regular file", path.display())]
    NotAFile {
        /// The path as it was given.
        path: PathBuf,
    },
    /// What takes its place would not belong to the same user and group.
    #[error("{} belongs to another user or group, and its replacement would not", path.display())]
    OwnerWouldChange {
        /// The file itself, behind all links.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was tried, fit to stand in front of the path.
        doing: &'static str,
        /// The file or the directory that it was tried on.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

//! Working in one directory, wherever somebody moves it to in the meantime.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use crate::FileLock;

/// A directory that is held open. What is done through it is done in this very directory; a path leads to whatever has that name by
/// then.
#[derive(Debug)]
pub struct HeldDirectory {
    #[cfg(unix)]
    directory: std::fs::File,
    #[cfg(not(unix))]
    directory: std::path::PathBuf,
}

#[cfg(unix)]
impl HeldDirectory {
    /// Opens the directory at `path`.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> io::Result<HeldDirectory> {
        Ok(HeldDirectory { directory: std::fs::File::open(path)? })
    }

    /// How long the file of that name is, in bytes; `None` where there is none. A link is not followed.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn length_of(&self, name: &OsStr) -> io::Result<Option<u64>> {
        Ok(self.status_of(name)?.and_then(|status| u64::try_from(status.st_size).ok()))
    }

    /// Whether the lock is held on the file of that name in this directory. Not where the system does not say.
    #[must_use]
    pub fn is_locked_by(&self, name: &OsStr, lock: &FileLock) -> bool {
        match (rustix::fs::fstat(&lock.file), self.status_of(name)) {
            (Ok(locked), Ok(Some(here))) => (here.st_dev, here.st_ino) == (locked.st_dev, locked.st_ino),
            _ => false,
        }
    }

    /// Gives the file of that name another one.
    ///
    /// # Errors
    /// When there is none, or it cannot be renamed.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.directory, from, &self.directory, to)?)
    }

    fn status_of(&self, name: &OsStr) -> io::Result<Option<rustix::fs::Stat>> {
        match rustix::fs::statat(&self.directory, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW) {
            Ok(status) => Ok(Some(status)),
            Err(rustix::io::Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Where a directory with an open file in it cannot be renamed, its path leads to it all the time.
#[cfg(not(unix))]
impl HeldDirectory {
    /// Opens the directory at `path`.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(path: &Path) -> io::Result<HeldDirectory> {
        path.metadata()?;
        Ok(HeldDirectory { directory: path.to_owned() })
    }

    /// How long the file of that name is, in bytes; `None` where there is none. A link is not followed.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn length_of(&self, name: &OsStr) -> io::Result<Option<u64>> {
        match self.directory.join(name).symlink_metadata() {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether the lock is held on the file of that name in this directory. Not where the system does not say.
    #[must_use]
    pub fn is_locked_by(&self, _name: &OsStr, _lock: &FileLock) -> bool {
        true
    }

    /// Gives the file of that name another one.
    ///
    /// # Errors
    /// When there is none, or it cannot be renamed.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        std::fs::rename(self.directory.join(from), self.directory.join(to))
    }
}

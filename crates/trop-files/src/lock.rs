//! An exclusive lock on a file, waited for up to a moment.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::create_private_file;

/// The pause between two tries: from the first, doubled each time, to the second.
const PAUSES: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(16));

/// An exclusive lock on a file, held until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct FileLock {
    pub(crate) file: File,
}

/// Why there is no lock.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process held it all the time.
    #[error("another process holds the lock")]
    TimedOut,
    /// This file system has no locks.
    #[error("the file system does not support locks")]
    Unsupported,
    /// The lock file cannot be opened or locked.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl FileLock {
    /// Takes the lock on the file at `path`, which is made, private, when it is missing, and stays there afterwards.
    ///
    /// Tries once at least, and again until `deadline`.
    ///
    /// # Errors
    /// When another process holds the lock at the deadline, when the file system has no locks, or when the file cannot be
    /// opened.
    pub fn acquire(path: &Path, deadline: Instant) -> Result<FileLock, LockError> {
        FileLock::acquire_open(create_private_file(path)?, deadline)
    }

    /// Whether the file system has locks at all, as far as that can be seen at the file at `path`, of which nothing is made. True
    /// also where it cannot be seen.
    #[must_use]
    pub fn is_supported(path: &Path) -> bool {
        let locked = File::open(path).map_err(TryLockError::Error).and_then(|file| file.try_lock_shared());
        !matches!(locked, Err(TryLockError::Error(error)) if is_unsupported(&error))
    }

    /// Takes the lock on the directory at `path`, in which nothing is made for it. Only Unix has such locks.
    pub(crate) fn acquire_directory(path: &Path, deadline: Instant) -> Result<FileLock, LockError> {
        if cfg!(not(unix)) {
            return Err(LockError::Unsupported);
        }
        FileLock::acquire_open(File::open(path)?, deadline)
    }

    fn acquire_open(file: File, deadline: Instant) -> Result<FileLock, LockError> {
        let (mut pause, longest_pause) = PAUSES;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(FileLock { file }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) if is_unsupported(&error) => {
                    return Err(LockError::Unsupported);
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(LockError::TimedOut);
            }
            std::thread::sleep(pause.min(left));
            pause = (pause * 2).min(longest_pause);
        }
    }
}

impl Drop for FileLock {
    /// Gives the lock back at once. Closing the file alone would leave it to a child process that was forked in the meantime,
    /// and has a copy of everything open until it begins its own program (flock(2)).
    fn drop(&mut self) {
        // Where this fails, closing does it.
        let _ = self.file.unlock();
    }
}

/// `ENOLCK`, `ENOSYS` and `EOPNOTSUPP`, as flock(2) gives them on file systems without locks, and `EBADF`: over a network there
/// may be none on what is open for reading alone, as a directory always is.
fn is_unsupported(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        [Errno::NOLCK, Errno::NOSYS, Errno::OPNOTSUPP, Errno::BADF]
            .map(Errno::raw_os_error)
            .map(Some)
            .contains(&error.raw_os_error())
    }
    #[cfg(not(unix))]
    {
        error.kind() == io::ErrorKind::Unsupported
    }
}

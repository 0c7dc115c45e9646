//! Making directories and files that only their owner can read.

#[cfg(unix)]
use std::fs;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Instant;

use crate::LockError;
use crate::planted::require_not_planted;
use crate::real_file::directory_of;
use crate::replace::{add_private, lock_and_tidy};

/// Makes the directory and those above it that are missing, each with mode 0700 whatever the umask is. One that exists
/// stays as it is.
///
/// # Errors
/// When a directory cannot be made, something else stands in its place, or a link on the way there may be a trap
/// ([`require_not_planted`]).
pub fn create_private_directory(path: &Path) -> io::Result<()> {
    require_not_planted(path)?;
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        // The umask may have taken bits away.
        Ok(()) => {
            #[cfg(unix)]
            fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            match parent {
                // What is missing is not above: some file systems have a place for no new directory at all.
                Some(parent) if !parent.is_dir() => {
                    create_private_directory(parent)?;
                    create_private_directory(path)
                }
                _ => Err(error),
            }
        }
        Err(_) if path.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Opens the file for reading and writing, made with mode 0600, whatever the umask is, when it is missing. One that exists
/// keeps its mode and its content.
///
/// # Errors
/// When the file can be neither opened nor made, or a link on the way there may be a trap ([`require_not_planted`]).
pub fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            #[cfg(unix)]
            file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            Ok(file)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            require_not_planted(path)?;
            // It may be a link to what is still missing. What is no link now shall be none a moment later either.
            #[cfg(unix)]
            if !path.is_symlink() {
                let no_follow = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
                std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, no_follow);
            }
            options.create(true).open(path)
        }
        Err(error) => Err(error),
    }
}

/// Makes the file with mode 0600 and that content, all of it from the moment it has its name, and answers whether it did. What has the
/// name already, a link to nothing too, stays as it is.
///
/// The directory is locked meanwhile as by [`edit_file`](crate::edit_file), and that lock waited for until `deadline`.
///
/// # Errors
/// When the lock is not to be had, no file can be made in the directory, or a link on the way there may be a trap
/// ([`require_not_planted`]).
pub fn create_private_file_with(path: &Path, content: &[u8], deadline: Instant) -> Result<bool, LockError> {
    require_not_planted(path)?;
    let directory = directory_of(path).ok_or(io::ErrorKind::InvalidInput).map_err(io::Error::from)?;
    let _lock = lock_and_tidy(&directory, deadline)?;
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    Ok(add_private(&directory, path, content)?)
}

//! Finding what others than the owner can use, and keeping them out.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// Whether the mode of what is at `path`, or behind the links there, lets its group or others do anything with it. Nothing there is
/// not exposed. Only Unix knows such modes.
///
/// # Errors
/// When it cannot be looked at.
pub fn is_exposed(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        match path.metadata() {
            Ok(metadata) => Ok(std::os::unix::fs::MetadataExt::mode(&metadata) & 0o077 != 0),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(false)
    }
}

/// Whether the mode of what is at `path`, or behind the links there, lets its group or others write there. Only Unix knows such modes.
///
/// # Errors
/// When it cannot be looked at, or is not there.
pub fn can_others_write(path: &Path) -> io::Result<bool> {
    let metadata = path.metadata()?;
    #[cfg(unix)]
    {
        Ok(std::os::unix::fs::MetadataExt::mode(&metadata) & 0o022 != 0)
    }
    #[cfg(not(unix))]
    {
        drop(metadata);
        Ok(false)
    }
}

/// Whether the directory is there for more than files that one program keeps, which it knows by their names: the root, one with the
/// sticky bit, or one with anything else in it. To close such a directory would lock out those who have to do with the rest.
///
/// # Errors
/// When it cannot be looked at, or is no directory.
pub fn is_common_directory(path: &Path, is_kept: impl Fn(&OsStr) -> bool) -> io::Result<bool> {
    let path = path.canonicalize()?;
    if path.parent().is_none() || is_sticky(&path)? {
        return Ok(true);
    }
    for entry in path.read_dir()? {
        let entry = entry?;
        if entry.file_type()?.is_dir() || !is_kept(&entry.file_name()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_sticky(path: &Path) -> io::Result<bool> {
    let metadata = path.metadata()?;
    #[cfg(unix)]
    {
        Ok(std::os::unix::fs::MetadataExt::mode(&metadata) & 0o1000 != 0)
    }
    #[cfg(not(unix))]
    {
        drop(metadata);
        Ok(false)
    }
}

/// Leaves what is at `path`, or behind the links there, to its owner alone: a directory with mode 0700, anything else with 0600.
///
/// # Errors
/// When it is not there, belongs to somebody else, or is on a read-only file system.
pub fn make_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mode = if path.metadata()?.is_dir() { 0o700 } else { 0o600 };
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
    }
    #[cfg(not(unix))]
    {
        path.metadata().map(drop)
    }
}

/// Finds out, without changing anything, whether [`make_private`] could do it.
///
/// # Errors
/// Those of [`make_private`].
pub fn require_private_possible(path: &Path) -> io::Result<()> {
    let metadata = path.metadata()?;
    #[cfg(unix)]
    {
        use rustix::fs::{StatVfsMountFlags, statvfs};
        use rustix::io::Errno;

        // chmod(2) is for the owner and root.
        let user = rustix::process::geteuid();
        if !user.is_root() && user.as_raw() != std::os::unix::fs::MetadataExt::uid(&metadata) {
            return Err(Errno::PERM.into());
        }
        if statvfs(path)?.f_flag.contains(StatVfsMountFlags::RDONLY) {
            return Err(Errno::ROFS.into());
        }
    }
    #[cfg(not(unix))]
    drop(metadata);
    Ok(())
}

//! Putting a new file in the place of an old one, or where there is none, in one step.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::owner::keep_owner;
use crate::real_file::RealFile;
use crate::{FileError, FileLock, LockError};

/// What the name of a temporary file begins and ends with. Between them is a number.
const TEMPORARY: (&str, &str) = (".trop-", ".new");

/// Who may use the new file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Access<'o> {
    /// Those who may use the old one, whose metadata this is.
    Kept(&'o Metadata),
    /// Those whom the umask allows it.
    OfUmask,
    /// Its owner alone.
    Private,
}

/// Puts a file with that content in the place of the old one, or in an empty place. When that fails, all is as before.
pub(crate) fn replace(file: &RealFile, content: &[u8], access: Access<'_>) -> Result<(), FileError> {
    let refused = |source| FileError::Io { doing: "replace", path: file.path.clone(), source };
    let (path, new) = create_temporary(&file.directory, access).map_err(refused)?;
    let replaced = fill(new, content, access).and_then(|()| fs::rename(&path, &file.path));
    if replaced.is_err() {
        // Where this fails as well, the next edit removes it.
        let _ = fs::remove_file(&path);
    }
    replaced.map_err(refused)
}

/// Makes a private file with that content, and answers whether it did: what has the name already stays.
pub(crate) fn add_private(directory: &Path, path: &Path, content: &[u8]) -> io::Result<bool> {
    let (new, file) = create_temporary(directory, Access::Private)?;
    let named = fill(file, content, Access::Private).and_then(|()| give_free_name(&new, path));
    // By now it has two names, or none is wanted. Where this fails, the next one removes it.
    let _ = fs::remove_file(&new);
    named
}

/// Lets the file have that name, too, unless something has it.
fn give_free_name(new: &Path, path: &Path) -> io::Result<bool> {
    match fs::hard_link(new, path) {
        Ok(()) => Ok(true),
        Err(_) if path.symlink_metadata().is_ok() => Ok(false),
        // Some file systems let no file have two names.
        Err(_) => fs::rename(new, path).map(|()| true),
    }
}

/// Takes the lock on the directory, under which its files are replaced, and removes what processes left behind there that were
/// killed meanwhile. `None` where the file system has no such locks.
pub(crate) fn lock_and_tidy(directory: &Path, deadline: Instant) -> Result<Option<FileLock>, LockError> {
    match FileLock::acquire_directory(directory, deadline) {
        Ok(lock) => {
            remove_leftovers(directory);
            Ok(Some(lock))
        }
        Err(LockError::Unsupported) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Only for who holds the lock on the directory: anybody else's are still needed.
fn remove_leftovers(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_str().is_some_and(is_temporary) {
            // In a directory that many share it may be somebody else's.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let (start, end) = TEMPORARY;
    let number = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Makes a file under a name that no other has. What is not for those whom the umask allows it is private until it has its mode.
fn create_temporary(directory: &Path, access: Access<'_>) -> io::Result<(PathBuf, File)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if !matches!(access, Access::OfUmask) {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let (start, end) = TEMPORARY;
    let mut number = std::process::id();
    loop {
        let path = directory.join(format!("{start}{number}{end}"));
        match options.open(&path) {
            // Without locks there may be one that nobody could remove.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number = number.wrapping_add(1),
            opened => return opened.map(|file| (path, file)),
        }
    }
}

fn fill(mut new: File, content: &[u8], access: Access<'_>) -> io::Result<()> {
    new.write_all(content)?;
    match access {
        Access::Kept(old) => {
            // A change of the owner may take bits of the mode away: that comes second (chown(2)).
            keep_owner(&new, old)?;
            new.set_permissions(old.permissions())?;
        }
        Access::OfUmask => {}
        Access::Private => {
            // The umask may have taken bits away.
            #[cfg(unix)]
            new.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        }
    }
    // Otherwise an empty file may be in that place after the power has failed (rename(2) says nothing of the content).
    new.sync_all()
}

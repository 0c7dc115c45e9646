//! Changing a file that belongs to the user.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::Instant;

use crate::owner::require_owner_can_stay;
use crate::real_file::{RealFile, find_real_file};
use crate::replace::{Access, lock_and_tidy, replace};
use crate::{EditError, FileError, FileLock, LockError, require_writable};

/// What became of a file, or would become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// It holds already what it should hold, and was not touched.
    Unchanged,
    /// It holds something else now.
    Changed,
    /// It was missing.
    Created,
}

/// Gives the file at `path` the content that `edit` makes of the one it has, or of `None` when it is missing.
///
/// Whoever looks at it in the meantime, or after this process was killed, sees the one or the other and nothing in between.
/// Links are followed and stay; mode, owner and group stay too. A new file has the mode that the umask allows. When the
/// content is the same, nothing is written. A file with several hard links is replaced under this name alone.
///
/// The directory of the file is locked, and that lock waited for until `deadline`, from before the file is read until it is
/// replaced: of two processes that edit it at once, the second one gets what the first one made. Where there are no such
/// locks, nothing keeps them apart.
///
/// # Errors
/// When `edit` fails, the lock is not to be had, the file is not a regular one or cannot be read, its owner or group would
/// change, or this process may not write to it or cannot make a file beside it.
pub fn edit_file<E>(
    path: &Path,
    deadline: Instant,
    edit: impl FnOnce(Option<&[u8]>) -> Result<Vec<u8>, E>,
) -> Result<Edit, EditError<E>> {
    edit_with(path, deadline, Access::OfUmask, edit)
}

/// The same, but a new file has mode 0600, whatever the umask is.
///
/// # Errors
/// Those of [`edit_file`].
pub fn edit_private_file<E>(
    path: &Path,
    deadline: Instant,
    edit: impl FnOnce(Option<&[u8]>) -> Result<Vec<u8>, E>,
) -> Result<Edit, EditError<E>> {
    edit_with(path, deadline, Access::Private, edit)
}

/// What [`edit_file`] and [`edit_private_file`] would do, without a lock and without writing anything. It fails where they would,
/// as far as this can be known.
///
/// # Errors
/// Those of [`edit_file`], except for the lock.
pub fn preview_edit<E>(
    path: &Path,
    edit: impl FnOnce(Option<&[u8]>) -> Result<Vec<u8>, E>,
) -> Result<Edit, EditError<E>> {
    let file = find_real_file(path)?;
    require_lockable(&file.directory)?;
    Ok(plan_edit(&file, edit)?.outcome)
}

fn edit_with<E>(
    path: &Path,
    deadline: Instant,
    access_when_new: Access<'_>,
    edit: impl FnOnce(Option<&[u8]>) -> Result<Vec<u8>, E>,
) -> Result<Edit, EditError<E>> {
    let file = find_real_file(path)?;
    let _lock = lock_directory(&file.directory, deadline)?;
    let plan = plan_edit(&file, edit)?;
    if plan.outcome != Edit::Unchanged {
        let access = plan.old.as_ref().map_or(access_when_new, Access::Kept);
        replace(&file, &plan.content, access)?;
    }
    Ok(plan.outcome)
}

fn lock_directory(directory: &Path, deadline: Instant) -> Result<Option<FileLock>, FileError> {
    lock_and_tidy(directory, deadline).map_err(|error| match error {
        LockError::Io(source) => FileError::Io { doing: "open", path: directory.to_owned(), source },
        LockError::TimedOut | LockError::Unsupported => FileError::Locked { directory: directory.to_owned() },
    })
}

/// Whether the directory can be opened, as who locks it has to.
fn require_lockable(directory: &Path) -> Result<(), FileError> {
    let opened = fs::read_dir(directory);
    opened.map(drop).map_err(|source| FileError::Io { doing: "open", path: directory.to_owned(), source })
}

/// What is to become of a file, and nothing that could be known forbids it.
struct Plan {
    outcome: Edit,
    content: Vec<u8>,
    /// About the file that is there.
    old: Option<Metadata>,
}

fn plan_edit<E>(
    file: &RealFile,
    edit: impl FnOnce(Option<&[u8]>) -> Result<Vec<u8>, E>,
) -> Result<Plan, EditError<E>> {
    let Some((old, metadata)) = read(&file.path)? else {
        let content = edit(None).map_err(EditError::Edit)?;
        require_writable_directory(&file.directory)?;
        return Ok(Plan { outcome: Edit::Created, content, old: None });
    };
    let content = edit(Some(&old)).map_err(EditError::Edit)?;
    if content == old {
        return Ok(Plan { outcome: Edit::Unchanged, content, old: Some(metadata) });
    }
    // Renaming asks for none of these three.
    require_writable_file(&file.path)?;
    require_owner_can_stay(file, &metadata)?;
    require_writable_directory(&file.directory)?;
    Ok(Plan { outcome: Edit::Changed, content, old: Some(metadata) })
}

fn read(path: &Path) -> Result<Option<(Vec<u8>, Metadata)>, FileError> {
    let read_all = |mut file: File| {
        let metadata = file.metadata()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        Ok((content, metadata))
    };
    match File::open(path).and_then(read_all) {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(FileError::Io { doing: "read", path: path.to_owned(), source }),
    }
}

fn require_writable_file(path: &Path) -> Result<(), FileError> {
    require_writable(path).map_err(|source| FileError::Io {
        doing: "write to",
        path: path.to_owned(),
        source,
    })
}

fn require_writable_directory(path: &Path) -> Result<(), FileError> {
    require_writable(path).map_err(|source| FileError::Io {
        doing: "make a file in",
        path: path.to_owned(),
        source,
    })
}

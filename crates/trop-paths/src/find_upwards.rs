//! Looking for a file in a directory and in those above it.

use std::fs::symlink_metadata;
use std::io::{self, ErrorKind};

use camino::{Utf8Path, Utf8PathBuf};

use crate::AbsPath;

/// A file that may be there or not: the system does not say.
#[derive(Debug, thiserror::Error)]
#[error("cannot look at {path}")]
pub struct Unseen {
    /// The file.
    pub path: Utf8PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// The nearest directory, from `start` upwards, that has one of these `names` in it, file or not.
///
/// The search ends at the first directory that has `boundary` in it, that one included. A directory that is not there, or that this
/// process has no permission to look into, has nothing in it. Links count as what they are called, wherever they lead.
///
/// # Errors
/// When the system does not say whether a file is there, for another reason than permission: nobody can know then which directory is
/// the nearest.
pub fn find_upwards(start: &AbsPath, names: &[&str], boundary: &str) -> Result<Option<AbsPath>, Unseen> {
    let mut directory = start.clone();
    loop {
        for name in names {
            if is_there(&directory.as_path().join(name))? {
                return Ok(Some(directory));
            }
        }
        if is_there(&directory.as_path().join(boundary))? {
            return Ok(None);
        }
        match directory.parent() {
            Some(parent) => directory = parent,
            None => return Ok(None),
        }
    }
}

fn is_there(path: &Utf8Path) -> Result<bool, Unseen> {
    match symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) => match error.kind() {
            ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::PermissionDenied
            // No file has so long a name.
            | ErrorKind::InvalidFilename => Ok(false),
            _ => Err(Unseen { path: path.to_owned(), source: error }),
        },
    }
}

//! Directories that are gone when nobody needs them any longer.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;

/// A directory that is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes it. Its parent has to be there, and nothing of that name in it.
    pub(crate) fn make(path: PathBuf) -> Outcome<Scratch> {
        fs::create_dir(&path).map_err(|error| format!("cannot make {}: {error}", path.display()))?;
        Ok(Scratch { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind lies in the temporary directory.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Copies the directory with the files that are directly in it.
pub(crate) fn copy_files(from: &Path, to: &Path) -> Outcome {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

//! The `config.yaml` that `init` writes.

use std::path::Path;
use std::time::Instant;

use camino::Utf8Path;

use trop_config::{FileKind, text_of_defaults};
use trop_files::{Edit, EditError, edit_private_file, preview_edit};
use trop_paths::AbsPath;

use crate::failure::Failure;
use crate::plan::require_own;

/// The `config.yaml` of a data directory, in which every setting is to stand with its default.
pub(crate) struct DefaultsFile {
    directory: AbsPath,
    pub(crate) path: AbsPath,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is made.
    Written,
    /// There is one, which stays as it is.
    Kept,
}

/// There is a file already.
struct OneIsThere;

impl DefaultsFile {
    pub(crate) fn of(directory: &AbsPath) -> DefaultsFile {
        let path = directory.join(Utf8Path::new(FileKind::User.name()));
        DefaultsFile { directory: directory.clone(), path }
    }

    /// What [`DefaultsFile::write`] would do. It fails where that would, as far as this can be known.
    pub(crate) fn preview(&self) -> Result<Fate, Failure> {
        if self.is_there() {
            return Ok(Fate::Kept);
        }
        require_own(self.as_path())?;
        if !self.directory.as_path().exists() {
            // The database is made first, and the directory with it.
            return Ok(Fate::Written);
        }
        self.fate(preview_edit(self.as_path(), content))
    }

    /// Makes the file, private to its owner, unless there is one.
    pub(crate) fn write(&self, deadline: Instant) -> Result<Fate, Failure> {
        if self.is_there() {
            return Ok(Fate::Kept);
        }
        require_own(self.as_path())?;
        self.fate(edit_private_file(self.as_path(), deadline, content))
    }

    /// Whether there is a file, whatever it says: one that cannot be read is kept, too.
    fn is_there(&self) -> bool {
        self.as_path().is_file()
    }

    fn fate(&self, edit: Result<Edit, EditError<OneIsThere>>) -> Result<Fate, Failure> {
        match edit {
            Ok(Edit::Created | Edit::Changed) => Ok(Fate::Written),
            Ok(Edit::Unchanged) | Err(EditError::Edit(OneIsThere)) => Ok(Fate::Kept),
            Err(EditError::File(error)) => Err(Failure::ConfigNotWritten { file: self.path.clone(), error }),
        }
    }

    fn as_path(&self) -> &Path {
        self.path.as_path().as_std_path()
    }
}

/// Somebody else may have made the file a moment ago.
fn content(old: Option<&[u8]>) -> Result<Vec<u8>, OneIsThere> {
    match old {
        Some(_) => Err(OneIsThere),
        None => Ok(text_of_defaults().into_bytes()),
    }
}

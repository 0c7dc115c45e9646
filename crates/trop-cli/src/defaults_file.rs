//! The `config.yaml` that `init` writes.

use std::path::Path;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use trop_config::{FileKind, text_of_defaults};
use trop_files::{Edit, EditError, edit_private_file, preview_edit};
use trop_output::FileChange;
use trop_paths::AbsPath;

use crate::failure::Failure;
use crate::plan::require_own;
use crate::session::Session;

/// The `config.yaml` of a data directory, in which every setting is to stand with its default.
pub(crate) struct DefaultsFile {
    path: AbsPath,
    replaces: bool,
}

/// There is a file already, and it is not to be replaced.
struct OneIsThere;

impl DefaultsFile {
    /// The one of that data directory, if it is to be written: one that is there stays, which is told, unless `replaces` says
    /// otherwise. It fails where [`DefaultsFile::write`] would, as far as this can be known.
    pub(crate) fn to_be_written(
        session: &mut Session<'_>,
        directory: &AbsPath,
        replaces: bool,
    ) -> Result<Option<DefaultsFile>, Failure> {
        let path = directory.join(Utf8Path::new(FileKind::User.name()));
        let file = DefaultsFile { path, replaces };
        // It is not read, whatever it says: one that cannot be read is kept, too.
        if !replaces && file.as_path().is_file() {
            file.tell_that_it_is_kept(session);
            return Ok(None);
        }
        require_own(file.as_path())?;
        // Where the directory is missing, it is made together with the database.
        if directory.as_path().exists() {
            file.is_written(preview_edit(file.as_path(), |old| file.content(old)))?;
        }
        Ok(Some(file))
    }

    /// Makes the file, private to its owner, or replaces one, whose links, mode and owner stay. Tells the path of what it has written.
    pub(crate) fn write(
        self,
        session: &mut Session<'_>,
        lock_wait: Duration,
    ) -> Result<Option<AbsPath>, Failure> {
        let deadline = Instant::now() + lock_wait;
        if self.is_written(edit_private_file(self.as_path(), deadline, |old| self.content(old)))? {
            session.note(&format!("wrote {}", self.path));
            return Ok(Some(self.path));
        }
        self.tell_that_it_is_kept(session);
        Ok(None)
    }

    /// What a dry run shows of it.
    pub(crate) fn change(&self) -> FileChange {
        FileChange::Write { path: self.path.to_string() }
    }

    /// Somebody else may have made the file a moment ago.
    fn content(&self, old: Option<&[u8]>) -> Result<Vec<u8>, OneIsThere> {
        match old {
            Some(_) if !self.replaces => Err(OneIsThere),
            _ => Ok(text_of_defaults().into_bytes()),
        }
    }

    fn is_written(&self, edit: Result<Edit, EditError<OneIsThere>>) -> Result<bool, Failure> {
        match edit {
            Ok(Edit::Created | Edit::Changed | Edit::Unchanged) => Ok(true),
            Err(EditError::Edit(OneIsThere)) => Ok(false),
            Err(EditError::File(error)) => Err(Failure::ConfigNotWritten { file: self.path.clone(), error }),
        }
    }

    fn tell_that_it_is_kept(&self, session: &mut Session<'_>) {
        session.note(&format!("{} is there already, and is kept", self.path));
    }

    fn as_path(&self) -> &Path {
        self.path.as_path().as_std_path()
    }
}

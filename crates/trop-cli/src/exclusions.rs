//! The ports that a configuration file excludes, changed because somebody asked for it.

use std::io::{self, ErrorKind};
use std::time::Instant;

use clap::ArgMatches;

use trop_config::{
    CannotEdit, ConfigError, Effective, FileKind, LoadError, Source, UnreadableFile, settings,
    text_with_compact_exclusions, text_with_exclusions,
};
use trop_files::{
    Edit, EditError, FileError, create_private_directory, edit_file, edit_private_file, find_obstacle,
    preview_edit, require_writable,
};
use trop_model::PortRange;
use trop_output::FileChange;
use trop_paths::AbsPath;
use trop_storage::{Location, StorageError};

use crate::configuration::effective;
use crate::failure::Failure;
use crate::plan::{Mode, Preview, require_own};
use crate::project::Project;
use crate::session::{Session, lock_wait};

mod error;

pub(crate) use error::ExclusionsError;

/// A configuration file whose list of excluded ports is to be changed.
pub(crate) struct ExclusionsFile {
    pub(crate) path: AbsPath,
    kind: FileKind,
}

/// What is to become of the list.
#[derive(Clone, Copy)]
pub(crate) struct Wish<'r> {
    /// These are added, unless they are there.
    pub(crate) add: &'r [PortRange],
    /// Entries that overlap or are adjacent are merged.
    pub(crate) compact: bool,
}

impl ExclusionsFile {
    /// That of the project around the working directory, or the global one, and the settings that count here.
    pub(crate) fn find(
        session: &mut Session<'_>,
        matches: &ArgMatches,
        is_global: bool,
    ) -> Result<(ExclusionsFile, Effective), Failure> {
        if is_global {
            let effective = effective(session, matches)?;
            let location = session.location(&effective)?;
            let path = location.directory().join(FileKind::User.name().as_ref());
            return Ok((ExclusionsFile::at(path), effective));
        }
        let project = Project::here(session, matches)?;
        match project.find_tropfile() {
            Some(path) => Ok((ExclusionsFile::at(path), project.effective)),
            None => Err(ExclusionsError::NoTropfile { start: project.directory }.into()),
        }
    }

    /// The one at this path. Its name says which rules it obeys.
    pub(crate) fn at(path: AbsPath) -> ExclusionsFile {
        let kind = FileKind::of_name(path.as_path().file_name().unwrap_or_default());
        ExclusionsFile { path, kind }
    }

    /// That the file is there and can be read.
    pub(crate) fn require_there(&self) -> Result<(), UnreadableFile> {
        match Source::require(self.kind, self.path.as_path()) {
            Err(LoadError::Unreadable(error)) => Err(error),
            // What is wrong with it is said when it is to be changed.
            Ok(_) | Err(LoadError::Unusable(_)) => Ok(()),
        }
    }

    /// Whether it excludes these already.
    pub(crate) fn excludes_already(&self, ranges: &[PortRange]) -> bool {
        let source = Source::require(self.kind, self.path.as_path());
        source.is_ok_and(|source| matches!(text_with_exclusions(&source, ranges), Ok(None)))
    }

    /// Changes the list, and nothing else in the file, and says so; a dry run shows what would become of the file. To add ports, a
    /// `config.yaml` that is missing is made, and the data directory with it.
    pub(crate) fn carry_out(
        &self,
        session: &mut Session<'_>,
        effective: &Effective,
        wish: Wish<'_>,
        mode: Mode,
    ) -> Result<(), Failure> {
        let edit = self.edit(effective, wish, mode)?;
        if mode.dry_run && edit != Edit::Unchanged {
            return self.show_planned(session, wish, mode);
        }
        if let Some(done) = wish.describe_done(&self.path, edit) {
            session.note(&done);
        }
        if mode.dry_run { Preview::of_files(Vec::new(), mode).show(session) } else { Ok(()) }
    }

    fn show_planned(&self, session: &mut Session<'_>, wish: Wish<'_>, mode: Mode) -> Result<(), Failure> {
        let write = FileChange::Write { path: self.path.to_string() };
        Preview::of_files(vec![write], mode).show(session)?;
        if !mode.json {
            session.show_planned(&wish.describe_planned());
        }
        Ok(())
    }

    /// Changes the file, or finds out what would become of it.
    fn edit(&self, effective: &Effective, wish: Wish<'_>, mode: Mode) -> Result<Edit, Failure> {
        let nothing_to_merge = !wish.compact || !self.path.as_path().exists();
        if wish.add.is_empty() && nothing_to_merge {
            return Ok(Edit::Unchanged);
        }
        if self.kind == FileKind::User {
            require_own(self.path.as_path().as_std_path())?;
        }
        if self.may_be_made(wish) && !self.directory().as_path().exists() {
            self.make_directory(effective, mode)?;
            if mode.dry_run {
                return Ok(Edit::Created);
            }
        }
        let path = self.path.as_path().as_std_path();
        let deadline = Instant::now() + lock_wait(effective);
        let edit = |old: Option<&[u8]>| self.edited(old, wish);
        let edited = match self.kind {
            _ if mode.dry_run => preview_edit(path, edit),
            FileKind::User => edit_private_file(path, deadline, edit),
            FileKind::Local | FileKind::Tropfile => edit_file(path, deadline, edit),
        };
        edited.map_err(|error| match error {
            EditError::Edit(failure) => failure,
            EditError::File(error) => self.not_written(error),
        })
    }

    /// The content of the file, with the list as it is to be.
    fn edited(&self, old: Option<&[u8]>, wish: Wish<'_>) -> Result<Vec<u8>, Failure> {
        let bytes = match old {
            Some(bytes) => bytes.to_vec(),
            None if self.may_be_made(wish) => Vec::new(),
            None => return Err(self.gone().into()),
        };
        let source =
            |bytes| Source::from_bytes(self.kind, self.path.as_path(), bytes).map_err(ConfigError::from);
        let mut source_now = source(bytes)?;
        if let Some(text) = text_with_exclusions(&source_now, wish.add)? {
            source_now = source(text.into_bytes())?;
        }
        if wish.compact
            && let Some(text) = text_with_compact_exclusions(&source_now)?
        {
            source_now = source(text.into_bytes())?;
        }
        Ok(source_now.text().as_bytes().to_vec())
    }

    fn may_be_made(&self, wish: Wish<'_>) -> bool {
        self.kind == FileKind::User && !wish.add.is_empty()
    }

    /// Makes the data directory, or finds out whether it could be made.
    fn make_directory(&self, effective: &Effective, mode: Mode) -> Result<(), Failure> {
        let directory = self.directory();
        if effective.get(&settings::DISABLE_AUTOINIT) {
            return Err(StorageError::Missing(Location::new(directory).database().to_owned()).into());
        }
        let path = directory.as_path().as_std_path();
        let made = if let Some(obstacle) = find_obstacle(path) {
            Err(obstacle.into())
        } else if mode.dry_run {
            let nearest = path.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(path);
            require_writable(nearest)
        } else {
            create_private_directory(path)
        };
        made.map_err(|source| {
            self.not_written(FileError::Io { doing: "make", path: path.to_owned(), source })
        })
    }

    fn directory(&self) -> AbsPath {
        self.path.parent().unwrap_or_else(|| self.path.clone())
    }

    fn gone(&self) -> UnreadableFile {
        let source = io::Error::new(ErrorKind::NotFound, "it is gone");
        UnreadableFile { path: self.path.as_path().to_owned(), source }
    }

    fn not_written(&self, error: FileError) -> Failure {
        ExclusionsError::NotWritten { file: self.path.clone(), error }.into()
    }
}

impl Wish<'_> {
    /// What became of the list; `None` where nothing was asked for.
    fn describe_done(self, path: &AbsPath, edit: Edit) -> Option<String> {
        let ports = self.ports();
        Some(match edit {
            Edit::Unchanged if self.add.is_empty() && !self.compact => return None,
            Edit::Unchanged if self.add.is_empty() => format!("in {path} there is nothing to merge"),
            Edit::Unchanged => format!("{path} excludes {ports} already"),
            Edit::Changed if self.add.is_empty() => format!("merged entries of excluded_ports in {path}"),
            Edit::Changed if self.compact => format!("{path} excludes {ports} now, with its entries merged"),
            Edit::Changed => format!("added {ports} to the ports that {path} excludes"),
            Edit::Created => format!("made {path}, which excludes {ports}"),
        })
    }

    fn describe_planned(self) -> String {
        if self.add.is_empty() {
            return "would merge entries of excluded_ports".to_owned();
        }
        let merging = if self.compact { " and merge its entries" } else { "" };
        format!("would add {} to the ports that it excludes{merging}", self.ports())
    }

    fn ports(self) -> String {
        self.add.iter().map(PortRange::to_string).collect::<Vec<_>>().join(", ")
    }
}

impl From<CannotEdit> for Failure {
    fn from(error: CannotEdit) -> Failure {
        match error {
            CannotEdit::Wrong(error) => error.into(),
            CannotEdit::Intricate(error) => ExclusionsError::from(error).into(),
        }
    }
}

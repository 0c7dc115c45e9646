//! A project whose services somebody wants: its directory, its tropfiles, and the settings that count there.

use std::io::{self, ErrorKind};

use clap::ArgMatches;

use trop_config::{Effective, FileKind, LoadError, Origin, Source, UnreadableFile, settings};
use trop_model::GroupSpec;
use trop_ops::Target;
use trop_paths::{AbsPath, canonical_form};
use trop_storage::Location;

use crate::configuration::{Tropfiles, candidates, effective_with, find_tropfiles, given, is_tropfile};
use crate::data_directory::locate;
use crate::failure::Failure;
use crate::session::Session;
use crate::target::require_allowed;

/// A project, and the settings that count there.
pub(crate) struct Project {
    /// The directory of its tropfiles, canonical.
    pub(crate) directory: AbsPath,
    pub(crate) effective: Effective,
    tropfiles: Tropfiles,
}

impl Project {
    /// The project around the working directory. Where there is no tropfile, that is the working directory alone.
    pub(crate) fn here(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Project, Failure> {
        let start = session.working_directory()?;
        let tropfiles = find_tropfiles(session, Some(&start))?;
        let directory = if let Tropfiles::In(directory) = &tropfiles { directory.clone() } else { start };
        let given = given(session, matches);
        let effective = effective_with(session, given, &tropfiles)?;
        Ok(Project { directory, effective, tropfiles })
    }

    /// The project of a tropfile that somebody typed, let through by the path guard. Its directory is the one it was found in, even
    /// where it is a link to a file elsewhere.
    pub(crate) fn of_file(
        session: &mut Session<'_>,
        matches: &ArgMatches,
        file: &str,
        force: bool,
    ) -> Result<Project, Failure> {
        let typed = session.typed_path(file)?;
        let (parent, name) = match (typed.parent(), typed.as_path().file_name()) {
            (Some(parent), Some(name)) => (parent, name),
            // The root, which is a directory.
            _ => return Err(unreadable(&typed, ErrorKind::IsADirectory.into())),
        };
        let directory = canonical_form(&parent);
        let given = given(session, matches);
        if !force {
            require_allowed(session, &given, &Target::typed(parent, directory.clone()))?;
        }
        let file = directory.join(name.as_ref());
        if let Err(LoadError::Unreadable(error)) = Source::require(FileKind::of_name(name), file.as_path()) {
            return Err(unreadable(&typed, error.source));
        }
        let has_sibling = is_tropfile(name);
        let tropfiles =
            if has_sibling { Tropfiles::In(directory.clone()) } else { Tropfiles::Alone(file.clone()) };
        let effective = effective_with(session, given, &tropfiles)?;
        Ok(Project { directory, effective, tropfiles })
    }

    /// Its services.
    pub(crate) fn group(&self) -> Result<GroupSpec, Failure> {
        self.find_group().ok_or_else(|| {
            match (self.effective.origin(&settings::RESERVATIONS), &self.tropfiles) {
                (Origin::File(cleared), _) => Failure::GroupCleared(cleared),
                (_, Tropfiles::Nowhere) => Failure::NoTropfile { start: self.directory.clone() },
                _ => Failure::NoGroup { files: self.files().collect() },
            }
        })
    }

    /// Its services, where it has any.
    pub(crate) fn find_group(&self) -> Option<GroupSpec> {
        self.effective.get(&settings::RESERVATIONS)
    }

    /// The higher one of its tropfiles, or where one would be.
    pub(crate) fn tropfile(&self) -> AbsPath {
        let would_be = || self.directory.join(FileKind::Tropfile.name().as_ref());
        self.find_tropfile().unwrap_or_else(would_be)
    }

    /// The higher one of its tropfiles, where it has any.
    pub(crate) fn find_tropfile(&self) -> Option<AbsPath> {
        self.files().next()
    }

    /// Whether trop reads this file as one of its own: as configuration, of this project or another one, or as what is kept in a
    /// data directory.
    pub(crate) fn reads(&self, session: &Session<'_>, canonical: &AbsPath) -> Result<bool, Failure> {
        let configuration = candidates(session, self.effective.layers(), &self.tropfiles)?;
        let data_directory = locate(session, self.effective.layers())?;
        let is_configuration = configuration.iter().any(|file| canonical_form(&file.path) == *canonical);
        let has_name_of_tropfile = canonical.as_path().file_name().is_some_and(is_tropfile);
        Ok(is_configuration
            || has_name_of_tropfile
            || is_kept_in_a_data_directory(canonical)
            || canonical.below(&canonical_form(data_directory.directory())).is_some())
    }

    fn files(&self) -> impl Iterator<Item = AbsPath> {
        let candidates = self.tropfiles.candidates().into_iter().map(|candidate| candidate.path);
        // One that cannot be looked at is told of when it is read.
        candidates.filter(|path| path.as_path().try_exists().unwrap_or(true))
    }
}

/// Whether the file has one of the names that trop keeps in a data directory, beside a database. It need not be the data directory of
/// this command.
pub(crate) fn is_kept_in_a_data_directory(file: &AbsPath) -> bool {
    let (Some(directory), Some(name)) = (file.parent(), file.as_path().file_name()) else { return false };
    let location = Location::new(canonical_form(&directory));
    let is_kept = name == FileKind::User.name() || location.keeps(name.as_ref());
    is_kept && location.database().symlink_metadata().is_ok()
}

fn unreadable(file: &AbsPath, why: io::Error) -> Failure {
    UnreadableFile { path: file.as_path().to_owned(), source: why }.into()
}

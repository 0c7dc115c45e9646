//! A project whose services somebody wants: its directory, its tropfiles, and the settings that count there.

use std::io::{self, ErrorKind};

use clap::ArgMatches;

use trop_config::{Effective, FileKind, Origin, UnreadableFile, settings};
use trop_model::GroupSpec;
use trop_ops::Target;
use trop_paths::{AbsPath, canonical_form, resolve_typed};

use crate::configuration::{Tropfiles, effective_with, find_tropfiles, given};
use crate::data_directory::home;
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
    /// The project around the working directory.
    pub(crate) fn here(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Project, Failure> {
        match Project::find(session, matches)? {
            Some(project) => Ok(project),
            None => Err(Failure::NoTropfile { start: session.working_directory()? }),
        }
    }

    /// The project around the working directory, where there is one.
    pub(crate) fn find(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Option<Project>, Failure> {
        let start = session.working_directory()?;
        let tropfiles = find_tropfiles(session, Some(&start));
        let Tropfiles::In(directory) = &tropfiles else { return Ok(None) };
        let directory = directory.clone();
        let given = given(session, matches);
        let effective = effective_with(session, given, &tropfiles)?;
        Ok(Some(Project { directory, effective, tropfiles }))
    }

    /// The project of a tropfile that somebody typed, let through by the path guard. Its directory is the one it was found in, even
    /// where it is a link to a file elsewhere.
    pub(crate) fn of_file(
        session: &mut Session<'_>,
        matches: &ArgMatches,
        file: &str,
        force: bool,
    ) -> Result<Project, Failure> {
        let typed = resolve_typed(file, || session.working_directory(), || home(session))?;
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
        file.as_path().metadata().map_err(|why| unreadable(&typed, why))?;
        let has_sibling = [FileKind::Local, FileKind::Tropfile].map(FileKind::name).contains(&name);
        let tropfiles =
            if has_sibling { Tropfiles::In(directory.clone()) } else { Tropfiles::Alone(file.clone()) };
        let effective = effective_with(session, given, &tropfiles)?;
        Ok(Project { directory, effective, tropfiles })
    }

    /// Its services.
    pub(crate) fn group(&self) -> Result<GroupSpec, Failure> {
        self.effective.get(&settings::RESERVATIONS).ok_or_else(|| {
            match self.effective.origin(&settings::RESERVATIONS) {
                Origin::File(cleared) => Failure::GroupCleared(cleared),
                _ => Failure::NoGroup { files: self.files().collect() },
            }
        })
    }

    /// Its tropfiles, of which there is one at least, the higher one in front.
    pub(crate) fn files(&self) -> impl Iterator<Item = AbsPath> {
        let candidates = self.tropfiles.candidates().into_iter().map(|candidate| candidate.path);
        candidates.filter(|path| path.as_path().exists())
    }
}

fn unreadable(file: &AbsPath, why: io::Error) -> Failure {
    UnreadableFile { path: file.as_path().to_owned(), source: why }.into()
}

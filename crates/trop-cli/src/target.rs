//! The directory that a command is about.

use clap::ArgMatches;

use trop_config::{Effective, Layers, Origin, settings};
use trop_ops::{Target, require_related};
use trop_paths::{AbsPath, canonical_form};

use crate::absence::find_absence;
use crate::configuration::{effective_in, given};
use crate::failure::Failure;
use crate::session::Session;

/// The directory that was asked for, and whether somebody typed it.
pub(crate) struct Asked {
    pub(crate) target: Target,
    pub(crate) typed: bool,
}

/// `--path`, else `TROP_PATH`, else the working directory.
pub(crate) fn asked(session: &Session<'_>, layers: &Layers) -> Result<Asked, Failure> {
    let Some(path) = layers.find(&settings::PATH)? else {
        return Asked::here(session);
    };
    let target = typed(session, &path).map_err(|failure| match layers.origin(&settings::PATH) {
        Origin::Variable(variable) => failure.of_variable(variable),
        _ => failure,
    })?;
    Ok(Asked { target, typed: true })
}

/// The directory that was asked for, let through by the path guard, and the settings that count there. A directory that was
/// typed must have to do with the working directory, unless that is allowed.
pub(crate) fn guarded(
    session: &mut Session<'_>,
    matches: &ArgMatches,
    force: bool,
) -> Result<(Asked, Effective), Failure> {
    let given = given(session, matches);
    let asked = asked(session, &given)?;
    if asked.typed && !force {
        require_allowed(session, &given, &asked.target)?;
    }
    let effective = effective_in(session, given, Some(asked.real_directory()))?;
    Ok((asked, effective))
}

/// The configuration of the working directory is asked for leave, so that no tropfile elsewhere can give it to itself.
pub(crate) fn require_allowed(
    session: &mut Session<'_>,
    given: &Layers,
    target: &Target,
) -> Result<(), Failure> {
    if given.find(&settings::ALLOW_UNRELATED_PATH)? {
        return Ok(());
    }
    let working_directory = session.working_directory()?;
    let Err(unrelated) = require_related(target, &working_directory) else { return Ok(()) };
    let here = effective_in(session, given.clone(), Some(&working_directory))?;
    if here.get(&settings::ALLOW_UNRELATED_PATH) { Ok(()) } else { Err(unrelated.into()) }
}

/// A directory that somebody typed.
pub(crate) fn typed(session: &Session<'_>, path: &str) -> Result<Target, Failure> {
    let path = session.typed_path(path)?;
    let canonical = canonical_form(&path);
    Ok(Target::typed(path, canonical))
}

impl Asked {
    /// The working directory.
    pub(crate) fn here(session: &Session<'_>) -> Result<Asked, Failure> {
        let target = Target::inferred(session.working_directory()?);
        Ok(Asked { target, typed: false })
    }

    /// Where the directory really is, by whatever links it was typed: what lies above it decides which tropfile counts.
    pub(crate) fn real_directory(&self) -> &AbsPath {
        self.target.canonical.as_ref().unwrap_or(&self.target.path)
    }

    /// What to say of a typed directory that is not there.
    pub(crate) fn absence(&self) -> Option<String> {
        if !self.typed {
            return None;
        }
        let path = &self.target.path;
        find_absence(path).map(|absence| absence.message(path))
    }
}

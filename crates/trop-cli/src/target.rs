//! The directory that a command is about.

use std::io::ErrorKind;

use trop_ops::{Target, require_related};
use trop_paths::{canonical_form, resolve_typed};

use crate::data_directory::home;
use crate::failure::Failure;
use crate::session::Session;

const VARIABLE: &str = "TROP_PATH";

/// The directory that was asked for, and whether somebody typed it.
pub(crate) struct Asked {
    pub(crate) target: Target,
    pub(crate) typed: bool,
}

/// `--path`, else `TROP_PATH`, else the working directory.
pub(crate) fn asked(session: &Session<'_>, path: Option<&str>) -> Result<Asked, Failure> {
    let typed = match path {
        Some(path) => typed(session, path)?,
        None => match session.variable(VARIABLE)? {
            Some(path) => typed(session, path).map_err(|failure| failure.of_variable(VARIABLE))?,
            None => {
                let target = Target::inferred(session.working_directory()?);
                return Ok(Asked { target, typed: false });
            }
        },
    };
    Ok(Asked { target: typed, typed: true })
}

/// A directory that somebody typed.
pub(crate) fn typed(session: &Session<'_>, path: &str) -> Result<Target, Failure> {
    let path = resolve_typed(path, || session.working_directory(), || home(session))?;
    let canonical = canonical_form(&path);
    Ok(Target::typed(path, canonical))
}

impl Asked {
    /// The path guard: a directory that was typed must have to do with the working directory, unless that is allowed.
    pub(crate) fn require_related(&self, session: &Session<'_>, allowed: bool) -> Result<(), Failure> {
        if allowed || !self.typed {
            return Ok(());
        }
        Ok(require_related(&self.target, &session.working_directory()?)?)
    }

    /// What to say of a typed directory that is not there.
    pub(crate) fn absence(&self) -> Option<String> {
        if !self.typed {
            return None;
        }
        let path = &self.target.path;
        match std::fs::metadata(path.as_path()) {
            Ok(metadata) if metadata.is_dir() => None,
            Ok(_) => Some(format!("{path} is not a directory")),
            Err(error) => Some(match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => {
                    format!("the directory {path} does not exist")
                }
                why => format!("the directory {path} cannot be looked at ({why})"),
            }),
        }
    }
}

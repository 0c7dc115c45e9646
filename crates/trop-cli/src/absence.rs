//! Directories that are not there.

use std::io::{Error, ErrorKind};

use trop_model::message_of;
use trop_paths::AbsPath;

/// What is there in the place of a directory.
#[derive(Debug)]
pub(crate) enum Absence {
    /// Nothing.
    Missing,
    /// Something else.
    NoDirectory,
    /// That cannot be found out.
    Unknown(Error),
}

/// What is there in the place of a directory, unless it is there. Links are followed.
pub(crate) fn find_absence(path: &AbsPath) -> Option<Absence> {
    match std::fs::metadata(path.as_path()) {
        Ok(metadata) if metadata.is_dir() => None,
        Ok(_) => Some(Absence::NoDirectory),
        Err(error) => Some(match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Absence::Missing,
            _ => Absence::Unknown(error),
        }),
    }
}

impl Absence {
    /// What to say of the directory that was looked for.
    pub(crate) fn message(&self, path: &AbsPath) -> String {
        match self {
            Absence::Missing => format!("the directory {path} does not exist"),
            Absence::NoDirectory => format!("{path} is not a directory"),
            Absence::Unknown(error) => {
                format!("the directory {path} cannot be looked at ({})", message_of(error))
            }
        }
    }
}

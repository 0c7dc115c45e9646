//! What others than its owner can use of a data directory.

use std::path::PathBuf;

use trop_config::FileKind;
use trop_files::{is_exposed, make_private, require_private_possible};
use trop_storage::Location;

use crate::failure::Failure;
use crate::pasting::keep_others_out;
use crate::plan::require_own;
use crate::session::Session;

/// The data directory, and what is kept in it, as far as group or others can use it.
pub(crate) fn find_exposed(location: &Location) -> Vec<PathBuf> {
    let directory = location.directory().as_path().as_std_path();
    let config = directory.join(FileKind::User.name());
    let all = [directory.to_owned()].into_iter().chain(location.files()).chain([config]);
    // What cannot be looked at is for those to tell who need it.
    all.filter(|path| is_exposed(path).unwrap_or(false)).collect()
}

/// Warns of it, with the command that mends it.
pub(crate) fn warn_of_exposed(session: &mut Session<'_>, exposed: &[PathBuf]) {
    if exposed.is_empty() {
        return;
    }
    let names: Vec<String> = exposed.iter().map(|path| path.display().to_string()).collect();
    let way = match keep_others_out(exposed) {
        Some(command) => format!("keep them out with {command}"),
        None => "take their permissions away".to_owned(),
    };
    session.warn(format!("group or others can use {}; {way}", names.join(", ")));
}

/// Keeps group and others away from it.
pub(crate) fn protect(session: &mut Session<'_>, exposed: &[PathBuf]) -> Result<(), Failure> {
    for path in exposed {
        require_own(path)?;
        make_private(path).map_err(|source| Failure::NotProtected { path: path.clone(), source })?;
        session.note(&format!("group or others could use {}, and cannot any more", path.display()));
    }
    Ok(())
}

/// Finds out, without changing anything, whether [`protect`] could do it.
pub(crate) fn require_protectable(exposed: &[PathBuf]) -> Result<(), Failure> {
    exposed.iter().try_for_each(|path| {
        require_own(path)?;
        require_private_possible(path).map_err(|source| Failure::NotProtected { path: path.clone(), source })
    })
}

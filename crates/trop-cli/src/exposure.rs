//! What others than its owner can use of a data directory.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use trop_config::FileKind;
use trop_files::{can_others_write, is_common_directory, is_exposed, make_private, require_private_possible};
use trop_ops::Exposed;
use trop_storage::Location;

use crate::failure::Failure;
use crate::failure_help::KEEP_ELSEWHERE;
use crate::pasting::keep_others_out;
use crate::plan::require_own;
use crate::session::Session;

/// The data directory, and what is kept in it, as far as group or others can use it.
pub(crate) fn find_exposed(location: &Location) -> Exposed {
    let directory = location.directory().as_path().as_std_path().to_owned();
    let files = location.files().into_iter().chain([directory.join(FileKind::User.name())]);
    // What cannot be looked at is for those to tell who need it.
    let is_exposed = |path: &PathBuf| is_exposed(path).unwrap_or(false);
    let is_kept = |name: &OsStr| name == FileKind::User.name() || location.keeps(name);
    if is_common_directory(&directory, is_kept).unwrap_or(false) {
        let is_written = can_others_write(&directory).unwrap_or(false);
        return Exposed {
            own: files.filter(is_exposed).collect(),
            common_directory: is_written.then_some(directory),
        };
    }
    Exposed { own: [directory].into_iter().chain(files).filter(is_exposed).collect(), common_directory: None }
}

/// Warns of it, with the command that mends it.
pub(crate) fn warn_of_exposed(session: &mut Session<'_>, exposed: &Exposed) {
    warn_of_common_directory(session, exposed);
    if exposed.own.is_empty() {
        return;
    }
    let names: Vec<String> = exposed.own.iter().map(|path| path.display().to_string()).collect();
    let way = match closing_command(&exposed.own) {
        Some(command) => format!("keep them out with {command}"),
        None => "take their permissions away".to_owned(),
    };
    session.warn(format!("group or others can use {}; {way}", names.join(", ")));
}

/// What of it starting over closes: all but what a link to a file leads to. That lies elsewhere, and others may need it.
pub(crate) fn closable(exposed: Exposed) -> Vec<PathBuf> {
    exposed.own.into_iter().filter(|path| !leads_elsewhere(path)).collect()
}

/// The data directory itself may be a link, and is closed all the same.
fn leads_elsewhere(path: &Path) -> bool {
    path.is_symlink() && !path.is_dir()
}

/// Warns of what starting over does not close.
pub(crate) fn warn_of_what_stays_open(session: &mut Session<'_>, exposed: &Exposed) {
    warn_of_common_directory(session, exposed);
    for link in exposed.own.iter().filter(|path| leads_elsewhere(path)) {
        session.warn(format!(
            "group or others can use what {} leads to; it lies elsewhere and stays as it is",
            link.display()
        ));
    }
}

fn warn_of_common_directory(session: &mut Session<'_>, exposed: &Exposed) {
    if let Some(directory) = &exposed.common_directory {
        let directory = directory.display();
        session.warn(format!(
            "group or others can write into {directory}, which is not for trop alone; {KEEP_ELSEWHERE}"
        ));
    }
}

/// The command that leaves these to their owner alone, for somebody who may do that.
pub(crate) fn closing_command(paths: &[PathBuf]) -> Option<String> {
    let may_close = paths.iter().all(|path| require_private_possible(path).is_ok());
    if paths.is_empty() || !may_close { None } else { keep_others_out(paths) }
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

//! Programs, looked for as the system looks for them.

use std::ffi::OsStr;
use std::path::PathBuf;

/// Where the system looks when `PATH` is not set (execvp(3)).
pub(crate) const DEFAULT_PATH: &str = "/bin:/usr/bin";

/// What has that name where programs are looked for: at the path itself when it is one, else in a directory of `path`. Where a link
/// leads does not matter.
pub(crate) fn find_program(program: &OsStr, path: &OsStr) -> Option<PathBuf> {
    let is_path = program.to_string_lossy().contains(std::path::is_separator);
    let mut places: Vec<PathBuf> = if is_path {
        vec![program.into()]
    } else {
        std::env::split_paths(path).map(|directory| directory.join(program)).collect()
    };
    places.retain(|place| !program.is_empty() && place.symlink_metadata().is_ok());
    places.into_iter().next()
}

//! Programs, looked for as the system looks for them.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

/// Where the system looks when `PATH` is not set (execvp(3)).
pub(crate) const DEFAULT_PATH: &str = "/bin:/usr/bin";

/// What has that name where programs are looked for: at the path itself when it is one, else in a directory of `path`. The first that could be
/// started comes before others; of a link it does not matter where it leads.
pub(crate) fn find_program(program: &OsStr, path: &OsStr) -> Option<PathBuf> {
    let is_path = program.to_string_lossy().contains(std::path::is_separator);
    let mut places: Vec<PathBuf> = if is_path {
        vec![program.into()]
    } else {
        std::env::split_paths(path).map(|directory| directory.join(program)).collect()
    };
    places.retain(|place| !program.is_empty() && place.symlink_metadata().is_ok());
    let startable = places.iter().find(|place| require_startable(place).is_ok()).cloned();
    startable.or_else(|| places.into_iter().next())
}

/// What keeps the program from being started, as far as can be seen without trying.
pub(crate) fn require_startable(program: &Path) -> io::Result<()> {
    let metadata = program.metadata()?;
    if metadata.is_dir() {
        // The system calls that a lack of permission.
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() || !is_executable(&metadata) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(())
}

#[cfg(unix)]
fn is_executable(metadata: &Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &Metadata) -> bool {
    true
}
